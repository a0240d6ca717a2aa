import ArgumentParser

/// The tool's exit codes beyond success and usage errors (`sysexits.h`, where it has them).
extension ExitCode {
  /// The result is complete but for something that could not be decided.
  static let undecided = ExitCode(3)
  /// Input that cannot be read or is invalid (`EX_DATAERR`).
  static let invalidData = ExitCode(65)
  /// A failure of ours (`EX_SOFTWARE`).
  static let internalFailure = ExitCode(70)
  /// The result cannot be written (`EX_IOERR`).
  static let outputFailure = ExitCode(74)
  /// A limit was reached or the run was interrupted (`EX_TEMPFAIL`).
  static let limitReached = ExitCode(75)
}
