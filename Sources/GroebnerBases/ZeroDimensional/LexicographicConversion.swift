import Algebra

extension GroebnerBasis {
  /// The lexicographic basis of the same ideal, which must have dimension zero.
  ///
  /// Guarantee: that of this basis over a prime field, `probable` over Q (see `OrderConversion` for the
  /// algorithms; over Q many primes and rational reconstruction).
  ///
  /// - Parameter dimensionLimit: the greatest dimension of the quotient ring that is tried.
  /// - Throws: `AlgebraError.domain` if the dimension of the ideal is positive, `.tooLarge`;
  ///   `GroebnerInterruption`.
  public func lexicographicBasis(
    dimensionLimit: Int = 20_000, control: Control = Control()
  ) throws -> GroebnerBasis {
    let monitor = StateMonitor(control: control)
    monitor.update { $0.stage = "conversion to the lexicographic order" }
    do {
      let standard = try QuotientAlgebra.standardMonomials(
        leadingExponents: leadingExponents, variableCount: variableCount, order: order, limit: dimensionLimit)
      guard let standard else { throw AlgebraError.domain("the ideal has positive dimension") }
      return try Self.withSufficientWidth(order: .lexicographic, variableCount: variableCount) { target in
        characteristic == 0
          ? try rationalConversion(standard, target, control, monitor)
          : try modularConversion(standard, target, PrimeField(prime: characteristic), control)
      }
    } catch let reason as LimitReached {
      throw GroebnerInterruption(reason: reason, state: monitor.current)
    }
  }

  /// Whether the quotient ring has a finite dimension as a vector space, not greater than `limit`.
  func hasQuotientDimension(atMost limit: Int, control: Control) throws -> Bool {
    do {
      let series = try hilbertSeries(control: control)
      return series.dimension <= 0 && series.degree <= limit
    } catch AlgebraError.tooLarge {
      return false
    } catch let reason as LimitReached {
      throw GroebnerInterruption(reason: reason, state: GroebnerState())
    }
  }

  /// The converted basis modulo a prime, or `nil` if the prime divides a leading coefficient.
  private func converted(
    _ standard: [[UInt32]], _ target: MonomialLayout, _ field: PrimeField, _ control: Control
  ) throws -> [ModularPolynomial]? {
    let elements = try Self.withSufficientWidth(order: order, variableCount: variableCount) {
      layout -> [SparsePolynomial<UInt32>]? in
      var basis: [ModularPolynomial] = []
      for element in 0..<count {
        let residues = packed.polynomial(element).mapCoefficients { $0.residue(modulo: field.prime) }
        guard residues.coefficients[0] != 0,
          let polynomial = try ModularPolynomial.monic(residues, layout: layout, field: field)
        else {
          for polynomial in basis { polynomial.deallocate() }
          return nil
        }
        basis.append(polynomial)
      }
      let algebra = QuotientAlgebra(
        basis: basis, layout: layout, standardMonomials: standard, field: field)
      return try OrderConversion(algebra: algebra, control: control).lexicographicBasis()
    }
    return try elements?.map { element in
      guard let polynomial = try ModularPolynomial.monic(element, layout: target, field: field) else {
        preconditionFailure("elements of a basis are not zero")
      }
      return polynomial
    }
  }

  private func modularConversion(
    _ standard: [[UInt32]], _ target: MonomialLayout, _ field: PrimeField, _ control: Control
  ) throws -> GroebnerBasis {
    guard let basis = try converted(standard, target, field, control) else {
      preconditionFailure("a basis over a prime field is monic")
    }
    defer { for element in basis { element.deallocate() } }
    return GroebnerBasis(
      characteristic: characteristic, guarantee: guarantee, primeCount: 1,
      packed: PackedBasis(
        basis, layout: target,
        coefficients: .residues(
          basis.flatMap { UnsafeBufferPointer(start: $0.coefficients, count: $0.count) })))
  }

  private func rationalConversion(
    _ standard: [[UInt32]], _ target: MonomialLayout, _ control: Control, _ monitor: StateMonitor
  ) throws -> GroebnerBasis {
    var supply = PrimeSupply()
    for _ in 0..<MultimodularComputation.attempts {
      let field = supply.next()
      guard let reference = try converted(standard, target, field, control) else { continue }
      defer { for element in reference { element.deallocate() } }
      let lifting = LiftingLoop(reference: reference, field: field, control: control, monitor: monitor)
      let lifted = try lifting.run {
        let tasks = (0..<control.threads).map { _ in (0..<FieldLanes.count).map { _ in supply.next() } }
        return try convertedBatches(tasks, standard, target, reference, control)
      }
      guard let (integers, primes) = lifted else { continue }
      return GroebnerBasis(
        characteristic: 0, guarantee: .probable, primeCount: primes,
        packed: PackedBasis(reference, layout: target, coefficients: .integers(integers)))
    }
    throw MultimodularComputation.NoAgreement()
  }

  /// Conversions modulo eight primes for each task; primes with another support do not count.
  private func convertedBatches(
    _ tasks: [[PrimeField]], _ standard: [[UInt32]], _ target: MonomialLayout,
    _ reference: [ModularPolynomial],
    _ control: Control
  ) throws -> [CoefficientLifting.Batch] {
    let counts = reference.map(\.count)
    let monomials = reference.map {
      Array(UnsafeBufferPointer(start: $0.monomials, count: $0.count * target.words))
    }
    let results = concurrentMap(count: tasks.count * FieldLanes.count, threads: control.threads) {
      item -> Result<[UInt32]?, any Error> in
      Result {
        let field = tasks[item / FieldLanes.count][item % FieldLanes.count]
        guard let basis = try converted(standard, target, field, control) else { return nil }
        defer { for element in basis { element.deallocate() } }
        let agrees =
          basis.map(\.count) == counts
          && zip(basis, monomials).allSatisfy { element, expected in
            expected.indices.allSatisfy { element.monomials[$0] == expected[$0] }
          }
        guard agrees else { return nil }
        return basis.flatMap { UnsafeBufferPointer(start: $0.coefficients, count: $0.count) }
      }
    }
    let total = counts.reduce(0, +)
    return try tasks.enumerated().map { number, fields in
      var words = [UInt32](repeating: 0, count: FieldLanes.count * total)
      var good: [Int] = []
      for lane in 0..<FieldLanes.count {
        guard let residues = try results[FieldLanes.count * number + lane].get() else { continue }
        good.append(lane)
        for (term, value) in residues.enumerated() { words[FieldLanes.count * term + lane] = value }
      }
      return CoefficientLifting.Batch(words: words, lanes: FieldLanes(fields), good: good)
    }
  }
}
