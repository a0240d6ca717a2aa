#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The elementary functions that pictures need, from the C library: all of Foundation would take longer to load than
/// to draw a report.
enum Elementary {
  /// The logarithm to base 10.
  static func logarithm(_ value: Double) -> Double { log10(value) }
  static func powerOfTen(_ exponent: Int) -> Double { pow(10, Double(exponent)) }
  static func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
  static func sine(_ angle: Double) -> Double { sin(angle) }
  static func cosine(_ angle: Double) -> Double { cos(angle) }
  /// The angle of a vector to the first axis.
  static func angle(_ y: Double, _ x: Double) -> Double { atan2(y, x) }
}
