import Algebra
import Arrangements

/// What the strata of one block came to, as a neutral value: what a run keeps, a store holds and machines
/// exchange. It contains enough of every local minimum to prove its position again at any precision.
public struct BlockRecord: Codable, Hashable, Sendable {
  /// A local minimum; see `LocalMinimum`.
  public struct Minimum: Codable, Hashable, Sendable {
    /// The numbers of its faces among the unit faces, increasing.
    public var faces: [Int]
    public var outputSigns: [Int]
    public var patterns: [String]
    public var rank: Int
    /// Positions in `faces`.
    public var support: [Int]
    /// For each face of the support a rational number near its share, from which Newton's method converges.
    public var shares: [String]
    /// The precision in bits at which the point was proved.
    public var precision: Int
    /// Whether `max |η| ≤ λ` was proved; otherwise `max |η| > λ` was.
    public var isGlobalForEveryWidth: Bool
  }

  /// The number of the block.
  public var block: Int
  public var decided = EnumerationResult.Strata.Decided()
  public var minima: [Minimum] = []
  public var undecided: [EnumerationResult.Undecided] = []

  init(block: Int) { self.block = block }

  /// The number of strata.
  public var count: Int { decided.total + undecided.count }

  /// Whether the numbers are such that sums of them fit; what they say is checked where they are used.
  public var isPlausible: Bool {
    let numbers = [block, decided.pruned, decided.filter, decided.ball, decided.exact]
    return numbers.allSatisfy { (0..<1 << 40).contains($0) }
  }

  // MARK: - Adding decisions

  mutating func pruned(_ count: Int) { decided.pruned += count }
  mutating func rejectedByFilter() { decided.filter += 1 }

  mutating func add<Engine: AlgebraEngine>(
    _ decision: StratumDecision<Engine>, faces: [UnitFace<Engine>]
  ) throws {
    switch decision {
    case .rejected(let stage): record(stage)
    case .localMinimum(let minimum, let stage):
      record(stage)
      minima.append(try Minimum(minimum))
    case .undecided(let reason):
      undecided.append(
        EnumerationResult.Undecided(
          faces: faces.map { $0.signs?.description ?? "all" }, reason: reason))
    }
  }

  private mutating func record(_ stage: DecisionStage) {
    switch stage {
    case .filter: decided.filter += 1
    case .ball: decided.ball += 1
    case .exact: decided.exact += 1
    }
  }
}

extension EnumerationResult.Strata.Decided {
  public var total: Int { pruned + filter + ball + exact }

  static func += (sum: inout Self, other: Self) {
    sum.pruned += other.pruned
    sum.filter += other.filter
    sum.ball += other.ball
    sum.exact += other.exact
  }
}

/// A record that cannot come from this problem: it was changed, or another program wrote it.
public struct InvalidRecord: Error, Hashable, Sendable, CustomStringConvertible {
  public let block: Int
  let reason: String

  public var description: String { "the record of block \(block) does not fit the problem: \(reason)" }
}

// MARK: - Local minima and their records

extension BlockRecord.Minimum {
  init<Engine: AlgebraEngine>(_ minimum: LocalMinimum<Engine>) throws {
    faces = minimum.faceIndices
    outputSigns = minimum.outputSigns
    patterns = minimum.patterns.map(\.description)
    rank = minimum.rank
    support = minimum.point.support
    shares = try minimum.point.shares.map { try $0.midpoint.bounds().lower.description }
    precision = minimum.point.precision
    isGlobalForEveryWidth = minimum.isGlobalForEveryWidth
  }
}

extension LocalMinimum {
  /// Proves the recorded point again. Cost: a step of Newton's method and one of Krawczyk's.
  ///
  /// - Throws: `InvalidRecord` if the record does not fit the problem or its point cannot be proved.
  init(_ record: BlockRecord.Minimum, inBlock block: Int, _ division: Division<Engine>) throws {
    func invalid(_ reason: String) -> InvalidRecord { InvalidRecord(block: block, reason: reason) }
    let count = record.faces.count
    guard zip(record.faces, record.faces.dropFirst()).allSatisfy({ $0 < $1 }),
      record.outputSigns.allSatisfy({ $0 == 1 || $0 == -1 }),
      record.faces.allSatisfy(division.faces.indices.contains), record.outputSigns.count == count,
      record.patterns.count == count, record.support.count == record.shares.count,
      record.support.allSatisfy((0..<count).contains), Set(record.support).count == record.support.count,
      (0...count).contains(record.rank), record.precision >= 2, record.precision <= 1 << 20
    else { throw invalid("the faces of a minimum") }
    guard let patterns = try? record.patterns.map({ try SignVector(text: $0) }),
      let shares = try? record.shares.map({ try Engine.Rational(exactly: $0) })
    else { throw invalid("the numbers of a minimum") }
    let faces = record.faces.map { division.faces[$0] }
    let system = try StratumSystem(division, faces: faces)
    guard
      let point = CriticalPoint(
        in: system, support: record.support, shares: shares, precision: record.precision),
      point.shares.allSatisfy({ $0.sign == .positive })
    else { throw invalid("the position of a minimum cannot be proved") }
    self.init(
      faces: faces, outputSigns: record.outputSigns, patterns: patterns, rank: record.rank, point: point,
      certificate: record.isGlobalForEveryWidth ? .atMostOne : .aboveOne)
  }
}

extension CriticalPoint {
  /// Proves the point near these shares, at this precision or a somewhat higher one; `nil` if that fails.
  fileprivate init?(
    in system: StratumSystem<Engine>, support: [Int], shares: [Engine.Rational], precision: Int
  ) {
    guard !support.isEmpty else {
      self.init(originOf: system, precision: precision)
      return
    }
    for precision in [precision, 2 * precision, 4 * precision] {
      let solver = CriticalPointSolver(system, support: support, precision: precision)
      if let point = solver.solve(from: shares.map { Ball($0, precision: precision) }) {
        self = point
        return
      }
    }
    return nil
  }
}
