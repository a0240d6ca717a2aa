/// How a Gröbner basis is computed; none of this changes the basis.
public struct GroebnerOptions: Hashable, Sendable {
  /// What is known about a result.
  public enum Guarantee: String, Hashable, Sendable, Codable {
    /// Right unless primes drawn at random were unlucky in the same way.
    ///
    /// Over Q the primes are drawn from about 2.5 · 10⁷ with a hash of the system as seed. That the basis generates
    /// the ideal of the system is tested modulo eight of them that took no part in finding it, with a probability of
    /// error far below 10⁻²⁰. That it is a Gröbner basis rests on two of them: if U primes are unlucky, on less than
    /// (U / 2.5 · 10⁷)²; a system with coefficients of a few digits has seldom more than some tens of such primes.
    /// Converted bases and parametrisations agree with a further prime. Over a prime field the random combinations
    /// of linear algebra miss a row with a probability below 2⁻⁶⁰.
    case probable
    /// A theorem.
    case proved
  }

  /// The wanted guarantee. Over a prime field a proof costs the reduction of rows that vanish; over Q it
  /// takes exact arithmetic after the computation.
  public var guarantee: Guarantee

  public init(guarantee: Guarantee = .probable) { self.guarantee = guarantee }
}
