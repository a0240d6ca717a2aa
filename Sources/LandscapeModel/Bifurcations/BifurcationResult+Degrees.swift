extension BifurcationResult {
  /// An orbit type of the symmetric group with its coefficient in an element of the Burnside ring.
  public struct OrbitType: Codable, Hashable, Sendable {
    public var orbitType: String
    public var order: Int
    public var generators: [[Int]]
    public var coefficient: Int

    public init(orbitType: String, order: Int, generators: [[Int]], coefficient: Int) {
      self.orbitType = orbitType
      self.order = order
      self.generators = generators
      self.coefficient = coefficient
    }
  }

  /// A maximal isotropy group of the vectors of an irreducible representation.
  public struct MaximalOrbitType: Codable, Hashable, Sendable {
    public var type: String
    public var orbitType: String
    public var order: Int
    /// The dimension of the space that it fixes in one copy of the representation.
    public var fixedDimension: Int

    public init(type: String, orbitType: String, order: Int, fixedDimension: Int) {
      self.type = type
      self.orbitType = orbitType
      self.order = order
      self.fixedDimension = fixedDimension
    }
  }

  /// The subgroups of the symmetric group, and the degrees of −1 on the irreducible representations.
  public struct Degrees: Codable, Hashable, Sendable {
    /// A conjugacy class of subgroups.
    public struct SubgroupClass: Codable, Hashable, Sendable {
      public var orbitType: String
      public var order: Int
      public var conjugates: Int
      public var generators: [[Int]]

      public init(orbitType: String, order: Int, conjugates: Int, generators: [[Int]]) {
        self.orbitType = orbitType
        self.order = order
        self.conjugates = conjugates
        self.generators = generators
      }
    }

    public struct Basic: Codable, Hashable, Sendable {
      public var type: String
      /// In the order of `classes`.
      public var coefficients: [Int]

      public init(type: String, coefficients: [Int]) {
        self.type = type
        self.coefficients = coefficients
      }
    }

    public var classes: [SubgroupClass]
    /// The covering pairs of subconjugacy, the lesser class first, as positions in `classes` from 0.
    public var subgroups: [[Int]]
    public var basic: [Basic]

    public init(classes: [SubgroupClass], subgroups: [[Int]], basic: [Basic]) {
      self.classes = classes
      self.subgroups = subgroups
      self.basic = basic
    }
  }
}
