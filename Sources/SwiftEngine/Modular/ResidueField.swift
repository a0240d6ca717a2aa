/// The field of residues modulo an odd prime below 2⁶³, in Montgomery's representation (Math. Comp. 44, 1985,
/// doi:10.1090/S0025-5718-1985-0777282-X): a residue a stands as `a · 2⁶⁴ mod p`.
struct ResidueField: Sendable {
  typealias Element = UInt

  let prime: UInt
  /// `−1/p mod 2⁶⁴`.
  private let negatedInverse: UInt
  /// `2¹²⁸ mod p`, which brings a residue into the representation.
  private let square: UInt
  let one: UInt

  init(prime: UInt) {
    precondition(prime % 2 == 1 && prime >> 63 == 0)
    self.prime = prime
    // Newton's iteration doubles the number of right bits, three at the start.
    var inverse = prime
    for _ in 0..<5 { inverse = inverse &* (2 &- prime &* inverse) }
    negatedInverse = 0 &- inverse
    one = prime.dividingFullWidth((1 % prime, 0)).remainder
    square = prime.dividingFullWidth((one, 0)).remainder
  }

  @inline(__always)
  func multiply(_ a: UInt, _ b: UInt) -> UInt {
    let (high, low) = a.multipliedFullWidth(by: b)
    let quotient = low &* negatedInverse
    let reduced = high &+ quotient.multipliedFullWidth(by: prime).high &+ (low != 0 ? 1 : 0)
    return reduced >= prime ? reduced &- prime : reduced
  }

  @inline(__always)
  func add(_ a: UInt, _ b: UInt) -> UInt {
    let sum = a &+ b
    return sum >= prime ? sum &- prime : sum
  }

  @inline(__always)
  func subtract(_ a: UInt, _ b: UInt) -> UInt { a >= b ? a &- b : a &+ prime &- b }

  @inline(__always)
  func negate(_ a: UInt) -> UInt { a == 0 ? 0 : prime &- a }

  func power(_ base: UInt, _ exponent: UInt) -> UInt {
    var (result, square, rest) = (one, base, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result = multiply(result, square) }
      square = multiply(square, square)
      rest >>= 1
    }
    return result
  }

  /// The inverse of a residue that is not zero.
  func inverse(_ a: UInt) -> UInt { power(a, prime - 2) }

  /// From a residue in `0..<p`.
  @inline(__always)
  func element(_ residue: UInt) -> UInt { multiply(residue, square) }

  /// To a residue in `0..<p`.
  @inline(__always)
  func residue(_ element: UInt) -> UInt { multiply(element, 1) }

  func element(_ integer: SwiftEngine.Integer) -> UInt { element(integer.residue(modulo: prime)) }

  /// The residue of least absolute value.
  func symmetricResidue(_ element: UInt) -> Int {
    let value = residue(element)
    return value > prime / 2 ? -Int(prime - value) : Int(value)
  }
}

/// Large primes, the same ones in every run.
enum Primes {
  /// Primes below 2⁶² in decreasing order.
  static func large(_ index: Int) -> UInt {
    index < table.count ? table[index] : large(below: large(index - 1))
  }

  private static let table: [UInt] = {
    var primes: [UInt] = []
    for _ in 0..<64 { primes.append(large(below: primes.last ?? 1 << 62)) }
    return primes
  }()

  /// The greatest prime below an even number or a prime.
  static func large(below limit: UInt) -> UInt {
    var candidate = limit % 2 == 0 ? limit - 1 : limit - 2
    while !isPrime(candidate) { candidate -= 2 }
    return candidate
  }

  /// Odd primes from 3 upwards.
  static func next(after prime: UInt) -> UInt {
    var candidate = prime + 2
    while !isPrime(candidate) { candidate += 2 }
    return candidate
  }

  private static let bases: [UInt] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37]

  /// For odd numbers from 3 to 2⁶³; Miller and Rabin's test with these bases is a proof up to 2⁶⁴ (Sorenson and
  /// Webster, Math. Comp. 86, 2017, doi:10.1090/mcom/3134).
  static func isPrime(_ number: UInt) -> Bool {
    for base in bases where number % base == 0 { return number == base }
    let field = ResidueField(prime: number)
    let shift = (number - 1).trailingZeroBitCount
    let minusOne = number - field.one
    return bases.allSatisfy { base in
      var power = field.power(field.element(base), (number - 1) >> UInt(shift))
      if power == field.one || power == minusOne { return true }
      for _ in 1..<max(shift, 1) {
        power = field.multiply(power, power)
        if power == minusOne { return true }
      }
      return false
    }
  }
}
