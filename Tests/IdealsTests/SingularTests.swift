import Algebra
import FlintEngine
import Foundation
import GroebnerBases
import Ideals
import TestSupport
import Testing

/// Comparisons with Singular, where it is installed.
@Suite(.tags(.long), .onlyInLongRuns, .enabled(if: Singular.isInstalled, "Singular is not installed"))
struct SingularTests {
  static let stored = (MinimalPrimesTests.known + MinimalPrimesTests.slow).map(\.name)

  private func components(_ primes: [PrimeComponent<E>]) -> String {
    summary(primes.map { ($0.dimension, $0.degree) })
  }

  @Test(arguments: stored) func minimalPrimesOfStoredSystems(name: String) throws {
    let input = try TestIdeal(storedSystem(name))
    guard let expected = try Singular.minimalPrimes(input, seconds: 60) else {
      try skip("Singular does not finish in a minute")
    }
    #expect(try components(input.minimalPrimes()) == expected)
  }

  @Test func minimalPrimesOfRandomIdeals() throws {
    var random = RandomPolynomials(generator: SeededGenerator(seed: 11), variableCount: 3)
    var compared = 0
    for _ in 0..<60 {
      // Products make components of different dimensions.
      let factors = (0..<4).map { _ in random.next(degree: 2, terms: 3).text }
      let input = try ideal(
        "(\(factors[0]))*(\(factors[1])),(\(factors[0]))*(\(factors[2])),(\(factors[3]))^2*z")
      guard let expected = try Singular.minimalPrimes(input, seconds: 20) else { continue }
      compared += 1
      #expect(try components(input.minimalPrimes()) == expected, "\(factors)")
    }
    #expect(compared > 30)
  }

  @Test(arguments: PrimaryDecompositionTests.examples.map(\.generators))
  func associatedPrimes(generators: String) throws {
    let input = try ideal(generators)
    let expected = try #require(try Singular.associatedPrimes(input, seconds: 60))
    let parts = try input.primaryDecomposition()
    #expect(summary(parts.map { ($0.dimension, $0.prime.degree) }) == expected)
  }
}

extension SparsePolynomial where Coefficient == WideInteger {
  fileprivate var text: String {
    (0..<termCount).map { term in
      let powers = zip(["x", "y", "z"], exponents(ofTerm: term)).map { "\($0)^\($1)" }
      return "(\(coefficients[term]))*" + powers.joined(separator: "*")
    }.joined(separator: "+")
  }
}

enum Singular {
  static let path = ["/usr/bin/Singular", "/usr/local/bin/Singular", "/opt/homebrew/bin/Singular"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  static var isInstalled: Bool { path != nil }

  /// Dimensions and degrees as `summary` writes them; `nil` if the time is over.
  static func minimalPrimes(_ ideal: TestIdeal, seconds: Double) throws -> String? {
    try components("list l = minAssGTZ(i);", "l[k]", of: ideal, seconds)
  }

  static func associatedPrimes(_ ideal: TestIdeal, seconds: Double) throws -> String? {
    try components("list l = primdecGTZ(i);", "l[k][2]", of: ideal, seconds)
  }

  private static func components(
    _ command: String, _ component: String, of ideal: TestIdeal, _ seconds: Double
  ) throws -> String? {
    let generators = ideal.basis.text(variables: ideal.variables).joined(separator: ",")
    let script = """
      LIB "primdec.lib"; ring r = 0, (\(ideal.variables.joined(separator: ","))), dp; ideal i = \(generators);
      \(command) int k; ideal g;
      for (k = 1; k <= size(l); k++) { g = std(\(component)); print("C " + string(dim(g)) + " " + string(mult(g))); }
      quit;
      """
    guard let output = try run(script, seconds: seconds) else { return nil }
    let parts = output.split(separator: "\n").filter { $0.hasPrefix("C ") }.map { line in
      let words = line.split(separator: " ").dropFirst().compactMap { Int($0) }
      return (dimension: words[0], degree: words[1])
    }
    return summary(parts)
  }

  private static func run(_ script: String, seconds: Double) throws -> String? {
    guard let path else { return nil }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).sing")
    let output = file.appendingPathExtension("out")
    try script.write(to: file, atomically: true, encoding: .utf8)
    try Data().write(to: output)
    defer { for url in [file, output] { try? FileManager.default.removeItem(at: url) } }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = ["-q", file.path]
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardInput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    let end = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in end.signal() }
    try process.run()
    if end.wait(timeout: .now() + seconds) == .timedOut {
      // Singular ends its computation before it heeds SIGTERM.
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      return nil
    }
    return try String(contentsOf: output, encoding: .utf8)
  }
}
