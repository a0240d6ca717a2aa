/// A basis of a subspace of `Q^k` in reduced echelon form with one common denominator: it reduces vectors
/// modulo the subspace without fractions.
///
/// Every basis row has the denominator (a nonzero integer) in its own pivot column and zero in the others';
/// only the entries in the free columns are stored. They are, up to common factors, minors of the inserted
/// vectors, so they grow no faster than determinants do.
struct EchelonBasis<Scalar: ExactScalar> {
  private var denominator = Scalar.one
  private var pivots: [Int] = []
  private var freeColumns: [Int]
  /// One list for each pivot, aligned with `freeColumns`.
  private var rows: [[Scalar]] = []

  /// The zero subspace.
  init(columns: Int) { freeColumns = Array(0..<columns) }

  /// The dimension of the quotient space.
  var corank: Int { freeColumns.count }

  /// Coordinates of a vector modulo the subspace, up to a nonzero factor (possibly negative) that is the same
  /// for all vectors; zero exactly for members.
  ///
  /// - Parameters:
  ///   - vectors: vectors of `columns` entries one after the other.
  ///   - start: where the vector begins.
  ///   - residual: receives `corank` coordinates; resized only if it has another length.
  func reduce(
    _ vectors: [Scalar], at start: Int, into residual: inout [Scalar]
  ) throws(ScalarOverflow) {
    if residual.count != corank { residual = Array(repeating: .zero, count: corank) }
    for position in 0..<corank {
      var entry = try denominator.multiplied(by: vectors[start + freeColumns[position]])
      for row in 0..<pivots.count {
        entry = try entry.subtracting(vectors[start + pivots[row]].multiplied(by: rows[row][position]))
      }
      residual[position] = entry
    }
  }

  /// Adds a vector, given by its nonzero residual, to the basis.
  mutating func insert(_ residual: [Scalar]) throws(ScalarOverflow) {
    guard let position = residual.firstIndex(where: { $0.sign != 0 }) else {
      preconditionFailure("a member of the subspace extends no basis")
    }
    var added = residual
    let pivot = added.remove(at: position)
    for index in rows.indices {
      let factor = rows[index].remove(at: position)
      for column in added.indices {
        rows[index][column] = try rows[index][column].multiplied(by: pivot)
          .subtracting(factor.multiplied(by: added[column]))
      }
    }
    for column in added.indices { added[column] = try added[column].multiplied(by: denominator) }
    denominator = try denominator.multiplied(by: pivot)
    rows.append(added)
    pivots.append(freeColumns.remove(at: position))
    try removeCommonFactor()
  }

  private mutating func removeCommonFactor() throws(ScalarOverflow) {
    var divisor = try Scalar.zero.commonDivisor(with: denominator)
    for row in rows {
      for entry in row where divisor != .one { divisor = try divisor.commonDivisor(with: entry) }
    }
    if divisor == .one { return }
    denominator = denominator.quotient(by: divisor)
    for index in rows.indices {
      for column in rows[index].indices {
        rows[index][column] = rows[index][column].quotient(by: divisor)
      }
    }
  }
}
