/// Sees every matrix of an F4 computation after its reduction, in order.
protocol F4Observer: AnyObject {
  /// - Parameters:
  ///   - independent: numbers of the lower rows that the rows of the form come from.
  ///   - form: the reduced echelon form of the lower rows on the columns without pivot.
  func observeElimination(in matrix: MacaulayMatrix, independent: [Int], form: DenseEchelonForm)

  /// The last matrix: its lower rows are the elements of the basis, whose tails were reduced.
  ///
  /// - Parameters:
  ///   - supports: for each lower row the columns without pivot, counted from the first one of them, that are left.
  ///   - basis: the reduced basis.
  func observeTailReduction(in matrix: MacaulayMatrix, supports: [[UInt32]], basis: [ModularPolynomial])
}
