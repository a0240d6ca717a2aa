// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "IdealBenchmarks",
  dependencies: [.package(name: "AllMinima", path: "../../..")],
  targets: [
    .executableTarget(
      name: "ideal-bench",
      dependencies: [
        .product(name: "AllMinimaIdeals", package: "AllMinima"),
        .product(name: "AllMinimaInterchange", package: "AllMinima"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
