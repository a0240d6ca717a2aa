/// What one prime teaches about the others: every matrix of an F4 computation without the rows that brought
/// nothing, and where the results are expected to be nonzero.
///
/// Polynomials are numbered as in the computation: the inputs first, then each matrix's results. A trace
/// knows no monomials, except those of the final basis.
final class F4Trace: @unchecked Sendable {
  // Immutable after the recording is finished.
  private(set) var matrices: [TracedMatrix] = []
  /// The numbers of terms of the inputs.
  let inputCounts: [Int]
  /// The reduced basis: monomials of all elements, packed; coefficients are those of the last matrix.
  var basisMonomials: [ModularPolynomial] = []

  init(inputCounts: [Int]) { self.inputCounts = inputCounts }

  deinit { for polynomial in basisMonomials { polynomial.deallocate() } }

  func append(_ matrix: TracedMatrix) { matrices.append(matrix) }

  /// Entries of all matrices.
  var size: Int { matrices.reduce(0) { $0 + $1.entryCount } }
}

/// A recorded matrix: the shape of `MacaulayMatrix` with the rows and columns that count.
final class TracedMatrix: @unchecked Sendable {
  struct Row {
    var polynomial: UInt32
    var count: UInt32
    var start: Int
  }

  /// A resulting polynomial.
  struct Output {
    /// The lower row (and row of the echelon form) that it comes from.
    var row: Int
    /// Where its nonzero columns (among those without pivot, ascending) stand in `supports`.
    var support: Range<Int>
  }

  enum Kind {
    /// The results are the rows of the reduced echelon form; `pivots[i]` is the pivot of lower row i.
    case elimination(pivots: [Int])
    /// The results are the lower rows, whose leading terms stay and whose tails are reduced.
    case tailReduction
  }

  let kind: Kind
  /// One for each pivot column, in order.
  let upper: [Row]
  let lower: [Row]
  let outputs: [Output]
  let pivotCount: Int
  let remainingCount: Int
  let entries: UnsafeMutablePointer<UInt32>
  let entryCount: Int
  let supports: [UInt32]

  init(
    kind: Kind, upper: [Row], lower: [Row], outputs: [Output], remainingCount: Int,
    entries: UnsafeMutablePointer<UInt32>, entryCount: Int, supports: [UInt32]
  ) {
    self.kind = kind
    self.upper = upper
    self.lower = lower
    self.outputs = outputs
    pivotCount = upper.count
    self.remainingCount = remainingCount
    self.entries = entries
    self.entryCount = entryCount
    self.supports = supports
  }

  deinit { entries.deallocate() }

  var columnCount: Int { pivotCount + remainingCount }
}
