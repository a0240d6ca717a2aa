import Algebra
import ArgumentParser
import Interchange
import LandscapeModel
import Landscapes
import Strata
import TrainedNetworks

/// One run of `locate`: reads, locates, prints.
struct LocationSession<Engine: AlgebraEngine> {
  private let command: Locate
  private let context: RunContext

  /// - Throws: `RefusedRun` if the output cannot be written.
  init(_ command: Locate) throws {
    self.command = command
    context = try RunContext(command.shared, keeping: [command.source.file, command.weightsSource.file])
  }

  /// - Returns: how the process shall end.
  /// - Throws: an `EndingError`.
  func run() throws -> ExitCode {
    defer { context.progress?.finish() }
    let (control, supervisor) = (context.control, context.supervisor)
    supervisor.start()
    let table = try DataTable<Engine.Rational>(csv: command.source, control: control)
    table.warnings.forEach(context.warn)
    let observations = try table.observations(target: command.network.target)
    let problem: Problem<Engine> = try command.network.problem(
      observations, ridge: command.ridge(rows: observations.targets.count))
    let weights: NetworkWeights<Engine.Rational> = try WeightsFile.weights(
      command.weightsSource, bias: problem.bias, control: control)
    let landscape = command.best ? try enumerated(problem, units: weights.units) : nil
    var result: LocationResult
    do {
      result = try NetworkLocator(problem, digits: command.digits, control: control).locate(
        weights, in: landscape)
    } catch let error as WeightsError {
      throw UnsuitableWeights(source: command.weightsSource.name, reason: "\(error)")
    }
    result.problem.dataSHA256 = table.sha256
    if let inputs = observations.inputNames, let target = observations.targetName {
      result.problem.columns = EnumerationResult.ProblemSummary.Columns(inputs: inputs, target: target)
    }
    guard supervisor.beginPrinting() else { supervisor.waitForEnd() }
    let limit = result.complete ? nil : control.cancellation.reason
    switch context.format {
    case .text: try context.write(LocationText(result: result, limit: limit?.description).text)
    case .json:
      if context.showsRun {
        result.run = EnumerationResult.Run(
          engine: context.engineVersions, threads: context.control.threads, seed: context.control.seed,
          digits: command.digits, seconds: context.secondsSinceStart, limit: limit?.description)
      }
      try context.write(JSONText.of(result))
    }
    if limit != nil { return .limitReached }
    return result.complete ? .success : .undecided
  }

  /// All minima of networks with so many units.
  ///
  /// - Throws: `RefusedRun` if an enumeration is hopeless.
  private func enumerated(_ problem: Problem<Engine>, units: Int) throws -> EnumerationResult {
    guard units <= Problem<Engine>.maximumUnits else {
      throw RefusedRun("--best is for at most \(Problem<Engine>.maximumUnits) units, not \(units)")
    }
    let running = command.shared.running
    let problem = try problem.with(units: units)
    let refusal = RunEstimate.refusal(
      problem.sizeBound, hasTimeLimit: running.timeLimit != nil,
      hasMemoryLimit: running.memoryLimit != nil)
    if let refusal { throw RefusedRun("--best: \(refusal)") }
    // More digits than the difference shall have.
    let options = EnumerationOptions(
      digits: command.digits + 20, prunes: true, describesExactly: false, describesFit: false)
    return try Enumeration(problem, options: options, control: context.control).run()
  }
}

extension Problem {
  /// The same with another number of units.
  fileprivate func with(units: Int) throws -> Problem {
    try Problem(
      inputs: inputs, targets: targets, units: units, activation: activation, ridge: ridge, bias: bias,
      skip: skip,
      outputBias: outputBias, penalty: penalty, observationWeights: observationWeights)
  }
}

/// A network's place, for people to read.
struct LocationText {
  let result: LocationResult
  /// Why the run ended early, if it did.
  let limit: String?

  var text: String {
    var lines = [heading]
    if let loss = result.loss, let distance = result.distance {
      lines.append("Loss there: \(short(loss)); of the weights: \(short(result.weightsLoss)).")
      lines.append("Distance: \(distance.rounded(toDigits: 3)).")
    } else {
      lines.append("Loss of the weights: \(short(result.weightsLoss)).")
    }
    if !result.deadUnits.isEmpty {
      lines.append("Dead units: \(result.deadUnits.map(String.init).joined(separator: ", ")).")
    }
    if result.component?.globalForEveryWidth == .yes {
      lines.append("No network of any width has a smaller loss.")
    } else if let gap = result.gapToInfiniteWidth, let least = result.infiniteWidthLoss {
      lines.append(
        "Above the least loss of all widths (\(short(least))) by \(gap.rounded(toDigits: 4)).")
    }
    if let gap = result.gapToBest, let least = result.bestLoss {
      lines.append(
        gap == .zero
          ? "No network of this width has a smaller loss."
          : "Above the least loss of this width (\(short(least))) by \(gap.rounded(toDigits: 4)).")
    }
    for step in result.descent {
      lines.append(
        "A step to the loss \(short(step.loss)): a + (\(step.a.joined(separator: ", "))), w + ("
          + step.w.map { "(\($0.joined(separator: ", ")))" }.joined(separator: ", ") + ").")
    }
    for reason in result.undecided { lines.append("Undecided: \(reason).") }
    if let limit { lines.append("Incomplete: \(limit).") }
    return lines.joined(separator: "\n") + "\n"
  }

  private var heading: String {
    switch result.kind {
    case .minimum: "The network is near a local minimum, proved."
    case .saddle: "The network is near a critical point that is no local minimum, proved."
    case .none: "There is no critical point with the network's activation patterns."
    case .undecided: "The network is near a critical point; what it is could not be decided."
    }
  }

  private func short(_ enclosure: DecimalEnclosure) -> String { enclosure.rounded(toDigits: 10).description }
}
