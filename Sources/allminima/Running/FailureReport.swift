import ArgumentParser

/// How whatever is thrown becomes a message and an exit code.
enum FailureReport {
  /// Runs a subcommand's work; every error is reported and leaves as an exit code.
  static func reporting(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let code as ExitCode {
      throw code
    } catch let error as any EndingError {
      StandardError.report(error.message, line: error.place?.line, column: error.place?.column)
      throw error.exitCode
    } catch {
      StandardError.report("internal: \(error)")
      throw ExitCode.internalFailure
    }
  }
}
