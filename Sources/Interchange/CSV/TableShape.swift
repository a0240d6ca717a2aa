/// Which cells of a table's rows are read, as its first rows tell.
struct TableShape {
  /// The names of all columns, the ignored ones included.
  let names: [String]?
  /// How many cells every further row has.
  let cellCount: Int
  /// How many columns there are. Cells behind them are empty: a separator ends every line.
  let columnCount: Int
  /// The columns that are read, counted from 0.
  let kept: [Int]

  /// - Parameters:
  ///   - header: the cells of the row of names, if there is one.
  ///   - row: the cells of the first row of numbers.
  /// - Returns: `nil` if the rows do not fit together.
  /// - Throws: `ColumnError` for ignored columns that are not there.
  init?(header: [[UInt8]]?, row: [[UInt8]], ignoring ignored: [String]) throws {
    cellCount = row.count
    let filled = Self.filledCount(row)
    if let header {
      let named = Self.filledCount(header)
      if header.count + 1 == row.count, filled == row.count {
        // R's write.table gives no name to the column of row names.
        names = [""] + header.map { String(decoding: $0, as: UTF8.self) }
        columnCount = row.count
      } else {
        columnCount = max(named, filled)
        guard columnCount <= row.count, columnCount <= header.count else { return nil }
        guard header.count == row.count || abs(header.count - row.count) == 1 else { return nil }
        names = header.prefix(columnCount).map { String(decoding: $0, as: UTF8.self) }
      }
    } else {
      names = nil
      columnCount = filled
    }
    let columns = ColumnNames(names: names, count: columnCount)
    let left = Set(try ignored.map { try columns.index(of: $0) })
    kept = (0..<columnCount).filter { !left.contains($0) }
  }

  private static func filledCount(_ row: [[UInt8]]) -> Int {
    (row.lastIndex { !$0.isEmpty } ?? -1) + 1
  }
}

/// The columns of a table, as a user may call them.
struct ColumnNames {
  let names: [String]?
  let count: Int

  /// The column of a name, or of a number from 1 (no name is a number), counted from 0.
  ///
  /// - Throws: `ColumnError`.
  func index(of column: String) throws(ColumnError) -> Int {
    let matches = names?.indices.filter { names?[$0] == column } ?? []
    if matches.count == 1 { return matches[0] }
    guard matches.isEmpty else { throw .ambiguous(column: column, numbers: matches.map { $0 + 1 }) }
    if let number = Int(column), (1...count).contains(number) { return number - 1 }
    guard let names else { throw .noNames(column: column, count: count) }
    throw .unknown(column: column, names: names)
  }
}

/// Why a column that a user asks for is not found.
public enum ColumnError: Error, Hashable, Sendable {
  case noNames(column: String, count: Int)
  case unknown(column: String, names: [String])
  /// Several columns have this name, the empty one.
  case ambiguous(column: String, numbers: [Int])
  /// The column is both ignored and asked for.
  case ignored(column: String)
  /// One column is asked for as the target and as weights.
  case weightsAreTarget(column: String)
  /// Nothing is left beside the target and the weights.
  case noInputs
}

extension ColumnError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noNames(let column, let count):
      "there is no column '\(Excerpt.printable(column))': the data have no column names, "
        + "but columns 1 to \(count)"
    case .unknown(let column, let names):
      "there is no column '\(Excerpt.printable(column))'; the columns are \(Self.list(names))"
    case .ambiguous(let column, let numbers):
      "the columns \(numbers.map(String.init).joined(separator: ", ")) are all called "
        + "'\(Excerpt.printable(column))': numbers tell them apart"
    case .ignored(let column):
      "the column '\(Excerpt.printable(column))' is ignored"
    case .weightsAreTarget(let column):
      "the column '\(Excerpt.printable(column))' cannot be both the target and weights"
    case .noInputs: "there is no column of inputs beside the target and the weights"
    }
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(20).map { "'\(Excerpt.of(Array($0.utf8)))'" }.joined(separator: ", ")
    return names.count > 20 ? "\(shown) and \(names.count - 20) more" : shown
  }
}
