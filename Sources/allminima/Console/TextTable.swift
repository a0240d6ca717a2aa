/// Rows of cells as lines with aligned columns.
struct TextTable {
  private let rows: [[String]]
  private let flushRight: Set<Int>

  /// - Parameters:
  ///   - rows: all of the same length.
  ///   - flushRight: the numbers of these columns, from 0; without any the last one.
  init(_ rows: [[String]], flushRight: Set<Int>? = nil) {
    self.rows = rows
    self.flushRight = flushRight ?? [(rows.first?.count ?? 0) - 1]
  }

  var lines: [String] {
    guard let columns = rows.first?.indices else { return [] }
    let widths = columns.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      columns.map { column in
        let padding = String(repeating: " ", count: widths[column] - row[column].count)
        return flushRight.contains(column) ? padding + row[column] : row[column] + padding
      }.joined(separator: "  ")
    }
  }
}
