import Algebra

/// Bounds on results that would otherwise exhaust the memory.
enum SizeLimits {
  /// Numbers with more bits (1 GiB) are not computed.
  static let bits = 0x1p33

  /// Exponents of monomials stay up to here, far below where a machine word would overflow.
  static let exponent = 1 << 40

  /// - Parameter bits: the binary logarithm of the base's magnitude.
  /// - Throws: `AlgebraError.tooLarge` if the power has more bits than allowed.
  static func checkPower(bits: Double, exponent: UInt) throws {
    guard bits * Double(exponent) <= Self.bits else {
      throw AlgebraError.tooLarge("a power with more than 2^33 bits")
    }
  }
}
