import Algebra

/// The reduced Gröbner basis over Q from computations modulo many primes.
///
/// The first prime is solved with random combinations and serves as a check for everything that follows; the
/// second one with exact linear algebra, which leaves a trace; all others follow the trace, eight at a time
/// on every thread (Traverso, ISSAC 1988; Monagan and Pearce; Demin and Gowda, arXiv:2304.06935). Their
/// coefficients are lifted as soon as one witness for each element can be reconstructed.
///
/// The result is *probable*: it is the true basis unless both first primes are unlucky in the same way.
final class MultimodularComputation {
  /// Two primes never agreed: practically impossible.
  struct NoAgreement: Error {}

  private let system: IntegerSystem
  private let control: Control
  private var supply: PrimeSupply
  static let attempts = 12

  private let monitor: StateMonitor

  private let start: F4Computation.Start
  private let referenceLinearAlgebra: F4Computation.LinearAlgebra

  /// - Parameter referenceLinearAlgebra: exact if the basis modulo the first prime is to be proved.
  init(
    system: IntegerSystem, referenceLinearAlgebra: F4Computation.LinearAlgebra = .randomCombinations,
    start: F4Computation.Start = .generators, supply: PrimeSupply = PrimeSupply(), control: Control,
    monitor: StateMonitor
  ) {
    self.supply = supply
    self.start = start
    self.referenceLinearAlgebra = referenceLinearAlgebra
    self.system = system
    self.monitor = monitor
    self.control = control
  }

  /// - Throws: `LimitReached`, `F4Computation.ExponentOverflow`.
  func run() throws -> (basis: PackedBasis, primes: Int) {
    for _ in 0..<Self.attempts {
      if let result = try attempt() { return result }
      control.log?("primes disagree, starting with others")
    }
    throw NoAgreement()
  }

  /// A prime that divides no coefficient, with the inputs modulo it.
  private func nextPrime(keepingSupport: Bool) -> (PrimeField, [[UInt32]]) {
    while true {
      let field = supply.next()
      if let residues = system.residues(modulo: field, keepingSupport: keepingSupport) {
        return (field, residues)
      }
    }
  }

  private func attempt() throws -> (PackedBasis, Int)? {
    let (field, reference, ranks) = try solve()
    defer { for element in reference { element.deallocate() } }
    guard let trace = try learn(ranks: ranks, comparingWith: reference) else { return nil }
    return try lift(reference, field, trace)
  }

  /// The basis modulo a first prime, and the ranks of its matrices.
  private func solve() throws -> (PrimeField, [ModularPolynomial], [Int]) {
    let (field, inputs) = nextPrime(keepingSupport: true)
    let computation = F4Computation(
      layout: system.layout, field: field, linearAlgebra: referenceLinearAlgebra, start: start,
      control: control,
      monitor: monitor)
    let reference = try computation.run(system.modularPolynomials(inputs))
    control.log?("solved modulo \(field.prime): \(reference.count) elements")
    return (field, reference, computation.ranks)
  }

  /// The trace of a second prime, or `nil` if the primes disagree.
  private func learn(ranks: [Int], comparingWith reference: [ModularPolynomial]) throws -> F4Trace? {
    let (field, inputs) = nextPrime(keepingSupport: true)
    let computation = F4Computation(
      layout: system.layout, field: field, linearAlgebra: .exact, start: start, expectedRanks: ranks,
      control: control,
      monitor: monitor)
    let traced = try computation.run(system.modularPolynomials(inputs))
    defer { for element in traced { element.deallocate() } }
    guard let trace = computation.trace, haveEqualSupport(reference, traced) else { return nil }
    control.log?("traced modulo \(field.prime): \(trace.matrices.count) matrices, \(trace.size) entries")
    return trace
  }

  private func haveEqualSupport(_ left: [ModularPolynomial], _ right: [ModularPolynomial]) -> Bool {
    let words = system.layout.words
    return left.count == right.count
      && zip(left, right).allSatisfy { a, b in
        a.count == b.count && (0..<a.count * words).allSatisfy { a.monomials[$0] == b.monomials[$0] }
      }
  }

  private func lift(
    _ reference: [ModularPolynomial], _ referenceField: PrimeField, _ trace: F4Trace
  ) throws -> (PackedBasis, Int)? {
    let lifting = LiftingLoop(reference: reference, field: referenceField, control: control, monitor: monitor)
    guard let (integers, primes) = try lifting.run(nextBatches: { try replay(trace) }) else { return nil }
    return (PackedBasis(reference, layout: system.layout, coefficients: .integers(integers)), primes)
  }

  /// One batch of eight primes for each thread.
  private func replay(_ trace: F4Trace) throws(LimitReached) -> [CoefficientLifting.Batch] {
    let tasks = (0..<control.threads).map { _ in
      (0..<FieldLanes.count).map { _ in nextPrime(keepingSupport: false) }
    }
    let control = control
    let results = concurrentMap(count: tasks.count, threads: control.threads) {
      number -> Result<CoefficientLifting.Batch, LimitReached> in
      let lanes = FieldLanes(tasks[number].map(\.0))
      let inputs = Self.interleave(tasks[number].map(\.1))
      do throws(LimitReached) {
        let residues = try TraceReplay(trace: trace, control: control).run(inputs, lanes: lanes)
        let good = (0..<FieldLanes.count).filter { residues.failures >> UInt8($0) & 1 == 0 }
        return .success(.init(words: residues.words, lanes: lanes, good: good))
      } catch {
        return .failure(error)
      }
    }
    var batches: [CoefficientLifting.Batch] = []
    for result in results { batches.append(try result.get()) }
    return batches
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
