import Algebra

/// The reduced Gröbner basis over Q from computations modulo many primes.
///
/// The first prime is solved with random combinations and serves as a check for everything that follows; the
/// second one, which leaves a trace, with the rows that are independent; all others follow the trace, eight at a time
/// on every thread (Traverso, ISSAC 1988; Monagan and Pearce; Demin and Gowda, arXiv:2304.06935). Their
/// coefficients are lifted as soon as one witness for each element can be reconstructed.
///
/// The result is *probable*: it is the true basis unless both first primes are unlucky in the same way.
final class MultimodularComputation {
  /// Two primes never agreed: practically impossible.
  struct NoAgreement: Error {}

  /// How often two primes may disagree.
  static let attempts = 12

  private let system: IntegerSystem
  private let start: F4Computation.Start
  private let referenceLinearAlgebra: F4Computation.LinearAlgebra
  private let control: Control
  private let monitor: StateMonitor
  private var supply: PrimeSupply

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

  struct Outcome {
    let basis: PackedBasis
    let primes: Int
    let trace: GroebnerTrace
  }

  /// - Parameter known: a trace that may fit.
  /// - Throws: `LimitReached`, `F4Computation.ExponentOverflow`.
  func run(trying known: GroebnerTrace? = nil) throws -> Outcome {
    if let known, known.fits(system), let result = try attempt(trying: known) { return result }
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

  private func attempt() throws -> Outcome? {
    let (reference, traced) = try firstBases()
    defer {
      reference.basis.deallocate()
      traced.basis.deallocate()
    }
    let shape = BasisShape(reference.basis, layout: system.layout)
    guard let trace = traced.trace, shape.fits(traced.basis) else { return nil }
    control.log?(
      "solved and traced: \(reference.basis.count) elements, \(trace.matrices.count) matrices of "
        + "\(trace.size) entries")
    return try lift(reference, GroebnerTrace(system: system, shape: shape, trace: trace))
  }

  /// The basis by a trace that was made for another system, or `nil` if it does not fit.
  private func attempt(trying known: GroebnerTrace) throws -> Outcome? {
    let (field, inputs) = nextPrime(keepingSupport: true)
    let computation = F4Computation(
      layout: system.layout, field: field, linearAlgebra: referenceLinearAlgebra, start: start,
      control: control, monitor: monitor)
    let basis = try computation.run(system.modularPolynomials(inputs))
    defer { basis.deallocate() }
    let result =
      known.leadsTo(basis)
      ? try lift(ModularBasis(field: field, basis: basis, trace: nil), known) : nil
    control.log?(result == nil ? "the known trace does not fit" : "the known trace fits")
    return result
  }

  /// A basis modulo one prime, and how it was found.
  private struct ModularBasis: @unchecked Sendable {
    let field: PrimeField
    let basis: [ModularPolynomial]
    let trace: F4Trace?
  }

  /// The bases modulo the first two primes. The second computation follows the first one's ranks, on another
  /// thread if there is one.
  private func firstBases() throws -> (reference: ModularBasis, traced: ModularBasis) {
    let tasks = [nextPrime(keepingSupport: true), nextPrime(keepingSupport: true)]
    let reference = F4Computation(
      layout: system.layout, field: tasks[0].0, linearAlgebra: referenceLinearAlgebra, start: start,
      control: control, monitor: monitor)
    // Of two computations at the same time only one tells how far it is.
    var follower = control
    if control.threads > 1 { (follower.log, follower.progress) = (nil, nil) }
    let traced = F4Computation(
      layout: system.layout, field: tasks[1].0, linearAlgebra: .exact, start: start,
      expectedRanks: reference.ranks, control: follower, monitor: control.threads > 1 ? nil : monitor)
    // Each thread takes one of them.
    nonisolated(unsafe) let computations = [reference, traced]
    let system = system
    let results = concurrentMap(count: 2, threads: control.threads) { number in
      Result {
        let computation = computations[number]
        let basis = try computation.run(system.modularPolynomials(tasks[number].1))
        return ModularBasis(field: computation.field, basis: basis, trace: computation.trace)
      }
    }
    do {
      return (try results[0].get(), try results[1].get())
    } catch {
      for result in results { try? result.get().basis.deallocate() }
      throw error
    }
  }

  private func lift(_ reference: ModularBasis, _ known: GroebnerTrace) throws -> Outcome? {
    let lifting = LiftingLoop(
      reference: reference.basis, field: reference.field, control: control, monitor: monitor)
    guard let (integers, primes) = try lifting.run(nextBatches: { try replay(known.trace) }) else {
      return nil
    }
    let basis = PackedBasis(reference.basis, layout: system.layout, coefficients: .integers(integers))
    return Outcome(basis: basis, primes: primes, trace: known)
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
