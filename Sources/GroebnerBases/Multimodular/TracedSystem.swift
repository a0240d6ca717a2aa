import Algebra

/// A system whose basis is known modulo a first prime, with a trace that gives it modulo all others.
///
/// The first prime is solved with random combinations and serves as a check for everything that follows; the
/// second one, which leaves a trace, with the rows that are independent; all others follow the trace, eight at a time
/// (Traverso, ISSAC 1988; Monagan and Pearce; Demin and Gowda, arXiv:2304.06935).
final class TracedSystem {
  /// The basis modulo the first prime, monic, by ascending leading monomials.
  let reference: [ModularPolynomial]
  let field: PrimeField
  let trace: GroebnerTrace
  private(set) var supply: PrimeSupply
  private let system: IntegerSystem
  private let control: Control

  /// How the first primes are solved.
  struct Method {
    /// Exact if the basis modulo the first prime is to be proved.
    var referenceLinearAlgebra = F4Computation.LinearAlgebra.randomCombinations
    var start = F4Computation.Start.generators
  }

  private init(
    _ system: IntegerSystem, reference: ModularBasis, trace: GroebnerTrace, second: ResidueList?,
    supply: PrimeSupply, control: Control
  ) {
    self.system = system
    self.reference = reference.basis
    field = reference.field
    self.trace = trace
    self.second = second
    self.supply = supply
    self.control = control
  }

  /// Solves two primes; `nil` if they disagree.
  ///
  /// - Parameter supply: receives the primes that are left where they disagree.
  /// - Throws: `Interruption`, `ExponentOverflow`.
  static func solving(
    _ system: IntegerSystem, by method: Method = Method(), supply: inout PrimeSupply, control: Control,
    monitor: StateMonitor
  ) throws -> TracedSystem? {
    let (reference, traced, trace) = try firstBases(system, method, &supply, control, monitor)
    defer { traced.basis.deallocate() }
    let shape = BasisShape(reference.basis, layout: system.layout)
    guard shape.fits(traced.basis) else {
      reference.basis.deallocate()
      return nil
    }
    control.log?(
      "solved and traced: \(reference.basis.count) elements, \(trace.matrices.count) matrices of "
        + "\(trace.size) entries")
    return TracedSystem(
      system, reference: reference, trace: GroebnerTrace(system: system, shape: shape, trace: trace),
      second: ResidueList(values: traced.basis.coefficients, field: traced.field), supply: supply,
      control: control)
  }

  /// Solves one prime and takes over a trace that was made for another system; `nil` if it does not fit.
  static func solving(
    _ system: IntegerSystem, trying known: GroebnerTrace, by method: Method, supply: inout PrimeSupply,
    control: Control, monitor: StateMonitor
  ) throws -> TracedSystem? {
    let (field, inputs) = system.nextPrime(from: &supply, keepingSupport: true)
    let computation = F4Computation(
      layout: system.layout, field: field, linearAlgebra: method.referenceLinearAlgebra, start: method.start,
      control: control, monitor: monitor)
    let basis = try computation.run(system.modularPolynomials(inputs))
    guard known.leadsTo(basis) else {
      basis.deallocate()
      return nil
    }
    return TracedSystem(
      system, reference: ModularBasis(field: field, basis: basis), trace: known,
      second: nil, supply: supply, control: control)
  }

  /// A basis modulo one prime, and how it was found.
  private struct ModularBasis: @unchecked Sendable {
    let field: PrimeField
    let basis: [ModularPolynomial]
  }

  /// The bases modulo the first two primes. The second computation follows the first one's ranks, on another
  /// thread if there is one.
  private static func firstBases(
    _ system: IntegerSystem, _ method: Method, _ supply: inout PrimeSupply, _ control: Control,
    _ monitor: StateMonitor
  ) throws -> (reference: ModularBasis, traced: ModularBasis, trace: F4Trace) {
    let tasks = [
      system.nextPrime(from: &supply, keepingSupport: true),
      system.nextPrime(from: &supply, keepingSupport: true),
    ]
    let reference = F4Computation(
      layout: system.layout, field: tasks[0].0, linearAlgebra: method.referenceLinearAlgebra,
      start: method.start, control: control, monitor: monitor)
    // Of two computations at the same time only one tells how far it is.
    var follower = control
    if control.threads > 1 { (follower.log, follower.progress) = (nil, nil) }
    let recorder = TraceRecorder(
      inputCounts: system.polynomials.map(\.coefficients.count), layout: system.layout)
    let traced = F4Computation(
      layout: system.layout, field: tasks[1].0, linearAlgebra: .exact, start: method.start,
      expectedRanks: reference.ranks, observer: recorder, control: follower,
      monitor: control.threads > 1 ? nil : monitor)
    // Each thread takes one of them.
    nonisolated(unsafe) let computations = [reference, traced]
    let results = concurrentMap(count: 2, threads: control.threads) { number in
      Result {
        let computation = computations[number]
        let basis = try computation.run(system.modularPolynomials(tasks[number].1))
        return ModularBasis(field: computation.field, basis: basis)
      }
    }
    do {
      return (try results[0].get(), try results[1].get(), recorder.trace)
    } catch {
      for result in results { try? result.get().basis.deallocate() }
      throw error
    }
  }

  /// The coefficients of the same basis modulo the second prime, where that was solved, too.
  let second: ResidueList?

  struct ResidueList: Sendable {
    let values: [UInt32]
    let field: PrimeField
  }

  deinit { reference.deallocate() }

  /// The basis modulo the first prime.
  lazy var packedReference = PackedBasis(
    reference, layout: system.layout,
    coefficients: .residues(reference.coefficients))

  /// The basis modulo eight primes, still to be computed on any thread.
  struct Replay: Sendable {
    let lanes: FieldLanes
    fileprivate let inputs: [[UInt32]]
    fileprivate let trace: F4Trace
    fileprivate let control: Control

    /// The coefficients of all terms; primes that do not follow the trace are left out.
    func run() throws(Interruption) -> ResidueBatch {
      let residues = try TraceReplay(trace: trace, control: control).run(inputs, lanes: lanes)
      let good = (0..<FieldLanes.count).filter { residues.failures >> UInt8($0) & 1 == 0 }
      return ResidueBatch(words: residues.words, lanes: lanes, good: good)
    }
  }

  /// The work for the next eight primes.
  func nextReplay() -> Replay {
    let primes = (0..<FieldLanes.count).map { _ in system.nextPrime(from: &supply, keepingSupport: false) }
    return Replay(
      lanes: FieldLanes(primes.map(\.0)), inputs: IntegerSystem.interleaved(primes.map(\.1)),
      trace: trace.trace,
      control: control)
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

  /// From one list of polynomials for each lane to eight words for each term.
  static func interleaved(_ lanes: [[[UInt32]]]) -> [[UInt32]] {
    lanes[0].indices.map { polynomial in
      var words: [UInt32] = []
      words.reserveCapacity(FieldLanes.count * lanes[0][polynomial].count)
      for term in lanes[0][polynomial].indices {
        for lane in lanes { words.append(lane[polynomial][term]) }
      }
      return words
    }
  }

  /// A hash of all polynomials, for the choice of primes.
  var seed: UInt64 {
    var hash = WordHash()
    hash.append(UInt64(layout.variableCount))
    for polynomial in polynomials {
      hash.append(UInt64(polynomial.coefficients.count))
      for word in polynomial.monomials { hash.append(word) }
      for coefficient in polynomial.coefficients { hash.append(coefficient) }
    }
    return hash.seed
  }
}
