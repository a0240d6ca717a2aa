import Algebra
import Interchange
import LandscapeModel
import RealSolving
import Strata

/// Writes activation patterns compactly for tables.
///
/// With one input a pattern is a half-line: `x > 14` has its kink at the data point 14, `x ≥ 15` between two
/// data points. With more inputs it is the sign vector itself, or its beginning and its counts.
struct PatternText {
  typealias Rational = TextNumber

  /// What a pattern says about a unit.
  enum Meaning {
    /// Where its argument is positive.
    case positive
    /// Where its argument has one sign: the other one is the same unit.
    case oneSign
    /// Nothing: the activation has no kink.
    case nothing

    init(_ activation: UnitActivation<Rational>) {
      switch activation {
      case .power: self = .nothing
      case .twoPiece(let activation):
        self = activation.slope == 1 ? .nothing : activation.slope == -1 ? .oneSign : .positive
      }
    }
  }

  private static let longestPattern = 40
  private static let prefixLength = 20

  private let meaning: Meaning
  private let hasBias: Bool
  private let inputName: String
  /// The different inputs in increasing order, each with a row, if there is one input.
  private let line: [(value: Rational, row: Int)]?

  init(inputs: [[Rational]], inputNames: [String]?, hasBias: Bool, meaning: Meaning) {
    self.meaning = meaning
    self.hasBias = hasBias
    inputName = Self.name(inputNames)
    guard inputs.first?.count == 1 else {
      line = nil
      return
    }
    var line: [(value: Rational, row: Int)] = []
    for entry in inputs.enumerated().map({ (value: $1[0], row: $0) }).sorted(by: { $0.value < $1.value })
    where line.last?.value != entry.value {
      line.append(entry)
    }
    self.line = line
  }

  /// What the table tells of units, in lines.
  var legend: [String] {
    let sign = "the sign of the output weight"
    guard meaning != .nothing else { return [sign] }
    let isOneOfTwo = meaning == .oneSign
    guard line != nil else {
      return [
        sign + ", and "
          + (isOneOfTwo
            ? "those of the unit's argument on the rows or their opposites"
            : "that of the unit's argument on each row")
      ]
    }
    let sentence =
      sign + ", and where the unit's argument " + (isOneOfTwo ? "has one of its two signs" : "is positive")
    guard hasBias else { return [sentence] }
    return [sentence + ";", "with > or < its kink is on that data point, with ≥ or ≤ beside it"]
  }

  /// The pattern of an alive unit in brackets; nothing if it has no meaning.
  func callAsFunction(_ face: Face) -> String {
    guard meaning != .nothing, let signs = face.signs else { return "" }
    return "[\(text(signs))]"
  }

  private func text(_ pattern: SignVector) -> String {
    let signs = Array(pattern.description.utf8)
    if let line { return halfLine(line.map { signs[$0.row] }, line.map(\.value)) }
    return Self.compact(signs)
  }

  /// Where the unit's argument is positive.
  private func halfLine(_ signs: [UInt8], _ values: [Rational]) -> String {
    let (plus, zero) = (UInt8(ascii: "+"), UInt8(ascii: "0"))
    guard hasBias else {
      let growing = zip(signs, values).contains { sign, value in
        sign != zero && (sign == plus) == (value > 0)
      }
      return growing ? "\(inputName) > 0" : "\(inputName) < 0"
    }
    if let kink = signs.firstIndex(of: zero), signs.count > 1 {
      let isRight = kink + 1 < signs.count ? signs[kink + 1] == plus : signs[kink - 1] != plus
      return "\(inputName) \(isRight ? ">" : "<") \(Self.text(values[kink]))"
    }
    guard let first = signs.firstIndex(of: plus), let last = signs.lastIndex(of: plus) else { return "none" }
    if first > 0 { return "\(inputName) ≥ \(Self.text(values[first]))" }
    return last + 1 < signs.count ? "\(inputName) ≤ \(Self.text(values[last]))" : "all"
  }

  /// The whole pattern, or its beginning and how many rows have which sign.
  static func compact(_ signs: [UInt8]) -> String {
    guard signs.count > longestPattern else { return String(decoding: signs, as: UTF8.self) }
    let counts = ["-", "0", "+"].compactMap { (sign: String) -> String? in
      let count = signs.count { [$0] == Array(sign.utf8) }
      return count == 0 ? nil : "\(count)×\(sign)"
    }
    let prefix = String(decoding: signs.prefix(prefixLength), as: UTF8.self)
    return "\(prefix)… (\(counts.joined(separator: " ")))"
  }

  /// A short decimal where that is exact, else the fraction if it is short, else a few digits after `≈`.
  static func text(_ value: Rational) -> String {
    if let decimal = shortDecimal(value) { return decimal }
    let fraction = value.description
    if fraction.count <= longestNumber { return fraction }
    return "≈\(DecimalNumber(rounding: value, toDigits: 6))"
  }

  private static let longestNumber = 12

  private static func shortDecimal(_ value: Rational) -> String? {
    var scaled = value.magnitude
    for places in 0...6 {
      if scaled.isInteger {
        var digits = scaled.numerator.description
        digits = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        let point = places == 0 ? "" : "."
        let text =
          (value < 0 ? "-" : "") + digits.dropLast(places) + point + digits.suffix(places)
        return text.count <= longestNumber ? text : nil
      }
      scaled = scaled * 10
    }
    return nil
  }

  private static func name(_ names: [String]?) -> String {
    guard let name = names?.first, !name.isEmpty, name.count <= 20 else { return "x" }
    return Excerpt.printable(name)
  }
}
