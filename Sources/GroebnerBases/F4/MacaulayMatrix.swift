import Algebra
import CKernels

/// A sparse matrix whose rows are multiples of polynomials, in the form that F4 reduces:
///
///              pivot columns   other columns
///     upper  [       A       |       B       ]   one monic row per pivot column, A unit upper triangular
///     lower  [       C       |       D       ]   the rows that may bring something new
///
/// Columns are numbered by descending monomials within each of the two groups. A row's entries follow the
/// terms of its polynomial, so that the coefficients are shared by all multiples; its first entry is the
/// leading one.
final class MacaulayMatrix {
  struct Row {
    var polynomial: UInt32
    var count: UInt32
    /// Where the row's columns start in `entries`.
    var start: Int
  }

  let layout: MonomialLayout
  /// Monomials of the columns, by their number of arrival; `columnMonomials` translates.
  let table: MonomialTable
  let upper = GrowableBuffer<Row>(capacity: 64)
  let lower = GrowableBuffer<Row>(capacity: 64)
  let entries = GrowableBuffer<UInt32>(capacity: 1024)
  /// The upper row of each monomial of the table, or −1 (none), or −2 (not looked for yet).
  private let upperRow = GrowableBuffer<Int32>(capacity: 1024)
  /// The monomial number of each column.
  let columnMonomials = GrowableBuffer<UInt32>(capacity: 1024)
  private(set) var pivotCount = 0
  private let scratch = GrowableBuffer<UInt32>(capacity: 1024)
  private let multiplier: UnsafeMutablePointer<UInt64>

  init(layout: MonomialLayout) {
    self.layout = layout
    table = MonomialTable(layout: layout)
    multiplier = .allocate(capacity: layout.words)
  }

  deinit { multiplier.deallocate() }

  var columnCount: Int { table.count }
  /// The number of the columns on the right.
  var remainingCount: Int { columnCount - pivotCount }

  func removeAll() {
    table.removeAll()
    upper.count = 0
    lower.count = 0
    entries.count = 0
    upperRow.count = 0
    columnMonomials.count = 0
    pivotCount = 0
  }

  /// Adds the multiple of the polynomial that has the given leading monomial; false if an exponent overflows.
  private func append(
    _ number: Int, _ polynomial: ModularPolynomial, lead: UnsafePointer<UInt64>, to rows: GrowableBuffer<Row>
  ) -> Bool {
    for w in 0..<layout.words { multiplier[w] = lead[w] &- polynomial.monomials[w] }
    entries.reserve(polynomial.count)
    let start = entries.count
    guard
      table.insertProducts(
        of: polynomial.monomials, count: polynomial.count, with: multiplier, numbers: entries.base + start)
    else { return false }
    entries.count += polynomial.count
    rows.append(Row(polynomial: UInt32(number), count: UInt32(polynomial.count), start: start))
    if table.count > upperRow.count { upperRow.append(repeating: -2, count: table.count - upperRow.count) }
    return true
  }

  func appendLower(_ number: Int, in basis: PartialBasis, lead: UnsafePointer<UInt64>) -> Bool {
    append(number, basis.polynomials[number], lead: lead, to: lower)
  }

  func appendUpper(_ number: Int, in basis: PartialBasis, lead: UnsafePointer<UInt64>) -> Bool {
    guard append(number, basis.polynomials[number], lead: lead, to: upper) else { return false }
    upperRow[Int(entries[upper[upper.count - 1].start])] = Int32(upper.count - 1)
    return true
  }

  /// Symbolic preprocessing (Faugère 1999): gives every monomial that a leading monomial divides a pivot row,
  /// until nothing is added. Then numbers the columns. False if an exponent overflows.
  ///
  /// - Throws: `Interruption`; matrices of hopeless computations would not end before any limit.
  func complete(with basis: PartialBasis, control: Control) throws(Interruption) -> Bool {
    var id = 0
    let lead = UnsafeMutablePointer<UInt64>.allocate(capacity: layout.words)
    defer { lead.deallocate() }
    while id < table.count {
      if id & 31 == 0 { try control.check() }
      if upperRow[id] == -2 {
        // The table may move while the row is added.
        let place = table.monomials.base + id * layout.words
        for w in 0..<layout.words { lead[w] = place[w] }
        if !layout.isTagged(lead), let divisor = basis.firstDivisor(of: lead) {
          guard appendUpper(divisor, in: basis, lead: lead) else { return false }
        } else {
          upperRow[id] = -1
        }
      }
      id += 1
    }
    numberColumns()
    return true
  }

  private func numberColumns() {
    let count = table.count
    columnMonomials.count = 0
    columnMonomials.reserve(count)
    for id in 0..<count where upperRow[id] >= 0 { columnMonomials.append(UInt32(id)) }
    pivotCount = columnMonomials.count
    for id in 0..<count where upperRow[id] < 0 { columnMonomials.append(UInt32(id)) }
    scratch.count = 0
    scratch.reserve(count)
    let ids = columnMonomials.base
    ck_sort_monomials(ids, scratch.base, pivotCount, table.monomials.base, layout.complements, layout.words)
    ck_sort_monomials(
      ids + pivotCount, scratch.base, count - pivotCount, table.monomials.base, layout.complements,
      layout.words)
    let columnOf = scratch.base
    for column in 0..<count { columnOf[Int(ids[column])] = UInt32(column) }
    let entries = entries.base
    for i in 0..<self.entries.count { entries[i] = columnOf[Int(entries[i])] }
  }

  /// The upper rows, one for each pivot column.
  func upperRowNumber(ofColumn column: Int) -> Int { Int(upperRow[Int(columnMonomials[column])]) }

  func monomial(ofColumn column: Int) -> UnsafePointer<UInt64> {
    UnsafePointer(table.monomials.base + Int(columnMonomials[column]) * layout.words)
  }

  /// The columns without pivot, counted from the first one of them, in which a row over these is not zero.
  func support(of row: UnsafePointer<UInt32>) -> [UInt32] {
    (0..<remainingCount).filter { row[$0] != 0 }.map(UInt32.init)
  }
}
