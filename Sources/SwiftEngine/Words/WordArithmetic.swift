/// Arithmetic on natural numbers that are stored in machine words, the least significant word first.
///
/// The loops under everything that is hot: multiplication, division and greatest common divisors of large
/// integers, and all of ball arithmetic. Targets may be one of the sources where nothing else is said.
enum Words {
  typealias Source = UnsafePointer<UInt>
  typealias Target = UnsafeMutablePointer<UInt>

  /// The number of words up to the last one that is not zero.
  @inline(__always)
  static func count(_ x: Source, _ n: Int) -> Int {
    var n = n
    while n > 0, x[n - 1] == 0 { n -= 1 }
    return n
  }

  /// −1, 0 or 1, for numbers without leading zero words.
  @inline(__always)
  static func compare(_ x: Source, _ n: Int, _ y: Source, _ m: Int) -> Int {
    if n != m { return n < m ? -1 : 1 }
    var i = n
    while i > 0 {
      i -= 1
      if x[i] != y[i] { return x[i] < y[i] ? -1 : 1 }
    }
    return 0
  }

  /// The sum of n ≥ m words; returns the carry.
  @inline(__always)
  static func add(_ r: Target, _ x: Source, _ n: Int, _ y: Source, _ m: Int) -> UInt {
    var carry: UInt = 0
    for i in 0..<m {
      let (sum, first) = x[i].addingReportingOverflow(y[i])
      let (total, second) = sum.addingReportingOverflow(carry)
      r[i] = total
      carry = first || second ? 1 : 0
    }
    for i in m..<n {
      let (sum, overflow) = x[i].addingReportingOverflow(carry)
      r[i] = sum
      carry = overflow ? 1 : 0
    }
    return carry
  }

  /// The difference of n ≥ m words; returns the borrow.
  @inline(__always)
  static func subtract(_ r: Target, _ x: Source, _ n: Int, _ y: Source, _ m: Int) -> UInt {
    var borrow: UInt = 0
    for i in 0..<m {
      let (difference, first) = x[i].subtractingReportingOverflow(y[i])
      let (total, second) = difference.subtractingReportingOverflow(borrow)
      r[i] = total
      borrow = first || second ? 1 : 0
    }
    for i in m..<n {
      let (difference, overflow) = x[i].subtractingReportingOverflow(borrow)
      r[i] = difference
      borrow = overflow ? 1 : 0
    }
    return borrow
  }

  /// Changes the sign of a number in two's complement.
  static func negate(_ x: Target, _ n: Int) {
    var carry = true
    for i in 0..<n {
      x[i] = ~x[i]
      if carry {
        x[i] &+= 1
        carry = x[i] == 0
      }
    }
  }

  /// The product with one word, plus a word; returns the word on top.
  @inline(__always)
  static func multiply(_ r: Target, _ x: Source, _ n: Int, by y: UInt, adding start: UInt = 0) -> UInt {
    var carry = start
    for i in 0..<n {
      let (high, low) = x[i].multipliedFullWidth(by: y)
      let (sum, overflow) = low.addingReportingOverflow(carry)
      r[i] = sum
      carry = high &+ (overflow ? 1 : 0)
    }
    return carry
  }

  /// Adds the product with one word to n words of the target; returns the carry.
  @inline(__always)
  static func addProduct(_ r: Target, _ x: Source, _ n: Int, by y: UInt) -> UInt {
    var carry: UInt = 0
    for i in 0..<n {
      let (high, low) = x[i].multipliedFullWidth(by: y)
      let (sum, first) = low.addingReportingOverflow(carry)
      let (total, second) = sum.addingReportingOverflow(r[i])
      r[i] = total
      carry = high &+ (first ? 1 : 0) &+ (second ? 1 : 0)
    }
    return carry
  }

  /// Subtracts the product with one word from n words of the target; returns the borrow.
  @inline(__always)
  static func subtractProduct(_ r: Target, _ x: Source, _ n: Int, by y: UInt) -> UInt {
    var borrow: UInt = 0
    for i in 0..<n {
      let (high, low) = x[i].multipliedFullWidth(by: y)
      let (sum, first) = low.addingReportingOverflow(borrow)
      let (difference, second) = r[i].subtractingReportingOverflow(sum)
      r[i] = difference
      borrow = high &+ (first ? 1 : 0) &+ (second ? 1 : 0)
    }
    return borrow
  }

  /// Shifts towards the top by fewer bits than a word has; returns what is shifted out. The target may start
  /// at the source or above it.
  @inline(__always)
  static func shiftLeft(_ r: Target, _ x: Source, _ n: Int, by bits: Int) -> UInt {
    guard n > 0 else { return 0 }
    guard bits > 0 else {
      r.update(from: x, count: n)
      return 0
    }
    let out = x[n - 1] >> UInt(64 - bits)
    var i = n - 1
    while i > 0 {
      r[i] = x[i] << UInt(bits) | x[i - 1] >> UInt(64 - bits)
      i -= 1
    }
    r[0] = x[0] << UInt(bits)
    return out
  }

  /// Shifts towards the bottom by fewer bits than a word has. The target may start at the source or below it.
  @inline(__always)
  static func shiftRight(_ r: Target, _ x: Source, _ n: Int, by bits: Int) {
    guard n > 0 else { return }
    guard bits > 0 else {
      r.update(from: x, count: n)
      return
    }
    for i in 0..<(n - 1) { r[i] = x[i] >> UInt(bits) | x[i + 1] << UInt(64 - bits) }
    r[n - 1] = x[n - 1] >> UInt(bits)
  }
}
