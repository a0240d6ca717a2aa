import Algebra
import CFLINT

extension FlintEngine.Polynomial {
  /// - Throws: also `AlgebraError.tooLarge` for degrees that would make a quotient of millions of terms.
  public func dividedExactly(by divisor: Self) throws -> Self {
    try requireSameRing(divisor)
    guard !divisor.isZero else { throw AlgebraError.divisionByZero }
    guard !isZero else { return self }
    if divisor.termCount > 1 {
      try SparseDegrees.checkJointly([self, divisor], keepsShifts: false, for: "an exact division")
    }
    var isExact = false
    let quotient = read { x, _ in
      divisor.read { y, _ in Self(in: ring) { isExact = fmpq_mpoly_divides($0, x, y, $1) != 0 } }
    }
    guard isExact else { throw AlgebraError.inexactDivision }
    return quotient
  }

  /// - Throws: also `AlgebraError.tooLarge` for degrees that would make quotients of millions of terms, and if
  ///   an exponent of the result passes 2⁴⁰.
  public func quotientsAndRemainder(
    dividingBy divisors: [Self]
  ) throws -> (quotients: [Self], remainder: Self) {
    for divisor in divisors {
      try requireSameRing(divisor)
      guard !divisor.isZero else { throw AlgebraError.divisionByZero }
    }
    guard !divisors.isEmpty, !isZero else { return (divisors.map { _ in ring.zero }, self) }
    if divisors.contains(where: { $0.termCount > 1 }) {
      try SparseDegrees.checkJointly([self] + divisors, keepsShifts: true, for: "a division with remainder")
    }
    let quotients = divisors.map { _ in ring.zero }
    let remainder = read { x, _ in
      withExtendedLifetime((quotients, divisors)) {
        var results = quotients.map { Optional($0.storage.polynomial) }
        let operands = divisors.map { Optional($0.storage.polynomial) }
        return Self(in: ring) { fmpq_mpoly_divrem_ideal(&results, $0, x, operands, divisors.count, $1) }
      }
    }
    for result in quotients + [remainder] { try result.checkExponents() }
    return (quotients, remainder)
  }

  /// - Throws: `AlgebraError.tooLarge` if an exponent is above 2⁴⁰.
  private func checkExponents() throws {
    try read { polynomial, context in
      guard cflint_fmpq_mpoly_fields_fit(polynomial, 40) == 0 else { return }
      let fits =
        fmpq_mpoly_degrees_fit_si(polynomial, context) != 0
        && ring.variables.indices.allSatisfy { degree(in: $0) <= SizeLimits.exponent }
      guard fits else { throw AlgebraError.tooLarge("an exponent above 2^40") }
    }
  }

  public func greatestCommonDivisor(with other: Self) throws -> Self {
    try requireSameRing(other)
    if termCount > 1, other.termCount > 1 {
      try SparseDegrees.checkJointly(
        [self, other], keepsShifts: false, for: "a greatest common divisor")
    }
    var succeeded = false
    let divisor = read { x, _ in
      other.read { y, _ in Self(in: ring) { succeeded = fmpq_mpoly_gcd($0, x, y, $1) != 0 } }
    }
    guard succeeded else { throw AlgebraError.tooLarge("a greatest common divisor") }
    return divisor
  }
}
