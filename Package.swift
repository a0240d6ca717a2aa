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
    .library(name: "AllMinimaInterchange", targets: ["Interchange"]),
    // What people keep: problems, results and records of runs, as plain values without an engine.
    .library(name: "AllMinimaModel", targets: ["LandscapeModel"]),
    .library(
      name: "AllMinimaLandscapes",
      targets: ["Algebra", "LandscapeModel", "Strata", "Landscapes", "FlintEngine"]),
    // Everything that computes, with the engine in Swift alone: links neither FLINT nor GMP.
    .library(
      name: "AllMinimaSwiftEngine",
      targets: [
        "Algebra", "SwiftEngine", "GroebnerBases", "Ideals", "RealSolving", "LandscapeModel", "Strata",
        "Landscapes",
      ]),
    .executable(name: "allminima", targets: ["allminima"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/attaswift/BigInt", from: "6.0.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
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
    .target(
      name: "Landscapes",
      dependencies: [
        "Algebra", "AlgebraicMethod", "Arrangements", "ConvexMethod", "GroebnerBases", "Ideals",
        "LandscapeModel", "RealSolving", "Strata",
      ]),
    .target(name: "Interchange", dependencies: ["Algebra", "LandscapeModel", "CMessageDigest"]),
    .target(
      name: "RunStore",
      dependencies: ["LandscapeModel", "Interchange", .product(name: "GRDB", package: "GRDB.swift")]),
    .target(name: "Reports", dependencies: ["LandscapeModel"]),
    .executableTarget(
      name: "allminima",
      dependencies: [
        "Algebra", "FlintEngine", "SwiftEngine", "GroebnerBases", "Ideals", "RealSolving", "LandscapeModel",
        "Strata", "Landscapes", "Interchange", "Reports", "RunStore",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .testTarget(
      name: "GroebnerBasesTests", dependencies: ["GroebnerBases", "CKernels", "FlintEngine", "Interchange"],
      resources: [.copy("Resources")]),
    .testTarget(
      name: "IdealsTests", dependencies: ["Ideals", "FlintEngine", "Interchange", "TestSupport"],
      resources: [.copy("Resources")]),
    .testTarget(
      name: "RealSolvingTests",
      dependencies: ["RealSolving", "FlintEngine", "Interchange", "LandscapeModel", "TestSupport"],
      resources: [.copy("Resources")]),
    .testTarget(
      name: "ArrangementsTests", dependencies: ["Arrangements", "FlintEngine", "LandscapeModel"]),
    .testTarget(
      name: "LandscapesTests",
      dependencies: [
        "Landscapes", "AlgebraicMethod", "Arrangements", "ConvexMethod", "FlintEngine", "Interchange",
        "LandscapeModel", "RealSolving", "Strata", "TestSupport",
      ],
      resources: [.copy("Resources")]),
    .testTarget(
      name: "InterchangeTests", dependencies: ["Algebra", "Interchange", "FlintEngine", "TestSupport"]),
    .testTarget(
      name: "RunStoreTests",
      dependencies: [
        "RunStore", "Interchange", "LandscapeModel", "Landscapes", "Strata", "Algebra", "FlintEngine",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .testTarget(name: "ReportsTests", dependencies: ["LandscapeModel", "Reports"]),
    .testTarget(
      name: "ToolTests",
      dependencies: ["allminima", "swift-engine-probe", "Algebra", "LandscapeModel", "TestSupport"],
      resources: [.copy("Resources")]),
    // The code samples of the articles.
    .testTarget(
      name: "DocumentationTests",
      dependencies: [
        "Algebra", "FlintEngine", "Ideals", "Interchange", "Landscapes", "RealSolving", "Strata",
      ]),
    // What marks the long tests of every target.
    .target(name: "TestSupport", path: "Tests/TestSupport"),
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
  ],
  swiftLanguageModes: [.v6]
)
