import Algebra
import Ideals
import RealSolving

/// What the ideal of a balanced system decomposes into, as far as all shares are different from zero.
package struct BalancedDecomposition<Engine: AlgebraEngine>: Sendable {
  package typealias Univariate = Engine.UnivariatePolynomial

  /// A prime of dimension zero in directions and shares.
  package struct Prime: Sendable, Hashable {
    /// The degree of its residue field K.
    package var degree: Int
    /// The sets of regions, as bit masks, whose product of shares is a square in K; a group under symmetric
    /// difference. They tell into how many primes it splits when the parameters `a_l = √s_l` are adjoined.
    package var squareClasses: Set<Int>

    /// The degree of each prime above it, and their number, if the output weights of the regions in the mask are
    /// single square roots of the shares (those of regions with several units are points on a sphere, which is
    /// irreducible over the complex numbers and has degree 2).
    package func primes(singleUnits mask: Int, regions: Int) -> (degree: Int, count: Int) {
      let count = squareClasses.filter { $0 & ~mask == 0 }.count
      return (degree * (1 << regions) / count, count)
    }
  }

  /// Sorted by degree.
  package let primes: [Prime]
  /// The real solutions with all shares positive, one after the other along the separating form.
  package let solutions: [BalancedSolution<Engine>]
  /// Whether there are components of positive dimension: the vectors `M_l u_l` are dependent there.
  package let hasFamilies: Bool

  /// - Parameter findsSolutions: whether real solutions are wanted.
  /// - Throws: `AlgebraError`, `Interruption`.
  package init(_ system: BalancedSystem<Engine>, findsSolutions: Bool, control: Control) throws {
    let ideal = try system.ideal(control)
    let dimension = try ideal.dimensionAndDegree(control: control).dimension
    let finite: [Ideal<Engine>]
    switch dimension {
    case ..<0: finite = []
    case 0: finite = [ideal]
    default:
      finite = try ideal.minimalPrimes(control: control).filter { $0.dimension == 0 }.map(\.ideal)
    }
    hasFamilies = dimension > 0
    var primes: [Prime] = []
    var solutions: [BalancedSolution<Engine>] = []
    for ideal in finite {
      guard findsSolutions else {
        primes += try Self.primes(of: PointSet(of: ideal, control: control), system, control)
        continue
      }
      let found = try FiniteSolutions(of: ideal, options: SolveOptions(digits: 10), control: control)
      primes += try Self.primes(of: found.points, system, control)
      // The boxes of coordinates that are not zero leave zero out.
      solutions += found.solutions.filter { solution in
        system.shareVariables.allSatisfy { solution.box[$0].lower.signum() > 0 }
      }.map { BalancedSolution(system: system, point: AlgebraicPoint($0, of: found)) }
    }
    self.primes = primes.sorted {
      ($0.degree, $0.squareClasses.count) < ($1.degree, $1.squareClasses.count)
    }
    self.solutions = solutions
  }

  private static func primes(
    of points: PointSet<Engine>, _ system: BalancedSystem<Engine>, _ control: Control
  ) throws -> [Prime] {
    try points.minimalPolynomial.factored().factors.compactMap { factor in
      try control.check()
      let field = factor.polynomial
      // s_l w'² up to squares, as a polynomial in the generator.
      var shares: [Univariate] = []
      for variable in system.shareVariables {
        let scale = Univariate(coefficients: [points.denominators[variable]])
        let (share, scaling) = try (points.numerators[variable] * points.derivative * scale)
          .pseudoRemainder(dividingBy: field)
        if share.isZero { return nil }
        shares.append(share * Univariate(coefficients: [scaling]))
      }
      var classes: Set<Int> = [0]
      for mask in 1..<(1 << shares.count) where !classes.contains(mask) {
        var product = Univariate(coefficients: [1])
        for (bit, share) in shares.enumerated() where mask >> bit & 1 == 1 {
          let (rest, scaling) = try (product * share).pseudoRemainder(dividingBy: field)
          product = rest * Univariate(coefficients: [scaling])
        }
        guard try isSquare(product, in: field, control) else { continue }
        classes.formUnion(classes.map { $0 ^ mask })
      }
      return Prime(degree: field.degree, squareClasses: classes)
    }
  }

  /// Whether an element of `Q[t]/(field)`, not zero, is a square: not if its value at a root of the field's
  /// polynomial modulo some prime is none; else by whether `x² − element` splits the points of the field.
  private static func isSquare(
    _ element: Univariate, in field: Univariate, _ control: Control
  ) throws -> Bool {
    if field.degree == 1 {
      let root = try Engine.Rational(numerator: -field.coefficients[0], denominator: field.coefficients[1])
      let value = try element.evaluated(at: root)
      return try value > 0 && (value.numerator * value.denominator).squareRoot().isExact
    }
    if ResidueSquares.excludesSquare(element.wideCoefficients, field: field.wideCoefficients) {
      return false
    }
    let minimal = SparsePolynomial(field, in: 1, variableCount: 2)
    var square = SparsePolynomial(-element, in: 1, variableCount: 2)
    square.append(exponents: [2, 0], coefficient: WideInteger(1))
    let ideal = try Ideal<Engine>(generators: [square, minimal], variables: ["x", "t"], control: control)
    return try PointSet(of: ideal, control: control).minimalPolynomial.factored().factors.count > 1
  }
}
