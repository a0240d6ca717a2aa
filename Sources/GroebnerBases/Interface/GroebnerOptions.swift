/// How a Gröbner basis is computed; none of this changes the basis.
public struct GroebnerOptions: Hashable, Sendable {
  /// What is known about a result.
  public enum Guarantee: String, Hashable, Sendable, Codable {
    /// Right unless several independent random events of probability below 2⁻²⁹ each happened together.
    case probable
    /// A theorem.
    case proved
  }

  /// The wanted guarantee. Over a prime field a proof costs the reduction of rows that vanish; over Q it
  /// takes exact arithmetic after the computation.
  public var guarantee: Guarantee

  public init(guarantee: Guarantee = .probable) { self.guarantee = guarantee }
}
