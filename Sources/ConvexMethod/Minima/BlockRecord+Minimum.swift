import Algebra
import LandscapeModel
import Strata

extension BlockRecord {
  package mutating func pruned(_ count: Int) { decided.pruned += count }
  package mutating func rejectedByFilter() { decided.filter += 1 }

  /// - Parameter groups: the number of groups that were tested.
  package mutating func excludedInGroups(_ count: Int, testing groups: Int) {
    decided.groups = count
    self.groups = groups
  }

  package mutating func add<Engine: AlgebraEngine>(
    _ decision: StratumDecision<Engine>, faces: [UnitFace<Engine>]
  ) throws {
    switch decision {
    case .rejected(let stage): record(stage)
    case .localMinimum(let minimum, let stage):
      record(stage)
      minima.append(try Minimum(minimum))
    case .undecided(let reason):
      undecided.append(
        UndecidedStratum(faces: faces.map(\.face), reason: reason))
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

// MARK: - Local minima and their records

extension BlockRecord.Minimum {
  package init<Engine: AlgebraEngine>(_ minimum: LocalMinimum<Engine>) throws {
    self.init(
      faces: minimum.faceIndices, outputSigns: minimum.outputSigns,
      patterns: minimum.patterns, rank: minimum.rank, support: minimum.point.support,
      shares: try minimum.point.shares.map { try $0.midpoint.bounds().lower.description },
      precision: minimum.point.precision, isGlobalForEveryWidth: minimum.isGlobalForEveryWidth)
  }
}

extension StratumCertifier {
  /// Proves a recorded minimum again, wholly: the record tells where to look and is believed in nothing.
  ///
  /// Cost: that of a decision in ball arithmetic, with the certificate on all faces.
  ///
  /// - Throws: `InvalidRecord` if the record does not fit the problem, or what it says cannot be proved;
  ///   `Interruption`.
  package func minimum(
    of record: BlockRecord.Minimum, inBlock block: Int
  ) throws -> LocalMinimum<Engine> {
    func invalid(_ reason: String) -> InvalidRecord { InvalidRecord(block: block, reason: reason) }
    let count = record.faces.count
    guard zip(record.faces, record.faces.dropFirst()).allSatisfy({ $0 < $1 }),
      record.faces.allSatisfy(division.faces.indices.contains),
      record.support.count == record.shares.count, record.support.allSatisfy((0..<count).contains),
      Set(record.support).count == record.support.count, record.precision >= 2, record.precision <= 1 << 20
    else { throw invalid("the faces of a minimum") }
    guard let shares = try? record.shares.map({ try Engine.Rational(exactly: $0) }),
      shares.allSatisfy({ $0 > 0 })
    else { throw invalid("the numbers of a minimum") }
    var start = [Double](repeating: 0, count: count)
    for (position, share) in zip(record.support, shares) { start[position] = share.doubleValue }
    guard
      case .localMinimum(let minimum, _) = try decide(record.faces.map { division.faces[$0] }, start: start)
    else { throw invalid("a minimum cannot be proved") }
    guard minimum.patterns == record.patterns else { throw invalid("the patterns of a minimum") }
    guard minimum.outputSigns == record.outputSigns else { throw invalid("the output signs of a minimum") }
    guard minimum.rank == record.rank else { throw invalid("the rank of a minimum") }
    guard minimum.isGlobalForEveryWidth == record.isGlobalForEveryWidth else {
      throw invalid("whether a minimum is global for every width")
    }
    return minimum
  }
}
