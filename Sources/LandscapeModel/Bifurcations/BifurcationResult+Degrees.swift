extension BifurcationResult {
  /// An orbit type of the symmetric group with its coefficient in an element of the Burnside ring.
  public struct OrbitType: Codable, Hashable, Sendable {
    public var orbitType: String
    public var order: Int
    public var generators: [[Int]]
    public var coefficient: Int
  }

  /// A maximal isotropy group of the vectors of an irreducible representation.
  public struct MaximalOrbitType: Codable, Hashable, Sendable {
    public var type: String
    public var orbitType: String
    public var order: Int
    /// The dimension of the space that it fixes in one copy of the representation.
    public var fixedDimension: Int
  }

  /// The subgroups of the symmetric group, and the degrees of −1 on the irreducible representations.
  public struct Degrees: Codable, Hashable, Sendable {
    /// A conjugacy class of subgroups.
    public struct SubgroupClass: Codable, Hashable, Sendable {
      public var orbitType: String
      public var order: Int
      public var conjugates: Int
      public var generators: [[Int]]
    }

    public struct Basic: Codable, Hashable, Sendable {
      public var type: String
      /// In the order of `classes`.
      public var coefficients: [Int]
    }

    public var classes: [SubgroupClass]
    /// The covering pairs of subconjugacy, the lesser class first, as positions in `classes` from 0.
    public var subgroups: [[Int]]
    public var basic: [Basic]
  }
}
