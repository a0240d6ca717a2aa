import ArgumentParser

/// A command whose whole run is an engine's work, which says how the process shall end.
protocol EngineCommand: ParsableCommand, EngineWork where Output == ExitCode {
  var shared: SharedOptions { get }
}

extension EngineCommand {
  func run() throws {
    try FailureReport.reporting { try shared.running.engine.perform(self) }
  }
}
