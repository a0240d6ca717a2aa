import Algebra
import ArgumentParser
import Interchange
import Landscapes

/// How whatever is thrown becomes a message and an exit code.
enum FailureReport {
  /// Runs a subcommand's work; every error leaves as a usage error or as an exit code whose message has been
  /// printed.
  static func reporting(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as InputError {
      throw ended(.invalidData, error)
    } catch let error as LimitReached {
      throw ended(.limitReached, "\(error); there is no result yet")
    } catch let error as OutputDestination.Failure {
      throw ended(.outputFailure, error)
    } catch let error as TargetError {
      throw ValidationError("\(error).")
    } catch let error as EnumerationError {
      throw ValidationError("\(error).")
    } catch let error as ValidationError {
      throw error
    } catch let error as ExitCode {
      throw error
    } catch {
      throw ended(.internalFailure, "internal error: \(error)")
    }
  }

  private static func ended(_ code: ExitCode, _ message: some CustomStringConvertible) -> ExitCode {
    StandardError.report("\(message)")
    return code
  }
}
