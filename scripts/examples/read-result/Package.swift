// swift-tools-version: 6.1
import PackageDescription

// A package that reads results and needs no engine: it depends on the model alone.
let package = Package(
  name: "ReadResult",
  dependencies: [.package(name: "AllMinima", path: "../../..")],
  targets: [
    .executableTarget(
      name: "read-result", dependencies: [.product(name: "AllMinimaModel", package: "AllMinima")]),
    .executableTarget(
      name: "draw-members", dependencies: [.product(name: "AllMinimaModel", package: "AllMinima")]),
  ],
  swiftLanguageModes: [.v6]
)
