/// Rows of cells as lines with aligned columns, all flush left but the last one.
struct TextTable {
  private let rows: [[String]]

  /// - Parameter rows: all of the same length.
  init(_ rows: [[String]]) { self.rows = rows }

  var lines: [String] {
    guard let columns = rows.first?.indices else { return [] }
    let widths = columns.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      columns.map { column in
        let padding = String(repeating: " ", count: widths[column] - row[column].count)
        return column == columns.last ? padding + row[column] : row[column] + padding
      }.joined(separator: "  ")
    }
  }
}
