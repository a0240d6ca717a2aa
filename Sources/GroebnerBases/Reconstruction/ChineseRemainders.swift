/// Recovers many integers from their residues modulo the same primes.
///
/// Primes are taken in pairs, so that a product fills a word: with m_i the pairs' products and M their
/// product, x = Σ c_i M/m_i − q M where c_i = x (M/m_i)⁻¹ mod m_i, and q is the integer nearest to
/// Σ c_i/m_i. Cost for one integer: quadratic in the number of primes, a quarter of a word product for each
/// pair of primes.
final class ChineseRemainders: @unchecked Sendable {
  /// (M/m_i)⁻¹ modulo either prime of the pair.
  let factors: [UInt32]
  /// The inverse of a pair's first prime modulo the second one.
  private let pairInverses: [UInt32]
  /// First and second primes of the pairs, and ⌊2⁶⁴ / second⌋.
  private let pairs: [(first: UInt64, second: UInt64, barrett: UInt64)]
  private let reciprocals: [Double]
  /// Words of M, and of a sum before its reduction.
  let count: Int
  let modulus: [UInt64]
  /// M/m_i, `count` words each.
  private let cofactors: [UInt64]

  /// - Parameter primes: different odd primes, an even number of them.
  init(primes: [UInt32]) {
    precondition(primes.count % 2 == 0 && !primes.isEmpty)
    let fields = primes.map(PrimeField.init(prime:))
    let pairs = stride(from: 0, to: primes.count, by: 2).map { UInt64(primes[$0]) * UInt64(primes[$0 + 1]) }
    var modulus: [UInt64] = [1]
    for pair in pairs { Self.multiply(&modulus, by: pair) }
    count = modulus.count
    self.modulus = modulus
    var cofactors: [UInt64] = []
    var factors: [UInt32] = []
    for (i, pair) in pairs.enumerated() {
      var quotient = modulus
      var rest: UInt64 = 0
      for w in quotient.indices.reversed() {
        (quotient[w], rest) = pair.dividingFullWidth((rest, quotient[w]))
      }
      cofactors += quotient
      for field in fields[2 * i...2 * i + 1] {
        let residue = quotient.withUnsafeBufferPointer { buffer -> UInt32 in
          guard let base = buffer.baseAddress else { return 1 }
          return WordArithmetic.residue(base, buffer.count, modulo: field.prime)
        }
        factors.append(field.inverse(residue))
      }
    }
    self.factors = factors
    self.pairs = stride(from: 0, to: primes.count, by: 2).map { index -> (UInt64, UInt64, UInt64) in
      let second = UInt64(primes[index + 1])
      return (UInt64(primes[index]), second, UInt64.max / second)
    }
    self.cofactors = cofactors
    pairInverses = stride(from: 0, to: primes.count, by: 2).map {
      fields[$0 + 1].inverse(primes[$0] % primes[$0 + 1])
    }
    reciprocals = pairs.map { 1 / Double($0) }
  }

  private static func multiply(_ words: inout [UInt64], by factor: UInt64) {
    var carry: UInt64 = 0
    for w in words.indices {
      let (high, low) = words[w].multipliedFullWidth(by: factor)
      let (word, overflow) = low.addingReportingOverflow(carry)
      words[w] = word
      carry = high &+ (overflow ? 1 : 0)
    }
    if carry != 0 { words.append(carry) }
  }

  /// Recovers the integer of least absolute value.
  ///
  /// - Parameters:
  ///   - scaled: `scaled(i)` is its residue modulo prime i times `factors[i]`, reduced.
  ///   - result: room for `count + 1` words; receives the absolute value in `count` of them.
  /// - Returns: whether it is negative.
  @inline(__always)
  func recover(_ scaled: (Int) -> UInt32, into result: UnsafeMutablePointer<UInt64>) -> Bool {
    result.update(repeating: 0, count: count + 1)
    var quotient = 0.0
    cofactors.withUnsafeBufferPointer { cofactors in
      guard let cofactor = cofactors.baseAddress else { return }
      for i in 0..<pairs.count {
        let (first, second, barrett) = pairs[i]
        let low = UInt64(scaled(2 * i))
        let reduced = low >= second ? low % second : low
        let difference = UInt64(scaled(2 * i + 1)) &+ second &- reduced
        // Barrett's reduction; the difference is below twice the prime, the product below 2^63.
        let product = difference &* UInt64(pairInverses[i])
        var digit = product &- product.multipliedFullWidth(by: barrett).high &* second
        while digit >= second { digit &-= second }
        let c = low &+ first &* digit
        quotient += Double(c) * reciprocals[i]
        let carry = WordArithmetic.addProduct(result, cofactor + i * count, count, c)
        result[count] = result[count] &+ carry
      }
    }
    let borrow = modulus.withUnsafeBufferPointer { modulus -> UInt64 in
      guard let modulus = modulus.baseAddress else { return 0 }
      return WordArithmetic.subtractProduct(result, modulus, count, UInt64(quotient.rounded()))
    }
    result[count] = result[count] &- borrow
    guard Int64(bitPattern: result[count]) < 0 else { return false }
    WordArithmetic.negate(result, count + 1)
    return true
  }
}
