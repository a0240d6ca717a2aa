import Interchange

extension InputSource {
  /// As on the command line: the name of a file, or `-` for standard input.
  init(argument: String) { self = argument == "-" ? .standardInput : .file(argument) }
}
