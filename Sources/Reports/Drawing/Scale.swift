/// Maps an interval of numbers to pixels, linearly or by logarithms, with ticks at round numbers.
struct Scale: Hashable {
  let lower: Double
  let upper: Double
  let start: Double
  let end: Double
  let isLogarithmic: Bool

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

  /// - Parameter isLogarithmic: equal ratios take up equal lengths; both ends must be positive then.
  init(lower: Double, upper: Double, from start: Double, to end: Double, isLogarithmic: Bool = false) {
    precondition(!isLogarithmic || lower > 0, "only positive numbers have logarithms")
    self.lower = lower
    self.upper = upper
    self.start = start
    self.end = end
    self.isLogarithmic = isLogarithmic
  }

  func callAsFunction(_ value: Double) -> Double {
    let share =
      isLogarithmic
      ? Elementary.logarithm(max(value, .leastNormalMagnitude) / lower) / Elementary.logarithm(upper / lower)
      : (value - lower) / (upper - lower)
    return start + share * (end - start)
  }

  /// Round numbers inside the interval, about `count` of them, as they are printed.
  func ticks(_ count: Int) -> [(value: Double, label: String)] {
    if isLogarithmic { return decades(count) }
    let step = Self.roundStep((upper - lower) / Double(max(1, count)))
    let (first, last) = ((lower / step.size).rounded(.up), (upper / step.size).rounded(.down))
    guard first.isFinite, last.isFinite, last >= first, last - first < 1000, abs(first) < 1e15 else {
      return []
    }
    return stride(from: first, through: last, by: 1).map { multiple in
      (multiple * step.size, Self.label(Int(multiple) * step.digit, exponent: step.exponent))
    }
  }

  /// Powers of ten, and twice and five times these where there is room.
  private func decades(_ count: Int) -> [(value: Double, label: String)] {
    let first = Int(Elementary.logarithm(lower).rounded(.down))
    let last = Int(Elementary.logarithm(upper).rounded(.up))
    let step = max(1, (last - first + count - 1) / max(1, count))
    let digits = 3 * (last - first) <= 2 * count ? [1, 2, 5] : [1]
    return stride(from: first, through: last, by: step).flatMap { exponent in
      digits.map { (Double($0) * Elementary.powerOfTen(exponent), Self.label($0, exponent: exponent)) }
    }.filter { (lower...upper).contains($0.0) }.map { (value: $0.0, label: $0.1) }
  }

  /// The smallest of 1, 2, 5 times a power of ten that is at least about the number.
  static func roundStep(_ size: Double) -> (size: Double, digit: Int, exponent: Int) {
    guard size > 0, size.isFinite else { return (1, 1, 0) }
    var exponent = Int(Elementary.logarithm(size).rounded(.down))
    for _ in 0..<2 {
      for digit in [1, 2, 5] where Double(digit) * Elementary.powerOfTen(exponent) >= 0.8 * size {
        return (Double(digit) * Elementary.powerOfTen(exponent), digit, exponent)
      }
      exponent += 1
    }
    return (Elementary.powerOfTen(exponent), 1, exponent)
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
    let exponent = Int(Elementary.logarithm(abs(value)).rounded(.down)) - digits + 1
    // In two steps where the power of ten is no double.
    let scaled =
      abs(exponent) < 300
      ? value / Elementary.powerOfTen(exponent) : value * 1e200 / Elementary.powerOfTen(exponent + 200)
    guard abs(scaled) < 1e17 else { return "\(value)" }
    return Scale.label(Int(scaled.rounded()), exponent: exponent)
  }
}
