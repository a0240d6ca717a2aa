extension BifurcationResult {
  /// A branch of critical points that leaves W = I, as far as it was followed.
  ///
  /// Each point, fold and secondary bifurcation is proved to exist where it says; that they lie on one curve is not.
  public struct Branch: Codable, Hashable, Sendable {
    /// Why it is not followed any further.
    public enum End: String, Codable, Hashable, Sendable {
      /// It turns back at a fold, beyond which it cannot be followed.
      case fold
      /// Steps became too short or too many.
      case limit
      /// λ reached the end of the range.
      case boundary
      /// It comes to where the loss is not smooth, to W = I, or to the linear network at λ = 0.
      case collision
    }

    /// The number of the critical value at which it begins, from 1.
    public var from: Int
    public var isotropy: String
    public var direction: HalfBranch.Direction
    /// Of the isotropy group.
    public var generators: [[Int]]
    /// The number of images under simultaneous permutations of rows and columns.
    public var orbitLength: Int
    public var end: End
    public var points: [Point]
    /// Where the branch turns back in λ.
    public var folds: [SingularPoint]
    /// Where branches of less symmetry leave it.
    public var secondary: [SingularPoint]

    public init(
      from: Int, isotropy: String, direction: HalfBranch.Direction, generators: [[Int]], orbitLength: Int,
      end: End, points: [Point], folds: [SingularPoint], secondary: [SingularPoint]
    ) {
      self.from = from
      self.isotropy = isotropy
      self.direction = direction
      self.generators = generators
      self.orbitLength = orbitLength
      self.end = end
      self.points = points
      self.folds = folds
      self.secondary = secondary
    }
  }

  /// A critical point W.
  public struct Point: Codable, Hashable, Sendable {
    public var parameter: DecimalEnclosure
    /// The rows are the units' weights.
    public var matrix: [[DecimalEnclosure]]
    public var loss: DecimalEnclosure
    /// The number of negative eigenvalues of the Hessian, all others being positive.
    public var index: Int

    public init(parameter: DecimalEnclosure, matrix: [[DecimalEnclosure]], loss: DecimalEnclosure, index: Int)
    {
      self.parameter = parameter
      self.matrix = matrix
      self.loss = loss
      self.index = index
    }
  }

  /// A critical point with a singular Hessian.
  public struct SingularPoint: Codable, Hashable, Sendable {
    public var parameter: DecimalEnclosure
    public var matrix: [[DecimalEnclosure]]
    public var loss: DecimalEnclosure
    /// The representation of the isotropy group in the kernel, by partitions of its blocks' sizes; absent for folds.
    public var type: String?
    /// Of the kernel.
    public var nullity: Int

    public init(
      parameter: DecimalEnclosure, matrix: [[DecimalEnclosure]], loss: DecimalEnclosure, type: String? = nil,
      nullity: Int
    ) {
      self.parameter = parameter
      self.matrix = matrix
      self.loss = loss
      self.type = type
      self.nullity = nullity
    }
  }

  /// A critical point that a search found.
  public struct FoundPoint: Codable, Hashable, Sendable {
    public var isotropy: String
    public var generators: [[Int]]
    public var matrix: [[DecimalEnclosure]]
    public var loss: DecimalEnclosure
    public var index: Int
    /// The number of images under simultaneous permutations of rows and columns.
    public var orbitLength: Int

    public init(
      isotropy: String, generators: [[Int]], matrix: [[DecimalEnclosure]], loss: DecimalEnclosure, index: Int,
      orbitLength: Int
    ) {
      self.isotropy = isotropy
      self.generators = generators
      self.matrix = matrix
      self.loss = loss
      self.index = index
      self.orbitLength = orbitLength
    }
  }
}
