import Algebra

/// Reads polynomial systems in the `.ms` format.
///
/// The variables, separated by commas, on the first line, and on more after a comma; the characteristic on the
/// next; then polynomials or equations `lhs = rhs`, separated by commas or semicolons, over any number of lines.
/// An expression may use `+ - * / ^ ( )`, integers, fractions and decimals, which are exact; divisors are
/// constants, exponents integers. A product needs no sign after a number or a parenthesis and before a variable or
/// a parenthesis: `2x`, `2(x+1)`, `(x+1)(x-1)`, `x^2y`; but where one could read something else it does: `x y`,
/// `x(y+1)`, `1/2x`, `x^2(3)`, `1.5e-3` if there is a variable `e`. Blank lines and comments from `#` to the end
/// of the line may stand anywhere. No polynomials at all are allowed.
public struct SystemParser<Engine: AlgebraEngine> {
  private typealias Expression = SystemExpression<Engine.Rational>

  private var lexer: SystemLexer
  private var token: SystemLexer.Token
  private let file: String?
  private var variables: [String: Int] = [:]
  private var characteristic: UInt32 = 0
  private var depth = 0
  /// Whether the token is the first of its line.
  private var beginsLine = true
  /// What the last factor ended with.
  private var ending = FactorEnding.name

  private enum FactorEnding {
    case number
    /// A number that ends with its decimal point.
    case pointedNumber
    case exponent
    case name
    /// A parenthesis or a superscript.
    case closed
  }

  private static var depthLimit: Int { 200 }
  private static var digitLimit: Int { 100_000 }

  /// Reads a system.
  ///
  /// - Parameter file: a name for error messages.
  /// - Throws: `SyntaxError` with the place of the first error: syntax, unknown or repeated variables, a
  ///   characteristic that is neither 0 nor a prime below 2³¹, division by zero or by a polynomial, or an
  ///   expression that would expand to more than about a million terms.
  public static func parse(
    _ text: String, file: String? = nil, engine: Engine.Type = Engine.self
  ) throws(SyntaxError) -> PolynomialSystem {
    var parser = SystemParser(text, file: file)
    return try parser.system()
  }

  /// Reads a file with one polynomial over Q, its coefficients as they are.
  ///
  /// - Parameter file: a name for error messages.
  /// - Returns: the names of the variables, and the terms in descending lexicographic order.
  /// - Throws: `SyntaxError` as `parse`; also for another characteristic, no polynomial, or several.
  public static func polynomial(
    _ text: String, file: String? = nil, engine: Engine.Type = Engine.self
  ) throws(SyntaxError) -> (variables: [String], terms: [PolynomialTerm<Engine.Rational>]) {
    var parser = SystemParser(text, file: file)
    return try parser.singlePolynomial()
  }

  private init(_ text: String, file: String?) {
    lexer = SystemLexer(text)
    token = lexer.next()
    self.file = file
  }

  private func error(_ reason: String, at place: SystemLexer.Token? = nil) -> SyntaxError {
    let place = place ?? token
    let text = place.kind == .newline ? "end of line" : String(place.text)
    return SyntaxError(file: file, line: place.line, column: place.column, token: text, reason: reason)
  }

  /// Goes to the next token; newlines count only in the first two lines.
  private mutating func advance(keepingNewlines: Bool = false) {
    beginsLine = token.kind == .newline
    token = lexer.next()
    while token.kind == .newline, !keepingNewlines {
      beginsLine = true
      token = lexer.next()
    }
  }

  private mutating func skipNewlines() {
    if token.kind == .newline { advance() }
  }

  private mutating func system() throws(SyntaxError) -> PolynomialSystem {
    let names = try variableList()
    characteristic = try readCharacteristic()
    var polynomials: [SparsePolynomial<WideInteger>] = []
    skipNewlines()
    while token.kind != .end {
      polynomials.append(finish(try equation()))
      if token.kind == .end { break }
      guard token.kind == .symbol(",") || token.kind == .symbol(";") else {
        throw error("expected an operator, a comma, a semicolon or the end")
      }
      advance()
    }
    return PolynomialSystem(variables: names, characteristic: characteristic, polynomials: polynomials)
  }

  private mutating func singlePolynomial() throws(SyntaxError) -> (
    variables: [String], terms: [PolynomialTerm<Engine.Rational>]
  ) {
    let names = try variableList()
    skipNewlines()
    let place = token
    guard try readCharacteristic() == 0 else { throw error("expected the characteristic 0", at: place) }
    skipNewlines()
    guard token.kind != .end else { throw error("expected a polynomial") }
    let value = try sum()
    guard token.kind == .end else { throw error("expected an operator or the end: one polynomial") }
    let terms = value.terms.map { PolynomialTerm(exponents: $0.key.map(Int.init), coefficient: $0.value) }
    return (names, terms.sorted { $1.exponents.lexicographicallyPrecedes($0.exponents) })
  }

  private mutating func variableList() throws(SyntaxError) -> [String] {
    skipNewlines()
    var names: [String] = []
    while true {
      guard token.kind == .name else { throw error("expected the name of a variable") }
      guard variables.updateValue(names.count, forKey: token.text) == nil else {
        throw error("the variable is named twice")
      }
      names.append(token.text)
      advance(keepingNewlines: true)
      if token.kind == .newline || token.kind == .end {
        let lineEnd = token
        skipNewlines()
        guard token.kind == .symbol(",") else {
          if token.kind == .end { token = lineEnd }
          return names
        }
      }
      guard token.kind == .symbol(",") else { throw error("expected a comma or the end of the line") }
      advance()
      // The list may end with a comma, but not on the line of what follows.
      if token.kind == .number, beginsLine { return names }
    }
  }

  private mutating func readCharacteristic() throws(SyntaxError) -> UInt32 {
    skipNewlines()
    guard token.kind == .number else { throw error("expected the characteristic") }
    let place = token
    guard let value = UInt32(token.text), value == 0 || value < 1 << 31 && Self.isPrime(value) else {
      throw error("the characteristic is neither 0 nor a prime below 2^31", at: place)
    }
    advance(keepingNewlines: true)
    guard token.kind == .newline || token.kind == .end else { throw error("expected the end of the line") }
    return value
  }

  private static func isPrime(_ value: UInt32) -> Bool {
    guard value >= 2 else { return false }
    var divisor: UInt32 = 2
    while divisor * divisor <= value {
      if value % divisor == 0 { return false }
      divisor += 1
    }
    return true
  }

  /// The difference of its sides, or a polynomial.
  private mutating func equation() throws(SyntaxError) -> Expression {
    var value = try sum()
    guard token.kind == .symbol("=") else { return value }
    let place = token
    advance()
    let right = try sum()
    try refused(at: place) { () throws(Expression.Refusal) in try value.add(right, negated: true) }
    guard token.kind != .symbol("=") else { throw error("expected only one equals sign in an equation") }
    return value
  }

  /// Runs an operation of expressions, and says where one is refused.
  private func refused<Value>(
    at place: SystemLexer.Token, _ body: () throws(Expression.Refusal) -> Value
  ) throws(SyntaxError) -> Value {
    do throws(Expression.Refusal) {
      return try body()
    } catch {
      throw self.error(error.reason, at: place)
    }
  }

  private mutating func sum() throws(SyntaxError) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw error("parentheses are nested too deeply") }
    var value = try product()
    while token.kind == .symbol("+") || token.kind == .symbol("-") {
      let place = token
      advance()
      let next = try product()
      try refused(at: place) { () throws(Expression.Refusal) in
        try value.add(next, negated: place.kind == .symbol("-"))
      }
    }
    return value
  }

  private mutating func product() throws(SyntaxError) -> Expression {
    var value = try factor()
    while true {
      let place = token
      switch place.kind {
      case .symbol("*"):
        advance()
        let next = try factor()
        try refused(at: place) { () throws(Expression.Refusal) in try value.multiply(by: next) }
      case .symbol("/"):
        advance()
        let divisor = try divisor()
        try refused(at: place) { () throws(Expression.Refusal) in try value.divide(by: divisor) }
      case .name where !beginsLine, .symbol("(") where !beginsLine, .number where !beginsLine:
        try checkProductWithoutSign()
        let next = try factor()
        try refused(at: place) { () throws(Expression.Refusal) in try value.multiply(by: next) }
      default: return value
      }
    }
  }

  private mutating func divisor() throws(SyntaxError) -> Engine.Rational {
    let place = token
    let value = try factor()
    guard let constant = value.constant else {
      throw error("only division by numbers is possible", at: place)
    }
    guard residue(constant) != 0 else { throw error("division by zero", at: place) }
    if !beginsLine, token.kind == .name || token.kind == .symbol("(") {
      throw error("after a division a product needs its sign: a/b*c or a/(b*c)")
    }
    return constant
  }

  /// Whether the token may follow the last factor without a sign of multiplication.
  private func checkProductWithoutSign() throws(SyntaxError) {
    switch (ending, token.kind) {
    case (.number, .name), (.number, .symbol), (.closed, .name), (.closed, .symbol), (.exponent, .name):
      return
    case (.name, .symbol): throw error("a product needs its sign here, and there are no functions")
    default:
      throw error("expected an operator, a comma, a semicolon or the end: a product needs its sign here")
    }
  }

  private mutating func factor() throws(SyntaxError) -> Expression {
    var isNegative = false
    while token.kind == .symbol("+") || token.kind == .symbol("-") {
      if token.kind == .symbol("-") { isNegative.toggle() }
      advance()
    }
    var value = try atom()
    // A second exponent would be ambiguous and is an error of its own in what follows.
    if token.kind == .symbol("^") || token.kind == .superscript && token.isAdjacent {
      let place = token
      let exponent = try exponent()
      value = try refused(at: place) { () throws(Expression.Refusal) in try value.power(exponent) }
    }
    if isNegative { value.negate() }
    return value
  }

  /// The exponent after `^`, or in superscripts.
  private mutating func exponent() throws(SyntaxError) -> Int {
    ending = .closed
    if token.kind == .superscript {
      defer { advance() }
      return try exponent(SystemLexer.digits(ofSuperscripts: token.text), at: token)
    }
    advance()
    let place = token
    guard place.kind == .symbol("(") else {
      guard place.kind == .number else { throw error("expected an exponent, a nonnegative integer") }
      let value = try exponent(place.text, at: place)
      advance()
      ending = .exponent
      return value
    }
    guard let constant = try atom().constant, constant.isInteger, constant.signum() >= 0 else {
      throw error("the exponent is not a nonnegative integer", at: place)
    }
    return try exponent(constant.numerator.description, at: place)
  }

  private func exponent(_ digits: String, at place: SystemLexer.Token) throws(SyntaxError) -> Int {
    guard !digits.contains(".") else { throw error("the exponent is not a nonnegative integer", at: place) }
    guard let exponent = Int(digits), exponent <= Int(Expression.exponentLimit) else {
      throw error("the exponent is too large", at: place)
    }
    return exponent
  }

  private mutating func atom() throws(SyntaxError) -> Expression {
    let place = token
    switch place.kind {
    case .number:
      return Expression(constant: try number(), variableCount: variables.count)
    case .name:
      guard let variable = variables[place.text] else { throw unknownVariable(place.text) }
      advance()
      ending = .name
      return Expression(variable: variable, variableCount: variables.count)
    case .symbol("("):
      advance()
      let value = try sum()
      guard token.kind == .symbol(")") else { throw error("expected an operator or a closing parenthesis") }
      advance()
      ending = .closed
      return value
    default:
      throw error("expected a number, a variable or an opening parenthesis")
    }
  }

  /// An integer or a decimal, with or without a power of ten.
  private mutating func number() throws(SyntaxError) -> Engine.Rational {
    let place = token
    advance()
    let text = place.text + (try powerOfTen(after: place) ?? "")
    let digits = text.hasPrefix(".") ? "0" + text : text
    guard digits.count <= Self.digitLimit,
      let value = try? Engine.Rational(exactly: digits, maximumDigits: Self.digitLimit)
    else { throw error("the number has too many digits", at: place) }
    guard residue(Engine.Rational(value.denominator)) != 0 else { throw error("division by zero", at: place) }
    ending = text.hasSuffix(".") ? .pointedNumber : .number
    return value
  }

  /// Takes the tokens of `e5`, `e+5` or `e-5` right after a number.
  ///
  /// - Throws: `SyntaxError` if that may be a variable.
  private mutating func powerOfTen(after number: SystemLexer.Token) throws(SyntaxError) -> String? {
    guard token.kind == .name, token.isAdjacent, !beginsLine, let first = token.text.first,
      first == "e" || first == "E"
    else { return nil }
    let name = token
    var text = "e" + token.text.dropFirst()
    var ahead = lexer
    if text == "e" {
      let sign = ahead.next()
      let digits = ahead.next()
      guard sign.kind == .symbol("+") || sign.kind == .symbol("-"), sign.isAdjacent, digits.kind == .number,
        digits.isAdjacent
      else { return nil }
      text += (sign.kind == .symbol("-") ? "-" : "") + digits.text
    }
    guard text.dropFirst().drop(while: { $0 == "-" }).allSatisfy({ ("0"..."9").contains($0) }) else {
      return nil
    }
    guard variables[String(first)] == nil, variables[name.text] == nil else {
      throw error(
        "'\(number.text + name.text)' may be a power of ten or a product: a product needs its sign here")
    }
    lexer = ahead
    advance()
    return text
  }

  private func unknownVariable(_ name: String) -> SyntaxError {
    guard name.utf8.count <= 100 else { return error("unknown variable") }
    // Whether it is a word over the variables' names.
    var reachable: Set<String.Index> = [name.startIndex]
    for start in name.indices where reachable.contains(start) {
      for variable in variables.keys where name[start...].hasPrefix(variable) {
        reachable.insert(name.index(start, offsetBy: variable.count))
      }
    }
    let isProduct = reachable.contains(name.endIndex)
    return error(isProduct ? "unknown variable (a product of variables needs its sign)" : "unknown variable")
  }

  /// Zero iff the number is zero in the field.
  private func residue(_ value: Engine.Rational) -> UInt32 {
    if characteristic == 0 { return value.signum() == 0 ? 0 : 1 }
    // Denominators are products of divisors, which are not zero in the field.
    return value.numerator.wide.residue(modulo: characteristic)
  }

  /// Integer coefficients, terms in descending degree reverse lexicographic order.
  private func finish(_ value: Expression) -> SparsePolynomial<WideInteger> {
    var denominator = Engine.Integer(1)
    for coefficient in value.terms.values {
      let other = coefficient.denominator
      let common = denominator.greatestCommonDivisor(with: other)
      guard let rest = try? other.dividedExactly(by: common) else {
        preconditionFailure("a greatest common divisor divides")
      }
      denominator = denominator * rest
    }
    let scale = Engine.Rational(denominator)
    let order = MonomialOrder.degreeReverseLexicographic
    let sorted = value.terms.map { (exponents: $0.key.map(Int.init), vector: $0.key, value: $0.value) }
      .sorted { order.compare($0.exponents, $1.exponents) > 0 }
    var result = SparsePolynomial<WideInteger>(variableCount: variables.count)
    for (_, vector, coefficient) in sorted {
      let integer = (coefficient * scale).numerator.wide
      let kept =
        characteristic == 0 ? integer : WideInteger(Int(integer.residue(modulo: characteristic)))
      if !kept.isZero { result.append(exponents: vector, coefficient: kept) }
    }
    return result
  }
}
