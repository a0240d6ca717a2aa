import Algebra

/// What a cell of a table contains.
enum NumberCell<Rational: ExactRational> {
  case number(Rational)
  /// Written like a number, but not one that can be used, or not one only.
  case numeral(InputError.Problem)
  /// One of the words that stand for a value that is not there.
  case missing(InputError.Problem)
  /// Anything else, such as a name.
  case text(InputError.Problem)

  /// Reads a cell.
  ///
  /// Besides what `ExactRational` reads: white space of any kind around the number, the minus sign of
  /// typography, exponents with a `D`, and digits in groups of three where they cannot be anything else.
  init(_ cell: [UInt8], hasDecimalComma: Bool) {
    guard let text = String(validating: cell, as: UTF8.self) else {
      self = .text(.invalidUTF8(Excerpt.of(cell)))
      return
    }
    let trimmed = Self.trimmed(text)
    guard !trimmed.isEmpty else {
      self = .text(.emptyCell)
      return
    }
    let excerpt = Excerpt.of(Array(trimmed.utf8))
    let numeral = Numeral(trimmed, hasDecimalComma: hasDecimalComma)
    if let problem = numeral.problem(excerpt) {
      self = .numeral(problem)
      return
    }
    do {
      self = .number(try Rational(exactly: numeral.plain))
    } catch AlgebraError.divisionByZero {
      self = .numeral(.zeroDenominator(excerpt))
    } catch AlgebraError.tooLarge {
      self = .numeral(.hugeNumber(excerpt))
    } catch {
      self = Self.withoutNumber(trimmed, excerpt)
    }
  }

  var value: Rational? {
    if case .number(let value) = self { return value }
    return nil
  }

  /// What is wrong with a cell that should be a number.
  var problem: InputError.Problem? {
    switch self {
    case .number: nil
    case .numeral(let problem), .missing(let problem), .text(let problem): problem
    }
  }

  var isNumeral: Bool {
    switch self {
    case .number, .numeral: true
    case .missing, .text: false
    }
  }

  var isMissing: Bool {
    if case .missing = self { return true }
    return false
  }

  private static var missingWords: Set<String> {
    ["na", "nan", "n/a", "#n/a", "#na", "<na>", "null", "none", "nil", "nat", "missing", "inf", "infinity"]
  }

  private static func withoutNumber(_ text: String, _ excerpt: String) -> Self {
    let word = text.drop { $0 == "-" || $0 == "+" }.lowercased()
    // `Na` is more often sodium, the name of a column.
    if missingWords.contains(word), text != "Na" { return .missing(.missingValue(excerpt)) }
    if text.hasSuffix("%"), (try? Rational(exactly: trimmed(String(text.dropLast())))) != nil {
      return .numeral(.percentage(excerpt))
    }
    return .text(.notANumber(excerpt))
  }

  private static func trimmed(_ text: String) -> String {
    func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    guard let first = text.utf8.first, let last = text.utf8.last else { return text }
    if first < 0x80, last < 0x80, !isSpace(first), !isSpace(last) { return text }
    let scalars = text.unicodeScalars
    guard let start = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let end = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[start...end])
  }
}

/// The text of a number on its way to the notation that `ExactRational` reads.
private struct Numeral {
  private static let groupMarks: [UnicodeScalar] = [
    "\u{A0}", "\u{2007}", "\u{2009}", "\u{202F}", "'", "\u{2019}",
  ]

  /// What `ExactRational` shall read.
  private(set) var plain: String
  private let decimalMark: UnicodeScalar
  /// The decimal mark of other countries, which separates thousands in this one.
  private let otherMark: UnicodeScalar
  private var isAmbiguous = false

  init(_ text: String, hasDecimalComma: Bool) {
    (decimalMark, otherMark) = hasDecimalComma ? (",", ".") : (".", ",")
    plain = text
    // Nearly all numbers are in plain notation.
    if !hasDecimalComma, text.utf8.allSatisfy({ $0 < 0x80 && Self.isUsual($0) }) { return }
    var scalars = Array(text.unicodeScalars)
    if scalars[0] == "\u{2212}" { scalars[0] = "-" }
    ungroup(&scalars)
    for (index, scalar) in scalars.enumerated() where index > 0 {
      let follows = Self.isDigit(scalars[index - 1]) || scalars[index - 1] == decimalMark
      if follows, scalar == "D" || scalar == "d" { scalars[index] = "e" }
      if scalar == "\u{2212}", scalars[index - 1] == "e" || scalars[index - 1] == "E" { scalars[index] = "-" }
    }
    if hasDecimalComma {
      scalars = scalars.map { $0 == "," ? "." : $0 == "." ? "," : $0 }
    }
    plain = String(String.UnicodeScalarView(scalars))
  }

  /// Why the text is not read although it may be a number.
  func problem(_ excerpt: String) -> InputError.Problem? {
    if isAmbiguous {
      return decimalMark == "." ? .thousandsOrDecimalComma(excerpt) : .thousandsOrDecimalPoint(excerpt)
    }
    guard plain.utf8.count(where: { $0 == UInt8(ascii: ",") }) == 1 else { return nil }
    // The other decimal mark stands where this one should be.
    var bytes = Array(plain.utf8)
    let allowed = Set("0123456789,eE+-".utf8)
    guard let mark = bytes.firstIndex(of: UInt8(ascii: ",")), bytes.allSatisfy(allowed.contains) else {
      return nil
    }
    bytes.remove(at: mark)
    guard let first = bytes.first(where: { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "+") }),
      Self.isDigit(UnicodeScalar(first))
    else { return nil }
    return decimalMark == "." ? .decimalComma(excerpt) : .decimalPoint(excerpt)
  }

  private static func isUsual(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "/"):
      true
    default: false
    }
  }

  private static func isDigit(_ scalar: UnicodeScalar) -> Bool { ("0"..."9").contains(scalar) }

  /// Takes the marks out of digits in groups of three: `1'234.5`, `1,234,567`. A single group with the other
  /// country's decimal mark, `1,234`, may be a decimal number as well.
  private mutating func ungroup(_ scalars: inout [UnicodeScalar]) {
    var position = scalars[0] == "-" || scalars[0] == "+" ? 1 : 0
    let start = position
    while position < scalars.count, Self.isDigit(scalars[position]) { position += 1 }
    guard (1...3).contains(position - start), scalars[start] != "0", position < scalars.count else { return }
    let mark = scalars[position]
    guard mark == otherMark || Self.groupMarks.contains(mark) else { return }
    var groups = 0
    while position < scalars.count, scalars[position] == mark {
      let group = scalars[(position + 1)...].prefix { Self.isDigit($0) }
      guard group.count == 3 else { return }
      groups += 1
      position += 4
    }
    let tail = scalars[position...]
    guard tail.isEmpty || tail.first == decimalMark && tail.dropFirst().allSatisfy(Self.isDigit) else {
      return
    }
    if mark == otherMark, groups == 1, tail.isEmpty {
      isAmbiguous = true
      return
    }
    scalars.removeAll { $0 == mark }
  }
}
