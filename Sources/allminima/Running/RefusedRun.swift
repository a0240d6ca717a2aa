import ArgumentParser

/// A run that is not started, as its options do not fit the data or the machine.
struct RefusedRun: EndingError, CustomStringConvertible {
  let description: String

  var exitCode: ExitCode { .validationFailure }

  init(_ description: String) { self.description = description }
}
