/// Finds the fraction with small numerator and denominator that has a given residue.
///
/// Wang, Guy, Davenport (SIGSAM Bull. 16, 1982); the Euclidean algorithm runs in Lehmer's form (Knuth 4.5.2 L)
/// as long as the remainders are far above the bound. Cost: quadratic in the length of the modulus.
final class RationalReconstruction {
  private typealias W = WordArithmetic
  private var capacity = 0
  private var remainders: (UnsafeMutablePointer<UInt64>, UnsafeMutablePointer<UInt64>)
  private var cofactors: (UnsafeMutablePointer<UInt64>, UnsafeMutablePointer<UInt64>)
  private var scratch: UnsafeMutablePointer<UInt64>

  struct Fraction {
    var isNegative: Bool
    var numerator: [UInt64]
    var denominator: [UInt64]
  }

  init() {
    remainders = (.allocate(capacity: 1), .allocate(capacity: 1))
    cofactors = (.allocate(capacity: 1), .allocate(capacity: 1))
    scratch = .allocate(capacity: 1)
  }

  deinit { release() }

  private func release() {
    remainders.0.deallocate()
    remainders.1.deallocate()
    cofactors.0.deallocate()
    cofactors.1.deallocate()
    scratch.deallocate()
  }

  private func prepare(_ count: Int) {
    guard count > capacity else { return }
    release()
    capacity = count
    remainders = (.allocate(capacity: count), .allocate(capacity: count))
    cofactors = (.allocate(capacity: count), .allocate(capacity: count))
    scratch = .allocate(capacity: 2 * count)
  }

  /// The fraction with numerator and denominator below 2^a and 2^b in absolute value, where a + b is the bit
  /// length of the modulus minus two; there is at most one in lowest terms. `nil` if there is none.
  ///
  /// - Parameter denominatorBits: b, by default half of what there is.
  func fraction(
    residue: UnsafePointer<UInt64>, modulus: UnsafePointer<UInt64>, count: Int, denominatorBits: Int? = nil
  ) -> Fraction? {
    let n = count + 1
    prepare(n)
    var (r0, r1) = remainders
    var (t0, t1) = cofactors
    for (pointer, source) in [(r0, modulus), (r1, residue)] {
      pointer.update(from: source, count: count)
      pointer[count] = 0
    }
    t0.update(repeating: 0, count: n)
    t1.update(repeating: 0, count: n)
    t1[0] = 1
    var cofactorIsNegative = false
    let available = W.bitLength(modulus, count) - 2
    let denominatorBits = denominatorBits ?? available / 2
    let bound = available - denominatorBits
    guard bound > 0 else { return nil }
    var length = n
    while true {
      length = W.trimmed(r0, length)
      let bits = W.bitLength(r1, length)
      if bits <= bound { break }
      if let matrix = lehmerMatrix(r0, r1, length, bound: bound) {
        combineDifference(r0, r1, length, matrix)
        combineSum(t0, t1, n, matrix)
        if matrix.isOdd { cofactorIsNegative.toggle() }
      } else {
        let divisorCount = W.trimmed(r1, length)
        let quotient = scratch
        W.divide(r0, length, by: r1, divisorCount, quotient: quotient)
        let quotientCount = W.trimmed(quotient, length - divisorCount + 1)
        // t0 += quotient · t1; both stay below the modulus.
        let cofactorCount = W.trimmed(t1, n)
        for i in 0..<quotientCount {
          var carry = W.addProduct(t0 + i, t1, cofactorCount, quotient[i])
          var place = i + cofactorCount
          while carry != 0, place < n {
            let (sum, overflow) = t0[place].addingReportingOverflow(carry)
            t0[place] = sum
            carry = overflow ? 1 : 0
            place += 1
          }
        }
        swap(&r0, &r1)
        swap(&t0, &t1)
        cofactorIsNegative.toggle()
      }
    }
    let denominatorCount = W.trimmed(t1, n)
    guard denominatorCount > 0, W.bitLength(t1, n) <= denominatorBits else { return nil }
    let numerator = Array(UnsafeBufferPointer(start: r1, count: W.trimmed(r1, length)))
    let denominator = Array(UnsafeBufferPointer(start: t1, count: denominatorCount))
    // A common prime of both would divide the modulus, whose primes are great; callers check modulo others.
    guard !numerator.isEmpty || denominator == [1] else { return nil }
    return Fraction(
      isNegative: cofactorIsNegative && !numerator.isEmpty, numerator: numerator, denominator: denominator)
  }

  /// Several division steps at once: `(a b; c d)` applied to a pair, b and c of the opposite sign of a and d.
  private struct Matrix {
    var a: UInt64
    var b: UInt64
    var c: UInt64
    var d: UInt64
    /// The number of steps is odd: a and d are the negative ones.
    var isOdd: Bool
  }

  /// The steps that the top 62 bits determine, or `nil` if there are none or the bound is near.
  private func lehmerMatrix(
    _ r0: UnsafePointer<UInt64>, _ r1: UnsafePointer<UInt64>, _ length: Int, bound: Int
  ) -> Matrix? {
    let bits = W.bitLength(r0, length)
    guard bits > bound + 70, bits > 130 else { return nil }
    var x = Int64(Self.top62(r0, bits))
    var y = Int64(Self.top62(r1, bits))
    var (a, b, c, d): (Int64, Int64, Int64, Int64) = (1, 0, 0, 1)
    var isOdd = false
    while y + c != 0, y + d != 0 {
      let quotient = (x + a) / (y + c)
      guard quotient == (x + b) / (y + d) else { break }
      (a, c) = (c, a - quotient * c)
      (b, d) = (d, b - quotient * d)
      (x, y) = (y, x - quotient * y)
      isOdd.toggle()
    }
    guard b != 0 else { return nil }
    return Matrix(a: a.magnitude, b: b.magnitude, c: c.magnitude, d: d.magnitude, isOdd: isOdd)
  }

  /// Bits `bits − 62 ..< bits`.
  private static func top62(_ x: UnsafePointer<UInt64>, _ bits: Int) -> UInt64 {
    let low = bits - 62
    let (word, shift) = (low / 64, UInt64(low % 64))
    let lower = x[word] >> shift
    let upper = shift > 2 ? x[word + 1] << (64 - shift) : 0
    return (lower | upper) & (1 << 62 - 1)
  }

  /// `(r0, r1) = (|a r0 − b r1|, |d r1 − c r0|)`.
  private func combineDifference(
    _ r0: UnsafeMutablePointer<UInt64>, _ r1: UnsafeMutablePointer<UInt64>, _ length: Int, _ m: Matrix
  ) {
    let saved = scratch
    saved.update(from: r0, count: length)
    // After an even number of steps a and d are positive.
    if m.isOdd {
      difference(r0, r1, m.b, saved, m.a, length)
      difference(r1, saved, m.c, r1, m.d, length)
    } else {
      difference(r0, saved, m.a, r1, m.b, length)
      difference(r1, r1, m.d, saved, m.c, length)
    }
  }

  /// `result = x · p − y · q`, which is not negative; `result` may be x or y only where stated by the caller.
  @inline(__always)
  private func difference(
    _ result: UnsafeMutablePointer<UInt64>, _ x: UnsafePointer<UInt64>, _ p: UInt64,
    _ y: UnsafePointer<UInt64>,
    _ q: UInt64, _ length: Int
  ) {
    var (carry, borrow): (UInt64, UInt64) = (0, 0)
    for i in 0..<length {
      let (high1, low1) = x[i].multipliedFullWidth(by: p)
      let (word1, overflow1) = low1.addingReportingOverflow(carry)
      carry = high1 &+ (overflow1 ? 1 : 0)
      let (high2, low2) = y[i].multipliedFullWidth(by: q)
      let (word2, overflow2) = low2.addingReportingOverflow(borrow)
      borrow = high2 &+ (overflow2 ? 1 : 0)
      let (word, overflow3) = word1.subtractingReportingOverflow(word2)
      borrow = borrow &+ (overflow3 ? 1 : 0)
      result[i] = word
    }
  }

  /// `(t0, t1) = (a t0 + b t1, c t0 + d t1)`.
  private func combineSum(
    _ t0: UnsafeMutablePointer<UInt64>, _ t1: UnsafeMutablePointer<UInt64>, _ count: Int, _ m: Matrix
  ) {
    let length = min(count, max(W.trimmed(t0, count), W.trimmed(t1, count)) + 1)
    var (carryA, carryB, carryC, carryD): (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    for i in 0..<length {
      let (x, y) = (t0[i], t1[i])
      t0[i] = Self.product(x, m.a, plus: Self.product(y, m.b, carry: &carryB), carry: &carryA)
      t1[i] = Self.product(x, m.c, plus: Self.product(y, m.d, carry: &carryD), carry: &carryC)
    }
  }

  @inline(__always)
  private static func product(
    _ x: UInt64, _ factor: UInt64, plus other: UInt64 = 0, carry: inout UInt64
  ) -> UInt64 {
    let (high, low) = x.multipliedFullWidth(by: factor)
    let (first, overflow1) = low.addingReportingOverflow(carry)
    let (second, overflow2) = first.addingReportingOverflow(other)
    carry = high &+ (overflow1 ? 1 : 0) &+ (overflow2 ? 1 : 0)
    return second
  }
}
