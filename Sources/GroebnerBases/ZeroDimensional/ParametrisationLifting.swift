import Algebra

/// Minimal polynomials and parametrisations over Q from many primes.
final class ParametrisationLifting<Engine: AlgebraEngine> {
  private let element: SparsePolynomial<WideInteger>
  private let coordinates: [Int]
  private let fast: LastVariableMultiplication?
  /// Where products have to be reduced.
  private let quotients: ModularQuotients
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
    quotients = ModularQuotients(basis, standardMonomials: standardMonomials)
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
    return try quotients.withAlgebra(modulo: field) { algebra in
      try QuotientMoments(of: residues, coordinates: coordinates, in: algebra, control: control)
    }
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
      defer { polynomials.deallocate() }
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
    let termCount = (degree + 1) * (1 + reference.numerators.count)
    return try CoefficientLifting.Batch.next(from: &supply, termCount: termCount, control: control) { field in
      Engine.prepareThread()
      guard let residues = try self.residues(field: field), residues.minimalPolynomial.count == degree + 1
      else { return nil }
      return Self.elements(residues, degree: degree).flatMap { $0 }
    }
  }
}

extension ParametrisationLifting: @unchecked Sendable {
  // Threads read everything but `supply`, which only the owner's thread uses.
}
