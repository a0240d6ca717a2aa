import Components
import Algebra
import ConvexMethod
import LandscapeModel
import Strata

/// Finds all local minima of a problem: divide, enumerate, merge.
///
/// Guarantee: if the result is `complete`, its components are all connected components of the set of local
/// minima, up to the symmetries of the network; every listed one is proved to be one. Method: the convex
/// method, which decides every set of at most `L` distinct faces of the arrangement of the data
/// (Fukasaku, Kabata, Okuno, arXiv 2508.17783, for the division; the group lasso of each stratum replaces the
/// decomposition of its gradient ideal).
///
/// Cost: one decision for each of the `Σ_m C(F, m)` strata, most of them a few microseconds.
public struct Enumeration<Engine: AlgebraEngine>: Sendable {
  public typealias Options = EnumerationOptions

  public let problem: Problem<Engine>
  public let options: Options
  let control: Control
  private let scaling: Scaling<Engine>
  let division: Division<Engine>
  let tables: FilterTables
  let preciseTables: PreciseTables
  let certifier: StratumCertifier<Engine>
  let strata: StratumIndex
  private let screening = LazyValue<ScreeningTable>()
  let proved = ProvedMinima<Engine>()
  /// Not `nil` if strata are decided in groups.
  let grouped: GroupedStrata?
  /// How the strata are cut into pieces of work.
  public let blocks: StratumBlocks

  /// Where there are so many strata and faces, groups take less time than strata one by one (measured).
  private static var usualGrouping: Int { 1 << 21 }
  private static var fewestGroupedFaces: Int { 160 }

  /// Divides the parameter space.
  ///
  /// - Throws: `Interruption`; `EnumerationError.tooManyStrata` if their number does not fit a machine word.
  public init(_ problem: Problem<Engine>, options: Options = Options(), control: Control = Control()) throws {
    try self.init(
      problem, options: options, control: control, groupingFrom: Self.usualGrouping,
      groupedFaces: Self.fewestGroupedFaces)
  }

  /// - Parameters:
  ///   - groupingFrom: the least number of strata for which they are decided in groups, where they can be.
  ///   - groupedFaces: the least number of faces.
  init(
    _ problem: Problem<Engine>, options: Options, control: Control, groupingFrom: Int, groupedFaces: Int = 0
  ) throws {
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
    if options.usesFilter, options.prunes, strata.total >= groupingFrom, strata.count >= groupedFaces,
      (2...GroupSearch.mostFaces).contains(strata.maximumSize), let cells = PlanarCells(division, tables)
    {
      grouped = GroupedStrata(cells, strata)
    } else {
      grouped = nil
    }
    blocks = grouped?.blocks ?? StratumBlocks(total: strata.total)
    preciseTables = PreciseTables(division, doubles: tables)
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
  ///
  /// - Throws: what the run's `onFinish` throws, `InvalidRecord`.
  public func run(_ run: EnumerationRun) throws -> EnumerationResult {
    try decide(run)
    return try result(of: run)
  }

  /// Decides the blocks of the run's part that are not finished. Ends early at a limit.
  ///
  /// - Throws: what the run's `onFinish` throws.
  public func decide(_ run: EnumerationRun) throws {
    let open = run.part.blocks(of: blocks).filter { !run.isFinished($0) }
    guard !open.isEmpty else { return }
    let screening: ScreeningTable?
    do {
      screening = try screeningTable(run)
    } catch is Interruption {
      return
    }
    try concurrently(count: open.count, threads: control.threads) { next in
      Engine.prepareThread()
      let worker = BlockWorker(self, screening)
      do {
        while let position = next() {
          var record = run.record(of: open[position])
          do {
            if let grouped {
              try worker.decide(grouped.pieces[record.block], of: record.block, in: grouped, into: &record)
            } else {
              try worker.decide(blocks.strata(in: record.block), into: &record)
            }
          } catch let interruption as Interruption {
            try run.begin(record)
            throw interruption
          }
          let done = try run.add(record)
          control.progress?(Progress(stage: "strata", done: done, total: strata.total))
          control.log?("visited \(done) of \(strata.total) strata")
        }
      } catch is Interruption {
        return
      }
    }
  }

  /// What has been decided so far, merged; consistent at any time.
  ///
  /// - Throws: `InvalidRecord` if the run started with a record that does not fit the problem.
  public func result(of run: EnumerationRun) throws -> EnumerationResult {
    let (records, begun) = (run.records, run.begun)
    var decided = EnumerationResult.Strata.Decided()
    for record in records { try check(record, isFinished: true) }
    for record in begun { try check(record, isFinished: false) }
    for record in records + begun {
      decided += record.decided
    }
    let recorded = (records + begun).flatMap { record in
      record.minima.map { (block: record.block, minimum: $0) }
    }
    // A partial result is made after a limit was reached.
    let certifier = self.certifier.withoutLimits
    let minima = try concurrentMap(count: recorded.count, threads: control.threads) { number in
      Engine.prepareThread()
      return try proved.minimum(
        of: recorded[number].minimum, inBlock: recorded[number].block, by: certifier)
    }
    let strata = (records + begun).flatMap(\.undecided).sorted { $0.faces.precede($1.faces) }.map {
      Undecided.stratum($0.faces, reason: $0.reason)
    }
    let tested = (records + begun).compactMap(\.groups)
    let isComplete = decided.total == self.strata.total
    let (components, undescribed) = try builder.components(
      of: minima, isComplete: isComplete, threads: control.threads, adding: describe)
    return EnumerationResult(
      problem: EnumerationResult.ProblemSummary(TrainingProblem(problem)),
      method: .convex, complete: isComplete && undescribed.isEmpty,
      strata: EnumerationResult.Strata(
        facesPerUnit: facesPerUnit, total: self.strata.total, decided: decided, undecided: strata.count,
        groups: tested.isEmpty ? nil : tested.reduce(0, +)),
      components: components,
      undecided: strata + undescribed)
  }

  private var builder: ComponentBuilder<RefinedMinimum<Engine>> {
    ComponentBuilder(
      NetworkShape(
        rows: problem.rowCount, units: problem.units, weightDimension: problem.weightDimension),
      symmetry: problem.activation.symmetry, digits: options.digits, describesFit: options.describesFit
    ) { [certifier, scaling, options] minimum in
      RefinedMinimum(
        minimum, certificate: certifier.certificate, exact: certifier.exact.withoutLimits, scaling: scaling,
        digits: options.digits)
    }
  }

  /// Adds the exact numbers of a component if they are asked for.
  private func describe(
    _ draft: ComponentDraft<LocalMinimum<Engine>>, _ component: inout LandscapeComponent
  ) throws -> Undecided? {
    guard options.describesExactly else { return nil }
    let describer = ExactDescriber(
      scaling: scaling, division: division, exact: certifier.exact, digits: options.digits,
      control: control)
    switch try describer.describe(draft) {
    case .success(let description):
      component.exact = description
      return nil
    case .failure(let failure):
      return .component(draft.faces.map { .pattern($0.pattern) }, reason: failure.reason)
    }
  }

  /// - Throws: `InvalidRecord` unless there is such a block and all of its strata are accounted for, if it is finished.
  private func check(_ record: BlockRecord, isFinished: Bool) throws {
    guard (0..<blocks.count).contains(record.block) else {
      throw InvalidRecord(block: record.block, reason: "there are \(blocks.count) blocks")
    }
    let count = blocks.strata(in: record.block).count
    let isWhole: Bool =
      if case .sets = grouped?.pieces[record.block] { true } else { false }
    guard record.decided.numbers.allSatisfy({ (0...count).contains($0) }), (record.groups ?? 0) >= 0,
      record.groups == nil || isWhole, isFinished ? record.count == count : !isWhole && record.count < count
    else { throw InvalidRecord(block: record.block, reason: "the number of strata") }
  }

  var isScreening: Bool { options.usesFilter && options.prunes && grouped == nil }

  /// Made when first needed.
  private func screeningTable(_ run: EnumerationRun) throws -> ScreeningTable? {
    guard isScreening else { return nil }
    return try screening.value {
      let table = try ScreeningTable(
        tables: tables, maximumFaces: problem.units, control: control, known: run.screening,
        prepareThread: Engine.prepareThread, onFinish: run.add)
      control.log?("screened with the sets of at most \(table.greatestSize) faces")
      return table
    }
  }
}

extension [Face] {
  /// Whether these faces come first: fewer ones, then lexicographically by sign vectors.
  fileprivate func precede(_ others: Self) -> Bool {
    if count != others.count { return count < others.count }
    return compactMap(\.signs).lexicographicallyPrecedes(others.compactMap(\.signs))
  }
}

extension Enumeration {
  /// What identifies this run.
  public var description: RunDescription {
    RunDescription(
      problem: RunDescription.ProblemText(problem), method: .convex, options: options,
      strata: blocks.total, blockSize: blocks.size, version: AllMinimaVersion.current)
  }
}
