import Algebra
import LandscapeModel

/// What `benchmark` prints.
struct BenchmarkReport: Encodable {
  /// What one engine did with a row.
  struct Record {
    let engine: EngineName
    /// The hashes of its answers: one, unless it contradicts itself.
    let answers: [String]
    let times: [Stopwatch.Time]
    let repetitions: Int
  }

  enum Status: String, Encodable {
    case agree
    case differ
    /// At least one engine has no answer.
    case undecided
  }

  struct Row: Encodable {
    let name: String
    let work: String
    let status: Status
    /// For each engine, the SHA-256 of its answer.
    let answers: [String: [String]]
    /// Why an engine has no answer.
    let reasons: [String: String]?
    /// For each engine; only where the answers agree.
    var times: [String: Times]?
    /// The median of the other engine's CPU times over that of the reference; only where the answers agree.
    var ratio: Double?

    init(
      name: String, work: String, _ records: [Record], reasons: [EngineName: String], reference: EngineName
    ) {
      self.name = name
      self.work = work
      answers = Dictionary(uniqueKeysWithValues: records.map { ($0.engine.rawValue, $0.answers) })
      self.reasons =
        reasons.isEmpty ? nil : Dictionary(uniqueKeysWithValues: reasons.map { ($0.rawValue, $1) })
      guard reasons.isEmpty else {
        status = .undecided
        return
      }
      guard Set(records.flatMap(\.answers)).count == 1 else {
        status = .differ
        return
      }
      status = .agree
      let times = Dictionary(uniqueKeysWithValues: records.map { ($0.engine.rawValue, Times($0)) })
      if let base = times[reference.rawValue], let other = times[reference.other.rawValue] {
        ratio = other.cpuSeconds.median / base.cpuSeconds.median
      }
      self.times = times
    }
  }

  struct Times: Encodable {
    let cpuSeconds: Spread
    let wallSeconds: Spread
    /// How often the work was done in each round; the times are those of once.
    let repetitions: Int

    fileprivate init(_ record: Record) {
      cpuSeconds = Spread(record.times.map(\.cpu))
      wallSeconds = Spread(record.times.map(\.wall))
      repetitions = record.repetitions
    }
  }

  struct Spread: Encodable {
    let least: Double
    let median: Double
    let greatest: Double

    /// - Parameter values: at least one.
    init(_ values: [Double]) {
      let sorted = values.sorted()
      (least, greatest) = (sorted[0], sorted[sorted.count - 1])
      median = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
  }

  /// What may differ between equal runs, beside the rows' times.
  struct Run: Encodable {
    let version: String
    let engines: [String: [String: String]]
    let cpu: String?
    let cores: Int
    let threads: Int
    let seed: UInt64
    /// The engine that ratios refer to.
    let reference: String
    let seconds: Double
    let limit: String?
  }

  let schema = "allminima/benchmark/1"
  let suite: String
  let rounds: Int
  /// Whether all rows of the suite are here.
  let complete: Bool
  var rows: [Row]
  var run: Run?

  /// Without anything that may differ between equal runs.
  var withoutTimes: BenchmarkReport {
    var report = self
    report.run = nil
    for index in rows.indices { (report.rows[index].times, report.rows[index].ratio) = (nil, nil) }
    return report
  }
}

extension EngineName {
  /// The one that it is compared with.
  var other: EngineName {
    switch self {
    case .flint: .swift
    case .swift: .flint
    }
  }
}
