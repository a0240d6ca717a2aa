/// What the strata of one block came to, as a neutral value: what a run keeps, a store holds and machines
/// exchange. It tells of every local minimum what has been proved, and enough to prove it again.
public struct BlockRecord: Codable, Hashable, Sendable {
  /// A local minimum; see `LocalMinimum`.
  public struct Minimum: Codable, Hashable, Sendable {
    /// The numbers of its faces among the unit faces, increasing.
    public var faces: [Int]
    public var outputSigns: [Int]
    public var patterns: [SignVector]
    public var rank: Int
    /// Positions in `faces`.
    public var support: [Int]
    /// For each face of the support a rational number near its share, from which Newton's method converges.
    public var shares: [String]
    /// The precision in bits at which the point was proved.
    public var precision: Int
    /// Whether `max |η| ≤ λ` was proved; otherwise `max |η| > λ` was.
    public var isGlobalForEveryWidth: Bool

    package init(
      faces: [Int], outputSigns: [Int], patterns: [SignVector], rank: Int, support: [Int], shares: [String],
      precision: Int, isGlobalForEveryWidth: Bool
    ) {
      self.faces = faces
      self.outputSigns = outputSigns
      self.patterns = patterns
      self.rank = rank
      self.support = support
      self.shares = shares
      self.precision = precision
      self.isGlobalForEveryWidth = isGlobalForEveryWidth
    }
  }

  /// A stratum that could not be decided, by its faces, and why.
  public struct UndecidedStratum: Codable, Hashable, Sendable {
    public var faces: [Face]
    public var reason: String

    package init(faces: [Face], reason: String) {
      self.faces = faces
      self.reason = reason
    }
  }

  /// The number of the block.
  public var block: Int
  public var decided = EnumerationResult.Strata.Decided()
  public var minima: [Minimum] = []
  public var undecided: [UndecidedStratum] = []
  /// The number of groups of strata that were tested; absent if strata are decided one by one.
  public var groups: Int?

  package init(block: Int) { self.block = block }

  /// The number of strata.
  public var count: Int { decided.total + undecided.count }

  /// Whether the numbers are such that sums of them fit; what they say is checked where they are used.
  public var isPlausible: Bool {
    let numbers = [block, groups ?? 0] + decided.numbers
    return numbers.allSatisfy { (0..<1 << 40).contains($0) }
  }
}

extension EnumerationResult.Strata.Decided {
  public var total: Int { numbers.reduce(0, +) }

  package var numbers: [Int] { [groups ?? 0, pruned, filter, ball, exact] }

  package static func += (sum: inout Self, other: Self) {
    if let groups = other.groups { sum.groups = (sum.groups ?? 0) + groups }
    sum.pruned += other.pruned
    sum.filter += other.filter
    sum.ball += other.ball
    sum.exact += other.exact
  }
}

/// A record that cannot come from this problem: it was changed, or another program wrote it.
public struct InvalidRecord: Error, Hashable, Sendable, CustomStringConvertible {
  public let block: Int
  public let reason: String

  package init(block: Int, reason: String) {
    self.block = block
    self.reason = reason
  }

  public var description: String { "the record of block \(block) does not fit the problem: \(reason)" }
}
