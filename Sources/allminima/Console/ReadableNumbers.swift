import Algebra

/// Numbers for people to read.
enum Readable {
  /// With a comma after every three digits, from the right.
  static func count(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var result = value < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { result += "," }
      result.append(digit)
    }
    return result
  }

  /// With a noun, in the plural unless the value is 1.
  static func count(_ value: Int, _ singular: String, _ plural: String? = nil) -> String {
    "\(count(value)) \(value == 1 ? singular : plural ?? singular + "s")"
  }

  /// An estimate: all digits up to a million, then two significant ones.
  static func count(about value: Double) -> String {
    guard value.isFinite else { return "more than 1e308" }
    return value < 1e6 ? count(Int(value.rounded())) : twoDigits(value)
  }

  /// An estimated duration.
  static func about(seconds: Double) -> String {
    let text = duration(seconds)
    return text.first?.isNumber == true ? "about " + text : text
  }

  /// A duration in the two largest units that matter.
  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite else { return "more than 1e308 s" }
    if seconds < 0.095 { return "less than 0.1 s" }
    if seconds < 9.95 { return "\((seconds * 10).rounded() / 10) s" }
    let minute = 60.0, hour = 3600.0, day = 86400.0, year = 365 * day
    if seconds < 99.5 { return "\(Int(seconds.rounded())) s" }
    if seconds < 100 * minute { return pair(seconds, minute, "min", 1, "s") }
    if seconds < 2 * day { return pair(seconds, hour, "h", minute, "min") }
    if seconds < 2 * year { return "\(count(Int((seconds / day).rounded()))) days" }
    return "\(count(about: seconds / year)) years"
  }

  /// Bytes in GiB.
  static func gibibytes(_ bytes: Double) -> String {
    let value = bytes / 0x1p30
    if value < 99.95 { return "\((value * 10).rounded() / 10) GiB" }
    return "\(count(about: value)) GiB"
  }

  /// How far a computation has come: `F4: degree 7, 120 pairs left, 35 elements`.
  static func state(_ progress: Progress) -> String {
    var parts: [String] = []
    for (name, value) in progress.figures.sorted(by: { $0.key < $1.key }) where value != 0 || name == "pairs"
    {
      switch name {
      case "degree": parts.append("degree \(count(value))")
      case "pairs": parts.append("\(count(value, "pair")) left")
      default: parts.append("\(count(value)) \(name)")
      }
    }
    return ([progress.stage] + (parts.isEmpty ? [] : [parts.joined(separator: ", ")])).joined(separator: ": ")
  }

  private static func pair(
    _ seconds: Double, _ large: Double, _ largeName: String, _ small: Double, _ smallName: String
  ) -> String {
    let total = Int((seconds / small).rounded())
    let (quotient, remainder) = total.quotientAndRemainder(dividingBy: Int(large / small))
    return "\(quotient) \(largeName) \(remainder) \(smallName)"
  }

  /// In scientific notation.
  private static func twoDigits(_ value: Double) -> String {
    var (mantissa, exponent) = (value, 0)
    while mantissa >= 9.95 {
      mantissa /= 10
      exponent += 1
    }
    return "\((mantissa * 10).rounded() / 10)e\(exponent)"
  }
}
