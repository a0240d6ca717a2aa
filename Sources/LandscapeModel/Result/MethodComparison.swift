/// Whether the results of the two roads on one problem contradict each other.
///
/// A component that only one road lists is compatible with a stratum that the other has left undecided; such
/// components are counted.
public struct MethodComparison: Codable, Hashable, Sendable {
  /// The number of components that both roads list.
  public package(set) var agreements = 0
  /// The number of components that one road lists where the other is undecided.
  public package(set) var compatible = 0
  /// What cannot both be true, in words; empty if the roads agree.
  public package(set) var contradictions: [String] = []

  package init() {}
}
