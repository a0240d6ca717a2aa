/// A formula that is evaluated in doubles: `+ - * / ^ ( )`, numbers, names and `sqrt(…)`, as results print them.
struct Formula {
  private enum Operation {
    case number(Double)
    case variable(Int)
    case add
    case subtract
    case multiply
    case divide
    case negate
    case power(Int)
    case squareRoot
  }

  /// In postfix order.
  private let operations: [Operation]

  /// - Parameter variables: the names, in the order of the values.
  /// - Returns: `nil` for a text that is no formula in these names.
  init?(_ text: String, variables: [String]) {
    var parser = Parser(text: Array(text.unicodeScalars), variables: variables)
    guard parser.sum(), parser.isAtEnd else { return nil }
    operations = parser.operations
  }

  /// The number that a text without names is, such as `1/10`.
  static func value(of text: String) -> Double? { Formula(text, variables: [])?([]) }

  /// - Parameter values: one for each variable.
  func callAsFunction(_ values: [Double]) -> Double {
    var stack: [Double] = []
    stack.reserveCapacity(16)
    for operation in operations {
      switch operation {
      case .number(let value): stack.append(value)
      case .variable(let index): stack.append(values[index])
      case .negate: stack[stack.count - 1].negate()
      case .squareRoot: stack[stack.count - 1].formSquareRoot()
      case .power(let exponent): stack[stack.count - 1] = Self.power(stack[stack.count - 1], exponent)
      case .add, .subtract, .multiply, .divide:
        let right = stack.removeLast()
        let left = stack[stack.count - 1]
        stack[stack.count - 1] =
          switch operation {
          case .add: left + right
          case .subtract: left - right
          case .multiply: left * right
          default: left / right
          }
      }
    }
    return stack[0]
  }

  private static func power(_ base: Double, _ exponent: Int) -> Double {
    var (result, square, rest) = (1.0, base, exponent)
    while rest > 0 {
      if rest % 2 == 1 { result *= square }
      square *= square
      rest /= 2
    }
    return result
  }

  /// Recursive descent; each function tells whether it could read what it is called after.
  private struct Parser {
    let text: [Unicode.Scalar]
    let variables: [String]
    var position = 0
    var depth = 0
    var operations: [Operation] = []

    private static let mostDepth = 200

    init(text: [Unicode.Scalar], variables: [String]) {
      self.text = text.filter { !$0.properties.isWhitespace }
      self.variables = variables
    }

    var isAtEnd: Bool { position == text.count }
    private var next: Unicode.Scalar? { isAtEnd ? nil : text[position] }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
      guard next == scalar else { return false }
      position += 1
      return true
    }

    mutating func sum() -> Bool {
      depth += 1
      defer { depth -= 1 }
      guard depth < Self.mostDepth, product() else { return false }
      while true {
        if take("+") {
          guard product() else { return false }
          operations.append(.add)
        } else if take("-") {
          guard product() else { return false }
          operations.append(.subtract)
        } else {
          return true
        }
      }
    }

    private mutating func product() -> Bool {
      if take("-") {
        guard product() else { return false }
        operations.append(.negate)
        return true
      }
      guard power() else { return false }
      while true {
        if take("*") {
          guard power() else { return false }
          operations.append(.multiply)
        } else if take("/") {
          guard power() else { return false }
          operations.append(.divide)
        } else {
          return true
        }
      }
    }

    private mutating func power() -> Bool {
      guard atom() else { return false }
      guard take("^") else { return true }
      guard let exponent = Int(run(Self.isDigit)), exponent < 1_000_000 else { return false }
      operations.append(.power(exponent))
      return true
    }

    private mutating func atom() -> Bool {
      if take("(") { return sum() && take(")") }
      guard let first = next else { return false }
      if Self.isDigit(first) || first == "." {
        guard let value = Double(run { Self.isDigit($0) || $0 == "." }) else { return false }
        operations.append(.number(value))
        return true
      }
      let name = run { !"+-*/^()".unicodeScalars.contains($0) }
      if let index = variables.firstIndex(of: name) {
        operations.append(.variable(index))
        return true
      }
      guard name == "sqrt", take("("), sum(), take(")") else { return false }
      operations.append(.squareRoot)
      return true
    }

    private mutating func run(_ belongs: (Unicode.Scalar) -> Bool) -> String {
      var result = ""
      while let scalar = next, belongs(scalar) {
        result.unicodeScalars.append(scalar)
        position += 1
      }
      return result
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
  }
}
