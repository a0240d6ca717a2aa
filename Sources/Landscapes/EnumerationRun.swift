import Algebra
import Synchronization

/// What a range of strata came to.
struct ShardOutcome<Engine: AlgebraEngine>: Sendable {
  private(set) var count = 0
  private(set) var decided = EnumerationResult.Strata.Decided(filter: 0, ball: 0, exact: 0)
  private(set) var minima: [LocalMinimum<Engine>] = []
  private(set) var undecided: [EnumerationResult.Undecided] = []

  mutating func rejectedByFilter() {
    count += 1
    decided.filter += 1
  }

  mutating func add(_ decision: StratumDecision<Engine>, faces: [UnitFace<Engine>]) {
    count += 1
    switch decision {
    case .rejected(let stage): record(stage)
    case .localMinimum(let minimum, let stage):
      record(stage)
      minima.append(minimum)
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

  mutating func merge(_ other: ShardOutcome) {
    count += other.count
    decided.filter += other.decided.filter
    decided.ball += other.decided.ball
    decided.exact += other.decided.exact
    minima += other.minima
    undecided += other.undecided
  }
}

/// The finished shards of a running enumeration; may be read from any thread while the run goes on.
public final class EnumerationRun<Engine: AlgebraEngine>: Sendable {
  private struct State {
    var shards: [Int: ShardOutcome<Engine>] = [:]
    var count = 0
  }

  private let state = Mutex(State())

  public init() {}

  /// Keeps a shard's outcome; returns the number of strata decided so far.
  func add(_ outcome: ShardOutcome<Engine>, shard: Int) -> Int {
    state.withLock { state in
      state.shards[shard] = outcome
      state.count += outcome.count
      return state.count
    }
  }

  /// Everything so far, in the order of the shards.
  func snapshot() -> ShardOutcome<Engine> {
    state.withLock { state in
      var merged = ShardOutcome<Engine>()
      for shard in state.shards.keys.sorted() {
        if let outcome = state.shards[shard] { merged.merge(outcome) }
      }
      return merged
    }
  }
}
