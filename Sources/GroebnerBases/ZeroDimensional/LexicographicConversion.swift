import Algebra

extension GroebnerBasis {
  /// The lexicographic basis of the same ideal, which must have dimension zero.
  ///
  /// In shape position by sparse linear algebra (`ShapePosition`), else by the general algorithm
  /// (`OrderConversion`); over Q modulo many primes, with rational reconstruction. Guarantee: that of this
  /// basis over a prime field, `probable` over Q.
  ///
  /// - Parameter dimensionLimit: the greatest dimension of the quotient ring that is tried.
  /// - Throws: `AlgebraError.domain` if the dimension of the ideal is positive, `.tooLarge`;
  ///   `Interruption`.
  public func lexicographicBasis(
    dimensionLimit: Int = 20_000, control: Control = Control()
  ) throws -> GroebnerBasis {
    try StateMonitor.run(control, stage: "conversion to the lexicographic order") { monitor in
      guard let standard = try standardMonomials(limit: dimensionLimit) else {
        throw AlgebraError.domain("the ideal has positive dimension")
      }
      return try Self.withSufficientWidth(order: .lexicographic, variableCount: variableCount) { target in
        let conversion = LexicographicConversion(
          self, standardMonomials: standard, target: target, control: control)
        return characteristic == 0 ? try conversion.rational(monitor) : try conversion.modular()
      }
    }
  }

  /// Whether the quotient ring has a finite dimension as a vector space, not greater than `limit`.
  func hasQuotientDimension(atMost limit: Int, control: Control) throws -> Bool {
    do {
      let series = try hilbertSeries(control: control)
      return series.dimension <= 0 && series.degree <= limit
    } catch AlgebraError.tooLarge {
      return false
    }
  }
}

/// The conversion of one basis modulo any number of primes.
private final class LexicographicConversion: Sendable {
  private let basis: GroebnerBasis
  private let dimension: Int
  private let target: MonomialLayout
  private let control: Control
  private let fast: LastVariableMultiplication?
  /// The coefficients that `fast` needs.
  private let table = DigitTable()
  private let quotients: ModularQuotients

  init(
    _ basis: GroebnerBasis, standardMonomials: [[UInt32]], target: MonomialLayout, control: Control
  ) {
    self.basis = basis
    self.target = target
    self.control = control
    dimension = standardMonomials.count
    fast =
      standardMonomials.isEmpty
      ? nil : LastVariableMultiplication(basis.packed, standardMonomials: standardMonomials)
    for term in fast?.terms ?? [] { table.append(basis.packed.coefficient(term)) }
    quotients = ModularQuotients(basis, standardMonomials: standardMonomials)
  }

  func modular() throws -> GroebnerBasis {
    let field = PrimeField(prime: basis.characteristic)
    guard let converted = try reference(field)?.basis else {
      preconditionFailure("a basis over a prime field is monic")
    }
    defer { converted.deallocate() }
    return GroebnerBasis(
      characteristic: field.prime, guarantee: basis.guarantee, primeCount: 1,
      packed: PackedBasis(converted, layout: target, coefficients: .residues(converted.coefficients)), seed: 0
    )
  }

  func rational(_ monitor: StateMonitor) throws -> GroebnerBasis {
    try GroebnerBasis.lifted(
      layout: target, seed: basis.seed, control: control, monitor: monitor, first: reference)
  }

  /// The basis modulo a prime, and the way in which it was found; `nil` if the prime divides a leading coefficient.
  private func reference(
    _ field: PrimeField
  ) throws -> (basis: [ModularPolynomial], others: GroebnerBasis.ModularBasis)? {
    if dimension > 0, let basis = try shapeBasis(field) { return (basis, shapeBasis) }
    return try generalBasis(field).map { ($0, generalBasis) }
  }

  private func shapeBasis(_ field: PrimeField) throws -> [ModularPolynomial]? {
    guard let moments = try moments(field),
      let shape = ShapePosition(moments: moments, dimension: dimension, field: field)
    else { return nil }
    return try [ModularPolynomial](packing: shape.elements, layout: target, field: field)
  }

  private func moments(_ field: PrimeField) throws -> QuotientMoments? {
    if let fast {
      let coefficients = table.residues(lanes: FieldLanes(repeating: field))
      return try fast.matrix(coefficients: coefficients, field: field)?.moments(control: control)
    }
    let n = basis.variableCount
    let last = SparsePolynomial<UInt32>(
      variableCount: n, exponents: (0..<n).map { $0 == n - 1 ? 1 : 0 }, coefficients: [1])
    return try quotients.withAlgebra(modulo: field) { algebra in
      try MultiplicationMatrix(of: last, coordinates: Array(0..<n - 1), in: algebra, control: control)
        .moments(control: control)
    }
  }

  private func generalBasis(_ field: PrimeField) throws -> [ModularPolynomial]? {
    let elements = try quotients.withAlgebra(modulo: field) { algebra in
      try OrderConversion(algebra: algebra, control: control).lexicographicBasis()
    }
    return try elements.map { try [ModularPolynomial](packing: $0, layout: target, field: field) }
  }
}
