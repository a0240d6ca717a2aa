/// Different primes, the greatest below 2³¹ first.
struct PrimeSupply {
  private var last: UInt32 = 1 << 31

  /// The next prime; there are about ten thousand times more of them than a computation takes.
  mutating func next() -> PrimeField {
    last = PrimeField.greatestPrime(below: last)
    return PrimeField(prime: last)
  }
}
