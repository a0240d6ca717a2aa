import Algebra

/// Reads polynomial systems in the `.ms` format.
///
/// The variables, separated by commas, on the first line; the characteristic on the second; then polynomials,
/// separated by commas, over any number of lines. An expression may use `+ - * / ^ ( )`, integers and
/// fractions; divisors are constants, exponents integers. Blank lines and comments from `#` to the end of the
/// line may stand anywhere. No polynomials at all are allowed.
public struct SystemParser<Engine: AlgebraEngine> {
  private typealias Expression = SystemExpression<Engine.Rational>

  private var lexer: SystemLexer
  private var token: SystemLexer.Token
  private let file: String?
  private var variables: [String: Int] = [:]
  private var characteristic: UInt32 = 0
  private var depth = 0

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
    repeat { token = lexer.next() } while token.kind == .newline && !keepingNewlines
  }

  private mutating func skipNewlines() {
    if token.kind == .newline { advance() }
  }

  private mutating func system() throws(SyntaxError) -> PolynomialSystem {
    let names = try variableList()
    characteristic = try readCharacteristic()
    var polynomials: [SparsePolynomial<WideInteger>] = []
    skipNewlines()
    if token.kind != .end {
      while true {
        let value = try sum()
        polynomials.append(finish(value))
        if token.kind == .end { break }
        guard token.kind == .symbol(",") else { throw error("expected an operator, a comma or the end") }
        advance()
        guard token.kind != .end else { throw error("expected a polynomial after the comma") }
      }
    }
    return PolynomialSystem(variables: names, characteristic: characteristic, polynomials: polynomials)
  }

  private mutating func variableList() throws(SyntaxError) -> [String] {
    skipNewlines()
    var names: [String] = []
    while true {
      guard token.kind == .name else { throw error("expected the name of a variable") }
      let name = String(token.text)
      guard variables.updateValue(names.count, forKey: name) == nil else {
        throw error("the variable is named twice")
      }
      names.append(name)
      advance(keepingNewlines: true)
      if token.kind == .newline || token.kind == .end { return names }
      guard token.kind == .symbol(",") else { throw error("expected a comma or the end of the line") }
      advance(keepingNewlines: true)
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

  private mutating func sum() throws(SyntaxError) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw error("parentheses are nested too deeply") }
    var value = try product()
    while token.kind == .symbol("+") || token.kind == .symbol("-") {
      let place = token
      advance()
      let next = try product()
      do throws(Expression.Refusal) {
        try value.add(next, negated: place.kind == .symbol("-"))
      } catch {
        throw self.error(error.reason, at: place)
      }
    }
    return value
  }

  private mutating func product() throws(SyntaxError) -> Expression {
    var value = try factor()
    while token.kind == .symbol("*") || token.kind == .symbol("/") {
      let place = token
      advance()
      let operand = token
      let next = try factor()
      var divisor = Engine.Rational(1)
      if place.kind == .symbol("/") {
        guard let constant = next.constant else {
          throw error("only division by numbers is possible", at: operand)
        }
        guard residue(constant) != 0 else { throw error("division by zero", at: operand) }
        divisor = constant
      }
      do throws(Expression.Refusal) {
        if place.kind == .symbol("*") { try value.multiply(by: next) } else { try value.divide(by: divisor) }
      } catch {
        throw self.error(error.reason, at: place)
      }
    }
    return value
  }

  private mutating func factor() throws(SyntaxError) -> Expression {
    var isNegative = false
    while token.kind == .symbol("+") || token.kind == .symbol("-") {
      if token.kind == .symbol("-") { isNegative.toggle() }
      advance()
    }
    var value = try atom()
    // A second `^` would be ambiguous and is an error of its own in what follows.
    if token.kind == .symbol("^") {
      let place = token
      advance()
      guard token.kind == .number else { throw error("expected an exponent, a nonnegative integer") }
      guard let exponent = Int(token.text), exponent <= Int(Expression.exponentLimit) else {
        throw error("the exponent is too large")
      }
      advance()
      do throws(Expression.Refusal) {
        value = try value.power(exponent)
      } catch {
        throw self.error(error.reason, at: place)
      }
    }
    if isNegative { value.negate() }
    return value
  }

  private mutating func atom() throws(SyntaxError) -> Expression {
    let place = token
    switch place.kind {
    case .number:
      guard place.text.count <= Self.digitLimit, let integer = try? Engine.Integer(decimal: place.text) else {
        throw error("the number has too many digits")
      }
      advance()
      return Expression(constant: Engine.Rational(integer), variableCount: variables.count)
    case .name:
      guard let variable = variables[String(place.text)] else { throw error("unknown variable") }
      advance()
      return Expression(variable: variable, variableCount: variables.count)
    case .symbol("("):
      advance()
      let value = try sum()
      guard token.kind == .symbol(")") else { throw error("expected an operator or a closing parenthesis") }
      advance()
      return value
    default:
      throw error("expected a number, a variable or an opening parenthesis")
    }
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
