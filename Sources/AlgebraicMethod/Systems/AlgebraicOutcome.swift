import LandscapeModel

/// What the algebraic method found out about the strata of a problem.
package struct AlgebraicOutcome<Minimum: Sendable>: Sendable {
  /// The number of faces on which one unit can be alive.
  package let facesPerUnit: Int
  /// The number of strata, and of those that have been visited.
  package let strataCount: Int
  package let visitedCount: Int
  package let minima: [Minimum]
  package let undecided: [Undecided]
  /// How many of them are strata.
  package let undecidedStrata: Int
  package let decomposition: EnumerationResult.Decomposition?

  /// Whether every stratum was visited and nothing is undecided.
  package var isComplete: Bool { visitedCount == strataCount && undecided.isEmpty }
}
