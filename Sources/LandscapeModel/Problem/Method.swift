/// How local minima are found and proved.
public enum Method: String, Hashable, Sendable, Codable, CaseIterable {
  /// The group lasso of every stratum, a convex problem.
  case convex
  /// The gradient ideal of every stratum, decomposed.
  case algebraic
  /// Both of them, compared.
  case both
}
