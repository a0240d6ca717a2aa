import Algebra
import Interchange

/// What every run of a subcommand has: where its result goes, what it shows meanwhile, what steers and ends it.
struct RunContext: Sendable {
  let engine: any AlgebraEngine.Type
  let format: OutputFormat
  /// Whether JSON has `run`, which may differ between equal runs.
  let showsRun: Bool
  let progress: ProgressLine?
  let latestProgress = LatestProgress()
  let control: Control
  let supervisor: RunSupervisor
  private let isQuiet: Bool
  private let output: OutputDestination
  private let start = ContinuousClock.now

  /// - Parameter files: what the output must not replace.
  /// - Throws: `RefusedRun` if the output cannot be written.
  init(_ options: SharedOptions, keeping files: [String?]) throws {
    try self.init(
      options.running, keeping: files, format: options.format, showsRun: !options.noTiming)
  }

  /// For a subcommand whose output is JSON that says nothing about the run.
  ///
  /// - Parameter files: what the output must not replace.
  /// - Throws: `RefusedRun` if the output cannot be written.
  init(_ options: RunningOptions, keeping files: [String?]) throws {
    try self.init(options, keeping: files, format: .json, showsRun: false)
  }

  private init(
    _ options: RunningOptions, keeping files: [String?], format: OutputFormat, showsRun: Bool
  ) throws {
    StandardError.writesJSON.store(options.progress == .json, ordering: .relaxed)
    do {
      output = try OutputDestination(path: options.output)
    } catch {
      throw RefusedRun("\(error)")
    }
    if let file = files.compactMap({ $0 }).first(where: output.isFile) {
      throw RefusedRun("the result would replace '\(file)': --output needs another name")
    }
    engine = options.engine.engine
    self.format = format
    self.showsRun = showsRun
    isQuiet = options.quiet
    let progress = options.progressLine
    self.progress = progress
    control = options.control(showing: progress, recording: latestProgress)
    supervisor = RunSupervisor(control)
  }

  /// The engine's name and the versions of its libraries.
  var engineVersions: [String: String] { engine.versions.merging(["name": engine.name]) { $1 } }

  var secondsSinceStart: Double { (ContinuousClock.now - start).inSeconds }

  /// Prints a line on standard error, unless the user wants quiet.
  func tell(_ message: String) {
    guard !isQuiet else { return }
    progress?.pause()
    StandardError.print(message)
  }

  /// Prints a warning on standard error, and what may be done about it, unless the user wants quiet.
  func warn(_ warning: TableWarning) {
    guard !isQuiet else { return }
    progress?.pause()
    StandardError.warn("\(warning)" + (warning.remedy.map { ": \($0.sentence)" } ?? ""))
  }

  /// Writes the result. One that cannot be written where it should go is not lost: it goes to standard output.
  ///
  /// - Throws: `OutputDestination.Failure`.
  func write(_ text: String) throws {
    progress?.finish()
    do {
      try output.write(text)
    } catch {
      if !output.isStandardOutput { try? OutputDestination.standardOutput.write(text) }
      throw error
    }
  }
}
