import Algebra

/// A table's columns, told apart into inputs and the target.
public struct Observations<Rational: ExactRational>: Sendable {
  /// One row for each observation, all of the same length, at least 1.
  public let inputs: [[Rational]]
  /// As many as there are rows of inputs.
  public let targets: [Rational]
  /// As long as a row of inputs; `nil` if the table has no column names.
  public let inputNames: [String]?
  public let targetName: String?
}

extension DataTable {
  /// Takes one column as the target and all others, in order, as inputs.
  ///
  /// - Parameter target: the name of the target's column, or its number in the file from 1; the last column if
  ///   `nil`.
  /// - Throws: `ColumnError`.
  public func observations(target: String? = nil) throws(ColumnError) -> Observations<Rational> {
    let column = try target.map { target throws(ColumnError) in try index(of: target) } ?? rows[0].count - 1
    func withoutTarget<Element>(_ row: [Element]) -> [Element] {
      Array(row[..<column] + row[(column + 1)...])
    }
    return Observations(
      inputs: rows.map(withoutTarget), targets: rows.map { $0[column] },
      inputNames: columnNames.map(withoutTarget), targetName: columnNames?[column])
  }

  /// The place of a column, by its name or by its number in the file from 1.
  private func index(of column: String) throws(ColumnError) -> Int {
    if let number = Int(column), let last = columnNumbers.last, (1...last).contains(number) {
      guard let index = columnNumbers.firstIndex(of: number) else { throw .ignored(column: column) }
      return index
    }
    return try ColumnNames(names: columnNames, count: columnNumbers.last ?? 0).index(of: column)
  }
}
