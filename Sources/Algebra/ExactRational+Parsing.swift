extension ExactRational {
  /// Reads a number as people write it, exactly: integers, decimals with an optional exponent, fractions
  /// `p/q` of integers. `0.1` is one tenth; `1e3` is a thousand.
  ///
  /// - Parameters:
  ///   - text: the number, without surrounding space.
  ///   - maximumDigits: an upper bound on the number of decimal digits that the exact value may need; it
  ///     keeps `1e999999999` from exhausting the memory.
  /// - Throws: `AlgebraError.malformed` (not a number), `AlgebraError.divisionByZero` (`1/0`),
  ///   `AlgebraError.tooLarge` (more than `maximumDigits` digits).
  public init(exactly text: some StringProtocol, maximumDigits: Int = 10_000) throws {
    let bytes = Array(text.utf8)
    var scanner = NumberScanner(bytes: bytes)
    guard let scanned = scanner.scan() else {
      throw AlgebraError.malformed(text: String(text), reason: "not a number")
    }
    guard bytes.count <= maximumDigits else {
      throw AlgebraError.tooLarge("a number of \(bytes.count) characters (at most \(maximumDigits))")
    }
    switch scanned {
    case .fraction(let numerator, let denominator):
      self = try Self(
        numerator: Integer(decimal: numerator), denominator: Integer(decimal: denominator))
    case .decimal(let digits, let exponent):
      let significand = try Integer(decimal: digits)
      guard significand.signum() != 0 else {
        self = 0
        return
      }
      guard let exponent, abs(exponent) <= maximumDigits else {
        throw AlgebraError.tooLarge("'\(text)' needs more than \(maximumDigits) digits")
      }
      self = try Self(significand) * Self(Integer(10)).power(exponent)
    }
  }
}

/// Splits the text of a number into its digits and its power of ten; knows nothing of number types.
private struct NumberScanner {
  enum Scanned {
    case fraction(numerator: String, denominator: String)
    /// `digits · 10^exponent`; the exponent is `nil` if it does not fit a machine word.
    case decimal(digits: String, exponent: Int?)
  }

  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func scan() -> Scanned? {
    let sign = scanSign()
    let whole = scanDigits()
    if position < bytes.count, bytes[position] == UInt8(ascii: "/") {
      position += 1
      let denominator = scanDigits()
      guard !whole.isEmpty, !denominator.isEmpty, position == bytes.count else { return nil }
      return .fraction(numerator: sign + whole, denominator: denominator)
    }
    var fraction = ""
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      fraction = scanDigits()
    }
    guard !whole.isEmpty || !fraction.isEmpty else { return nil }
    var exponent: Int? = 0
    if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
      position += 1
      let exponentSign = scanSign()
      let digits = scanDigits()
      guard !digits.isEmpty else { return nil }
      exponent = Int(exponentSign + digits)
    }
    guard position == bytes.count else { return nil }
    let shifted = exponent.flatMap { value -> Int? in
      let (difference, overflow) = value.subtractingReportingOverflow(fraction.count)
      return overflow || difference == .min ? nil : difference
    }
    return .decimal(digits: sign + whole + fraction, exponent: shifted)
  }

  private mutating func scanSign() -> String {
    guard position < bytes.count else { return "" }
    switch bytes[position] {
    case UInt8(ascii: "-"):
      position += 1
      return "-"
    case UInt8(ascii: "+"):
      position += 1
      return ""
    default: return ""
    }
  }

  private mutating func scanDigits() -> String {
    let start = position
    while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) {
      position += 1
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }
}
