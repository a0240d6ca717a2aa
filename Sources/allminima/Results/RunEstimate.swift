import Algebra
import Landscapes
import Strata

/// What a run will cost, roughly, and whether it should be started.
struct RunEstimate {
  /// The number of strata, or a bound.
  let strata: Double
  /// The time that the run will take.
  let seconds: Double
  /// What it will not be outside of, as far as is known.
  let range: ClosedRange<Double>
  let threads: Int

  /// Measured: 2 to 3 microseconds where the filter rejects most strata.
  static let usualSecondsPerStratum = 3e-6
  /// A run that certainly takes longer is started only if the user says so.
  static let patience = 7 * 86400.0
  /// Before a run that is usually longer, some strata are decided to measure their time.
  static let worthSampling = 3.0
  /// The time of a longer run is told before it starts.
  static let worthTelling = 3.0
  /// A run that ends earlier anyway shall not spend its time on measuring.
  static let shortestRun = Duration.seconds(5)
  static let mostFaces = 1e7
  private static let sampleTime = Duration.milliseconds(250)
  /// A wider range is told as a range.
  private static let sharpRatio = 2.5

  init(strata: Double, threads: Int, secondsPerStratum: Double = Self.usualSecondsPerStratum) {
    self.strata = strata
    self.threads = min(threads, Machine.cores)
    seconds = strata * secondsPerStratum / Double(self.threads)
    range = seconds...seconds
  }

  init(_ bound: SizeBound, _ context: RunContext) {
    self.init(strata: bound.strata, threads: context.control.threads)
  }

  /// Decides some strata to measure their time.
  ///
  /// - Parameter run: what is decided already.
  /// - Throws: `Interruption`.
  init<Engine: AlgebraEngine>(
    sampling enumeration: Enumeration<Engine>, of run: EnumerationRun = EnumerationRun(),
    _ context: RunContext
  ) throws {
    strata = Double(enumeration.strataCount - run.count)
    threads = min(context.control.threads, Machine.cores)
    let work = try enumeration.estimatedWork(of: run, measuringFor: Self.sampleTime)
    let threads = Double(threads)
    seconds = work.seconds / threads
    range = (work.range.lowerBound / threads)...(work.range.upperBound / threads)
  }

  /// Why the division should not be started, if it should not.
  static func refusal(_ bound: SizeBound, hasTimeLimit: Bool, hasMemoryLimit: Bool) -> String? {
    if bound.facesPerUnit > mostFaces, !hasTimeLimit {
      let faces = Readable.count(about: bound.facesPerUnit)
      return "there may be \(faces) faces per unit, which is hopeless: "
        + "--time-limit does a part, --force starts the run in spite of it"
    }
    if bound.memory > Machine.memory, !hasMemoryLimit {
      return "the run may need \(Readable.gibibytes(bound.memory)) of memory, more than there is: "
        + "--memory-limit stops it in time, --force starts the run in spite of it"
    }
    return nil
  }

  /// Why the enumeration should not be started, if it should not.
  func refusal(hasTimeLimit: Bool) -> String? {
    guard range.lowerBound > Self.patience, !hasTimeLimit else { return nil }
    return "\(sentence), which is hopeless: "
      + "--time-limit does a part, --force starts the run in spite of it"
  }

  /// The estimate in words, without a full stop.
  var sentence: String {
    "\(Readable.count(about: strata)) strata take \(duration()) on \(Readable.count(threads, "thread"))"
  }

  /// The time in words, of one of several equal parts.
  func duration(ofOneIn parts: Int = 1) -> String {
    let parts = Double(parts)
    guard range.upperBound > Self.sharpRatio * range.lowerBound else {
      return Readable.about(seconds: seconds / parts)
    }
    let (least, most) = (
      Readable.duration(range.lowerBound / parts), Readable.duration(range.upperBound / parts)
    )
    return least == most ? least : "\(least) to \(most)"
  }
}
