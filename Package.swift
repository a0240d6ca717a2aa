// swift-tools-version: 6.1
import PackageDescription

// FLINT 3 installs a pkg-config file, Debian 12's FLINT 2.9 does not: it is asked for only where
// PKG_CONFIG_PATH says that one is wanted.
let flintPkgConfig: String? = Context.environment["PKG_CONFIG_PATH"] == nil ? nil : "flint"

// Debian 12 keeps Arb in a library of its own. ALLMINIMA_WITHOUT_ARB=1 drops it where a FLINT ≥ 3
// (which contains Arb) is to be used on a machine that also has libflint-arb-dev.
let hasSeparateArb = Context.environment["ALLMINIMA_WITHOUT_ARB"] == nil

let package = Package(
  name: "AllMinima",
  products: [
    .library(name: "AllMinimaAlgebra", targets: ["Algebra", "FlintEngine"]),
    .library(name: "AllMinimaIdeals", targets: ["GroebnerBases", "Ideals", "RealSolving", "FlintEngine"]),
    .library(
      name: "AllMinimaBifurcations", targets: ["Algebra", "LandscapeModel", "Bifurcations", "FlintEngine"]),
    .library(name: "AllMinimaInterchange", targets: ["Interchange"]),
    // What people keep: problems, results and records of runs, as plain values without an engine.
    .library(name: "AllMinimaModel", targets: ["LandscapeModel"]),
    .library(
      name: "AllMinimaLandscapes",
      targets: [
        "Algebra", "LandscapeModel", "Strata", "Landscapes", "InfiniteWidth", "TrainedNetworks",
        "FlintEngine",
      ]),
    .library(
      name: "AllMinimaPolynomialNetworks",
      targets: ["Algebra", "LandscapeModel", "PolynomialNetworks", "FlintEngine"]),
    // Everything that computes, with the engine in Swift alone: links neither FLINT nor GMP.
    .library(
      name: "AllMinimaSwiftEngine",
      targets: [
        "Algebra", "SwiftEngine", "GroebnerBases", "Ideals", "RealSolving", "LandscapeModel", "Strata",
        "Landscapes", "InfiniteWidth", "PolynomialNetworks", "TrainedNetworks",
      ]),
    .executable(name: "allminima", targets: ["allminima"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
  ],
  targets: [
    .systemLibrary(
      name: "CFLINT",
      path: "Modules/CFLINT",
      pkgConfig: flintPkgConfig,
      providers: [.apt(["libflint-dev", "libgmp-dev"]), .brew(["flint"])]),
    .systemLibrary(
      name: "CArb",
      path: "Modules/CArb",
      providers: [.apt(["libflint-arb-dev"])]),
    .systemLibrary(
      name: "CMessageDigest",
      path: "Modules/CMessageDigest",
      providers: [.apt(["libmd-dev"]), .brew(["libmd"])]),
    .systemLibrary(
      name: "CSQLite",
      path: "Modules/CSQLite",
      providers: [.apt(["libsqlite3-dev"]), .brew(["sqlite"])]),
    .target(name: "CKernels"),
    .target(name: "Algebra"),
    .target(
      name: "FlintEngine",
      dependencies: ["Algebra", "CFLINT"] + (hasSeparateArb ? ["CArb"] : [])),
    .target(name: "SwiftEngine", dependencies: ["Algebra", .product(name: "BigInt", package: "BigInt")]),
    .target(name: "GroebnerBases", dependencies: ["Algebra", "CKernels"]),
    .target(name: "Ideals", dependencies: ["Algebra", "GroebnerBases"]),
    .target(name: "LandscapeModel"),
    .target(name: "RealSolving", dependencies: ["Algebra", "GroebnerBases", "Ideals", "LandscapeModel"]),
    .target(name: "Arrangements", dependencies: ["Algebra", "LandscapeModel"]),
    .target(name: "Strata", dependencies: ["Algebra", "Arrangements", "LandscapeModel"]),
    .target(
      name: "ConvexMethod",
      dependencies: [
        "Algebra", "Arrangements", "GroebnerBases", "Ideals", "LandscapeModel", "RealSolving", "Strata",
      ]),
    .target(
      name: "AlgebraicMethod",
      dependencies: [
        "Algebra", "Arrangements", "GroebnerBases", "Ideals", "LandscapeModel", "RealSolving", "Strata",
      ]),
    .target(name: "Bifurcations", dependencies: ["Algebra", "LandscapeModel", "RealSolving"]),
    .target(name: "Components", dependencies: ["Algebra", "LandscapeModel", "Strata"]),
    .target(
      name: "Landscapes",
      dependencies: [
        "Algebra", "AlgebraicMethod", "Arrangements", "Components", "ConvexMethod", "GroebnerBases", "Ideals",
        "LandscapeModel", "RealSolving", "Strata",
      ]),
    .target(
      name: "PolynomialNetworks",
      dependencies: ["Algebra", "GroebnerBases", "Ideals", "LandscapeModel", "RealSolving"]),
    .target(
      name: "InfiniteWidth",
      dependencies: ["Algebra", "LandscapeModel", "RealSolving", "Strata", "ConvexMethod"]),
    .target(
      name: "TrainedNetworks",
      dependencies: ["Algebra", "ConvexMethod", "InfiniteWidth", "LandscapeModel", "RealSolving", "Strata"]),
    .target(name: "Interchange", dependencies: ["Algebra", "LandscapeModel", "CMessageDigest"]),
    .target(
      name: "RunStore",
      dependencies: ["LandscapeModel", "Interchange", "CSQLite"]),
    .target(name: "Reports", dependencies: ["LandscapeModel"]),
    .executableTarget(
      name: "allminima",
      dependencies: [
        "Algebra", "FlintEngine", "SwiftEngine", "GroebnerBases", "Ideals", "RealSolving", "LandscapeModel",
        "Strata", "Landscapes", "Bifurcations", "InfiniteWidth", "Interchange", "PolynomialNetworks",
        "Reports", "RunStore", "TrainedNetworks",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .testTarget(
      name: "GroebnerBasesTests",
      dependencies: ["GroebnerBases", "CKernels", "FlintEngine", "Interchange", "TestSupport"]),
    .testTarget(
      name: "IdealsTests", dependencies: ["Ideals", "FlintEngine", "Interchange", "TestSupport"]),
    .testTarget(
      name: "RealSolvingTests",
      dependencies: ["RealSolving", "FlintEngine", "Interchange", "LandscapeModel", "TestSupport"]),
    .testTarget(
      name: "PolynomialNetworksTests",
      dependencies: [
        "PolynomialNetworks", "AlgebraicMethod", "FlintEngine", "Interchange", "LandscapeModel", "Landscapes",
        "RealSolving", "Strata", "SwiftEngine", "TestSupport",
      ],
      resources: [.copy("Resources")]),
    .testTarget(
      name: "ArrangementsTests", dependencies: ["Arrangements", "FlintEngine", "LandscapeModel"]),
    .testTarget(
      name: "BifurcationsTests",
      dependencies: ["Bifurcations", "FlintEngine", "LandscapeModel", "SwiftEngine", "TestSupport"],
      resources: [.copy("Resources")]),
    .testTarget(
      name: "LandscapesTests",
      dependencies: [
        "Landscapes", "AlgebraicMethod", "Arrangements", "ConvexMethod", "FlintEngine", "Interchange",
        "LandscapeModel", "RealSolving", "Strata", "TestSupport",
      ]),
    .testTarget(
      name: "InfiniteWidthTests",
      dependencies: [
        "Arrangements", "InfiniteWidth", "Landscapes", "FlintEngine", "SwiftEngine", "LandscapeModel",
        "Strata",
        "TestSupport",
      ],
      resources: [.copy("Resources")]),
    .testTarget(
      name: "TrainedNetworksTests",
      dependencies: [
        "FlintEngine", "LandscapeModel", "Landscapes", "Strata", "TestSupport", "TrainedNetworks",
      ]),
    .testTarget(
      name: "InterchangeTests", dependencies: ["Algebra", "Interchange", "FlintEngine", "TestSupport"]),
    .testTarget(
      name: "RunStoreTests",
      dependencies: [
        "RunStore", "Interchange", "LandscapeModel", "Landscapes", "Strata", "Algebra", "FlintEngine",
      ]),
    .testTarget(name: "ReportsTests", dependencies: ["LandscapeModel", "Reports"]),
    .testTarget(
      name: "ToolTests",
      dependencies: [
        "allminima", "model-probe", "swift-engine-probe", "Algebra", "LandscapeModel", "TestSupport",
      ],
      resources: [.copy("Resources")]),
    // The code samples of the articles.
    .testTarget(
      name: "DocumentationTests",
      dependencies: [
        "Algebra", "Bifurcations", "FlintEngine", "Ideals", "InfiniteWidth", "Interchange", "LandscapeModel",
        "Landscapes", "PolynomialNetworks", "RealSolving", "Strata", "TestSupport",
      ]),
    // What marks and skips tests of every target, and the systems and examples of several.
    .target(name: "TestSupport", path: "Tests/TestSupport", resources: [.copy("Resources")]),
    // The laws of an engine, for the tests of every engine.
    .target(name: "AlgebraConformance", dependencies: ["Algebra"], path: "Tests/AlgebraConformance"),
    .testTarget(name: "AlgebraTests", dependencies: ["Algebra", "FlintEngine"]),
    .testTarget(name: "FlintEngineTests", dependencies: ["Algebra", "AlgebraConformance", "FlintEngine"]),
    .testTarget(
      name: "SwiftEngineTests",
      dependencies: [
        "Algebra", "AlgebraConformance", "FlintEngine", "LandscapeModel", "RealSolving", "SwiftEngine",
        "TestSupport",
      ]),
    // A program on the engine in Swift alone, for the test that it needs no other library.
    .executableTarget(
      name: "swift-engine-probe", dependencies: ["Algebra", "SwiftEngine", "RealSolving", "Landscapes"],
      path: "Tests/SwiftEngineProbe"),
    // The example that reads a result, for the test that the model needs no engine.
    .executableTarget(
      name: "model-probe", dependencies: ["LandscapeModel"],
      path: "scripts/examples/read-result/Sources/read-result"),
  ],
  swiftLanguageModes: [.v6]
)
