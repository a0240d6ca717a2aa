import Algebra
import ConvexMethod
import LandscapeModel
import Strata

/// Estimates the work of strata that are decided in groups, from random paths down the trees of groups.
final class GroupSample<Engine: AlgebraEngine> {
  private let enumeration: Enumeration<Engine>
  private let grouped: GroupedStrata
  private let worker: BlockWorker<Engine>
  private var generator = SeededGenerator(seed: 1)
  private var record = BlockRecord(block: 0)
  /// Of the paths, what each says about the numbers of groups and of sets that are left open.
  private var groups: [Double] = []
  private var sets: [Double] = []
  private var tested = 0
  private var testTime = Duration.zero
  private var decided = 0
  private var decisionTime = Duration.zero

  private static var fewestPaths: Int { 16 }
  private static var mostPaths: Int { 1 << 16 }

  init(_ enumeration: Enumeration<Engine>, _ grouped: GroupedStrata) {
    self.enumeration = enumeration
    self.grouped = grouped
    worker = BlockWorker(enumeration, nil)
  }

  /// - Throws: `Interruption`.
  func estimate(of run: EnumerationRun, measuringFor budget: Duration) throws -> WorkEstimate {
    let open = grouped.pieces.indices.compactMap { block -> (size: Int, first: Range<Int>)? in
      guard !run.isFinished(block), case .sets(let size, let first) = grouped.pieces[block] else {
        return nil
      }
      return (size, first)
    }
    guard !open.isEmpty else { return WorkEstimate(seconds: 0, range: 0...0) }
    let clock = ContinuousClock()
    let start = clock.now
    let search = GroupSearch(cells: grouped.cells, tables: enumeration.tables)
    while groups.count < Self.fewestPaths || (clock.now - start < budget && groups.count < Self.mostPaths) {
      try enumeration.control.check()
      // Every piece in turn.
      let (size, first) = open[groups.count % open.count]
      let before = (clock.now, search.groups)
      let path = search.probe(size: size, first: first, using: &generator)
      testTime += clock.now - before.0
      tested += search.groups - before.1
      groups.append(path.groups * Double(open.count))
      sets.append(path.sets * Double(open.count))
      if let positions = path.positions { try decide(positions) }
    }
    let (tests, decisions) = (Self.mean(groups), Self.mean(sets))
    let each = (testTime / .seconds(1)) / Double(tested)
    // About the time of the filter, until it has been measured.
    let one = decided > 0 ? (decisionTime / .seconds(1)) / Double(decided) : 1e-5
    let seconds = tests.value * each + decisions.value * one
    // Three standard errors; the mean of few paths is low more often than not.
    let error = 3 * (tests.error * each + decisions.error * one)
    return WorkEstimate(seconds: seconds, range: max(0, seconds - error) / 2...(seconds + error) * 2)
  }

  private func decide(_ positions: [Int]) throws {
    let start = ContinuousClock.now
    try worker.decide([positions.map(grouped.cells.face(at:)).sorted()], &record)
    decisionTime += ContinuousClock.now - start
    decided += 1
  }

  /// The mean and its standard error.
  private static func mean(_ values: [Double]) -> (value: Double, error: Double) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(1, count - 1)
    return (mean, (variance / count).squareRoot())
  }
}
