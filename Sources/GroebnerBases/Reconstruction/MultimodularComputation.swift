import Algebra

/// The reduced Gröbner basis over Q from computations modulo many primes (see `TracedSystem`). Their
/// coefficients are lifted as soon as one witness for each element can be reconstructed.
///
/// The result is *probable*. The inputs belong to its ideal, and it belongs to theirs, both but for an error far
/// below 10⁻²⁰ (see `CandidateCheck`); the leading ideal is the right one unless two primes drawn at random, of about
/// 2.5 · 10⁷, are unlucky in the same way. A candidate that fails is dropped, and others primes are taken.
final class MultimodularComputation {
  private let system: IntegerSystem
  private let method: TracedSystem.Method
  private let control: Control
  private let monitor: StateMonitor
  /// A hash of the system.
  private let seed: UInt64
  private var supply: PrimeSupply

  /// - Parameter supply: in the tests, other primes than those that the system's hash tells.
  init(
    system: IntegerSystem, method: TracedSystem.Method = TracedSystem.Method(),
    supply: PrimeSupply? = nil, control: Control, monitor: StateMonitor
  ) {
    seed = system.seed
    self.supply = supply ?? PrimeSupply(seed: seed, attempt: control.attempt)
    self.method = method
    self.system = system
    self.monitor = monitor
    self.control = control
  }

  struct Outcome {
    let basis: PackedBasis
    let primes: Int
    let trace: GroebnerTrace
    /// For the primes of further computations with the basis.
    let seed: UInt64
  }

  /// - Parameter known: a trace that may fit.
  /// - Throws: `Interruption`, `ExponentOverflow`.
  func run(trying known: GroebnerTrace? = nil) throws -> Outcome {
    if let known, known.fits(system) {
      let result = try TracedSystem.solving(
        system, trying: known, by: method, supply: &supply, control: control, monitor: monitor
      ).flatMap { try lift($0) }
      control.log?(result == nil ? "the known trace does not fit" : "the known trace fits")
      if let result { return result }
    }
    while true {
      try control.check()
      let traced = try TracedSystem.solving(
        system, by: method, supply: &supply, control: control, monitor: monitor)
      if let result = try traced.flatMap({ try lift($0) }) { return result }
      control.log?("primes disagree, starting with others")
    }
  }

  /// `nil` if primes disagree.
  private func lift(_ traced: TracedSystem) throws -> Outcome? {
    var primes = 2
    var lifted = SmallFractions.integers(of: traced)
    if let integers = lifted {
      let candidate = candidate(traced, integers)
      let batch = try traced.nextReplay().run()
      supply = traced.supply
      guard candidate.isReached(by: batch) else { return nil }
    } else {
      (lifted, primes) = try liftFromManyPrimes(traced) ?? (nil, 0)
      supply = traced.supply
    }
    guard let integers = lifted, try candidate(traced, integers).containsInputs(&supply) else { return nil }
    return Outcome(
      basis: PackedBasis(traced.reference, layout: system.layout, coefficients: .integers(integers)),
      primes: primes, trace: traced.trace, seed: seed)
  }

  private func candidate(_ traced: TracedSystem, _ integers: PackedIntegers) -> CandidateCheck {
    CandidateCheck(system: system, reference: traced.reference, coefficients: integers, control: control)
  }

  private func liftFromManyPrimes(_ traced: TracedSystem) throws -> (PackedIntegers?, Int)? {
    let loop = LiftingLoop(
      reference: traced.reference, field: traced.field, control: control, monitor: monitor)
    return try loop.run {
      // One batch of eight primes for each thread.
      let replays = (0..<control.threads).map { _ in traced.nextReplay() }
      return try concurrentMap(count: replays.count, threads: control.threads) { number in
        Result { () throws(Interruption) in try replays[number].run() }
      }.map { try $0.get() }
    }
  }
}
