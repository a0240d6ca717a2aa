// swift-tools-version: 6.1
import PackageDescription

let package = Package(
  name: "AllMinimaBenchmarks",
  dependencies: [.package(name: "AllMinima", path: "../..")],
  targets: [
    .executableTarget(
      name: "groebner-bench",
      dependencies: [
        .product(name: "Algebra", package: "AllMinima"),
        .product(name: "FlintEngine", package: "AllMinima"),
        .product(name: "GroebnerBases", package: "AllMinima"),
        .product(name: "Interchange", package: "AllMinima"),
      ])
  ],
  swiftLanguageModes: [.v6]
)
