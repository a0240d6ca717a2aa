import Algebra

/// Different primes at random, from about 2.5 · 10⁷ of them below 2³¹.
///
/// The seed is a hash of the system that they are for: nobody can choose a system for its primes, and a
/// computation takes the same ones on every machine.
package struct PrimeSupply {
  private var generator: SeededGenerator
  private var used: Set<UInt32> = []
  private let bounds: Range<UInt32>
  /// Primes that come before all others.
  private var prescribed: [UInt32]

  /// - Parameters:
  ///   - seed: a hash of what is to be computed.
  ///   - attempt: another one gives other primes; see `Control.attempt`.
  ///   - bound: the primes lie below it and above three quarters of it.
  package init(seed: UInt64, attempt: Int = 0, below bound: UInt32 = 1 << 31) {
    self.init(seed: seed, attempt: attempt, below: bound, beginningWith: [])
  }

  /// - Parameter primes: in the tests, those that come first.
  init(seed: UInt64, attempt: Int = 0, below bound: UInt32 = 1 << 31, beginningWith primes: [UInt32]) {
    generator = SeededGenerator(seed: seed, task: UInt64(attempt))
    bounds = bound / 4 * 3..<bound
    prescribed = primes.reversed()
  }

  /// The next prime; there are about ten thousand times more of them than a computation takes.
  package mutating func next() -> PrimeField {
    if let prime = prescribed.popLast() {
      used.insert(prime)
      return PrimeField(prime: prime)
    }
    while true {
      let candidate = UInt32.random(in: bounds, using: &generator) | 1
      guard candidate < bounds.upperBound, PrimeField.isPrime(candidate), used.insert(candidate).inserted
      else { continue }
      return PrimeField(prime: candidate)
    }
  }
}
