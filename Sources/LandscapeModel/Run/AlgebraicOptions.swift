/// Which open regions the algebraic method visits.
public enum PatternSelection: String, Sendable, Hashable, CaseIterable {
  /// Those that some hidden weight has.
  case feasible
  /// All sign patterns.
  case all
}

/// What may be chosen for the algebraic method.
public struct AlgebraicOptions: Sendable, Hashable {
  /// Significant decimal digits of all enclosures, at least 1.
  public var digits = 15
  /// Which open regions are decomposed. Infeasible ones hold no minima.
  public var patterns = PatternSelection.feasible
  /// Whether units have their directions, and each component's point its fitted values and residuals.
  public var describesFit = true

  public init(digits: Int = 15, patterns: PatternSelection = .feasible, describesFit: Bool = true) {
    self.digits = digits
    self.patterns = patterns
    self.describesFit = describesFit
  }
}
