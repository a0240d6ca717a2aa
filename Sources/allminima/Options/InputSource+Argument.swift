import Interchange

extension InputSource {
  /// As on the command line: the name of a file, or `-` for standard input.
  init(argument: String) { self = argument == "-" ? .standardInput : .file(argument) }

  /// The path, if it is a file.
  var file: String? {
    if case .file(let path) = self { return path }
    return nil
  }

  /// The name without folders.
  var fileName: String { name.split(separator: "/").last.map(String.init) ?? name }
}
