import Algebra

/// A reduced Gröbner basis: monic over a prime field, primitive integer coefficients with positive leading
/// ones over Q; elements by ascending leading monomials, terms by descending monomials.
///
/// The reduced basis is unique, so it depends neither on the generators' order nor on threads and seed.
public struct GroebnerBasis: Sendable {
  /// 0 for Q.
  public let characteristic: UInt32
  /// What is known about this basis, not what was asked for.
  public let guarantee: GroebnerOptions.Guarantee
  /// The primes of the modular computations (1 over a prime field).
  public let primeCount: Int
  let packed: PackedBasis
  /// Over Q a hash of the system that this comes from, for the choice of primes of further computations.
  let seed: UInt64

  public var order: MonomialOrder { packed.layout.order }
  public var variableCount: Int { packed.layout.variableCount }
  /// The number of elements.
  public var count: Int { packed.count }
  /// The number of terms of all elements.
  public var termCount: Int { packed.termCount }

  /// One element.
  public subscript(index: Int) -> SparsePolynomial<WideInteger> { packed.polynomial(index) }

  /// All elements. Cost: a copy; a big basis takes several times the memory in this form.
  public var polynomials: [SparsePolynomial<WideInteger>] { (0..<count).map(packed.polynomial) }

  /// The exponent vectors of the leading monomials.
  public var leadingExponents: [[UInt32]] {
    (0..<count).map { packed.exponents(ofTerms: packed.starts[$0]..<packed.starts[$0] + 1) }
  }

  /// Whether the ideal is the whole ring.
  public var isUnit: Bool { count == 1 && leadingExponents[0].allSatisfy { $0 == 0 } }

  /// One element as text. Cost: quadratic in the lengths of the coefficients.
  public func text(ofElement index: Int, variables: [String]) -> String {
    precondition(variables.count == variableCount)
    return packed.text(index, variables: variables)
  }

  /// All elements as text, written on so many threads.
  public func text(variables: [String], threads: Int = 1) -> [String] {
    concurrentMap(count: count, threads: threads) { text(ofElement: $0, variables: variables) }
  }
}

extension GroebnerBasis {
  /// Computes the reduced Gröbner basis of the ideal that the polynomials generate. Over Q the guarantee is
  /// `probable`, whatever the options; see `proved(generators:engine:control:)`.
  ///
  /// Over a prime field by F4 (Faugère 1999), over Q from many primes with tracing (Traverso 1988) and
  /// rational reconstruction. Cost: that of dense linear algebra in the worst degree; doubly exponential in
  /// the number of variables at worst.
  ///
  /// - Parameters:
  ///   - generators: any number of them, zero allowed, monomials may be repeated.
  ///   - variableCount: at least 1; every generator has as many.
  ///   - characteristic: 0 for Q, or a prime below 2³¹.
  /// - Throws: `Interruption` if a limit of `control` is reached; `AlgebraError.domain` for another
  ///   characteristic, `.outOfRange` for an order that does not fit the variables, `.shapeMismatch`,
  ///   `.tooLarge` if an exponent passes 2³¹.
  public init(
    of generators: [SparsePolynomial<WideInteger>], variableCount: Int, characteristic: UInt32 = 0,
    order: MonomialOrder = .degreeReverseLexicographic, options: GroebnerOptions = GroebnerOptions(),
    control: Control = Control()
  ) throws {
    try Self.validate(generators, variableCount, characteristic, order)
    guard order.refinesDegree else {
      // Directly these orders may be hopeless: go by way of the cheapest one.
      self = try GroebnerBasis(
        of: generators, variableCount: variableCount, characteristic: characteristic, options: options,
        control: control
      ).converted(to: order, control: control)
      return
    }
    let computation = Computation(
      characteristic: characteristic, order: order, guarantee: options.guarantee, control: control)
    self = try computation.basis(of: generators, variableCount: variableCount)
  }

  /// The basis of a system's ideal.
  public init(
    of system: PolynomialSystem, order: MonomialOrder = .degreeReverseLexicographic,
    options: GroebnerOptions = GroebnerOptions(), control: Control = Control()
  ) throws {
    try self.init(
      of: system.polynomials, variableCount: system.variables.count, characteristic: system.characteristic,
      order: order, options: options, control: control)
  }

  /// The reduced basis of the same ideal in another order.
  ///
  /// Lexicographic bases of ideals of dimension zero by linear algebra in the quotient ring (see
  /// `lexicographicBasis`), all others by way of homogeneous polynomials. Guarantee: that of this basis over a
  /// prime field, `probable` over Q.
  ///
  /// - Throws: `Interruption`; `AlgebraError.outOfRange` for an order that does not fit the variables,
  ///   `.tooLarge`.
  public func converted(to order: MonomialOrder, control: Control = Control()) throws -> GroebnerBasis {
    if order == self.order { return self }
    try Self.validate([], variableCount, characteristic, order)
    if order == .lexicographic, try hasQuotientDimension(atMost: Self.conversionLimit, control: control) {
      return try lexicographicBasis(dimensionLimit: Self.conversionLimit, control: control)
    }
    let computation = Computation(
      characteristic: characteristic, order: order, guarantee: characteristic == 0 ? .probable : guarantee,
      control: control)
    return try computation.basisByHomogenising(self)
  }

  /// The greatest dimension of a quotient ring in which lexicographic bases are found by linear algebra.
  private static let conversionLimit = 20_000

  static func validate(
    _ generators: [SparsePolynomial<WideInteger>], _ variableCount: Int, _ characteristic: UInt32,
    _ order: MonomialOrder
  ) throws(AlgebraError) {
    guard variableCount >= 1 else { throw .outOfRange("a ring has at least one variable") }
    for generator in generators where generator.variableCount != variableCount {
      throw .shapeMismatch(expected: "\(variableCount) variables", found: "\(generator.variableCount)")
    }
    guard characteristic == 0 || characteristic < 1 << 31 && PrimeField.isPrime(characteristic) else {
      throw .domain("the characteristic \(characteristic) is neither 0 nor a prime below 2^31")
    }
    switch order {
    case .elimination(let count):
      guard (0...variableCount).contains(count) else {
        throw .outOfRange("\(count) of \(variableCount) variables cannot be eliminated")
      }
    case .weighted(let weights):
      guard weights.count == variableCount, weights.allSatisfy({ $0 > 0 }) else {
        throw .outOfRange("an order by weights needs one positive weight for each variable")
      }
    default: break
    }
  }
}
