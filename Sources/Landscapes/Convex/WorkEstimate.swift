import Algebra
import ConvexMethod
import LandscapeModel
import Strata

/// What the rest of a run will cost on one thread, from some strata that are spread evenly over all.
public struct WorkEstimate: Hashable, Sendable {
  public let seconds: Double
  /// The true cost lies between these, unless the sample was unlucky.
  public let range: ClosedRange<Double>
}

extension Enumeration {
  /// Measures how long strata take: apart the screening table, what is common to the strata of a prefix, the filter,
  /// and the few strata that the filter leaves open, each of which takes as long as hundreds of others.
  ///
  /// - Parameters:
  ///   - run: what is done already.
  ///   - budget: about how long to measure.
  /// - Throws: `Interruption`.
  public func estimatedWork(
    of run: EnumerationRun, measuringFor budget: Duration
  ) throws -> WorkEstimate {
    Engine.prepareThread()
    if let grouped { return try GroupSample(self, grouped).estimate(of: run, measuringFor: budget) }
    let sample = WorkSample(self)
    let clock = ContinuousClock()
    let start = clock.now
    var pieces = 1
    // Twice as many pieces in every round, which begin at the odd multiples.
    while clock.now - start < budget, pieces < strata.total {
      pieces *= 2
      for piece in stride(from: 1, to: pieces, by: 2) where clock.now - start < budget {
        try control.check()
        try sample.measure(Int(Double(strata.total) / Double(pieces) * Double(piece)))
      }
    }
    let rest = Double(strata.total - run.count) / Double(strata.total)
    return sample.estimate(rest: rest, knownRows: run.screening.reduce(0) { $0 + $1.words.count })
  }
}

/// Strata whose time was measured.
private final class WorkSample<Engine: AlgebraEngine> {
  private let enumeration: Enumeration<Engine>
  private let filter: StratumFilter
  private let decider: OpenStratumDecider<Engine>
  /// Solves subsets of a stratum, whose time does not count.
  private let subsets: StratumFilter
  /// The numbers of sets of one face, two faces and so on in the screening table.
  private let levels: [Int]
  private var covered: [UInt64]

  private var prefixes = 0
  /// Of the rows of the table, but for those of prefixes that a subset of them covers: they are taken over.
  private var rowTime = Duration.zero
  private var prefixTime = Duration.zero
  private var strata = 0
  private var filterTime = Duration.zero
  /// Strata that the filter leaves open.
  private var open = 0
  private var openTime = Duration.zero

  /// Of one prefix.
  private static var mostStrata: Int { 16 }
  /// About the time of a stratum that the filter leaves open, until one has been measured.
  private static var usualOpenTime: Double { 1e-3 }

  init(_ enumeration: Enumeration<Engine>) {
    self.enumeration = enumeration
    let (faces, units) = (enumeration.facesPerUnit, enumeration.problem.units)
    filter = StratumFilter(tables: enumeration.tables, maximumFaces: units)
    decider = OpenStratumDecider(enumeration, after: filter)
    subsets = StratumFilter(tables: enumeration.tables, maximumFaces: units)
    levels =
      enumeration.isScreening ? ScreeningTable.sizes(faceCount: faces, maximumFaces: units) : []
    covered = Array(repeating: 0, count: (faces + 63) / 64)
  }

  /// Measures the prefix of the stratum with this number, and some strata that begin with it.
  func measure(_ number: Int) throws {
    let set = enumeration.strata[number]
    guard let last = set.last else { return }
    let prefix = Array(set.dropLast())
    let first = (prefix.last ?? -1) + 1
    let all = first..<enumeration.facesPerUnit
    let step = max(1, all.count / Self.mostStrata)
    let lasts = Array(
      stride(from: first + (last - first) % step, to: all.upperBound, by: step).prefix(Self.mostStrata))
    // As in a run, only the rows of the last face are new.
    filter.begin(prefix: Array(prefix.dropLast()))
    let (begin, _) = time { filter.begin(prefix: prefix) }
    var marking = Duration.zero
    if enumeration.isScreening, !prefix.isEmpty {
      marking =
        time {
          covered.withUnsafeMutableBufferPointer { buffer in
            for word in buffer.indices { buffer[word] = 0 }
            if let bits = buffer.baseAddress { filter.markCovered(into: bits) }
          }
        }.0
    }
    let isInTable = !prefix.isEmpty && prefix.count <= levels.count
    if isInTable, !isCovered(prefix) { rowTime += begin + marking }
    prefixes += 1
    strata += lasts.count
    let uncovered = lasts.filter {
      !(isMarked($0) || isInTable && isCovered(prefix + [$0]))
    }
    guard !uncovered.isEmpty else { return }
    prefixTime += isInTable ? begin : begin + marking
    for last in uncovered { try measure(prefix, last) }
  }

  private func measure(_ prefix: [Int], _ last: Int) throws {
    let (duration, isRejected) = time { filter.rejects(last: last) }
    filterTime += duration
    guard !isRejected || !enumeration.options.usesFilter else { return }
    let faces = prefix + [last]
    let (precise, isRejectedPrecisely) = time { Result { try decider.rejects(faces) } }
    filterTime += precise
    guard try !isRejectedPrecisely.get() else { return }
    open += 1
    let (decision, result) = time { Result { try decider.decide(faces) } }
    openTime += decision
    // A minimum takes about as long again when it is written down.
    if case .localMinimum = try result.get() { openTime += decision }
  }

  /// Whether all but one face of the set cover that one.
  private func isCovered(_ set: [Int]) -> Bool {
    set.count > 1
      && set.indices.contains { position in
        var subset = set
        let face = subset.remove(at: position)
        subsets.begin(prefix: subset, only: [face])
        return subsets.covers(face)
      }
  }

  private func isMarked(_ face: Int) -> Bool { covered[face >> 6] >> UInt64(face & 63) & 1 == 1 }

  private func time<Value>(_ body: () -> Value) -> (Duration, Value) {
    let start = ContinuousClock.now
    let value = body()
    return (ContinuousClock.now - start, value)
  }

  /// - Parameters:
  ///   - rest: the part of the strata that is open.
  ///   - knownRows: the number of words of the screening table that are known.
  func estimate(rest: Double, knownRows: Int) -> WorkEstimate {
    func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }
    let index = enumeration.strata
    let rows = Double(levels.reduce(0, +))
    let known = rows > 0 ? Double(knownRows) / (rows * Double(covered.count)) : 0
    let measured = Double(max(1, prefixes))
    let table = rows * max(0, 1 - known) * seconds(rowTime) / measured
    // The sets with fewer faces than the largest are the prefixes.
    let common = Double(index.start(ofSize: index.maximumSize)) * seconds(prefixTime) / measured
    let each = Double(index.total) / Double(max(1, strata))
    let steady = table + rest * (common + each * seconds(filterTime))
    let openSeconds = open > 0 ? seconds(openTime) / Double(open) : Self.usualOpenTime
    // Two standard deviations of a Poisson variable, and what may have been missed altogether.
    let spread = 2 * Double(open).squareRoot()
    func openPart(_ count: Double) -> Double { rest * each * max(0, count) * openSeconds }
    return WorkEstimate(
      seconds: steady + openPart(Double(open)),
      range: (steady / 1.5 + openPart(Double(open) - spread))...(steady * 1.5
        + openPart(
          Double(open) + spread + 3)))
  }
}
