import Algebra
import CFLINT

extension FlintEngine {
  /// A univariate integer polynomial on FLINT's `fmpz_poly`; it never changes once it is made, so copies
  /// share it.
  public struct UnivariatePolynomial: IntegerPolynomial {
    public typealias Integer = FlintEngine.Integer
    public typealias Rational = FlintEngine.Rational

    let storage: UnivariateStorage

    /// The polynomial that `compute` writes into zero.
    init(_ compute: (UnsafeMutablePointer<fmpz_poly_struct>) -> Void) {
      storage = UnivariateStorage()
      compute(storage.polynomial)
    }

    /// Lends the polynomial to a call of FLINT, which must not change it.
    func read<Result>(_ body: (UnsafePointer<fmpz_poly_struct>) throws -> Result) rethrows -> Result {
      try withExtendedLifetime(storage) { try body(storage.polynomial) }
    }
  }
}

/// Owns an `fmpz_poly`. Written only while it is made, hence safe to send.
final class UnivariateStorage: @unchecked Sendable {
  let polynomial: UnsafeMutablePointer<fmpz_poly_struct>

  init() {
    polynomial = .allocate(capacity: 1)
    fmpz_poly_init(polynomial)
  }

  deinit {
    fmpz_poly_clear(polynomial)
    polynomial.deallocate()
  }
}

extension FlintEngine.UnivariatePolynomial {
  public init(coefficients: [FlintEngine.Integer]) {
    self.init { polynomial in
      fmpz_poly_fit_length(polynomial, coefficients.count)
      for (index, coefficient) in coefficients.enumerated() {
        coefficient.read { fmpz_poly_set_coeff_fmpz(polynomial, index, $0) }
      }
    }
  }

  public var coefficients: [FlintEngine.Integer] {
    (0...max(degree, 0)).map(coefficient).dropLast(isZero ? 1 : 0)
  }

  func coefficient(_ index: Int) -> FlintEngine.Integer {
    read { x in FlintEngine.Integer { fmpz_poly_get_coeff_fmpz($0, x, index) } }
  }

  public var degree: Int { read { fmpz_poly_degree($0) } }

  public var isZero: Bool { degree < 0 }

  public static func == (left: Self, right: Self) -> Bool {
    left.read { x in right.read { y in fmpz_poly_equal(x, y) != 0 } }
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(degree)
    read { polynomial in
      for index in 0..<(degree + 1) {
        FlintEngine.Integer.hash(polynomial.pointee.coeffs[index], into: &hasher)
      }
    }
  }

  /// The polynomial in the variable `x`, the leading term first.
  public var description: String {
    let terms = coefficients.enumerated().reversed().filter { $0.element != 0 }
    return PolynomialText.write(
      terms: terms.map { PolynomialTerm(exponents: [$0.offset], coefficient: $0.element) }, variables: ["x"])
  }
}

extension FlintEngine.UnivariatePolynomial {
  private static func combine(
    _ left: Self, _ right: Self,
    _ operation: (
      UnsafeMutablePointer<fmpz_poly_struct>?, UnsafePointer<fmpz_poly_struct>?,
      UnsafePointer<fmpz_poly_struct>?
    ) -> Void
  ) -> Self {
    left.read { x in right.read { y in Self { operation($0, x, y) } } }
  }

  public static func + (left: Self, right: Self) -> Self { combine(left, right, fmpz_poly_add) }
  public static func - (left: Self, right: Self) -> Self { combine(left, right, fmpz_poly_sub) }
  public static func * (left: Self, right: Self) -> Self { combine(left, right, fmpz_poly_mul) }
  public static prefix func - (polynomial: Self) -> Self {
    polynomial.read { x in Self { fmpz_poly_neg($0, x) } }
  }

  public var derivative: Self { read { x in Self { fmpz_poly_derivative($0, x) } } }

  public var primitivePart: Self { read { x in Self { fmpz_poly_primitive_part($0, x) } } }

  public func greatestCommonDivisor(with other: Self) -> Self {
    Self.combine(self, other, fmpz_poly_gcd).primitivePart
  }

  public func dividedExactly(by divisor: Self) throws -> Self {
    guard !divisor.isZero else { throw AlgebraError.divisionByZero }
    var isExact = false
    let quotient = read { x in
      divisor.read { y in Self { isExact = fmpz_poly_divides($0, x, y) != 0 } }
    }
    guard isExact else { throw AlgebraError.inexactDivision }
    return quotient
  }

  public var squarefreePart: Self {
    guard degree > 0 else { return primitivePart }
    let common = greatestCommonDivisor(with: derivative)
    guard common.degree > 0 else { return primitivePart }
    return read { x in common.read { y in Self { fmpz_poly_div($0, x, y) } } }.primitivePart
  }

  public func factored() throws -> PolynomialFactorisation<Self, FlintEngine.Integer> {
    guard !isZero else { throw AlgebraError.domain("the factorisation of zero") }
    var list = fmpz_poly_factor_struct()
    fmpz_poly_factor_init(&list)
    defer { fmpz_poly_factor_clear(&list) }
    read { fmpz_poly_factor(&list, $0) }
    let unit = FlintEngine.Integer { fmpz_set($0, &list.c) }
    let factors = (0..<list.num).map { index in
      PolynomialFactorisation<Self, FlintEngine.Integer>.Factor(
        polynomial: Self { fmpz_poly_set($0, list.p + index) }, multiplicity: list.exp[index])
    }
    return PolynomialFactorisation(unit: unit, sorting: factors)
  }

  /// - Throws: `AlgebraError.tooLarge` if the value could have more than 2³³ bits.
  public func evaluated(at point: FlintEngine.Rational) throws -> FlintEngine.Rational {
    let bits = max(point.numerator.bitLength, point.denominator.bitLength)
    guard Double(bits) * Double(max(degree, 0)) <= SizeLimits.bits else {
      throw AlgebraError.tooLarge("a value with more than 2^33 bits")
    }
    return read { x in point.read { y in FlintEngine.Rational { fmpz_poly_evaluate_fmpq($0, x, y) } } }
  }
}
