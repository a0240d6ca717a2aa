import Algebra

extension GroebnerBasis {
  /// Tries narrow exponents first and starts again with wider ones where they overflow.
  static func withSufficientWidth<Result>(
    order: MonomialOrder, variableCount: Int, homogenising: Bool = false, tags: Int = 0,
    _ body: (MonomialLayout) throws -> Result
  ) throws -> Result {
    var width: MonomialLayout.ExponentWidth? = .narrow
    while let current = width {
      do {
        return try body(
          MonomialLayout(
            order: order, variableCount: variableCount, width: current, homogenising: homogenising, tags: tags
          ))
      } catch is ExponentOverflow {
        width = current.next
      }
    }
    throw AlgebraError.tooLarge("an exponent or a weighted degree passes 2^31")
  }

  /// What stays the same over the steps of a computation.
  struct Computation {
    let characteristic: UInt32
    let order: MonomialOrder
    let guarantee: GroebnerOptions.Guarantee
    let control: Control

    /// - Parameters:
    ///   - homogenising: the last variable makes the polynomials homogeneous.
    ///   - start: what is known of the polynomials.
    /// - Throws: `Interruption`; `AlgebraError.tooLarge`.
    func basis(
      of polynomials: [SparsePolynomial<WideInteger>], variableCount: Int, homogenising: Bool = false,
      start: F4Computation.Start = .generators
    ) throws -> GroebnerBasis {
      try StateMonitor.run(control) { monitor in
        try withSufficientWidth(order: order, variableCount: variableCount, homogenising: homogenising) {
          layout in
          if characteristic == 0 {
            return try rational(
              polynomials, layout: layout, method: TracedSystem.Method(start: start), control, monitor)
          }
          return try modular(polynomials, layout: layout, start: start, monitor)
        }
      }
    }

    /// The basis in this order from one in another order: its elements are made homogeneous, which makes all
    /// computations proceed by degrees, and after the change of order the additional variable is set to one.
    func basisByHomogenising(_ known: GroebnerBasis) throws -> GroebnerBasis {
      let homogeneous = try basis(
        of: known.polynomials.map { $0.homogenised() }, variableCount: known.variableCount + 1,
        homogenising: true)
      let elements = homogeneous.polynomials.map { $0.withoutLastVariable() }
      let found = try GroebnerBasis(
        elements: elements, order: order, variableCount: known.variableCount, characteristic: characteristic,
        guarantee: homogeneous.guarantee, primeCount: homogeneous.primeCount, seed: homogeneous.seed)
      // With that variable, the leading monomials and the others were reduced less.
      return found.isReduced
        ? found : try basis(of: elements, variableCount: known.variableCount, start: .basis)
    }

    private func modular(
      _ polynomials: [SparsePolynomial<WideInteger>], layout: MonomialLayout, start: F4Computation.Start,
      _ monitor: StateMonitor
    ) throws -> GroebnerBasis {
      let field = PrimeField(prime: characteristic)
      let inputs = try polynomials.compactMap { polynomial in
        try ModularPolynomial.monic(
          polynomial.mapCoefficients { $0.residue(modulo: field.prime) }, layout: layout, field: field)
      }
      let isProved = guarantee == .proved
      let computation = F4Computation(
        layout: layout, field: field, linearAlgebra: isProved ? .exact : .randomCombinations, start: start,
        control: control, monitor: monitor)
      let basis = try computation.run(inputs)
      defer { for element in basis { element.deallocate() } }
      let residues = basis.flatMap { UnsafeBufferPointer(start: $0.coefficients, count: $0.count) }
      return GroebnerBasis(
        characteristic: field.prime, guarantee: isProved ? .proved : .probable, primeCount: 1,
        packed: PackedBasis(basis, layout: layout, coefficients: .residues(residues)), seed: 0)
    }
  }

  /// The basis over Q for a given layout.
  ///
  /// - Throws: `Interruption`, `ExponentOverflow`.
  static func rational(
    _ polynomials: [SparsePolynomial<WideInteger>], layout: MonomialLayout,
    method: TracedSystem.Method = TracedSystem.Method(), _ control: Control, _ monitor: StateMonitor
  ) throws -> GroebnerBasis {
    let system = try IntegerSystem(polynomials, layout: layout)
    let result = try MultimodularComputation(
      system: system, method: method, control: control, monitor: monitor
    ).run()
    return GroebnerBasis(
      characteristic: 0, guarantee: .probable, primeCount: result.primes, packed: result.basis,
      seed: result.seed)
  }
}
