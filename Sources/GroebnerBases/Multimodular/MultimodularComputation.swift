import Algebra

/// The reduced Gröbner basis over Q from computations modulo many primes (see `TracedSystem`). Their
/// coefficients are lifted as soon as one witness for each element can be reconstructed.
///
/// The result is *probable*: it is the true basis unless both first primes are unlucky in the same way.
final class MultimodularComputation {
  /// Two primes never agreed: practically impossible.
  struct NoAgreement: Error {}

  static let attempts = 12

  private let system: IntegerSystem
  private let referenceLinearAlgebra: F4Computation.LinearAlgebra
  private let start: F4Computation.Start
  private var supply: PrimeSupply
  private let control: Control
  private let monitor: StateMonitor

  /// - Parameter referenceLinearAlgebra: exact if the basis modulo the first prime is to be proved.
  init(
    system: IntegerSystem, referenceLinearAlgebra: F4Computation.LinearAlgebra = .randomCombinations,
    start: F4Computation.Start = .generators, supply: PrimeSupply = PrimeSupply(), control: Control,
    monitor: StateMonitor
  ) {
    self.system = system
    self.referenceLinearAlgebra = referenceLinearAlgebra
    self.start = start
    self.supply = supply
    self.control = control
    self.monitor = monitor
  }

  /// - Throws: `LimitReached`, `F4Computation.ExponentOverflow`.
  func run() throws -> (basis: PackedBasis, primes: Int) {
    for _ in 0..<Self.attempts {
      if let result = try attempt() { return result }
      control.log?("primes disagree, starting with others")
    }
    throw NoAgreement()
  }

  private func attempt() throws -> (PackedBasis, Int)? {
    let traced = try TracedSystem(
      system, referenceLinearAlgebra: referenceLinearAlgebra, start: start, supply: &supply, control: control,
      monitor: monitor)
    guard let traced else { return nil }
    defer { supply = traced.supply }
    if let integers = traced.smallIntegers {
      return (PackedBasis(traced.reference, layout: system.layout, coefficients: .integers(integers)), 2)
    }
    let loop = LiftingLoop(
      reference: traced.reference, field: traced.field, control: control, monitor: monitor)
    let lifted = try loop.run {
      // One batch of eight primes for each thread.
      let replays = (0..<control.threads).map { _ in traced.nextReplay() }
      return try concurrentMap(count: replays.count, threads: control.threads) { number in
        Result { () throws(LimitReached) in try replays[number].run() }
      }.map { try $0.get() }
    }
    guard let (integers, primes) = lifted else { return nil }
    return (
      PackedBasis(traced.reference, layout: system.layout, coefficients: .integers(integers)), primes
    )
  }
}
