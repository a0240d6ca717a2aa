import CKernels

/// Arithmetic modulo a prime below 2³¹.
package struct PrimeField: Sendable, Hashable {
  package let prime: UInt32

  /// - Parameter prime: a prime below 2³¹.
  init(prime: UInt32) {
    precondition(prime >= 2 && prime < 1 << 31)
    self.prime = prime
  }

  @inline(__always)
  func multiply(_ left: UInt32, _ right: UInt32) -> UInt32 {
    UInt32(truncatingIfNeeded: UInt64(left) * UInt64(right) % UInt64(prime))
  }

  @inline(__always)
  func add(_ left: UInt32, _ right: UInt32) -> UInt32 {
    let sum = left + right
    return sum >= prime ? sum - prime : sum
  }

  @inline(__always)
  func negate(_ value: UInt32) -> UInt32 { value == 0 ? 0 : prime - value }

  /// The inverse of a residue that is not zero, by the extended Euclidean algorithm.
  func inverse(_ value: UInt32) -> UInt32 {
    precondition(value != 0)
    var (r0, r1) = (Int64(prime), Int64(value))
    var (t0, t1): (Int64, Int64) = (0, 1)
    while r1 != 0 {
      let quotient = r0 / r1
      (r0, r1) = (r1, r0 - quotient * r1)
      (t0, t1) = (t1, t0 - quotient * t1)
    }
    return UInt32(truncatingIfNeeded: t0 < 0 ? t0 + Int64(prime) : t0)
  }

  func power(_ base: UInt32, _ exponent: UInt32) -> UInt32 {
    var (result, square, rest) = (1 % prime, base, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result = multiply(result, square) }
      square = multiply(square, square)
      rest >>= 1
    }
    return result
  }
}

extension PrimeField {
  /// Whether the number is a prime: Miller–Rabin with the bases 2, 3, 5, 7, which decide below 3 215 031 751
  /// (Pomerance, Selfridge, Wagstaff, Math. Comp. 35, 1980).
  static func isPrime(_ number: UInt32) -> Bool {
    guard number >= 2 else { return false }
    for small: UInt32 in [2, 3, 5, 7] where number % small == 0 { return number == small }
    let modulus = UInt64(number)
    func power(_ base: UInt64, _ exponent: UInt32) -> UInt64 {
      var (result, square, rest): (UInt64, UInt64, UInt32) = (1, base % modulus, exponent)
      while rest > 0 {
        if rest & 1 == 1 { result = result * square % modulus }
        square = square * square % modulus
        rest >>= 1
      }
      return result
    }
    let twos = (number - 1).trailingZeroBitCount
    let odd = (number - 1) >> UInt32(twos)
    return [2, 3, 5, 7].allSatisfy { (base: UInt64) -> Bool in
      var x = power(base, odd)
      if x == 1 || x == modulus - 1 { return true }
      for _ in 1..<max(twos, 1) {
        x = x * x % modulus
        if x == modulus - 1 { return true }
      }
      return false
    }
  }
}

/// The constants of eight fields for the vector kernels, at a fixed address.
final class FieldLanes: @unchecked Sendable {
  static let count = Int(CK_LANES)

  /// The length of a vector rounded up to what the kernels work on.
  static func padded(_ length: Int) -> Int { (length + 15) / 16 * 16 }

  let fields: [PrimeField]
  let constants: UnsafeMutablePointer<CKFields>

  /// - Parameter fields: one for each lane.
  init(_ fields: [PrimeField]) {
    precondition(fields.count == Self.count)
    self.fields = fields
    constants = .allocate(capacity: 1)
    var values = CKFields()
    for (lane, field) in fields.enumerated() {
      let p = UInt64(field.prime)
      withUnsafeMutableBytes(of: &values.prime) {
        $0.storeBytes(of: p, toByteOffset: 8 * lane, as: UInt64.self)
      }
      withUnsafeMutableBytes(of: &values.square) {
        $0.storeBytes(of: p * p, toByteOffset: 8 * lane, as: UInt64.self)
      }
      withUnsafeMutableBytes(of: &values.negatedInverse) {
        $0.storeBytes(of: Self.negatedInverse(field.prime), toByteOffset: 8 * lane, as: UInt64.self)
      }
      withUnsafeMutableBytes(of: &values.radixSquared) {
        // 2^64 mod p
        $0.storeBytes(of: (UInt64.max % p + 1) % p, toByteOffset: 8 * lane, as: UInt64.self)
      }
    }
    values.two = fields[0].prime == 2 ? 1 : 0
    precondition(fields.allSatisfy { ($0.prime == 2) == (fields[0].prime == 2) })
    constants.initialize(to: values)
  }

  convenience init(repeating field: PrimeField) {
    self.init([PrimeField](repeating: field, count: Self.count))
  }

  deinit { constants.deallocate() }

  /// −1/p modulo 2³² by Newton's iteration; the prime 2 has none and needs none.
  private static func negatedInverse(_ prime: UInt32) -> UInt64 {
    var inverse: UInt32 = 1
    for _ in 0..<6 { inverse = inverse &* (2 &- prime &* inverse) }
    return UInt64(0 &- inverse)
  }
}
