import Algebra
import FlintEngine
import Foundation
import LandscapeModel
import PolynomialNetworks
import Testing

typealias Engine = FlintEngine
typealias Rational = FlintEngine.Rational

/// Small random teachers and metrics, the same ones for the same seed.
struct RandomTeachers {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func integer(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(generator.next() % UInt64(range.count))
  }

  mutating func symmetric(_ n: Int) -> [[Rational]] {
    var matrix = [[Rational]](repeating: [Rational](repeating: 0, count: n), count: n)
    for i in 0..<n {
      for j in 0...i {
        matrix[i][j] = Rational(integer(-6...6))
        matrix[j][i] = matrix[i][j]
      }
    }
    return matrix
  }

  /// `B Bᵀ` plus the unit matrix.
  mutating func covariance(_ n: Int) -> [[Rational]] {
    let b = (0..<n).map { _ in (0..<n).map { _ in Rational(integer(-1...1)) } }
    return (0..<n).map { i in
      (0..<n).map { j in (0..<n).reduce(i == j ? 1 : 0) { $0 + b[i][$1] * b[j][$1] } }
    }
  }

  /// A form with random coefficients.
  mutating func form(inputs: Int, degree: Int) throws -> Form<Rational> {
    let basis = MonomialBasis(inputs: inputs, degree: degree)
    let terms = basis.exponents.map { (exponents: $0, coefficient: Rational(integer(-5...5))) }
    return try Form(terms: terms, names: (1...inputs).map { "x\($0)" })
  }

  /// The moments of random points: with many of them a general moment metric.
  mutating func moments(inputs: Int, degree: Int, points: Int) throws -> FormMetric<Engine> {
    let rows = (0..<points).map { _ in (0..<inputs).map { _ in Rational(integer(-2...2)) } }
    return try FormMetric(moments: MomentTable(rows: rows, degree: 2 * degree))
  }
}

func solve(
  _ teacher: Form<Rational>, _ metric: FormMetric<Engine>, width: Int,
  method: TeacherOptions.Method = .automatic, exact: Bool = false
) throws -> TeacherResult {
  let problem = try TeacherProblem(teacher: teacher, metric: metric, width: width)
  return try CriticalForms(
    problem, options: TeacherOptions(describesExactly: exact, method: method)
  ).run()
}

/// The middle of an enclosure.
func value(_ enclosure: DecimalEnclosure) -> Double {
  (enclosure.lower.doubleValue + enclosure.upper.doubleValue) / 2
}

func matrix(_ form: FormEnclosure) throws -> [[Double]] {
  guard case .matrix(let rows) = form else { throw Unexpected() }
  return rows.map { $0.map(value) }
}

/// Something has another shape than a test needs.
struct Unexpected: Error {}
