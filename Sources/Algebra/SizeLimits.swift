/// Bounds on results that would otherwise exhaust the memory; the same for all engines.
package enum SizeLimits {
  /// Numbers with more bits (1 GiB) are not computed.
  package static let bits = 0x1p33

  /// Exponents of monomials stay up to here, far below where a machine word would overflow.
  package static let exponent = 1 << 40

  /// Matrices have at most so many rows, columns and entries.
  package static let matrix = 1 << 30

  package static func allowsMatrix(rows: Int, columns: Int) -> Bool {
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    return (0...matrix).contains(rows) && (0...matrix).contains(columns) && !overflow && count <= matrix
  }

  /// - Parameter bits: the binary logarithm of the base's magnitude.
  /// - Throws: `AlgebraError.tooLarge` if the power has more bits than allowed.
  package static func checkPower(bits: Double, exponent: UInt) throws {
    guard bits * Double(exponent) <= Self.bits else {
      throw AlgebraError.tooLarge("a power with more than 2^33 bits")
    }
  }
}
