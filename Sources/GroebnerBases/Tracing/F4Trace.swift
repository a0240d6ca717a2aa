import CKernels

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

  /// For each matrix the numbers of the polynomials that nobody needs after it; the results of the last one
  /// are needed for ever.
  func expiringPolynomials() -> [[Int]] {
    var lastUse = [Int](repeating: 0, count: inputCounts.count)
    for (number, matrix) in matrices.enumerated() {
      for row in matrix.upper { lastUse[Int(row.polynomial)] = number }
      for row in matrix.lower { lastUse[Int(row.polynomial)] = number }
      lastUse += [Int](repeating: number, count: matrix.outputs.count)
    }
    var expiring = [[Int]](repeating: [], count: matrices.count)
    let needed = matrices.last?.outputs.count ?? 0
    for (polynomial, number) in lastUse.dropLast(needed).enumerated() where number < matrices.count {
      expiring[number].append(polynomial)
    }
    return expiring
  }

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
  let entries: Columns
  let entryCount: Int
  let supports: [UInt32]

  init(
    kind: Kind, upper: [Row], lower: [Row], outputs: [Output], remainingCount: Int,
    entries: Columns, entryCount: Int, supports: [UInt32]
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

  /// Column numbers in as few bits as they need.
  enum Columns {
    case short(UnsafeMutablePointer<UInt16>)
    case long(UnsafeMutablePointer<UInt32>)

    init(count: Int, columnCount: Int) {
      self =
        columnCount <= 1 << 16
        ? .short(.allocate(capacity: max(count, 1))) : .long(.allocate(capacity: max(count, 1)))
    }

    func set(_ index: Int, _ column: UInt32) {
      switch self {
      case .short(let base): base[index] = UInt16(truncatingIfNeeded: column)
      case .long(let base): base[index] = column
      }
    }

    /// The kernels' form of the row whose columns start here.
    func row(start: Int, coefficients: UnsafePointer<UInt32>, count: UInt32) -> CKRow {
      switch self {
      case .short(let base):
        CKRow(columns: nil, shortColumns: base + start, coefficients: coefficients, count: count)
      case .long(let base):
        CKRow(columns: base + start, shortColumns: nil, coefficients: coefficients, count: count)
      }
    }

    func deallocate() {
      switch self {
      case .short(let base): base.deallocate()
      case .long(let base): base.deallocate()
      }
    }
  }

  var columnCount: Int { pivotCount + remainingCount }

  var isTailReduction: Bool {
    if case .tailReduction = kind { return true }
    return false
  }
}
