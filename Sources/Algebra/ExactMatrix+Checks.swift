/// What the matrices of all engines refuse.
extension ExactMatrix {
  /// - Throws: `AlgebraError.shapeMismatch` for another number of entries; as `requireAllowed`.
  package static func requireEntries(_ found: Int, rows: Int, columns: Int) throws(AlgebraError) {
    let (count, overflow) = max(rows, 0).multipliedReportingOverflow(by: max(columns, 0))
    guard rows >= 0, columns >= 0, !overflow, found == count else {
      throw .shapeMismatch(expected: "entries for \(rows) × \(columns)", found: "\(found) entries")
    }
    try requireAllowed(rows: rows, columns: columns)
  }

  /// - Throws: `AlgebraError.tooLarge` beyond `SizeLimits`.
  package static func requireAllowed(rows: Int, columns: Int) throws(AlgebraError) {
    guard SizeLimits.allowsMatrix(rows: rows, columns: columns) else {
      throw .tooLarge("a \(rows) × \(columns) matrix")
    }
  }

  /// - Throws: `AlgebraError.shapeMismatch`.
  package func requireSameShape(_ other: Self) throws(AlgebraError) {
    guard rows == other.rows, columns == other.columns else {
      throw .shapeMismatch(expected: "\(rows) × \(columns)", found: "\(other.rows) × \(other.columns)")
    }
  }

  /// - Throws: `AlgebraError.shapeMismatch`.
  package func requireRows(of other: Self, equal count: Int) throws(AlgebraError) {
    guard other.rows == count else {
      throw .shapeMismatch(expected: "\(count) rows", found: "\(other.rows) rows")
    }
  }

  /// - Throws: `AlgebraError.shapeMismatch`.
  package func requireSquare() throws(AlgebraError) {
    guard rows == columns else {
      throw .shapeMismatch(expected: "a square matrix", found: "\(rows) × \(columns)")
    }
  }
}
