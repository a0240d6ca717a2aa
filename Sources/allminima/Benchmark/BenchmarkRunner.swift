import Algebra
import GroebnerBases
import Interchange

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Measures rows: both engines in turn, so that what disturbs one of them disturbs the other.
struct BenchmarkRunner {
  /// Short work is repeated until it takes so long, in seconds.
  private static let leastSeconds = 0.05
  private static let mostRepetitions = 10_000

  let rounds: Int
  let reference: EngineName
  let control: Control

  /// - Throws: `Interruption`, and errors that are faults of the program.
  func measure(_ row: BenchmarkRow) throws -> BenchmarkReport.Row {
    var contestants: [Contestant] = []
    var reasons: [EngineName: String] = [:]
    for engine in EngineName.allCases {
      do {
        contestants.append(try Contestant(engine, row.work, control: control))
      } catch let undecided as UndecidedAnswer {
        reasons[engine] = undecided.reason
      } catch AlgebraError.tooLarge(let what) {
        reasons[engine] = AlgebraError.tooLarge(what).description
      }
    }
    if reasons.isEmpty {
      for round in 0..<rounds {
        // Whoever comes first finds the caches as the other one left them.
        for place in contestants.indices {
          try contestants[round.isMultiple(of: 2) ? place : contestants.count - 1 - place].run()
        }
      }
    }
    return BenchmarkReport.Row(
      name: row.name, work: row.work.kind, contestants.map(\.record), reasons: reasons, reference: reference)
  }

  /// An engine with its operands and its times.
  private struct Contestant {
    let engine: EngineName
    let computation: Computation
    let repetitions: Int
    var answers: Set<String>
    var times: [Stopwatch.Time] = []

    /// Computes once without measuring.
    init(_ engine: EngineName, _ work: BenchmarkWork, control: Control) throws {
      self.engine = engine
      computation = try engine.perform(BenchmarkPreparation(work: work, control: control))
      let stopwatch = Stopwatch()
      let answer = try computation()
      let seconds = stopwatch.time.cpu
      try control.check()
      answers = [ContentHash.of(try answer().utf8)]
      repetitions = Int(min(max(1, leastSeconds / max(seconds, 1e-9)), Double(mostRepetitions)).rounded(.up))
    }

    mutating func run() throws {
      let stopwatch = Stopwatch()
      for _ in 1..<repetitions { _ = try computation() }
      let answer = try computation()
      times.append(stopwatch.time / Double(repetitions))
      answers.insert(ContentHash.of(try answer().utf8))
    }

    var record: BenchmarkReport.Record {
      BenchmarkReport.Record(
        engine: engine, answers: answers.sorted(), times: times, repetitions: repetitions)
    }
  }
}

/// Tells how much time has gone by since it was made.
struct Stopwatch {
  /// In seconds.
  struct Time {
    /// Of all threads of the process, in user and system mode.
    let cpu: Double
    let wall: Double

    static func / (time: Time, count: Double) -> Time {
      Time(cpu: time.cpu / count, wall: time.wall / count)
    }
  }

  private let start = ContinuousClock.now
  private let cpuStart = Self.cpuSeconds

  var time: Time {
    Time(cpu: Self.cpuSeconds - cpuStart, wall: (ContinuousClock.now - start).inSeconds)
  }

  private static var cpuSeconds: Double {
    var time = timespec()
    precondition(clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0, "every process has a CPU clock")
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }
}
