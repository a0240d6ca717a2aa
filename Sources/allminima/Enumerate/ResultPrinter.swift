import Algebra
import ArgumentParser
import Interchange
import Landscapes

/// Prints what a run of `enumerate` found, in the format and to the place that the user chose.
struct ResultPrinter: Sendable {
  let format: OutputFormat
  let output: OutputDestination
  let showsRun: Bool
  let control: Control
  let digits: Int
  let progress: ProgressLine?
  let heading: ProblemHeading
  let pattern: PatternText
  let start: ContinuousClock.Instant

  /// Prints a complete or partial result.
  ///
  /// - Parameter limit: why the run was asked to stop, if it was; it matters only if something is missing.
  /// - Returns: how the process shall end.
  /// - Throws: `OutputDestination.Failure`; the result is then on standard output, if that can be written.
  func print(_ result: EnumerationResult, limit: LimitReached?) throws -> ExitCode {
    let limit = result.hasUnvisitedStrata ? limit : nil
    let text =
      switch format {
      case .text:
        try EnumerationText(result: result, heading: heading, pattern: pattern, digits: digits, limit: limit)
          .text()
      case .json: try JSONText.of(completed(result, limit))
      }
    try write(text)
    if limit != nil || result.hasUnvisitedStrata { return .limitReached }
    return result.complete ? .success : .undecided
  }

  /// Prints the size of the problem and the estimate.
  func print(dryRun strata: DryRun.Strata) throws -> ExitCode {
    let estimate = RunEstimate(strata: strata.total, threads: control.threads)
    let atMost = strata.exact ? "" : "at most "
    switch format {
    case .text:
      try write(
        """
        \(heading.text)
        \(atMost)\(Readable.count(about: strata.facesPerUnit)) faces per unit; \
        \(atMost)\(estimate.sentence).

        """)
    case .json:
      let run = DryRun.Run(threads: control.threads, estimatedSeconds: estimate.seconds)
      try write(JSONText.of(DryRun(problem: heading.summary, strata: strata, run: showsRun ? run : nil)))
    }
    return .success
  }

  private func completed(_ result: EnumerationResult, _ limit: LimitReached?) -> EnumerationResult {
    var result = result
    result.problem = heading.summary
    guard showsRun else { return result }
    result.run = EnumerationResult.Run(
      engine: Engine.versions.merging(["name": Engine.name]) { $1 }, threads: control.threads,
      seed: control.seed, digits: digits, seconds: (ContinuousClock.now - start).inSeconds,
      limit: limit?.description)
    return result
  }

  /// A result that cannot be written where it should go is not lost: it goes to standard output.
  private func write(_ text: String) throws {
    progress?.finish()
    do {
      try output.write(text)
    } catch {
      if !output.isStandardOutput { try? OutputDestination.standardOutput.write(text) }
      throw error
    }
  }
}

extension EnumerationResult {
  /// Whether a limit ended the run before all strata were visited.
  var hasUnvisitedStrata: Bool { unvisitedStrata > 0 }

  /// The strata that a limit left over.
  var unvisitedStrata: Int {
    strata.total - strata.decided.filter - strata.decided.ball - strata.decided.exact - strata.undecided
  }
}
