/// Different primes, the greatest first.
struct PrimeSupply {
  private var last: UInt32

  /// - Parameter bound: the primes are below it.
  init(below bound: UInt32 = 1 << 31) { last = bound }

  /// The next prime; there are about ten thousand times more of them than a computation takes.
  mutating func next() -> PrimeField {
    last = PrimeField.greatestPrime(below: last)
    return PrimeField(prime: last)
  }
}
