import Foundation

/// The text of a file in `Tests/TestSupport/Resources`, where systems and examples lie once for the tests of all targets.
public func testResource(_ name: String) throws -> String {
  try String(
    contentsOf: Bundle.module.bundleURL.appendingPathComponent("Resources/\(name)"), encoding: .utf8)
}

/// The text of a file of the package, by its path from the top.
public func packageFile(_ path: String) throws -> String {
  try String(contentsOf: packageFolder.appendingPathComponent(path), encoding: .utf8)
}

/// The folder of the package, where the tests were built.
public let packageFolder = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
