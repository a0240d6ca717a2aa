/// What all engines refuse before they make rings and polynomials.
package enum PolynomialChecks {
  /// - Throws: `AlgebraError.outOfRange` for names that no ring has: none at all, repeated ones, or more than 2¹⁶.
  package static func checkVariables(_ names: [String]) throws(AlgebraError) {
    guard !names.isEmpty else { throw .outOfRange("a ring without variables") }
    guard Set(names).count == names.count else {
      throw .outOfRange("a variable is repeated in \(names.joined(separator: ", "))")
    }
    guard names.count <= 1 << 16 else {
      throw .outOfRange("\(names.count) variables (at most 65536)")
    }
  }

  /// - Throws: `AlgebraError.shapeMismatch` unless there is one exponent for each variable, `.outOfRange` for an
  ///   exponent that is negative or above `SizeLimits.exponent`.
  package static func checkExponents(_ exponents: [Int], variableCount: Int) throws(AlgebraError) {
    guard exponents.count == variableCount else {
      throw .shapeMismatch(
        expected: "\(variableCount) exponents", found: "\(exponents.count) exponents")
    }
    guard exponents.allSatisfy({ $0 >= 0 && $0 <= SizeLimits.exponent }) else {
      throw .outOfRange("an exponent that is negative or above 2^40")
    }
  }

  /// Before a polynomial is evaluated.
  ///
  /// - Parameters:
  ///   - sizes: the binary logarithm of the size of each coordinate.
  ///   - degree: that of the polynomial in a variable.
  /// - Throws: `AlgebraError.shapeMismatch` unless there is one coordinate for each variable, `.tooLarge` if a power
  ///   of a coordinate, or the value, could have more than 2³³ bits.
  package static func checkEvaluation(
    atSizes sizes: [Double], variableCount: Int, degree: (Int) -> Int
  ) throws(AlgebraError) {
    guard sizes.count == variableCount else {
      throw .shapeMismatch(expected: "\(variableCount) coordinates", found: "\(sizes.count) coordinates")
    }
    let bits = sizes.enumerated().reduce(0) { $0 + $1.element * Double(max(degree($1.offset), 0)) }
    guard bits <= SizeLimits.bits else { throw .tooLarge("a value with more than 2^33 bits") }
  }
}
