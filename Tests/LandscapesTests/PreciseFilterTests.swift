import Algebra
import FlintEngine
import Strata
import TestSupport
import Testing

@testable import ConvexMethod
@testable import Landscapes

/// The filter in double-double arithmetic, compared with balls of hundreds of bits.
@Suite("Precise filter")
struct PreciseFilterTests {
  private typealias Ball = FlintEngine.Ball

  // MARK: - Arithmetic

  @Test func operationsHaveSmallRelativeErrors() {
    var generator = SeededGenerator(seed: 1)
    func number() -> DoubleDouble {
      let high = Double.random(in: 1...2, using: &generator) * (Bool.random(using: &generator) ? 1 : -1)
      let low = Double.random(in: -0x1p-53...0x1p-53, using: &generator)
      let scale = Double(
        sign: .plus, exponent: Int.random(in: -60...60, using: &generator), significand: 1)
      return DoubleDouble(high * scale) + DoubleDouble(low * scale)
    }
    for round in 0..<20_000 {
      let left = number()
      // Every other time nearly equal, so that much is cancelled in a sum.
      let right =
        round % 2 == 0
        ? number() : -left + DoubleDouble(left.high * Double.random(in: -1e-14...1e-14, using: &generator))
      let (x, y) = (Self.ball(left), Self.ball(right))
      Self.expect(left + right, near: x + y)
      Self.expect(left - right, near: x - y)
      Self.expect(left * right, near: x * y)
      Self.expect(left / right, near: x / y)
      let positive = left.high < 0 ? -left : left
      Self.expect(positive.squareRoot, near: Self.ball(positive).squareRoot(clampingAtZero: false))
    }
  }

  @Test func numbersAreRoundedFromTheirExactValues() throws {
    for text in ["1/3", "-22/7", "0", "1e-40", "123456789012345678901234567890123", "-1e50", "0.1"] {
      let value = try FlintEngine.Rational(exactly: text)
      Self.expect(DoubleDouble(value), near: Ball(value, precision: 400))
    }
  }

  private static func ball(_ value: DoubleDouble) -> Ball {
    Ball(value.high, precision: 400) + Ball(value.low, precision: 400)
  }

  /// Expects a relative error of at most `2⁻¹⁰²`.
  private static func expect(_ value: DoubleDouble, near exact: Ball) {
    let error = (ball(value) - exact).absoluteValue
    #expect(
      (exact.absoluteValue * Ball(0x1p-102, precision: 400) - error).sign != .negative, "\(value), \(exact)")
  }

  // MARK: - Enclosures and verdicts

  @Test func enclosuresContainTheSolution() throws {
    var enclosed = 0
    for seed in 500..<524 {
      var strata = try RandomStrata(seed: seed)
      for _ in 0..<12 {
        guard let faces = strata.draw() else { break }
        if try strata.expectEnclosure(on: faces) { enclosed += 1 }
      }
    }
    #expect(enclosed > 100)
  }

  /// No stratum that holds a minimum is rejected, and hardly any other is left open.
  @Test(arguments: ["1e-2", "1e-4", "1e-6", "1e-9", "1e-12"])
  func verdictsAreThoseOfBalls(ridge: String) throws {
    try compareVerdicts(ridge: ridge, seeds: 600..<610, strata: 150)
  }

  @Test(.tags(.long), .onlyInLongRuns, arguments: ["1", "1e-2", "1e-4", "1e-6", "1e-9", "1e-12"])
  func verdictsAreThoseOfBallsInManyProblems(ridge: String) throws {
    try compareVerdicts(ridge: ridge, seeds: 700..<760, strata: 1500)
  }

  private func compareVerdicts(ridge: String, seeds: Range<Int>, strata: Int) throws {
    var (rejected, minima, accepted, open) = (0, 0, 0, 0)
    for seed in seeds {
      var problems = RandomProblems(seed: UInt64(seed), rows: 3...8)
      var problem = try problems.next(atMost: strata)
      problem.ridge = try FlintEngine.Rational(exactly: ridge)
      if seed % 3 == 0 { problem.x = problem.x.map { [$0[0] * 1_000_000] + $0.dropFirst() } }
      let enumeration = try problem.enumeration()
      let filter = StratumFilter(tables: enumeration.tables, maximumFaces: problem.units)
      let precise = PreciseFilter(tables: enumeration.preciseTables, maximumFaces: problem.units)
      for number in 1..<max(1, enumeration.strata.total) {
        let set = enumeration.strata[number]
        guard let last = set.last else { continue }
        filter.begin(prefix: Array(set.dropLast()))
        let isAccepted = !filter.rejects(last: last) && filter.acceptsSharply
        let start = filter.minimiser()
        guard !start.isEmpty else { continue }
        let isRejected = try precise.verdict(on: set, from: filter.workspace.coordinates) == .rejected
        let decision = try enumeration.certifier.decide(
          set.map { enumeration.division.faces[$0] }, start: start)
        if case .localMinimum = decision {
          minima += 1
          accepted += isAccepted ? 1 : 0
          #expect(!isRejected, "\(set), seed \(seed): \(problem)")
        } else if isRejected {
          #expect(!isAccepted, "\(set), seed \(seed): \(problem)")
          rejected += 1
        } else {
          #expect(!isAccepted, "\(set), seed \(seed): \(problem)")
          open += 1
        }
      }
    }
    #expect(accepted > minima / 10)
    #expect(minima > 10 && rejected > 4 * open, "\(minima) minima, \(rejected) rejected, \(open) open")
  }
}

/// Strata of a random problem, with a small ridge and columns in different units.
private struct RandomStrata {
  private let enumeration: Enumeration<FlintEngine>
  private let filter: StratumFilter
  private let stratum: PreciseStratum
  private let seed: Int
  private var generator: SeededGenerator

  init(seed: Int) throws {
    self.seed = seed
    generator = SeededGenerator(seed: UInt64(seed))
    var problems = RandomProblems(seed: UInt64(seed), rows: 2...8)
    var problem = try problems.next(atMost: 2000)
    problem.units = 3
    problem.ridge = try FlintEngine.Rational(exactly: ["1", "1e-3", "1e-6", "1e-9", "1e-12"][seed % 5])
    if seed % 3 == 0 { problem.x = problem.x.map { [$0[0] * 100_000_000] + $0.dropFirst() } }
    enumeration = try problem.enumeration()
    filter = StratumFilter(tables: enumeration.tables, maximumFaces: 3)
    stratum = PreciseStratum(enumeration.preciseTables, maximumFaces: 3)
  }

  /// A random set of faces; `nil` if there are none.
  mutating func draw() -> [Int]? {
    let count = enumeration.facesPerUnit
    guard count > 0 else { return nil }
    let size = Int.random(in: 1...min(3, count), using: &generator)
    return Array((0..<count).shuffled(using: &generator).prefix(size)).sorted()
  }

  /// Expects that the solution lies in the enclosure, for the units that are alive there.
  ///
  /// - Returns: whether there was something to compare.
  mutating func expectEnclosure(on faces: [Int]) throws -> Bool {
    filter.begin(prefix: Array(faces.dropLast()))
    guard let last = faces.last else { return false }
    _ = filter.rejects(last: last)
    let start = filter.minimiser()
    guard !start.isEmpty else { return false }
    try stratum.load(faces)
    let enclosure = PreciseEnclosure(stratum)
    guard stratum.minimise(from: filter.workspace.coordinates), enclosure.enclose(), !stratum.alive.isEmpty
    else { return false }
    let division = enumeration.division
    let support = faces.indices.filter { stratum.isAlive[$0] }
    let system = try StratumSystem(division, faces: support.map { division.faces[faces[$0]] })
    let shares = support.map { FlintEngine.Ball(stratum.norms[$0].high, precision: 1024) }
    let solver = CriticalPointSolver(system, support: Array(support.indices), precision: 1024)
    let point = try #require(solver.solve(from: shares), "\(faces), seed \(seed)")
    let ridge = FlintEngine.Ball(division.problem.ridge, precision: 1024)
    for (position, index) in support.enumerated() {
      let factor = point.shares[position] / ridge
      for (offset, vector) in division.orthonormalBasis(of: division.faces[faces[index]]).enumerated() {
        var exact = FlintEngine.Ball(0.0, precision: 1024)
        for (row, entry) in vector.enumerated() {
          exact = exact + entry * point.gradients[position][row, 0] * factor
        }
        let column = stratum.blockStart[index] + offset
        let value = stratum.coordinates[column]
        let error =
          (FlintEngine.Ball(value.high, precision: 1024) + FlintEngine.Ball(value.low, precision: 1024)
          - exact).absoluteValue
        let bound = enclosure.coordinateErrors[column]
        #expect(
          (FlintEngine.Ball(bound, precision: 1024) - error).sign == .positive, "\(faces), seed \(seed)")
        // Not won by wide bounds.
        #expect(bound < 1e-8 * stratum.norms[index].high, "\(faces), seed \(seed)")
      }
    }
    return true
  }
}
