import Algebra
import Landscapes
import Strata

/// What a run will cost, roughly, and whether it should be started.
struct RunEstimate {
  /// The number of strata, or a bound.
  let strata: Double
  let secondsPerStratum: Double
  let threads: Int

  /// Measured: 2 to 3 microseconds where the filter rejects most strata; a small ridge can take 30 times that.
  static let usualSecondsPerStratum = 3e-6
  /// A longer run is started only if the user says so.
  static let patience = 7 * 86400.0
  /// Before a run that is usually longer, some strata are decided to measure their time.
  static let worthSampling = 3.0
  /// The time of a longer run is told before it starts.
  static let worthTelling = 3.0
  static let mostFaces = 1e7
  private static let sampleTime = Duration.milliseconds(100)

  var seconds: Double { strata * secondsPerStratum / Double(threads) }

  init(strata: Double, threads: Int, secondsPerStratum: Double = Self.usualSecondsPerStratum) {
    self.strata = strata
    self.secondsPerStratum = secondsPerStratum
    self.threads = min(threads, Machine.cores)
  }

  init(_ bound: SizeBound, _ context: RunContext) {
    self.init(strata: bound.strata, threads: context.control.threads)
  }

  /// Decides some strata to measure their time.
  ///
  /// - Parameter done: how many strata are decided already.
  /// - Throws: `Interruption`.
  init<Engine: AlgebraEngine>(sampling enumeration: Enumeration<Engine>, done: Int = 0, _ context: RunContext)
    throws
  {
    self.init(
      strata: Double(enumeration.strataCount - done), threads: context.control.threads,
      secondsPerStratum: try enumeration.secondsPerStratum(measuringFor: Self.sampleTime))
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
    guard seconds > Self.patience, !hasTimeLimit else { return nil }
    return "\(sentence), which is hopeless: "
      + "--time-limit does a part, --force starts the run in spite of it"
  }

  /// The estimate in words, without a full stop.
  var sentence: String {
    "\(Readable.count(about: strata)) strata take \(Readable.about(seconds: seconds)) on "
      + Readable.count(threads, "thread")
  }
}
