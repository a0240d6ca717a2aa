import Algebra
import GroebnerBases

/// The zeros of an ideal of dimension zero over Q: one for each root θ of a squarefree polynomial w, with the
/// coordinates `x_i = numerators[i](θ) / (denominators[i] · w'(θ))`.
///
/// θ is the value of a linear form that takes different values at different zeros; the form depends on the
/// ideal only. Guarantee: probable; `verify` proves that all of them are zeros.
public struct PointSet<Engine: AlgebraEngine>: Sendable {
  public typealias Univariate = Engine.UnivariatePolynomial

  /// w, primitive with positive leading coefficient.
  public let minimalPolynomial: Univariate
  public let derivative: Univariate
  public let numerators: [Univariate]
  /// Positive.
  public let denominators: [Engine.Integer]
  /// θ as a linear form in the coordinates.
  public let separatingForm: [Int]
  /// The radical of the ideal, which is the ideal itself where that is radical.
  public let radical: Ideal<Engine>
  /// Whether the ideal was radical.
  public let isRadical: Bool

  /// The number of zeros, complex ones included.
  public var count: Int { minimalPolynomial.degree }

  /// - Parameter ideal: of dimension zero.
  /// - Throws: `AlgebraError.domain` for other dimensions or a prime field; `.tooLarge`;
  ///   `Interruption`.
  public init(of ideal: Ideal<Engine>, control: Control = Control()) throws {
    // Most ideals are radical, with the last variable as a fit form.
    if let parametrisation = try ideal.basis.parametrisation(engine: Engine.self, control: control) {
      let n = ideal.variableCount
      self.init(
        parametrisation, form: (0..<n).map { $0 == n - 1 ? 1 : 0 }, radical: ideal, isRadical: true)
      return
    }
    let generic = ideal.ring.linearForm(Self.genericForm(ideal.variableCount))
    var quotient = try ModularQuotient<Engine>(ideal.basis, control: control)
    let isRadical = try quotient.minimalPolynomialDegrees(of: generic).isSquarefree
    let radical = isRadical ? ideal : try ideal.zeroDimensionalRadical(control: control)
    if !isRadical { quotient = try ModularQuotient<Engine>(radical.basis, control: control) }
    for form in Self.forms(variableCount: ideal.variableCount) {
      let degrees = try quotient.minimalPolynomialDegrees(of: radical.ring.linearForm(form))
      guard degrees.isPrimitiveAndReduced,
        let found = try GroebnerBasis.parametrisation(
          ofZerosOf: radical.withLastCoordinate(form), variableCount: ideal.variableCount,
          engine: Engine.self, control: control)
      else { continue }
      self.init(found, form: form, radical: radical, isRadical: isRadical)
      return
    }
    preconditionFailure("some form of the moment curve separates finitely many points")
  }

  /// A form that no ideal of practical interest has been made for.
  private static func genericForm(_ count: Int) -> [Int] {
    var generator = SeededGenerator(seed: 0xF0_4D)
    return (0..<count).map { _ in Int(generator.next() % 1_000_003) + 1 }
  }

  /// Single variables from the last to the first one, then small forms, then the moment curve (Rouillier),
  /// among which a separating one is sure to come.
  private static func forms(variableCount n: Int) -> some Sequence<[Int]> {
    let units = (0..<n).reversed().map { unit in (0..<n).map { $0 == unit ? 1 : 0 } }
    let small = [1, 2].map { step in
      (0..<n).map { $0 == n - 1 ? 1 : ($0 % 2 == 0 ? -1 : 1) * (1 + $0 * step) }
    }
    let curve = (1...).lazy.map { base -> [Int] in
      // Powers that would overflow are taken modulo a large prime, which changes nothing before that.
      var power = 1
      let powers = (0..<n).map { _ -> Int in
        defer { power = power * base % 1_000_000_007 }
        return power
      }
      return powers.reversed()
    }
    return AnySequence([AnySequence(units), AnySequence(small), AnySequence(curve)].lazy.joined())
  }

  private init(_ found: RationalParametrisation, form: [Int], radical: Ideal<Engine>, isRadical: Bool) {
    let n = form.count
    // The variable that gave way to θ.
    let replaced = form.lastIndex { $0 == 1 } ?? n - 1
    let w = Univariate(found.minimalPolynomial)
    var numerators = found.numerators.map { Univariate($0) }
    var denominators = found.denominators.map { Engine.Integer($0) }
    // θ · w' over 1, then the replaced variable is θ − Σ of the others, which stand in its sequence.
    let theta = Univariate(coefficients: [0, 1]) * w.derivative
    var (sum, common) = (theta, Engine.Integer(1))
    for (place, variable) in (0..<n).filter({ $0 != replaced }).enumerated() where form[variable] != 0 {
      let factor = Engine.Integer(form[variable])
      sum =
        sum * Univariate(coefficients: [denominators[place]]) - numerators[place]
        * Univariate(coefficients: [common * factor])
      common *= denominators[place]
    }
    numerators.insert(sum, at: replaced)
    denominators.insert(common, at: replaced)
    minimalPolynomial = w
    derivative = w.derivative
    self.numerators = numerators
    self.denominators = denominators
    separatingForm = form
    self.radical = radical
    self.isRadical = isRadical
  }

  /// The points that belong to a factor of the minimal polynomial.
  func points(of factor: Univariate) -> AlgebraicPoints {
    AlgebraicPoints(
      polynomial: factor.wideCoefficients, numerators: numerators.map(\.wideCoefficients),
      denominators: denominators.map(\.wide), common: derivative.wideCoefficients)
  }
}

extension Ideal {
  /// Generators in coordinates in which the form, one of whose coefficients is 1, is the last variable; the
  /// other variables keep their sequence.
  func withLastCoordinate(_ form: [Int]) throws -> [SparsePolynomial<WideInteger>] {
    let n = variableCount
    guard let replaced = form.lastIndex(of: 1) else {
      preconditionFailure("a separating form has a coefficient 1")
    }
    let others = (0..<n).filter { $0 != replaced }
    if form.allSatisfy({ $0 == 0 || $0 == 1 }), form.filter({ $0 != 0 }).count == 1 {
      var places = [Int](repeating: n - 1, count: n)
      for (place, variable) in others.enumerated() { places[variable] = place }
      return shorterGenerators.map { $0.renamed(places, count: n) }
    }
    var images = [Engine.Polynomial](repeating: ring.ring.variable(n - 1), count: n)
    for (place, variable) in others.enumerated() {
      images[variable] = ring.ring.variable(place)
      let term = ring.ring.variable(place).scaled(by: Engine.Rational(form[variable]))
      images[replaced] = try images[replaced].subtracting(term)
    }
    return try shorterGenerators.map {
      try ring.value(ring.polynomial($0).substituted(images, into: ring.ring))
    }
  }
}
