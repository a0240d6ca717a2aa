import Algebra

extension SwiftEngine {
  /// A univariate integer polynomial as the list of its coefficients.
  public struct UnivariatePolynomial: IntegerPolynomial {
    public typealias Integer = SwiftEngine.Integer
    public typealias Rational = SwiftEngine.Rational

    public let coefficients: [Integer]

    public init(coefficients: [Integer]) {
      self.coefficients = IntegerVectors.trimmed(coefficients)
    }
  }
}

extension SwiftEngine.UnivariatePolynomial {
  public var degree: Int { coefficients.count - 1 }
  public var isZero: Bool { coefficients.isEmpty }

  /// The leading coefficient, zero for zero.
  var lead: Integer { coefficients.last ?? 0 }

  /// The polynomial in the variable `x`, the leading term first.
  public var description: String {
    let terms = coefficients.enumerated().reversed().filter { !$0.element.isZero }
    return PolynomialText.write(
      terms: terms.map { PolynomialTerm(exponents: [$0.offset], coefficient: $0.element) }, variables: ["x"])
  }

  public static func + (left: Self, right: Self) -> Self { left.combined(with: right, +) }
  public static func - (left: Self, right: Self) -> Self { left.combined(with: right, -) }

  private func combined(with other: Self, _ operation: (Integer, Integer) -> Integer) -> Self {
    Self(
      coefficients: (0..<max(coefficients.count, other.coefficients.count)).map { index in
        operation(
          index < coefficients.count ? coefficients[index] : 0,
          index < other.coefficients.count ? other.coefficients[index] : 0)
      })
  }

  public static func * (left: Self, right: Self) -> Self {
    Self(coefficients: IntegerVectors.product(left.coefficients, right.coefficients))
  }

  public static prefix func - (polynomial: Self) -> Self {
    Self(coefficients: polynomial.coefficients.map { -$0 })
  }

  func scaled(by factor: Integer) -> Self { Self(coefficients: coefficients.map { $0 * factor }) }

  public var derivative: Self {
    Self(coefficients: coefficients.enumerated().dropFirst().map { $0.element * Integer($0.offset) })
  }

  /// The positive greatest common divisor of the coefficients; zero for zero.
  var content: Integer { Integer.greatestCommonDivisor(of: coefficients) }

  public var primitivePart: Self {
    let content = content
    guard !isZero else { return self }
    return dividedExactly(byConstant: lead.isNegative ? -content : content)
  }

  func dividedExactly(byConstant divisor: Integer) -> Self {
    divisor == 1 ? self : Self(coefficients: coefficients.map { $0.divided(by: divisor).quotient })
  }

  public func dividedExactly(by divisor: Self) throws -> Self {
    guard !divisor.isZero else { throw AlgebraError.divisionByZero }
    guard let quotient = quotient(by: divisor) else { throw AlgebraError.inexactDivision }
    return quotient
  }

  /// The quotient by a divisor that is not zero, `nil` where the division leaves a remainder.
  func quotient(by divisor: Self) -> Self? {
    guard !isZero else { return self }
    let length = coefficients.count - divisor.coefficients.count + 1
    guard length > 0 else { return nil }
    // The trailing coefficients tell quickly that most divisors are none.
    if let low = coefficients.first, let other = divisor.coefficients.first, !low.isZero {
      guard !other.isZero, low.divided(by: other).remainder.isZero else { return nil }
    }
    var rest = coefficients
    var quotient = [Integer](repeating: 0, count: length)
    let (lead, divisors) = (divisor.lead, divisor.coefficients)
    for place in (0..<length).reversed() {
      let top = rest[place + divisors.count - 1]
      guard !top.isZero else { continue }
      let (factor, remainder) = top.divided(by: lead)
      guard remainder.isZero else { return nil }
      quotient[place] = factor
      for (index, value) in divisors.enumerated().dropLast() where !value.isZero {
        rest[place + index] -= factor * value
      }
    }
    guard rest.prefix(divisors.count - 1).allSatisfy(\.isZero) else { return nil }
    return Self(coefficients: quotient)
  }

  public func pseudoRemainder(dividingBy divisor: Self) throws -> (remainder: Self, scale: Integer) {
    guard !divisor.isZero else { throw AlgebraError.divisionByZero }
    let lead = divisor.lead
    var (rest, scale) = (coefficients, Integer(small: 1))
    while rest.count >= divisor.coefficients.count, let top = rest.last {
      rest.removeLast()
      let start = rest.count + 1 - divisor.coefficients.count
      // Scaled only where the division is not exact anyway.
      var (factor, remainder) = top.divided(by: lead)
      if !remainder.isZero {
        for index in rest.indices { rest[index] = rest[index] * lead }
        scale = scale * lead
        factor = top
      }
      if factor.isZero { continue }
      for (index, value) in divisor.coefficients.dropLast().enumerated() {
        rest[start + index] -= factor * value
      }
    }
    return (Self(coefficients: rest), scale)
  }

  /// - Throws: `AlgebraError.tooLarge` if the value could have more than 2³³ bits.
  public func evaluated(at point: SwiftEngine.Rational) throws -> SwiftEngine.Rational {
    let bits = max(point.numerator.bitLength, point.denominator.bitLength)
    guard Double(bits) * Double(max(degree, 0)) <= SizeLimits.bits else {
      throw AlgebraError.tooLarge("a value with more than 2^33 bits")
    }
    guard !isZero else { return 0 }
    let (value, power) = homogeneousValue(point.numerator, point.denominator, coefficients[...])
    return Rational(reducing: value, power)
  }

  /// `Σ c_i n^i d^(k − i)` and `d^k` for `k + 1` coefficients, by halves, so that the factors are of equal size.
  private func homogeneousValue(
    _ n: Integer, _ d: Integer, _ part: ArraySlice<Integer>
  ) -> (value: Integer, power: Integer) {
    guard part.count > 8 else {
      var (value, power): (Integer, Integer) = (0, 1)
      for (offset, coefficient) in part.reversed().enumerated() {
        if offset > 0 { power = power * d }
        value = value * n + coefficient * power
      }
      return (value, power)
    }
    let half = part.count / 2
    let low = homogeneousValue(n, d, part.prefix(half))
    let high = homogeneousValue(n, d, part.dropFirst(half))
    // low has degree half − 1, high the rest.
    let highPower = high.power
    return (
      low.value * highPower * d + high.value * n.raised(to: half), low.power * highPower * d
    )
  }
}

extension SwiftEngine.Integer {
  /// The nonnegative greatest common divisor of a list; zero if all of them are.
  static func greatestCommonDivisor(of numbers: some Sequence<Self>) -> Self {
    var divisor: Self = 0
    for number in numbers where !number.isZero {
      divisor = divisor.greatestCommonDivisor(with: number)
      if divisor == 1 { break }
    }
    return divisor
  }
}
