/// A place in a polynomial system's file and what is wrong there.
public struct SyntaxError: Error, Hashable, Sendable {
  /// The name by which the user gave the file, if it has one.
  public var file: String?
  /// Counted from 1, columns in characters.
  public let line: Int
  public let column: Int
  /// The text at this place, empty at the end of the file.
  public let token: String
  public let reason: String

  public init(file: String? = nil, line: Int, column: Int, token: String, reason: String) {
    self.file = file
    self.line = line
    self.column = column
    self.token = token
    self.reason = reason
  }
}

extension SyntaxError: CustomStringConvertible {
  public var description: String {
    let place = (file.map { $0 + ", " } ?? "") + "line \(line), column \(column): "
    let found = token.isEmpty ? "the end of the input" : "'\(Excerpt.of(Array(token.utf8)))'"
    return place + reason + ", found " + found
  }
}
