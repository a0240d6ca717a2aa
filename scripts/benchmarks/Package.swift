// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "AllMinimaBenchmarks",
  dependencies: [.package(name: "AllMinima", path: "../..")],
  targets: [
    .executableTarget(
      name: "groebner-bench",
      dependencies: [
        .product(name: "AllMinimaIdeals", package: "AllMinima"),
        .product(name: "AllMinimaInterchange", package: "AllMinima"),
      ]),
    .executableTarget(
      name: "ideal-bench",
      dependencies: [
        .product(name: "AllMinimaIdeals", package: "AllMinima"),
        .product(name: "AllMinimaInterchange", package: "AllMinima"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)
