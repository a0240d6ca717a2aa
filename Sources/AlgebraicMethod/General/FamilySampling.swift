import Algebra
import Ideals
import RealSolving

/// Real points on every connected component of a positive-dimensional component of the critical set.
///
/// On a component V of dimension d in n variables the Hessian H has rank at most n − d, and where it has that
/// rank V is smooth with tangent space ker H. The points of V where all minors of order n − d + 1 of
/// `[H | C (x − p)]` vanish are those with smaller rank and the critical points of the distance
/// `(x − p)ᵀ C (x − p)` to p: as V is closed, each of its connected components has one (Seidenberg's method).
/// Where H has the full rank all over V, its inertia is constant on each connected component.
///
/// The distance keeps its value under the signs of hidden weights, where these are symmetries: fewer nearest
/// points are then different up to symmetry.
package struct FamilySampling<Engine: AlgebraEngine> {
  package typealias Polynomial = Engine.Polynomial

  package let points: [AlgebraicPoint<Engine>]
  /// For each point whether it may be a local minimum of the distance on V: every connected component has one.
  package let mayBeNearest: [Bool]
  /// Whether H has rank n − d at every real point of V.
  package let isRegular: Bool

  /// The most minors that are tried.
  private static var mostMinors: Int { 200 }

  /// - Returns: `nil` if the points are not finitely many for the few p that are tried, or too many minors.
  /// - Throws: `AlgebraError`, `Interruption`.
  package init?(_ component: PrimeComponent<Engine>, in chart: Chart<Engine>, control: Control) throws {
    let n = chart.kept.count
    let rank = n - component.dimension
    let rowSets = SymmetricMatrix<Engine>.subsets(of: n, count: rank + 1)
    let columnSets = SymmetricMatrix<Engine>.subsets(of: n, count: rank)
    guard rowSets.count * columnSets.count <= Self.mostMinors else { return nil }
    let ring = chart.notation.ring
    let matrix = try chart.reducedHessian()
    let base = try component.ideal.basis.polynomials.map { try chart.notation.polynomial($0) }
    var found: FiniteSolutions<Engine>?
    var isEmpty = false
    var distance = DistanceForm<Engine>(chart, attempt: 1)
    for attempt in 1...3 where found == nil && !isEmpty {
      distance = DistanceForm(chart, attempt: attempt)
      let bordered = try matrix.enumerated().map { row, entries in
        let offset = try ring.variable(row).subtracting(ring.constant(distance.centre[row]))
        return entries + [offset.scaled(by: distance.weights[row])]
      }
      let table = MinorTable(bordered, ring: ring)
      var minors: [Polynomial] = []
      for rows in rowSets {
        for columns in columnSets { minors.append(try table.minor(rows: rows, columns: columns + [n])) }
      }
      let ideal = try Ideal(of: base + minors, in: chart.notation, control: control)
      switch try ideal.dimensionAndDegree(control: control).dimension {
      case ..<0: isEmpty = true
      case 0: found = try FiniteSolutions(of: ideal, options: SolveOptions(digits: 10), control: control)
      default: continue
      }
    }
    guard let found else {
      guard isEmpty else { return nil }
      points = []
      mayBeNearest = []
      isRegular = true
      return
    }
    points = found.solutions.map { AlgebraicPoint($0, of: found) }
    var mayBeNearest: [Bool] = []
    for point in points {
      mayBeNearest.append(
        try component.dimension != 1 || !Self.isFarthest(point, distance, on: matrix, chart))
    }
    self.mayBeNearest = mayBeNearest
    if points.isEmpty {
      isRegular = true
      return
    }
    isRegular = try Self.neverVanishes(
      SymmetricMatrix(entries: matrix, notation: chart.notation).principalMinorSum(order: rank),
      on: component, in: chart, control: control
    ) { _ in true }
  }

  /// Whether a polynomial is known to have no real zero on the component among the points that count.
  package static func neverVanishes(
    _ polynomial: Polynomial, on component: PrimeComponent<Engine>, in chart: Chart<Engine>, control: Control,
    at counts: (AlgebraicPoint<Engine>) throws -> Bool
  ) throws -> Bool {
    let base = try component.ideal.basis.polynomials.map { try chart.notation.polynomial($0) }
    let zeros = try Ideal(of: base + [polynomial], in: chart.notation, control: control)
    switch try zeros.dimensionAndDegree(control: control).dimension {
    case ..<0: return true
    case 0:
      let found = try FiniteSolutions(of: zeros, options: SolveOptions(digits: 10), control: control)
      return try !found.solutions.contains { try counts(AlgebraicPoint($0, of: found)) }
    default: return false
    }
  }

  /// Whether the distance to p has a strict local maximum on the curve V at a critical point.
  ///
  /// With `C (x − p) = H μ` and a tangent vector v its second derivative is `vᵀ C v − D³ℓ(μ, v, v)`, up to the
  /// halves in H.
  private static func isFarthest(
    _ point: AlgebraicPoint<Engine>, _ distance: DistanceForm<Engine>, on hessian: [[Polynomial]],
    _ chart: Chart<Engine>
  ) throws -> Bool {
    typealias Ball = Engine.Ball
    let precision = 320
    let n = hessian.count
    let x = try point.coordinates(precision: precision)
    func value(_ polynomial: Polynomial) -> Ball { polynomial.enclosure(at: x, precision: precision) }
    let zero = Ball(0.0, precision: precision)
    let matrix = hessian.map { $0.map(value) }
    // A vector of the kernel: cofactors along the row for which they are the largest.
    var tangent: [Ball] = []
    let table = MinorTable(hessian, ring: chart.notation.ring)
    for row in 0..<n {
      let others = (0..<n).filter { $0 != row }
      let cofactors = try (0..<n).map { column in
        let minor = value(try table.minor(rows: others, columns: (0..<n).filter { $0 != column }))
        return (row + column) % 2 == 0 ? minor : -minor
      }
      let size = cofactors.map { abs($0.approximation) }.max() ?? 0
      if size > (tangent.map { abs($0.approximation) }.max() ?? 0) { tangent = cofactors }
    }
    guard !tangent.isEmpty else { return false }
    var bordered = Engine.BallMatrix.zero(rows: n + 1, columns: n + 1, precision: precision)
    var right = Engine.BallMatrix.zero(rows: n + 1, columns: 1, precision: precision)
    for i in 0..<n {
      for j in 0..<n { bordered[i, j] = matrix[i][j] }
      bordered[i, n] = tangent[i]
      bordered[n, i] = tangent[i]
      let offset = x[i] - Ball(distance.centre[i], precision: precision)
      right[i, 0] = offset * Ball(distance.weights[i], precision: precision)
    }
    guard let solution = bordered.solve(right) else { return false }
    var second = zip(tangent, distance.weights).reduce(zero) {
      $0 + $1.0 * $1.0 * Ball($1.1, precision: precision)
    }
    for i in 0..<n {
      for j in 0..<n {
        for k in 0..<n {
          let third = value(hessian[j][k].derivative(in: i))
          second = second - third * solution[i, 0] * tangent[j] * tangent[k]
        }
      }
    }
    return second.sign == .negative
  }
}

/// A positive definite quadratic form around a point, in general position but for the symmetries.
private struct DistanceForm<Engine: AlgebraEngine> {
  /// The diagonal of C.
  let weights: [Engine.Rational]
  /// p.
  let centre: [Engine.Rational]

  init(_ chart: Chart<Engine>, attempt: Int) {
    let hasSigns = chart.system.problem.isEvenInWeight && chart.isUnconstrained
    let hidden = Set(chart.system.weightVariables.joined())
    let variables = chart.kept
    weights = variables.indices.map { Engine.Rational(1 + ($0 * $0 + attempt * $0) * (attempt + 1)) }
    centre = variables.indices.map { place in
      if hasSigns, hidden.contains(variables[place]) { return 0 }
      return Engine.Rational(
        (place % 2 == 0 ? 1 : -1) * (701 + 509 * place * attempt + 83 * place * place))
    }
  }
}
