/// What exact arithmetic refuses to do.
///
/// Every case is something a caller can cause; it is thrown before a backend is asked, so that no backend
/// ever meets an operation it would abort on. Violations of an API's own preconditions trap instead.
public enum AlgebraError: Error, Hashable, Sendable {
  /// Division by zero, or the inverse of zero.
  case divisionByZero
  /// The divisor does not divide exactly.
  case inexactDivision
  /// Matrix or vector shapes that do not fit, with what was expected and found.
  case shapeMismatch(expected: String, found: String)
  /// A linear system or an inverse with a singular matrix.
  case singularMatrix
  /// Operands from different polynomial rings.
  case ringMismatch
  /// An exponent, a degree or an index outside of what is supported.
  case outOfRange(String)
  /// The result would be too large to be stored (guards against exhausting the memory).
  case tooLarge(String)
  /// A root of a negative number, or of zero where it must not vanish.
  case domain(String)
  /// Text that is not a number or expression of the stated kind.
  case malformed(text: String, reason: String)
}

extension AlgebraError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .divisionByZero: "division by zero"
    case .inexactDivision: "the division leaves a remainder"
    case .shapeMismatch(let expected, let found): "expected \(expected), found \(found)"
    case .singularMatrix: "the matrix is singular"
    case .ringMismatch: "the operands belong to different polynomial rings"
    case .outOfRange(let what): "out of range: \(what)"
    case .tooLarge(let what): "too large: \(what)"
    case .domain(let what): "outside the domain: \(what)"
    case .malformed(let text, let reason): "'\(text)': \(reason)"
    }
  }
}
