import Algebra
import Ideals
import RealSolving

/// A component of the critical set that is an affine space over Q: what lies in the stratum is convex, so that
/// one point stands for all of it, or there is none.
package struct AffineFamily<Engine: AlgebraEngine> {
  package typealias Rational = Engine.Rational

  /// A point in the stratum, with the equations that it solves; `nil` if the stratum has no point of the
  /// component.
  package let point: AlgebraicPoint<Engine>?

  /// - Parameter component: of degree 1.
  package init(_ component: PrimeComponent<Engine>, in chart: Chart<Engine>, control: Control) throws {
    let n = chart.kept.count
    let notation = chart.notation
    let elements = try component.ideal.basis.polynomials.map { try Self.affine(notation.polynomial($0), n) }
    let rows = elements.flatMap { $0.coefficients + [-$0.constant] }
    let matrix = try Engine.RationalMatrix(rows: elements.count, columns: n + 1, entries: rows)
    let (form, pivots) = matrix.reducedRowEchelonForm()
    var start = [Rational](repeating: 0, count: n)
    for (row, pivot) in pivots.enumerated() { start[pivot] = form[row, n] }
    // The last column of the homogeneous system stays 0: kernel vectors of the left part.
    let left = try Engine.RationalMatrix(
      rows: elements.count, columns: n, entries: elements.flatMap(\.coefficients))
    let kernel = left.kernelBasis()
    let conditions = try chart.signConditions().map { condition in
      let (constant, coefficients) = try Self.affine(condition.polynomial, n)
      let sign = Rational(condition.sign)
      func value(_ vector: (Int) -> Rational) -> Rational {
        (0..<n).reduce(Rational(0)) { $0 + coefficients[$1] * vector($1) } * sign
      }
      return (
        constant: constant * sign + value { start[$0] },
        coefficients: (0..<kernel.columns).map { column in value { kernel[$0, column] } }
      )
    }
    guard let solution = try StrictInequalities.solution(conditions, unknowns: kernel.columns) else {
      point = nil
      return
    }
    let equations = try (0..<n).map { variable in
      let value = (0..<kernel.columns).reduce(start[variable]) { $0 + kernel[variable, $1] * solution[$1] }
      return try notation.ring.variable(variable).subtracting(notation.ring.constant(value))
    }
    let ideal = try Ideal(of: equations, in: notation, control: control)
    let found = try FiniteSolutions(of: ideal, options: SolveOptions(digits: 10), control: control)
    point = found.solutions.first.map { AlgebraicPoint($0, of: found) }
  }

  /// The constant and the coefficients of a polynomial of degree 1.
  private static func affine(
    _ polynomial: Engine.Polynomial, _ variables: Int
  ) throws -> (constant: Rational, coefficients: [Rational]) {
    var (constant, coefficients) = (Rational(0), [Rational](repeating: 0, count: variables))
    for term in polynomial.terms {
      switch term.exponents.reduce(0, +) {
      case 0: constant = term.coefficient
      case 1:
        guard let variable = term.exponents.firstIndex(of: 1) else { continue }
        coefficients[variable] = term.coefficient
      default: preconditionFailure("a prime of degree 1 has linear elements")
      }
    }
    return (constant, coefficients)
  }
}
