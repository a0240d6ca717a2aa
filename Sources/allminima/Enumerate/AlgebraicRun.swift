import Algebra
import ArgumentParser
import LandscapeModel
import Landscapes
import Strata

/// The part of `enumerate` that takes the algebraic method, alone or beside the convex one.
struct AlgebraicRun<Engine: AlgebraEngine> {
  let problem: TrainingProblem<Engine>
  let search: SearchOptions
  let context: RunContext
  let printer: ResultPrinter

  /// Measured: about 10 ms for a stratum of a ReLU network with two units, much more for three.
  static var secondsPerStratum: Double { 0.01 }

  /// - Returns: how the process shall end.
  /// - Throws: what `FailureReport` knows.
  func run(besides convex: Enumeration<Engine>?) throws -> ExitCode {
    if search.exact, convex == nil {
      throw RefusedRun("--exact needs the convex method: --method convex, or both")
    }
    let enumeration = try AlgebraicEnumeration(
      problem, options: search.algebraicOptions(for: context.format), control: context.control)
    context.control.log?(
      "divided into \(enumeration.facesPerUnit) faces per unit, \(enumeration.strataCount) strata")
    if search.dryRun {
      let estimate = RunEstimate(
        strata: Double(enumeration.strataCount), threads: context.control.threads,
        secondsPerStratum: Self.secondsPerStratum)
      return try printer.print(dryRun: DryRun.Strata(enumeration), estimate)
    }
    context.supervisor.setRescue { [context, printer] reason in
      do {
        let result = try enumeration.partialResult()
        guard context.supervisor.beginPrinting() else { return nil }
        return try printer.print(result, limit: "\(context.control.cancellation.reason ?? reason)")
      } catch {
        StandardError.report("\(reason); the partial result cannot be printed: \(error)")
        return .limitReached
      }
    }
    var result = try enumeration.run()
    var contradictions: [String] = []
    if let convex {
      let other = try convex.run()
      let comparison = MethodComparison(other, result)
      contradictions = comparison.contradictions
      result = other
      result.method = .both
      result.comparison = comparison
    }
    guard context.supervisor.beginPrinting() else { context.supervisor.waitForEnd() }
    let code = try printer.print(result, limit: context.control.cancellation.reason?.description)
    guard contradictions.isEmpty else {
      throw ContradictingMethods(contradictions: contradictions)
    }
    return code
  }
}

/// The two methods cannot both be right: a fault of this program.
struct ContradictingMethods: EndingError, CustomStringConvertible {
  let contradictions: [String]

  var exitCode: ExitCode { .internalFailure }

  var description: String {
    "the convex and the algebraic method contradict each other:\n"
      + contradictions.map { "  \($0)" }.joined(separator: "\n")
  }
}
