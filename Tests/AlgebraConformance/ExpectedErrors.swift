import Algebra

/// Whether the operation fails with the error of the given kind, whatever text it carries.
private func fails<Result>(_ operation: () throws -> Result, with matches: (AlgebraError) -> Bool) -> Bool {
  do {
    _ = try operation()
    return false
  } catch {
    return (error as? AlgebraError).map(matches) ?? false
  }
}

func isTooLarge<Result>(_ operation: () throws -> Result) -> Bool {
  fails(operation) { if case .tooLarge = $0 { true } else { false } }
}

func isOutOfRange<Result>(_ operation: () throws -> Result) -> Bool {
  fails(operation) { if case .outOfRange = $0 { true } else { false } }
}

func isDomainError<Result>(_ operation: () throws -> Result) -> Bool {
  fails(operation) { if case .domain = $0 { true } else { false } }
}

func isShapeMismatch<Result>(_ operation: () throws -> Result) -> Bool {
  fails(operation) { if case .shapeMismatch = $0 { true } else { false } }
}
