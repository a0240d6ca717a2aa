// swift-tools-version: 6.1
import PackageDescription

// A package that uses AllMinima as any other does; instead of the path it would have the URL.
let package = Package(
  name: "AllMinimaExamples",
  dependencies: [.package(name: "AllMinima", path: "../..")],
  targets: [
    .executableTarget(
      name: "list-minima",
      dependencies: [
        .product(name: "AllMinimaLandscapes", package: "AllMinima"),
        .product(name: "AllMinimaInterchange", package: "AllMinima"),
      ]),
    .executableTarget(
      name: "meet-curves", dependencies: [.product(name: "AllMinimaIdeals", package: "AllMinima")]),
    .executableTarget(
      name: "split-variety",
      dependencies: [
        .product(name: "AllMinimaIdeals", package: "AllMinima"),
        .product(name: "AllMinimaInterchange", package: "AllMinima"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)
