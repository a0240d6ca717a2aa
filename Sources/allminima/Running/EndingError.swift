import Algebra
import ArgumentParser
import InfiniteWidth
import Interchange
import Landscapes
import RunStore

/// An error that ends the run, and knows how. Whatever else is thrown is a fault of the program.
protocol EndingError: Error {
  var exitCode: ExitCode { get }
  /// What is said on standard error.
  var message: String { get }
  /// The place in the input that is at fault, counted from 1, if it is known.
  var place: (line: Int?, column: Int?)? { get }
}

extension EndingError {
  var message: String { "\(self)" }
  var place: (line: Int?, column: Int?)? { nil }
}

// MARK: - Errors of the libraries

extension Interruption: EndingError {
  var exitCode: ExitCode { .limitReached }
  var message: String { "\(reason); there is no result yet" }
}

extension InputError: EndingError {
  var exitCode: ExitCode { .invalidData }
  var place: (line: Int?, column: Int?)? { (line, column) }
  var message: String { "\(self)" + (remedy.map { ": \($0.sentence)" } ?? "") }
}

extension SyntaxError: EndingError {
  var exitCode: ExitCode { .invalidData }
  var place: (line: Int?, column: Int?)? { (line, column) }
}

extension ColumnError: EndingError {
  var exitCode: ExitCode { .validationFailure }
}

extension ProblemError: EndingError {
  var exitCode: ExitCode {
    if case .weightNotPositive = self { return .invalidData }
    return .validationFailure
  }
}

extension InfiniteWidthError: EndingError {
  var exitCode: ExitCode { .validationFailure }
}

extension EnumerationError: EndingError {
  var exitCode: ExitCode { .validationFailure }
}

extension InvalidRecord: EndingError {
  var exitCode: ExitCode { .invalidData }
}

extension ShardFileError: EndingError {
  var exitCode: ExitCode { .invalidData }
}

extension RunStoreError: EndingError {
  var exitCode: ExitCode {
    switch problem {
    case .exists: .validationFailure
    case .unwritable, .inUse: .outputFailure
    case .unreadable, .notAStore, .damaged, .otherRun: .invalidData
    }
  }

  var message: String {
    switch problem {
    case .exists: "\(self): --resume goes on with the run in it"
    case .unwritable: "\(self); --resume goes on from what it contains"
    case .unreadable, .notAStore, .damaged, .otherRun, .inUse: description
    }
  }
}

// MARK: - Of the console

extension OutputDestination.Failure: EndingError {
  var exitCode: ExitCode { .outputFailure }
}
