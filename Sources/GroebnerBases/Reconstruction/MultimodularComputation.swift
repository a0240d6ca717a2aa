import Algebra

/// The reduced Gröbner basis over Q from computations modulo many primes (see `TracedSystem`). Their
/// coefficients are lifted as soon as one witness for each element can be reconstructed.
///
/// The result is *probable*: it is the true basis unless both first primes are unlucky in the same way.
final class MultimodularComputation {
  /// Two primes never agreed: practically impossible.
  struct NoAgreement: Error {}

  /// How often two primes may disagree.
  static let attempts = 12

  private let system: IntegerSystem
  private let method: TracedSystem.Method
  private let control: Control
  private let monitor: StateMonitor
  private var supply: PrimeSupply

  init(
    system: IntegerSystem, method: TracedSystem.Method = TracedSystem.Method(),
    supply: PrimeSupply = PrimeSupply(), control: Control, monitor: StateMonitor
  ) {
    self.supply = supply
    self.method = method
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
  /// - Throws: `Interruption`, `ExponentOverflow`.
  func run(trying known: GroebnerTrace? = nil) throws -> Outcome {
    if let known, known.fits(system) {
      let result = try TracedSystem.solving(
        system, trying: known, by: method, supply: &supply, control: control, monitor: monitor
      ).flatMap { try lift($0) }
      control.log?(result == nil ? "the known trace does not fit" : "the known trace fits")
      if let result { return result }
    }
    for _ in 0..<Self.attempts {
      let traced = try TracedSystem.solving(
        system, by: method, supply: &supply, control: control, monitor: monitor)
      if let result = try traced.flatMap({ try lift($0) }) { return result }
      control.log?("primes disagree, starting with others")
    }
    throw NoAgreement()
  }

  private func lift(_ traced: TracedSystem) throws -> Outcome? {
    defer { supply = traced.supply }
    func outcome(_ integers: PackedIntegers, primes: Int) -> Outcome {
      Outcome(
        basis: PackedBasis(traced.reference, layout: system.layout, coefficients: .integers(integers)),
        primes: primes, trace: traced.trace)
    }
    if let integers = SmallFractions.integers(of: traced) { return outcome(integers, primes: 2) }
    let loop = LiftingLoop(
      reference: traced.reference, field: traced.field, control: control, monitor: monitor)
    let lifted = try loop.run {
      // One batch of eight primes for each thread.
      let replays = (0..<control.threads).map { _ in traced.nextReplay() }
      return try concurrentMap(count: replays.count, threads: control.threads) { number in
        Result { () throws(Interruption) in try replays[number].run() }
      }.map { try $0.get() }
    }
    return lifted.map { outcome($0.0, primes: $0.1) }
  }
}
