import Algebra
import Dispatch
import Synchronization

/// Finds all local minima of a problem: divide, enumerate, merge.
///
/// Guarantee: if the result is `complete`, its components are all connected components of the set of local
/// minima, up to the symmetries of the network; every listed one is proved to be one. Method: the convex
/// road, which decides every set of at most `L` distinct faces of the arrangement of the data
/// (Fukasaku, Kabata, Okuno, arXiv 2508.17783, for the division; the group lasso of each stratum replaces the
/// decomposition of its gradient ideal).
///
/// Cost: one decision for each of the `Σ_m C(F, m)` strata, most of them a few microseconds.
public struct Enumeration<Engine: AlgebraEngine>: Sendable {
  /// What may be chosen; `usesFilter` leaves the result unchanged.
  public struct Options: Sendable, Hashable {
    /// Significant decimal digits of all enclosures, at least 1.
    public var digits = 15
    /// Whether the floating-point filter is used. Without it every stratum is decided in ball arithmetic.
    public var usesFilter = true
    /// Whether components are described in exact numbers as well. Costs much more than finding them.
    public var describesExactly = false

    public init(digits: Int = 15, usesFilter: Bool = true, describesExactly: Bool = false) {
      self.digits = digits
      self.usesFilter = usesFilter
      self.describesExactly = describesExactly
    }
  }

  public let problem: Problem<Engine>
  public let options: Options
  private let control: Control
  private let scaling: Scaling<Engine>
  private let division: Division<Engine>
  private let tables: FilterTables
  private let certifier: StratumCertifier<Engine>
  private let strata: StratumIndex

  /// The number of strata that one work item decides.
  private static var shardSize: Int { 4096 }

  /// Divides the parameter space.
  ///
  /// - Throws: `LimitReached`; `EnumerationError.tooManyStrata` if their number does not fit a machine word.
  public init(_ problem: Problem<Engine>, options: Options = Options(), control: Control = Control()) throws {
    precondition(options.digits >= 1)
    self.problem = problem
    self.options = options
    self.control = control
    Engine.prepareThread()
    control.progress?(Progress(stage: "dividing", done: 0, total: 0))
    scaling = try Scaling(problem)
    division = try Division(scaling.problem, control: control)
    guard let strata = StratumIndex(count: division.faces.count, maximumSize: problem.units) else {
      throw EnumerationError.tooManyStrata(
        StratumIndex.approximateTotal(
          count: Double(division.faces.count), maximumSize: problem.units))
    }
    self.strata = strata
    tables = try FilterTables(division, control: control)
    certifier = StratumCertifier(
      division: division, certificate: DualCertificate(division: division, tables: tables),
      exact: ExactDecision(control: control))
  }

  /// The number of faces on which one unit can be alive.
  public var facesPerUnit: Int { division.faces.count }

  /// The number of strata that will be decided.
  public var strataCount: Int { strata.total }

  /// Decides all strata. A limit that is reached ends the run early with what has been decided until then.
  public func run() throws -> EnumerationResult { try run(EnumerationRun()) }

  /// Like `run()`, on a run that another thread may ask for a partial result.
  public func run(_ state: EnumerationRun<Engine>) throws -> EnumerationResult {
    let shards = (strata.total + Self.shardSize - 1) / Self.shardSize
    let workers = max(1, min(control.threads, shards))
    let next = Atomic<Int>(0)
    let failure = Mutex<(any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      Engine.prepareThread()
      do {
        let filter = StratumFilter(tables: tables, maximumFaces: problem.units)
        while true {
          let shard = next.add(1, ordering: .relaxed).oldValue
          guard shard < shards else { return }
          let numbers = (shard * Self.shardSize)..<min((shard + 1) * Self.shardSize, strata.total)
          let outcome = try decide(numbers, filter)
          let done = state.add(outcome, shard: shard)
          control.progress?(Progress(stage: "strata", done: done, total: strata.total))
        }
      } catch is LimitReached {
        return
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    return try result(of: state)
  }

  /// What has been decided so far, merged; consistent at any time.
  public func result(of state: EnumerationRun<Engine>) throws -> EnumerationResult {
    let outcome = state.snapshot()
    let decided = outcome.decided
    let isComplete = outcome.count == strata.total && outcome.undecided.isEmpty
    let builder = ComponentBuilder(
      scaling: scaling, division: division, certificate: certifier.certificate,
      exact: certifier.exact.withoutLimits,
      digits: options.digits,
      describer: options.describesExactly
        ? ExactDescriber(
          scaling: scaling, division: division, exact: certifier.exact, digits: options.digits,
          control: control) : nil)
    let (components, undescribed) = try builder.components(of: outcome.minima, isComplete: isComplete)
    return EnumerationResult(
      problem: EnumerationResult.ProblemSummary(problem),
      method: "convex", complete: isComplete && undescribed.isEmpty,
      strata: EnumerationResult.Strata(
        facesPerUnit: facesPerUnit, total: strata.total, decided: decided,
        undecided: outcome.undecided.count),
      components: components,
      undecided: outcome.undecided + undescribed)
  }

  // MARK: - One shard

  private func decide(
    _ numbers: Range<Int>, _ filter: StratumFilter
  ) throws -> ShardOutcome<Engine> {
    var outcome = ShardOutcome<Engine>()
    try strata.forEachRun(in: numbers) { prefix, lasts in
      guard let lasts else {
        outcome.add(try certifier.decide([], start: []), faces: [])
        return
      }
      try control.check()
      filter.begin(prefix: prefix)
      for last in lasts {
        let isRejected = filter.rejects(last: last)
        if isRejected, options.usesFilter {
          outcome.rejectedByFilter()
          continue
        }
        try control.check()
        let faces = (prefix + [last]).map { division.faces[$0] }
        outcome.add(try certifier.decide(faces, start: filter.minimiser()), faces: faces)
      }
    }
    return outcome
  }
}

/// Why an enumeration cannot be started.
public enum EnumerationError: Error, Hashable, Sendable {
  /// About this many strata.
  case tooManyStrata(Double)
}

extension EnumerationError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .tooManyStrata(let count): "about \(count) strata are more than can be numbered"
    }
  }
}
