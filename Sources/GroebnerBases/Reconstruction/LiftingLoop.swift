import Algebra

/// Collects residues of the coefficients of some polynomials modulo more and more primes, until the
/// polynomials over Q follow from them.
final class LiftingLoop {
  private let reference: [ModularPolynomial]
  private let field: PrimeField
  private let control: Control
  private let monitor: StateMonitor
  private let witnesses: WitnessTable
  private let lifting: CoefficientLifting

  /// - Parameter reference: the monic polynomials modulo a prime that is used for checks only.
  init(reference: [ModularPolynomial], field: PrimeField, control: Control, monitor: StateMonitor) {
    self.reference = reference
    self.field = field
    self.control = control
    self.monitor = monitor
    lifting = CoefficientLifting(threads: control.threads)
    witnesses = WitnessTable(
      counts: reference.map(\.count),
      reference: reference.flatMap { UnsafeBufferPointer(start: $0.coefficients, count: $0.count) },
      field: field)
  }

  /// The primitive integer multiples of the polynomials over Q, coefficients in one list, and the number of
  /// primes; `nil` if the primes contradict each other.
  func run(nextBatches: () throws -> [ResidueBatch]) throws -> (PackedIntegers, Int)? {
    var failed = 0
    while true {
      for batch in try nextBatches() {
        failed += FieldLanes.count - batch.good.count
        guard !batch.good.isEmpty else { continue }
        witnesses.append(batch.words, lanes: batch.lanes, good: batch.good)
        lifting.append(batch)
      }
      // Most primes do not follow: what they are compared with is wrong.
      guard failed <= lifting.primeCount else { return nil }
      monitor.update { ($0.stage, $0.primes) = ("further primes", lifting.primeCount) }
      guard lifting.primeCount > 0, try witnesses.solve(control) else { continue }
      control.log?("lifting from \(lifting.primeCount) primes")
      switch try lift() {
      case .done(let integers): return (integers, lifting.primeCount)
      case .needsMorePrimes: continue
      case .contradiction: return nil
      }
    }
  }

  private enum LiftOutcome {
    case done(PackedIntegers)
    case needsMorePrimes
    case contradiction
  }

  private func lift() throws(Interruption) -> LiftOutcome {
    var all = PackedIntegers()
    var start = 0
    for (element, polynomial) in reference.enumerated() {
      try control.check()
      let terms = start..<start + polynomial.count
      guard let integers = integers(element, terms: terms) else { return .needsMorePrimes }
      // Everything must agree with the prime that was kept for this.
      guard agree(integers, polynomial) else { return .contradiction }
      all.append(contentsOf: integers)
      start = terms.upperBound
    }
    return .done(all)
  }

  /// Whether the integers are a multiple of the polynomial modulo its prime.
  private func agree(_ integers: PackedIntegers, _ polynomial: ModularPolynomial) -> Bool {
    let scale = integers.residue(0, modulo: field.prime)
    nonisolated(unsafe) let coefficients = polynomial.coefficients
    return concurrentMap(
      rangesOf: polynomial.count, leastSize: CoefficientLifting.leastPiece, threads: control.threads
    ) { [field] terms in
      terms.allSatisfy {
        integers.residue($0, modulo: field.prime) == field.multiply(coefficients[$0], scale)
      }
    }.allSatisfy { $0 }
  }

  private func integers(_ element: Int, terms: Range<Int>) -> PackedIntegers? {
    while let solution = witnesses.solutions[element] {
      switch lifting.integers(
        terms: terms, denominator: solution.denominator,
        bits: max(solution.numeratorBits, WideIntegerResidue.bitLength(solution.denominator)))
      {
      case .integers(let integers): return integers
      case .needsMorePrimes: return nil
      case .unexpected(let term):
        // The witness has missed a factor of the denominator, or is much smaller than this coefficient.
        guard let factor = lifting.missingDenominator(term: term, denominator: solution.denominator) else {
          return nil
        }
        let product = WordArithmetic.product(solution.denominator, factor)
        witnesses.refine(
          element, denominator: product,
          numeratorBits: solution.numeratorBits + WideIntegerResidue.bitLength(factor) + 8)
      }
    }
    return nil
  }
}
