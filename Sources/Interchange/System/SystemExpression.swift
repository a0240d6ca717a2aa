import Algebra

/// The value of an expression while it is read: monomials stay monomials as long as possible.
struct SystemExpression<Rational: ExactRational> {
  /// More terms, or more products of terms in one multiplication, are refused.
  static var termLimit: Int { 1 << 20 }
  static var productLimit: Int { 1 << 23 }
  static var exponentLimit: UInt32 { 1 << 31 - 1 }
  /// Powers of coefficients with more bits are refused.
  static var bitLimit: Int { 1 << 22 }

  /// Why an operation was refused.
  struct Refusal: Error {
    let reason: String
  }

  let variableCount: Int
  private(set) var terms: [[UInt32]: Rational]

  init(variableCount: Int, terms: [[UInt32]: Rational]) {
    self.variableCount = variableCount
    self.terms = terms
  }

  init(constant: Rational, variableCount: Int) {
    self.init(
      variableCount: variableCount,
      terms: constant.signum() == 0 ? [:] : [[UInt32](repeating: 0, count: variableCount): constant])
  }

  init(variable: Int, variableCount: Int) {
    var exponents = [UInt32](repeating: 0, count: variableCount)
    exponents[variable] = 1
    self.init(variableCount: variableCount, terms: [exponents: 1])
  }

  /// The value, if no variable occurs.
  var constant: Rational? {
    if terms.isEmpty { return 0 }
    guard terms.count == 1, let (exponents, value) = terms.first, exponents.allSatisfy({ $0 == 0 }) else {
      return nil
    }
    return value
  }

  mutating func add(_ other: SystemExpression, negated: Bool) throws(Refusal) {
    for (exponents, value) in other.terms {
      let sum = (terms[exponents] ?? 0) + (negated ? -value : value)
      terms[exponents] = sum.signum() == 0 ? nil : sum
    }
    guard terms.count <= Self.termLimit else { throw Refusal(reason: "more than \(Self.termLimit) terms") }
  }

  mutating func multiply(by other: SystemExpression) throws(Refusal) {
    guard terms.count * other.terms.count <= Self.productLimit else {
      throw Refusal(reason: "a product with more than \(Self.productLimit) terms")
    }
    var product: [[UInt32]: Rational] = [:]
    for (left, a) in terms {
      for (right, b) in other.terms {
        var exponents = left
        for i in exponents.indices {
          guard exponents[i] <= Self.exponentLimit - right[i] else {
            throw Refusal(reason: "an exponent above \(Self.exponentLimit)")
          }
          exponents[i] += right[i]
        }
        let sum = (product[exponents] ?? 0) + a * b
        product[exponents] = sum.signum() == 0 ? nil : sum
      }
    }
    guard product.count <= Self.termLimit else { throw Refusal(reason: "more than \(Self.termLimit) terms") }
    terms = product
  }

  mutating func divide(by divisor: Rational) throws(Refusal) {
    guard let inverse = try? divisor.inverse() else { throw Refusal(reason: "division by zero") }
    terms = terms.mapValues { $0 * inverse }
  }

  mutating func negate() { terms = terms.mapValues { -$0 } }

  /// - Parameter exponent: at most `exponentLimit`.
  func power(_ exponent: Int) throws(Refusal) -> SystemExpression {
    for value in terms.values {
      let bits = max(value.numerator.bitLength, value.denominator.bitLength)
      guard bits <= 1 || exponent <= Self.bitLimit / bits else {
        throw Refusal(reason: "a power with more than \(Self.bitLimit) bits")
      }
    }
    // A power of a single term needs no more steps than its exponent has bits; others grow beyond the limits
    // long before the exponent matters.
    var result = SystemExpression(constant: 1, variableCount: variableCount)
    for bit in (0..<Int.bitWidth - exponent.leadingZeroBitCount).reversed() {
      try result.multiply(by: result)
      if exponent >> bit & 1 == 1 { try result.multiply(by: self) }
    }
    return result
  }
}
