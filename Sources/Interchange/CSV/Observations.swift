import Algebra

/// A table's columns, told apart into inputs, the target and weights.
public struct Observations<Rational: ExactRational>: Sendable {
  /// One row for each observation, all of the same length, at least 1.
  public let inputs: [[Rational]]
  /// As many as there are rows of inputs.
  public let targets: [Rational]
  /// As long as a row of inputs; `nil` if the table has no column names.
  public let inputNames: [String]?
  public let targetName: String?
  /// The weights of the observations, if a column has them; as they are in the table.
  public let weights: [Rational]?
  public let weightName: String?
}

extension DataTable {
  /// Takes one column as the target, one as weights if asked for, and all others, in order, as inputs.
  ///
  /// - Parameters:
  ///   - target: the name of the target's column, or its number in the file from 1; the last column that has no
  ///     weights if `nil`.
  ///   - weights: the name or number of the column of weights.
  /// - Throws: `ColumnError`.
  public func observations(
    target: String? = nil, weights: String? = nil
  ) throws(ColumnError) -> Observations<Rational> {
    let weightColumn = try weights.map { name throws(ColumnError) in try index(of: name) }
    let last = rows[0].count - 1
    let column =
      try target.map { target throws(ColumnError) in try index(of: target) }
      ?? (weightColumn == last ? last - 1 : last)
    guard column != weightColumn else { throw .weightsAreTarget(column: weights ?? "") }
    let inputs = rows[0].indices.filter { $0 != column && $0 != weightColumn }
    guard !inputs.isEmpty else { throw .noInputs }
    return Observations(
      inputs: rows.map { row in inputs.map { row[$0] } }, targets: rows.map { $0[column] },
      inputNames: columnNames.map { names in inputs.map { names[$0] } }, targetName: columnNames?[column],
      weights: weightColumn.map { column in rows.map { $0[column] } },
      weightName: weightColumn.flatMap { columnNames?[$0] })
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
