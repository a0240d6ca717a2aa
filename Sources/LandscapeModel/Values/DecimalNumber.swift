/// A decimal number of any size, exact, which is printed with the digits it was made of.
///
/// Numbers are compared by their values: `1.0` equals `1`.
public struct DecimalNumber: Sendable {
  /// Whether it is below zero.
  public let isNegative: Bool
  /// The digits 0 to 9 of the significand, without leading zeros; none for zero.
  private let digits: [UInt8]
  /// The number is the significand times ten to this power.
  private let exponent: Int

  /// `± digits · 10^exponent`.
  ///
  /// - Parameter digits: ASCII digits of a natural number.
  package init(isNegative: Bool, digits: some StringProtocol, exponent: Int) {
    let values = digits.utf8.map { $0 - UInt8(ascii: "0") }.drop { $0 == 0 }
    self.digits = Array(values)
    self.isNegative = isNegative && !values.isEmpty
    self.exponent = values.isEmpty ? 0 : exponent
  }

  /// Reads what `description` writes: a decimal, perhaps with an exponent.
  ///
  /// - Throws: `MalformedText`.
  public init(text: some StringProtocol) throws {
    func malformed() -> MalformedText { MalformedText(text: String(text), reason: "it is no decimal number") }
    var rest = Substring(text)
    let isNegative = rest.first == "-"
    if isNegative { rest = rest.dropFirst() }
    var exponent = 0
    if let mark = rest.firstIndex(of: "e") {
      guard let power = Int(rest[rest.index(after: mark)...]), abs(power) <= Self.largestExponent else {
        throw malformed()
      }
      exponent = power
      rest = rest[..<mark]
    }
    let parts = rest.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }) else {
      throw malformed()
    }
    if parts.count == 2 { exponent -= parts[1].utf8.count }
    self.init(isNegative: isNegative, digits: parts.joined(), exponent: exponent)
  }

  /// Beyond it nothing of ours is computed.
  private static let largestExponent = 1 << 20

  public var isZero: Bool { digits.isEmpty }

  public var negated: Self { Self(isNegative: !isNegative, values: digits, exponent: exponent) }

  private init(isNegative: Bool, values: [UInt8], exponent: Int) {
    self.isNegative = isNegative && !values.isEmpty
    digits = values
    self.exponent = exponent
  }

  /// The nearest double; infinite beyond their range.
  public var doubleValue: Double { Double(description) ?? .nan }
}

extension DecimalNumber: CustomStringConvertible {
  /// Plainly where that is short, else in scientific notation.
  public var description: String {
    guard !isZero else { return "0" }
    let sign = isNegative ? "-" : ""
    let text = String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
    let pointPosition = digits.count + exponent
    if exponent == 0 { return sign + text }
    if pointPosition > 0, pointPosition <= 21 {
      if exponent > 0 { return sign + text + String(repeating: "0", count: exponent) }
      return sign + text.prefix(pointPosition) + "." + text.suffix(-exponent)
    }
    if pointPosition <= 0, pointPosition > -6 {
      return sign + "0." + String(repeating: "0", count: -pointPosition) + text
    }
    let mantissa = digits.count == 1 ? text : text.prefix(1) + "." + text.dropFirst()
    return sign + mantissa + "e" + String(pointPosition - 1)
  }
}

extension DecimalNumber: Comparable, Hashable {
  /// The digits without trailing zeros, and the position of the point before the first of them.
  private var normalised: (digits: ArraySlice<UInt8>, point: Int) {
    let length = (digits.lastIndex { $0 != 0 } ?? -1) + 1
    return (digits[..<length], isZero ? 0 : digits.count + exponent)
  }

  public static func == (left: Self, right: Self) -> Bool {
    let (a, b) = (left.normalised, right.normalised)
    return left.isNegative == right.isNegative && a.point == b.point && a.digits == b.digits
  }

  public func hash(into hasher: inout Hasher) {
    let (digits, point) = normalised
    hasher.combine(isNegative)
    hasher.combine(digits)
    hasher.combine(point)
  }

  public static func < (left: Self, right: Self) -> Bool {
    if left.isNegative != right.isNegative { return left.isNegative }
    let (small, large) = left.isNegative ? (right, left) : (left, right)
    // Absolute values.
    if small.isZero || large.isZero { return small.isZero && !large.isZero }
    let (a, b) = (small.normalised, large.normalised)
    return a.point == b.point ? a.digits.lexicographicallyPrecedes(b.digits) : a.point < b.point
  }
}

extension DecimalNumber: ExpressibleByStringLiteral {
  /// A number in the source code.
  public init(stringLiteral text: String) {
    do {
      try self.init(text: text)
    } catch {
      preconditionFailure("\(error)")
    }
  }
}

extension DecimalNumber: Codable {
  /// Reads text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    do {
      try self.init(text: container.decode(String.self))
    } catch let error as MalformedText {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(error)")
    }
  }

  /// Writes `description`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

// MARK: - Middle and rounding

extension DecimalNumber {
  /// The nearest number with so many significant digits (one more where it is rounded up to a power of ten); of two
  /// equally near ones that with an even last digit.
  public func rounded(toDigits count: Int) -> Self {
    precondition(count >= 1)
    guard digits.count > count else {
      let zeros = isZero ? 0 : count - digits.count
      return Self(
        isNegative: isNegative, values: digits + Array(repeating: 0, count: zeros), exponent: exponent - zeros
      )
    }
    let rest = digits[count...]
    var kept = Array(digits[..<count])
    let isAbove = rest[count] > 5 || (rest[count] == 5 && rest.dropFirst().contains { $0 != 0 })
    let isTie = rest[count] == 5 && !isAbove
    if isAbove || (isTie && kept[count - 1] % 2 == 1) {
      var place = count - 1
      while place >= 0, kept[place] == 9 {
        kept[place] = 0
        place -= 1
      }
      if place >= 0 { kept[place] += 1 } else { kept = [1] + kept }
    }
    return Self(isNegative: isNegative, values: kept, exponent: exponent + rest.count)
  }

  /// The number in the middle between this and another one, exact.
  public func middle(to other: Self) -> Self {
    let scale = min(exponent, other.exponent)
    let (a, b) = (aligned(to: scale), other.aligned(to: scale))
    let length = max(a.count, b.count) + 1
    // Digits with signs, the least significant first; then carries, and half of it by division.
    func digit(_ list: [UInt8], _ isNegative: Bool, _ place: Int) -> Int {
      let value = place < list.count ? Int(list[list.count - 1 - place]) : 0
      return isNegative ? -value : value
    }
    var sum = (0..<length).map { digit(a, isNegative, $0) + digit(b, other.isNegative, $0) }
    let isBelow = Self.isBelowZero(sum)
    if isBelow { sum = sum.map { -$0 } }
    var carry = 0
    for place in sum.indices {
      let value = sum[place] + carry
      carry = value >= 0 ? value / 10 : -((9 - value) / 10)
      sum[place] = value - 10 * carry
    }
    var (half, remainder): ([UInt8], Int) = ([], 0)
    for value in sum.reversed() {
      half.append(UInt8((10 * remainder + value) / 2))
      remainder = (10 * remainder + value) % 2
    }
    half.append(UInt8(5 * remainder))
    let leading = half.drop { $0 == 0 }
    let trimmed = remainder == 0 ? leading.dropLast() : leading
    return Self(
      isNegative: isBelow, values: Array(trimmed),
      exponent: trimmed.isEmpty ? 0 : remainder == 0 ? scale : scale - 1)
  }

  /// The sign of a number given by digits with signs: a leading one outweighs nine of the next.
  private static func isBelowZero(_ digits: [Int]) -> Bool {
    var value = 0
    for digit in digits.reversed() {
      value = value * 10 + digit
      if abs(value) > 2 { break }
    }
    return value < 0
  }

  /// The digits of the number divided by a lower power of ten.
  private func aligned(to scale: Int) -> [UInt8] {
    isZero ? [] : digits + Array(repeating: 0, count: exponent - scale)
  }
}
