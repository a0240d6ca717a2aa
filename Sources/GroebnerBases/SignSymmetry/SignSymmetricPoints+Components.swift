import Algebra

extension SignSymmetricPoints {
  /// The radical of what belongs to one irreducible factor of the minimal polynomial.
  public struct Component: Sendable {
    /// The reduced basis in the order of the ideal's. Probable.
    public let basis: GroebnerBasis
    /// Whether the ideal is prime: the invariant elements form a field K modulo it, and the ring is K with
    /// square roots of elements adjoined, of which no product is a square in K. False also where this could
    /// not be shown.
    public let isPrime: Bool
  }

  /// - Parameter factor: irreducible over Q, from the constant term upwards.
  /// `nil` where primes contradict each other.
  ///
  /// - Throws: `Interruption`, `AlgebraError.tooLarge`.
  public func component(of factor: [WideInteger]) throws -> Component? {
    try StateMonitor.run(control, stage: "parametrisation") { monitor in
      let first = try modular(factor, in: algebras.reference, units: nil)
      guard let first else { return nil }
      let basis = try GroebnerBasis.withSufficientWidth(
        order: quotient.basis.order, variableCount: quotient.basis.variableCount
      ) { layout in
        try lift(factor, first, layout: layout, monitor: monitor)
      }
      guard let basis else { return nil }
      return Component(basis: basis, isPrime: try hasIndependentSquareRoots(factor, units: first.units))
    }
  }

  private func lift(
    _ factor: [WideInteger], _ first: ModularComponent, layout: MonomialLayout, monitor: StateMonitor
  ) throws -> GroebnerBasis? {
    let shape = ComponentShape(first, quotient: quotient)
    let reference = try shape.polynomials(first, layout: layout, field: algebras.reference.field)
    defer { for element in reference { element.deallocate() } }
    let loop = LiftingLoop(
      reference: reference, field: algebras.reference.field, control: control, monitor: monitor)
    var next = 0
    let lifted = try loop.run {
      let batch = algebras[next]
      next += 1
      var words = [UInt32](repeating: 0, count: FieldLanes.count * shape.termCount)
      var good: [Int] = []
      for (lane, algebra) in batch.algebras.enumerated() {
        try control.check()
        guard let algebra, let component = try modular(factor, in: algebra, units: first.units),
          let residues = shape.residues(component)
        else { continue }
        good.append(lane)
        for (term, value) in residues.enumerated() { words[FieldLanes.count * term + lane] = value }
      }
      return [ResidueBatch(words: words, lanes: batch.lanes, good: good)]
    }
    guard let (integers, primes) = lifted else { return nil }
    return GroebnerBasis(
      characteristic: 0, guarantee: .probable, primeCount: primes,
      packed: PackedBasis(reference, layout: layout, coefficients: .integers(integers)),
      seed: quotient.basis.seed)
  }

  /// The component modulo a prime; `nil` if the prime is unfit.
  ///
  /// - Parameter units: where known, a monomial of each class whose elements are not nilpotent modulo the
  ///   component; such a monomial is a unit there.
  private func modular(
    _ factor: [WideInteger], in algebra: GradedAlgebra, units known: [UInt64: Int]?
  ) throws -> ModularComponent? {
    let residues = factor.map { $0.residue(modulo: algebra.field.prime) }
    guard residues.last != 0 else { return nil }
    let units = try known ?? self.units(residues, in: algebra)
    guard let units else { return nil }
    var relations: [UInt64: GradedRelations] = [:]
    for own in units.keys {
      let multiplication = multiplication(on: own, in: algebra)
      var found = GradedRelations(count: multiplication.count, field: algebra.field)
      // Over the field of invariant elements modulo the component every class with units has dimension one.
      let rank = multiplication.count - (factor.count - 1)
      for place in 0..<multiplication.count where found.rank < rank {
        var start = [UInt32](repeating: 0, count: algebra.stride)
        start[place] = 1
        found.insert(algebra.product(start, polynomial: residues, in: multiplication))
      }
      relations[own] = found
    }
    return ModularComponent(algebra: algebra, units: units, relations: relations)
  }

  private func multiplication(
    on own: UInt64, in algebra: GradedAlgebra
  ) -> GradedAlgebra.InvariantMultiplication {
    if let known = algebra.multiplications[own] { return known }
    let multiplication = algebra.multiplication(by: element, on: own)
    algebra.multiplications[own] = multiplication
    return multiplication
  }

  /// For each class whose elements are not all nilpotent a monomial that is a unit, modulo the component.
  private func units(_ factor: [UInt32], in algebra: GradedAlgebra) throws -> [UInt64: Int]? {
    guard let invariant = cofactorValue(of: factor, in: algebra) else { return nil }
    var units: [UInt64: Int] = [:]
    for own in quotient.classSequence {
      try control.check()
      units[own] = quotient.members(own).first { member in
        !square(ofStandardMonomial: member, times: invariant, in: algebra).isZero
      }
    }
    return units
  }

  /// The value at θ of the minimal polynomial divided by a factor: it vanishes at all other components.
  func cofactorValue(of factor: [UInt32], in algebra: GradedAlgebra) -> GradedAlgebra.Vector? {
    let residues = minimalPolynomial.map { $0.residue(modulo: algebra.field.prime) }
    guard residues.last != 0 else { return nil }
    let cofactor = ModularUnivariate(field: algebra.field).divide(residues, by: factor).quotient
    var one = algebra.one()
    one.words = algebra.product(
      one.words, polynomial: cofactor, in: multiplication(on: SignGrading.invariant, in: algebra))
    return one
  }

  func square(
    ofStandardMonomial number: Int, times vector: GradedAlgebra.Vector, in algebra: GradedAlgebra
  ) -> GradedAlgebra.Vector {
    algebra.product(vector, monomial: quotient.standardMonomials[number].map { 2 * $0 })
  }
}

/// A component modulo a prime.
struct ModularComponent {
  let algebra: GradedAlgebra
  let units: [UInt64: Int]
  /// For the classes with units the relations between their standard monomials; all monomials of other classes
  /// vanish.
  let relations: [UInt64: GradedRelations]
}

/// Linear relations between the standard monomials of one class: a reduced echelon form in which the greatest
/// monomial of each relation is expressed by smaller ones.
struct GradedRelations {
  private let field: PrimeField
  /// By the place of the greatest monomial, in which the relation is monic.
  private(set) var rows: [[UInt32]?]
  private(set) var rank = 0

  init(count: Int, field: PrimeField) {
    self.field = field
    rows = Array(repeating: nil, count: count)
  }

  mutating func insert(_ vector: [UInt32]) {
    var vector = vector
    reduce(&vector)
    guard let pivot = rows.indices.last(where: { vector[$0] != 0 }) else { return }
    let scale = field.inverse(vector[pivot])
    vector = vector.map { field.multiply($0, scale) }
    for place in rows.indices {
      guard let row = rows[place], row[pivot] != 0 else { continue }
      rows[place] = sum(row, vector, field.negate(row[pivot]))
    }
    rows[pivot] = vector
    rank += 1
  }

  /// Makes the entries at all pivots zero.
  func reduce(_ vector: inout [UInt32]) {
    for (place, row) in rows.enumerated() where vector[place] != 0 {
      if let row { vector = sum(vector, row, field.negate(vector[place])) }
    }
  }

  private func sum(_ left: [UInt32], _ right: [UInt32], _ factor: UInt32) -> [UInt32] {
    var result = left
    for i in rows.indices where right[i] != 0 {
      result[i] = field.add(result[i], field.multiply(factor, right[i]))
    }
    return result
  }
}
