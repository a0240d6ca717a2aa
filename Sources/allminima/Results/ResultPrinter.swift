import Algebra
import ArgumentParser
import Interchange
import LandscapeModel
import Reports

/// Prints what a run of `enumerate` found, in the format and to the place that the user chose.
struct ResultPrinter: Sendable {
  let context: RunContext
  let digits: Int
  /// Where pictures go, and the data for them.
  let report: (writer: ReportWriter, data: TrainingData)?
  let heading: ProblemHeading
  let pattern: PatternText
  /// Writes the parameters below the table's rows, if they are asked for.
  var weights: WeightsText?

  /// Prints a complete or partial result.
  ///
  /// - Parameter limit: why the run ended early, if it did; strata or exact descriptions are missing then.
  /// - Returns: how the process shall end.
  /// - Throws: `OutputDestination.Failure`; the result is then on standard output, if that can be written.
  func print(_ result: EnumerationResult, limit: String?) throws -> ExitCode {
    let limit = result.complete ? nil : limit
    let text =
      switch context.format {
      case .text:
        EnumerationText(
          result: result, heading: heading, pattern: pattern, digits: digits, weights: weights, limit: limit
        ).text()
      case .json: try JSONText.of(completed(result, limit))
      }
    try context.write(text)
    if let report {
      let full = completed(result, limit)
      try report.writer.write([
        ReportPart(full, json: try JSONText.of(full), source: heading.fileName, data: report.data)
      ])
    }
    if limit != nil || result.hasUnvisitedStrata { return .limitReached }
    return result.complete ? .success : .undecided
  }

  /// Prints the size of the problem and the estimate.
  func print(dryRun strata: DryRun.Strata, _ estimate: RunEstimate) throws -> ExitCode {
    let atMost = strata.exact ? "" : "at most "
    switch context.format {
    case .text:
      try context.write(
        """
        \(heading.text)
        \(atMost)\(Readable.count(about: strata.facesPerUnit)) faces per unit; \
        \(atMost)\(estimate.sentence).

        """)
    case .json:
      let run = DryRun.Run(
        threads: context.control.threads, estimatedSeconds: estimate.seconds,
        estimatedSecondsAtLeast: estimate.range.lowerBound, estimatedSecondsAtMost: estimate.range.upperBound)
      try context.write(
        JSONText.of(DryRun(problem: heading.summary, strata: strata, run: context.showsRun ? run : nil)))
    }
    return .success
  }

  /// With the source of the data.
  func completed(_ result: EnumerationResult) -> EnumerationResult {
    var result = result
    result.problem = heading.summary
    if result.hasUnvisitedStrata { result.strata.unvisited = result.unvisitedStrata }
    return result
  }

  private func completed(_ result: EnumerationResult, _ limit: String?) -> EnumerationResult {
    var result = completed(result)
    guard context.showsRun else { return result }
    result.run = EnumerationResult.Run(
      engine: context.engineVersions, threads: context.control.threads,
      seed: context.control.seed, digits: digits, seconds: context.secondsSinceStart,
      limit: limit)
    return result
  }
}

extension EnumerationResult {
  /// Whether a limit ended the run before all strata were visited.
  var hasUnvisitedStrata: Bool { unvisitedStrata > 0 }
}
