import Algebra
import CFLINT

extension FlintEngine.Polynomial {
  /// - Throws: `AlgebraError.ringMismatch`.
  func requireSameRing(_ other: Self) throws {
    guard ring.isSame(as: other.ring) else { throw AlgebraError.ringMismatch }
  }

  public func adding(_ other: Self) throws -> Self {
    try requireSameRing(other)
    return read { x, _ in other.read { y, _ in Self(in: ring) { fmpq_mpoly_add($0, x, y, $1) } } }
  }

  public func subtracting(_ other: Self) throws -> Self {
    try requireSameRing(other)
    return read { x, _ in other.read { y, _ in Self(in: ring) { fmpq_mpoly_sub($0, x, y, $1) } } }
  }

  /// - Throws: also `AlgebraError.tooLarge` if there could be more than 2³⁶ terms.
  public func multiplied(by other: Self) throws -> Self {
    try requireSameRing(other)
    try PolynomialSize(self).checkProduct(with: PolynomialSize(other))
    return read { x, _ in other.read { y, _ in Self(in: ring) { fmpq_mpoly_mul($0, x, y, $1) } } }
  }

  public func scaled(by factor: FlintEngine.Rational) -> Self {
    read { x, _ in factor.read { c in Self(in: ring) { fmpq_mpoly_scalar_mul_fmpq($0, x, c, $1) } } }
  }

  public var negated: Self { read { x, _ in Self(in: ring) { fmpq_mpoly_neg($0, x, $1) } } }

  public func power(_ exponent: Int) throws -> Self {
    guard exponent >= 0 else { throw AlgebraError.outOfRange("the exponent \(exponent) of a polynomial") }
    guard exponent > 0 else { return ring.constant(1) }
    guard !isZero else { return self }
    try PolynomialSize(self).power(exponent).check()
    var succeeded = false
    let power = read { x, _ in
      Self(in: ring) { succeeded = fmpq_mpoly_pow_ui($0, x, UInt(exponent), $1) != 0 }
    }
    guard succeeded else { throw AlgebraError.tooLarge("the power \(exponent) of a polynomial") }
    return power
  }

  public func derivative(in variable: Int) -> Self {
    precondition(ring.variables.indices.contains(variable), "the variable \(variable)")
    return read { x, _ in Self(in: ring) { fmpq_mpoly_derivative($0, x, variable, $1) } }
  }

  public var primitivePart: Self {
    guard !isZero else { return self }
    return read { x, _ in
      Self(in: ring) { result, context in
        fmpq_mpoly_set(result, x, context)
        // What FLINT keeps apart from the content is primitive and has a positive leading coefficient.
        fmpq_one(fmpq_mpoly_content_ref(result, context))
      }
    }
  }

  /// - Throws: `AlgebraError.tooLarge` if a power of a coordinate, or the value, could have more than 2³³ bits.
  public func evaluated(at point: [FlintEngine.Rational]) throws -> FlintEngine.Rational {
    try PolynomialChecks.checkEvaluation(
      atSizes: point.map(\.log2OfSize), variableCount: ring.variables.count, degree: degree)
    var succeeded = false
    // Copies of the numbers' structures; the numbers keep what these point to.
    let coordinates = UnsafeMutableBufferPointer<fmpq>.allocate(capacity: point.count)
    _ = coordinates.initialize(from: point.lazy.map(\.value))
    defer { coordinates.deallocate() }
    let pointers = coordinates.indices.map { coordinates.baseAddress?.advanced(by: $0) }
    let value = withExtendedLifetime(point) {
      read { x, context in
        FlintEngine.Rational { succeeded = fmpq_mpoly_evaluate_all_fmpq($0, x, pointers, context) != 0 }
      }
    }
    guard succeeded else { throw AlgebraError.tooLarge("the value of a polynomial") }
    return value
  }

  public func substituted(
    _ images: [Self], into ring: FlintEngine.PolynomialRing
  ) throws -> Self {
    guard images.count == self.ring.variables.count else {
      throw AlgebraError.shapeMismatch(
        expected: "\(self.ring.variables.count) images", found: "\(images.count) images")
    }
    guard images.allSatisfy({ $0.ring.isSame(as: ring) }) else { throw AlgebraError.ringMismatch }
    let sizes = images.map { PolynomialSize($0) }
    for term in terms {
      try PolynomialSize.checkProduct(
        of: sizes, exponents: term.exponents, variableCount: ring.variables.count)
    }
    var succeeded = false
    let pointers = images.map { Optional($0.storage.polynomial) }
    let composed = read { x, context in
      withExtendedLifetime(images) {
        Self(in: ring) {
          succeeded = fmpq_mpoly_compose_fmpq_mpoly($0, x, pointers, context, $1) != 0
        }
      }
    }
    guard succeeded else { throw AlgebraError.tooLarge("a substitution") }
    return composed
  }
}
