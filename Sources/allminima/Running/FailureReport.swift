import ArgumentParser

/// How whatever is thrown becomes a message and an exit code.
enum FailureReport {
  /// Runs a subcommand's work, which says how the process shall end; every error is reported and leaves as an exit
  /// code.
  static func reporting(_ body: () throws -> ExitCode) throws {
    do {
      let code = try body()
      guard code == .success else { throw code }
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
