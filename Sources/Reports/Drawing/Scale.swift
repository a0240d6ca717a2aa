import Foundation

/// Maps an interval of numbers linearly to pixels, with ticks at round numbers.
struct Scale: Hashable {
  let lower: Double
  let upper: Double
  let start: Double
  let end: Double

  /// - Parameters:
  ///   - values: what has to be shown; those that are not finite are left out.
  ///   - margin: the share of the length that is added on both sides.
  init(_ values: some Sequence<Double>, from start: Double, to end: Double, margin: Double = 0.05) {
    let finite = values.filter { $0.isFinite && abs($0) < 1e300 }
    var (lower, upper) = (finite.min() ?? 0, finite.max() ?? 1)
    let size = max(abs(lower), abs(upper))
    // Less than this cannot be told apart by doubles.
    if upper - lower <= 1e-12 * size || upper == lower {
      let half = size == 0 ? 1 : 0.05 * size
      (lower, upper) = ((lower + upper) / 2 - half, (lower + upper) / 2 + half)
    }
    let extra = (upper - lower) * margin
    self.init(lower: lower - extra, upper: upper + extra, from: start, to: end)
  }

  init(lower: Double, upper: Double, from start: Double, to end: Double) {
    self.lower = lower
    self.upper = upper
    self.start = start
    self.end = end
  }

  func callAsFunction(_ value: Double) -> Double {
    start + (value - lower) / (upper - lower) * (end - start)
  }

  /// Round numbers inside the interval, about `count` of them, as they are printed.
  func ticks(_ count: Int) -> [(value: Double, label: String)] {
    let step = Self.roundStep((upper - lower) / Double(max(1, count)))
    let (first, last) = ((lower / step.size).rounded(.up), (upper / step.size).rounded(.down))
    guard first.isFinite, last.isFinite, last >= first, last - first < 1000, abs(first) < 1e15 else {
      return []
    }
    return stride(from: first, through: last, by: 1).map { multiple in
      (multiple * step.size, Self.label(Int(multiple) * step.digit, exponent: step.exponent))
    }
  }

  /// The smallest of 1, 2, 5 times a power of ten that is at least about the number.
  static func roundStep(_ size: Double) -> (size: Double, digit: Int, exponent: Int) {
    guard size > 0, size.isFinite else { return (1, 1, 0) }
    var exponent = Int(log10(size).rounded(.down))
    for _ in 0..<2 {
      for digit in [1, 2, 5] where Double(digit) * pow(10, Double(exponent)) >= 0.8 * size {
        return (Double(digit) * pow(10, Double(exponent)), digit, exponent)
      }
      exponent += 1
    }
    return (pow(10, Double(exponent)), 1, exponent)
  }

  /// `number · 10^exponent`, plainly where that is short.
  static func label(_ number: Int, exponent: Int) -> String {
    if number == 0 { return "0" }
    let sign = number < 0 ? "−" : ""
    var digits = "\(number.magnitude)"
    var exponent = exponent
    while digits.count > 1, digits.hasSuffix("0") {
      digits.removeLast()
      exponent += 1
    }
    let point = digits.count + exponent
    if exponent >= 0, point <= 7 { return sign + digits + String(repeating: "0", count: exponent) }
    if point > 0, exponent < 0 { return sign + digits.prefix(point) + "." + digits.suffix(-exponent) }
    if point > -4, exponent < 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
    let mantissa = digits.count == 1 ? digits : digits.prefix(1) + "." + digits.dropFirst()
    return sign + mantissa + "e" + (point - 1 < 0 ? "−" : "") + "\(abs(point - 1))"
  }
}

/// Numbers for people.
enum Rounded {
  /// With so many significant digits.
  static func text(_ value: Double, digits: Int = 6) -> String {
    guard value.isFinite else { return value.isNaN ? "?" : value > 0 ? "∞" : "−∞" }
    guard value != 0 else { return "0" }
    let exponent = Int(log10(abs(value)).rounded(.down)) - digits + 1
    // In two steps where the power of ten is no double.
    let scaled =
      abs(exponent) < 300
      ? value / pow(10, Double(exponent)) : value * 1e200 / pow(10, Double(exponent + 200))
    guard abs(scaled) < 1e17 else { return "\(value)" }
    return Scale.label(Int(scaled.rounded()), exponent: exponent)
  }
}
