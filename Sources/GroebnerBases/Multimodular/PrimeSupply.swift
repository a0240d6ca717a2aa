/// Different primes, the greatest first.
package struct PrimeSupply {
  private var last: UInt32

  /// - Parameter bound: the primes are below it.
  package init(below bound: UInt32 = 1 << 31) { last = bound }

  /// The next prime; there are about ten thousand times more of them than a computation takes.
  package mutating func next() -> PrimeField {
    last = PrimeField.greatestPrime(below: last)
    return PrimeField(prime: last)
  }
}
