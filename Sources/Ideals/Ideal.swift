import Algebra
import GroebnerBases

/// An ideal in a polynomial ring over Q or over a prime field, with its reduced degree reverse lexicographic
/// Gröbner basis.
///
/// Guarantee: bases over Q are probable in the sense of `GroebnerBasis`; what is derived from them is exact.
public struct Ideal<Engine: AlgebraEngine>: Sendable {
  /// The generators that the ideal was made from, zeros left out.
  public let generators: [SparsePolynomial<WideInteger>]
  public let basis: GroebnerBasis
  public let ring: PolynomialNotation<Engine>

  public var variables: [String] { ring.variables }
  public var characteristic: UInt32 { basis.characteristic }
  public var variableCount: Int { variables.count }

  /// - Throws: what `GroebnerBasis.init` throws; `AlgebraError.outOfRange` for repeated variables.
  public init(
    generators: [SparsePolynomial<WideInteger>], variables: [String], characteristic: UInt32 = 0,
    control: Control = Control()
  ) throws {
    let ring = try PolynomialNotation<Engine>(variables: variables)
    try self.init(generators: generators, ring: ring, characteristic: characteristic, control: control)
  }

  /// The ideal of a system's polynomials.
  public init(_ system: PolynomialSystem, control: Control = Control()) throws {
    try self.init(
      generators: system.polynomials, variables: system.variables, characteristic: system.characteristic,
      control: control)
  }

  /// The ideal over Q of some polynomials of a ring.
  ///
  /// - Throws: what `GroebnerBasis.init` throws; `AlgebraError.tooLarge` for exponents of 2³¹ or more.
  package init(
    of polynomials: [Engine.Polynomial], in ring: PolynomialNotation<Engine>, control: Control
  ) throws {
    try self.init(
      generators: polynomials.filter { !$0.isZero }.map { try ring.value($0) }, ring: ring, characteristic: 0,
      control: control)
  }

  init(
    generators: [SparsePolynomial<WideInteger>], ring: PolynomialNotation<Engine>, characteristic: UInt32,
    control: Control
  ) throws {
    basis = try GroebnerBasis(
      of: generators, variableCount: ring.variables.count, characteristic: characteristic, control: control)
    self.generators = generators.filter { !$0.isEmpty }
    self.ring = ring
  }

  /// An ideal whose reduced basis is known.
  init(basis: GroebnerBasis, ring: PolynomialNotation<Engine>) {
    generators = basis.polynomials
    self.basis = basis
    self.ring = ring
  }

  /// The ideal of this one and of some more polynomials. It starts from the basis.
  func adding(_ polynomials: [SparsePolynomial<WideInteger>], control: Control) throws -> Ideal {
    try Ideal(
      generators: basis.polynomials + polynomials, ring: ring, characteristic: characteristic,
      control: control)
  }
}

extension Ideal {
  /// The prime for bases that only bound, or make likely, what holds over Q: drawn at random, with a hash of these
  /// polynomials as seed.
  static func testPrime(for polynomials: [SparsePolynomial<WideInteger>], _ control: Control) -> UInt32 {
    var supply = PrimeSupply(for: polynomials, control: control)
    return supply.next().prime
  }

  public var isUnit: Bool { basis.isUnit }
  public var isZero: Bool { basis.count == 0 }

  /// Whether the quotient ring has finite dimension: some power of every variable is a leading monomial.
  public var isFinite: Bool {
    let leads = basis.leadingExponents
    return variables.indices.allSatisfy { variable in
      leads.contains { lead in lead.indices.allSatisfy { $0 == variable || lead[$0] == 0 } }
    }
  }

  /// The Krull dimension, −1 for the unit ideal, and the degree.
  ///
  /// - Throws: `AlgebraError.tooLarge`, `Interruption`.
  public func dimensionAndDegree(control: Control = Control()) throws -> (dimension: Int, degree: Int) {
    let series = try basis.hilbertSeries(control: control)
    return (series.dimension, series.degree)
  }

  /// Whether all the polynomials belong to the ideal: their normal forms are zero. Exact.
  public func contains(
    _ polynomials: [SparsePolynomial<WideInteger>], control: Control = Control()
  ) throws -> Bool {
    if isUnit { return true }
    if characteristic != 0 {
      return try basis.normalForms(of: polynomials, control: control).allSatisfy(\.isEmpty)
    }
    return try polynomials.allSatisfy(try rationalMembership(control))
  }

  /// The polynomials that do not belong to the ideal. Exact.
  func outside(
    _ polynomials: [SparsePolynomial<WideInteger>], control: Control
  ) throws -> [SparsePolynomial<WideInteger>] {
    if isUnit { return [] }
    if characteristic != 0 {
      let forms = try basis.normalForms(of: polynomials, control: control)
      return zip(polynomials, forms).filter { !$1.isEmpty }.map(\.0)
    }
    let contains = try rationalMembership(control)
    return try polynomials.filter { try !contains($0) }
  }

  /// Tells for one polynomial after the other whether it belongs to the ideal, over Q.
  private func rationalMembership(
    _ control: Control
  ) throws -> (SparsePolynomial<WideInteger>) throws -> Bool {
    let divisors = try basis.polynomials.map(ring.polynomial)
    return { polynomial in
      try control.check()
      return try ring.polynomial(polynomial).quotientsAndRemainder(dividingBy: divisors).remainder.isZero
    }
  }

  /// Whether the other ideal is contained in this one.
  public func contains(_ other: Ideal, control: Control = Control()) throws -> Bool {
    try requireSameRing(other)
    // Leading monomials tell most cases apart.
    let leads = basis.leadingExponents
    let canBeContained = other.basis.leadingExponents.allSatisfy { vector in
      leads.contains { lead in lead.indices.allSatisfy { lead[$0] <= vector[$0] } }
    }
    return try canBeContained && contains(other.shorterGenerators, control: control)
  }

  /// Whether two ideals are the same. Exact, as reduced bases are unique.
  public func isEqual(to other: Ideal) throws -> Bool {
    try requireSameRing(other)
    return basis.count == other.basis.count && basis.polynomials == other.basis.polynomials
  }

  /// - Throws: `AlgebraError.ringMismatch`.
  func requireSameRing(_ other: Ideal) throws {
    guard variables == other.variables, characteristic == other.characteristic else {
      throw AlgebraError.ringMismatch
    }
  }
}
