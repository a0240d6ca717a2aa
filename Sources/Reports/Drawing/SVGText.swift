/// Text as it may stand in XML and HTML.
enum SVGText {
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\t", "\n", "\r": result += " "
      // XML has no other control characters, not even escaped.
      case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
        result += "\u{FFFD}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A coordinate in pixels, to a hundredth.
  static func coordinate(_ value: Double) -> String {
    guard value.isFinite else { return "0" }
    let hundredths = (min(max(value, -1e6), 1e6) * 100).rounded()
    let magnitude = Int(hundredths.magnitude)
    let sign = hundredths < 0 ? "-" : ""
    let fraction = magnitude % 100
    if fraction == 0 { return sign + "\(magnitude / 100)" }
    let digits = fraction % 10 == 0 ? "\(fraction / 10)" : fraction < 10 ? "0\(fraction)" : "\(fraction)"
    return sign + "\(magnitude / 100).\(digits)"
  }

  /// An upper bound of the width of text in pixels, for the sans-serif fonts that browsers use.
  static func width(_ text: String, size: Double) -> Double {
    text.unicodeScalars.reduce(0) { sum, scalar in
      // East Asian characters and symbols fill a square.
      sum + size
        * (scalar.value >= 0x1100
          ? 1.05 : narrow.contains(scalar) ? 0.36 : wide.contains(scalar) ? 0.98 : 0.66)
    }
  }

  private static let narrow: Set<Unicode.Scalar> = [
    "i", "j", "l", "I", ".", ",", ":", ";", "'", "|", "!", " ", "(", ")",
  ]
  private static let wide: Set<Unicode.Scalar> = ["m", "M", "w", "W", "@", "%"]

  /// The text, shortened with an ellipsis to a width.
  static func fitted(_ text: String, to width: Double, size: Double) -> String {
    guard self.width(text, size: size) > width else { return text }
    var short = text
    while !short.isEmpty, self.width(short + "…", size: size) > width { short.removeLast() }
    return short + "…"
  }
}
