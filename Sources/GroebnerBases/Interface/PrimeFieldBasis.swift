import Algebra

public func primeFieldBasis(
  of polynomials: [SparsePolynomial<UInt32>], variableCount: Int, characteristic: UInt32, order: MonomialOrder,
  exact: Bool, control: Control
) throws -> [SparsePolynomial<UInt32>] {
  let field = PrimeField(prime: characteristic)
  var width: MonomialLayout.ExponentWidth? = .narrow
  while let current = width {
    let layout = MonomialLayout(order: order, variableCount: variableCount, width: current)
    do {
      let inputs = try polynomials.compactMap {
        try ModularPolynomial.monic($0, layout: layout, field: field)
      }
      let computation = F4Computation(
        layout: layout, field: field, linearAlgebra: exact ? .exact : .randomCombinations, control: control)
      let basis = try computation.run(inputs)
      defer { for element in basis { element.deallocate() } }
      return basis.map { $0.unpacked(layout: layout) }
    } catch is F4Computation.ExponentOverflow {
      width = current.next
    }
  }
  throw AlgebraError.tooLarge("an exponent passes 2^31")
}

public func rationalBasis(
  of polynomials: [SparsePolynomial<WideInteger>], variableCount: Int, order: MonomialOrder, control: Control
) throws -> (basis: PackedBasis, primes: Int) {
  var width: MonomialLayout.ExponentWidth? = .narrow
  while let current = width {
    let layout = MonomialLayout(order: order, variableCount: variableCount, width: current)
    do {
      return try MultimodularComputation(
        system: IntegerSystem(polynomials, layout: layout), control: control
      ).run()
    } catch is F4Computation.ExponentOverflow {
      width = current.next
    }
  }
  throw AlgebraError.tooLarge("an exponent passes 2^31")
}
extension PackedBasis {
  public var polynomials: [SparsePolynomial<WideInteger>] { (0..<count).map(polynomial) }
}
