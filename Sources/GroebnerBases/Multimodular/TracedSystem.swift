import Algebra

/// A system whose basis is known modulo a first prime, with a trace that gives it modulo all others.
///
/// The first prime is solved with random combinations and serves as a check for everything that follows; the
/// second one with exact linear algebra, which leaves a trace; all others follow the trace, eight at a time
/// (Traverso, ISSAC 1988; Monagan and Pearce; Demin and Gowda, arXiv:2304.06935).
final class TracedSystem {
  /// The basis modulo the first prime, monic, by ascending leading monomials.
  let reference: [ModularPolynomial]
  let field: PrimeField
  private(set) var supply: PrimeSupply
  private let system: IntegerSystem
  private let trace: F4Trace
  private let control: Control

  /// `nil` if the two primes disagree.
  ///
  /// - Parameter supply: receives the primes that are left where they disagree.
  /// - Throws: `LimitReached`, `F4Computation.ExponentOverflow`.
  init?(
    _ system: IntegerSystem, referenceLinearAlgebra: F4Computation.LinearAlgebra = .randomCombinations,
    start: F4Computation.Start = .generators, supply: inout PrimeSupply, control: Control,
    monitor: StateMonitor
  ) throws {
    let (field, inputs) = system.nextPrime(from: &supply, keepingSupport: true)
    let first = F4Computation(
      layout: system.layout, field: field, linearAlgebra: referenceLinearAlgebra, start: start,
      control: control, monitor: monitor)
    reference = try first.run(system.modularPolynomials(inputs))
    control.log?("solved modulo \(field.prime): \(reference.count) elements")
    self.field = field
    self.system = system
    self.control = control
    let (other, otherInputs) = system.nextPrime(from: &supply, keepingSupport: true)
    self.supply = supply
    let second = F4Computation(
      layout: system.layout, field: other, linearAlgebra: .exact, start: start, expectedRanks: first.ranks,
      control: control, monitor: monitor)
    let traced = try second.run(system.modularPolynomials(otherInputs))
    defer { for element in traced { element.deallocate() } }
    guard let trace = second.trace, Self.haveEqualSupport(reference, traced, words: system.layout.words)
    else { return nil }
    control.log?("traced modulo \(other.prime): \(trace.matrices.count) matrices, \(trace.size) entries")
    self.trace = trace
    smallIntegers = Self.smallIntegers(reference, field, traced, other)
  }

  /// The coefficients over Q of all terms where they are so small that the first two primes tell them. Probable
  /// as everything else: two primes agree.
  let smallIntegers: PackedIntegers?

  private static func smallIntegers(
    _ reference: [ModularPolynomial], _ field: PrimeField, _ traced: [ModularPolynomial], _ other: PrimeField
  ) -> PackedIntegers? {
    let fractions = SmallFractions(field: field, other: other)
    var result = PackedIntegers()
    for (left, right) in zip(reference, traced) {
      let integers = fractions.integers(
        residues: UnsafeBufferPointer(start: left.coefficients, count: left.count),
        otherResidues: UnsafeBufferPointer(start: right.coefficients, count: right.count))
      guard let integers else { return nil }
      for value in integers { result.append(value) }
    }
    return result
  }

  deinit { for element in reference { element.deallocate() } }

  private static func haveEqualSupport(
    _ left: [ModularPolynomial], _ right: [ModularPolynomial], words: Int
  ) -> Bool {
    left.count == right.count
      && zip(left, right).allSatisfy { a, b in
        a.count == b.count && (0..<a.count * words).allSatisfy { a.monomials[$0] == b.monomials[$0] }
      }
  }

  /// The basis modulo the first prime.
  lazy var packedReference = PackedBasis(
    reference, layout: system.layout,
    coefficients: .residues(
      reference.flatMap { UnsafeBufferPointer(start: $0.coefficients, count: $0.count) }))

  /// The basis modulo eight primes, still to be computed on any thread.
  struct Replay: Sendable {
    let lanes: FieldLanes
    fileprivate let inputs: [[UInt32]]
    fileprivate let trace: F4Trace
    fileprivate let control: Control

    /// The coefficients of all terms; primes that do not follow the trace are left out.
    func run() throws(LimitReached) -> CoefficientLifting.Batch {
      let residues = try TraceReplay(trace: trace, control: control).run(inputs, lanes: lanes)
      let good = (0..<FieldLanes.count).filter { residues.failures >> UInt8($0) & 1 == 0 }
      return CoefficientLifting.Batch(words: residues.words, lanes: lanes, good: good)
    }
  }

  /// The work for the next eight primes.
  func nextReplay() -> Replay {
    let primes = (0..<FieldLanes.count).map { _ in system.nextPrime(from: &supply, keepingSupport: false) }
    return Replay(
      lanes: FieldLanes(primes.map(\.0)), inputs: Self.interleave(primes.map(\.1)), trace: trace,
      control: control)
  }

  /// From one list of polynomials for each lane to eight words for each term.
  private static func interleave(_ lanes: [[[UInt32]]]) -> [[UInt32]] {
    lanes[0].indices.map { polynomial in
      var words: [UInt32] = []
      words.reserveCapacity(FieldLanes.count * lanes[0][polynomial].count)
      for term in lanes[0][polynomial].indices {
        for lane in lanes { words.append(lane[polynomial][term]) }
      }
      return words
    }
  }
}

extension IntegerSystem {
  /// A prime that divides no leading coefficient, or no coefficient at all, with the polynomials modulo it.
  func nextPrime(from supply: inout PrimeSupply, keepingSupport: Bool) -> (PrimeField, [[UInt32]]) {
    while true {
      let field = supply.next()
      if let residues = residues(modulo: field, keepingSupport: keepingSupport) { return (field, residues) }
    }
  }
}
