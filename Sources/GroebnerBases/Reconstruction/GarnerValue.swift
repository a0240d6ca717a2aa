/// A product of primes that grows, and numbers known modulo it.
///
/// Garner's form of the Chinese remainder theorem (IRE Trans. EC-8, 1959): a number is brought from modulus M
/// to M·p by adding a multiple of M. Cost of a step: linear in the length.
struct GrowingModulus {
  private(set) var words: [UInt64] = [1]
  private(set) var primes: [UInt32] = []

  mutating func append(_ prime: UInt32) {
    primes.append(prime)
    words.append(0)
    let count = words.count
    words.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      base[count - 1] = WordArithmetic.multiply(base, base, count - 1, UInt64(prime))
    }
    if words.last == 0 { words.removeLast() }
  }

  var bitLength: Int { 64 * words.count - (words.last?.leadingZeroBitCount ?? 0) }
}

/// A number in `0..<modulus`, together with how many primes of the modulus it has taken in.
struct GarnerValue {
  private(set) var words: [UInt64] = []
  private(set) var primesUsed = 0

  /// Takes in the next prime.
  ///
  /// - Parameters:
  ///   - residue: of the number modulo the prime.
  ///   - modulus: the product of the primes used so far.
  ///   - inverse: of that product modulo the prime.
  mutating func append(residue: UInt32, field: PrimeField, modulus: [UInt64], inverse: UInt32) {
    let present = words.withUnsafeBufferPointer { buffer -> UInt32 in
      guard let base = buffer.baseAddress else { return 0 }
      return WordArithmetic.residue(base, buffer.count, modulo: field.prime)
    }
    let digit = field.multiply(field.add(residue, field.negate(present)), inverse)
    words.append(contentsOf: repeatElement(0, count: modulus.count + 1 - words.count))
    let count = words.count
    words.withUnsafeMutableBufferPointer { buffer in
      modulus.withUnsafeBufferPointer { modulus in
        guard let base = buffer.baseAddress, let factor = modulus.baseAddress else { return }
        let carry = WordArithmetic.addProduct(base, factor, modulus.count, UInt64(digit))
        base[count - 1] = base[count - 1] &+ carry
      }
    }
    if words.last == 0 { words.removeLast() }
    primesUsed += 1
  }
}
