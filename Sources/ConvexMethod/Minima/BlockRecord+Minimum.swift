import Algebra
import LandscapeModel
import Strata

extension BlockRecord {
  package mutating func pruned(_ count: Int) { decided.pruned += count }
  package mutating func rejectedByFilter() { decided.filter += 1 }

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

// MARK: - Local minima and their records

extension BlockRecord.Minimum {
  package init<Engine: AlgebraEngine>(_ minimum: LocalMinimum<Engine>) throws {
    self.init(
      faces: minimum.faceIndices, outputSigns: minimum.outputSigns,
      patterns: minimum.patterns.map(\.description), rank: minimum.rank, support: minimum.point.support,
      shares: try minimum.point.shares.map { try $0.midpoint.bounds().lower.description },
      precision: minimum.point.precision, isGlobalForEveryWidth: minimum.isGlobalForEveryWidth)
  }
}

extension LocalMinimum {
  /// Proves the recorded point again. Cost: a step of Newton's method and one of Krawczyk's.
  ///
  /// - Throws: `InvalidRecord` if the record does not fit the problem or its point cannot be proved.
  package init(_ record: BlockRecord.Minimum, inBlock block: Int, _ division: Division<Engine>) throws {
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
