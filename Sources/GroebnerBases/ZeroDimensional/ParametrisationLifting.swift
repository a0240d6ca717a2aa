import Algebra

/// Minimal polynomials and parametrisations over Q from many primes.
final class ParametrisationLifting<Engine: AlgebraEngine> {
  private let element: SparsePolynomial<WideInteger>
  private let coordinates: [Int]
  private let fast: LastVariableMultiplication?
  /// Where products have to be reduced.
  private let reduction: BasisReduction?
  private let basis: GroebnerBasis
  private let standard: [[UInt32]]
  private let control: Control
  private let monitor: StateMonitor
  private var supply = PrimeSupply()

  /// - Parameter element: `nil` for the last variable with all other ones as coordinates, else a polynomial
  ///   without coordinates.
  init(
    basis: GroebnerBasis, standardMonomials: [[UInt32]], element: SparsePolynomial<WideInteger>?,
    control: Control, monitor: StateMonitor
  ) {
    let n = basis.variableCount
    self.basis = basis
    standard = standardMonomials
    self.control = control
    self.monitor = monitor
    if let element {
      self.element = element
      coordinates = []
      fast = nil
    } else {
      self.element = SparsePolynomial(
        variableCount: n, exponents: (0..<n).map { $0 == n - 1 ? 1 : 0 }, coefficients: [WideInteger(1)])
      coordinates = Array(0..<n - 1)
      fast = LastVariableMultiplication(basis, standardMonomials: standardMonomials)
    }
    reduction = Self.reduction(basis, standardMonomials, needed: fast == nil, from: .narrow)
  }

  /// The basis in the first layout that it fits.
  private static func reduction(
    _ basis: GroebnerBasis, _ standard: [[UInt32]], needed: Bool, from width: MonomialLayout.ExponentWidth
  ) -> BasisReduction? {
    guard needed else { return nil }
    var next: MonomialLayout.ExponentWidth? = width
    while let width = next {
      if let reduction = BasisReduction(basis, standardMonomials: standard, width: width) { return reduction }
      next = width.next
    }
    return nil
  }

  /// What one prime says; `nil` if it divides a leading coefficient.
  func residues(field: PrimeField, testsSquarefree: Bool = false) throws -> ResidueParametrisation? {
    guard let moments = try moments(field: field) else { return nil }
    return Engine.residueParametrisation(
      prime: field.prime, moments: moments.powers, coordinateMoments: moments.coordinates,
      testsSquarefree: testsSquarefree)
  }

  /// What a prime that divides no leading coefficient says.
  func residues() throws -> (ResidueParametrisation, PrimeField) {
    while true {
      let field = supply.next()
      if let residues = try residues(field: field, testsSquarefree: true) { return (residues, field) }
    }
  }

  private func moments(field: PrimeField) throws -> QuotientMoments? {
    if let fast { return try fast.moments(field: field, control: control) }
    let residues = element.mapCoefficients { $0.residue(modulo: field.prime) }
    var present = reduction
    while let reduction = present {
      guard let algebra = reduction.quotientAlgebra(modulo: field) else { return nil }
      do {
        return try QuotientMoments(of: residues, coordinates: coordinates, in: algebra, control: control)
      } catch is F4Computation.ExponentOverflow {
        // Products are greater than the basis: once more with wider exponents.
        present = reduction.layout.width.next.flatMap {
          Self.reduction(basis, standard, needed: true, from: $0)
        }
      }
    }
    throw AlgebraError.tooLarge("an exponent passes 2^31")
  }

  /// The primitive integer multiples of the monic minimal polynomial and of `T^degree + numerator` for each
  /// coordinate, leading coefficients first, if the lists modulo primes are accepted.
  func lift(
    accepting isAccepted: (ResidueParametrisation) -> Bool
  ) throws -> (integers: PackedIntegers, degree: Int)? {
    for _ in 0..<MultimodularComputation.attempts {
      let (reference, field) = try residues()
      guard isAccepted(reference) else { return nil }
      let degree = reference.minimalPolynomial.count - 1
      let polynomials = Self.elements(reference, degree: degree).map { list -> ModularPolynomial in
        let polynomial = ModularPolynomial(count: list.count, words: 1)
        for (i, residue) in list.enumerated() { polynomial.coefficients[i] = residue }
        return polynomial
      }
      defer { for polynomial in polynomials { polynomial.deallocate() } }
      let loop = LiftingLoop(reference: polynomials, field: field, control: control, monitor: monitor)
      if let (integers, primes) = try loop.run(nextBatches: { try batches(like: reference, degree: degree) })
      {
        control.log?("parametrisation of degree \(degree) from \(primes) primes")
        return (integers, degree)
      }
    }
    throw MultimodularComputation.NoAgreement()
  }

  private static func elements(_ residues: ResidueParametrisation, degree: Int) -> [[UInt32]] {
    var elements = [Array(residues.minimalPolynomial.reversed())]
    for numerator in residues.numerators {
      let padded = numerator + [UInt32](repeating: 0, count: degree - numerator.count)
      elements.append([1] + padded.reversed())
    }
    return elements
  }

  private func batches(
    like reference: ResidueParametrisation, degree: Int
  ) throws -> [CoefficientLifting.Batch] {
    let fields = (0..<control.threads).map { _ in (0..<FieldLanes.count).map { _ in supply.next() } }
    let results = concurrentMap(count: control.threads * FieldLanes.count, threads: control.threads) {
      item -> Result<[UInt32]?, any Error> in
      Result {
        Engine.prepareThread()
        let field = fields[item / FieldLanes.count][item % FieldLanes.count]
        guard let residues = try self.residues(field: field),
          residues.minimalPolynomial.count == degree + 1
        else { return nil }
        return Self.elements(residues, degree: degree).flatMap { $0 }
      }
    }
    let total = (degree + 1) * (1 + reference.numerators.count)
    return try fields.enumerated().map { number, fields in
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

extension ParametrisationLifting: @unchecked Sendable {
  // Threads read everything but `supply`, which only the owner's thread uses.
}
