/// Something in a table that was read as it stands, but may be meant otherwise.
///
/// The description is one line that begins with the file.
public struct TableWarning: Hashable, Sendable {
  public enum Doubt: Hashable, Sendable {
    /// A column without a name of its own (as R and pandas write the names of rows) counts the rows.
    case countsRows(column: Int, name: String)
    case nameless(column: Int)
    /// There are no names, and the first row is 0, 1, 2, …, as pandas numbers nameless columns.
    case firstRowCountsColumns(line: Int)
    /// There are no names, but a comment right above the first row looks like them.
    case namesInComment(line: Int, text: String)
  }

  public let source: String
  public let doubt: Doubt

  /// What may be done about it.
  public var remedy: TableRemedy? {
    switch doubt {
    case .countsRows(let column, _), .nameless(let column): .ignore(column: column)
    case .firstRowCountsColumns, .namesInComment: nil
    }
  }
}

extension TableWarning: CustomStringConvertible {
  public var description: String {
    switch doubt {
    case .countsRows(let column, let name):
      "\(source): column \(column)\(name.isEmpty ? "" : " ('\(name)')") counts the rows and is used as data"
    case .nameless(let column):
      "\(source): column \(column) has no name and is used as data"
    case .firstRowCountsColumns(let line):
      "\(source), line \(line): the first row counts the columns and is used as data, not as names"
    case .namesInComment(let line, let text):
      "\(source), line \(line): the comment '\(text)' is skipped, even if it should be the columns' names"
    }
  }
}
