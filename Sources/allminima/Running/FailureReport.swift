import Algebra
import ArgumentParser
import Interchange
import Landscapes
import RunStore

/// How whatever is thrown becomes a message and an exit code.
enum FailureReport {
  /// Runs a subcommand's work; every error is reported and leaves as an exit code.
  static func reporting(_ body: () throws -> Void) throws {
    do {
      try body()
    } catch let code as ExitCode {
      throw code
    } catch {
      let (code, message) = describe(error)
      StandardError.report(message)
      throw code
    }
  }

  private static func describe(_ error: any Error) -> (ExitCode, String) {
    switch error {
    case let error as RefusedRun: (.validationFailure, "\(error)")
    case let error as TargetError: (.validationFailure, "\(error)")
    case let error as EnumerationError: (.validationFailure, "\(error)")
    case let error as InputError: (.invalidData, "\(error)")
    case let error as SyntaxError: (.invalidData, "\(error)")
    case let error as UnsuitableSystem: (.invalidData, "\(error)")
    case let error as ProblemError: (.validationFailure, "\(error)")
    case let error as ContradictingRoads: (.internalFailure, "\(error)")
    case let error as SuiteError: (.invalidData, "\(error)")
    case let error as ShardFileError: (.invalidData, "\(error)")
    case let error as InvalidRecord: (.invalidData, "\(error)")
    case let error as RunStoreError: (error.exitCode, "\(error)")
    case let error as OutputDestination.Failure: (.outputFailure, "\(error)")
    case let error as Interruption: (.limitReached, "\(error.reason); there is no result yet")
    default: (.internalFailure, "internal: \(error)")
    }
  }
}

extension RunStoreError {
  fileprivate var exitCode: ExitCode {
    switch problem {
    case .exists: .validationFailure
    case .unwritable, .inUse: .outputFailure
    case .unreadable, .notAStore, .damaged, .otherRun: .invalidData
    }
  }
}

/// A run that is not started, as its options do not fit the data or the machine.
struct RefusedRun: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
