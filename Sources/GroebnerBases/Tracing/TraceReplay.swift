import Algebra
import CKernels

/// Repeats a traced computation modulo eight other primes at once.
final class TraceReplay {
  private static let width = FieldLanes.count

  private let trace: F4Trace
  private let control: Control
  private let accumulators = GrowableBuffer<UInt64>(capacity: 1024)
  private let pivots = GrowableBuffer<CKRow>(capacity: 256)
  private let dense = GrowableBuffer<UInt32>(capacity: 1024)
  /// Coefficients of all polynomials, eight words for each term.
  private var polynomials: [UnsafeMutablePointer<UInt32>?] = []

  init(trace: F4Trace, control: Control) {
    self.trace = trace
    self.control = control
  }

  deinit { release() }

  private func release() {
    for polynomial in polynomials { polynomial?.deallocate() }
    polynomials = []
  }

  /// The coefficients of the reduced basis: for all terms of all elements eight residues.
  struct Residues {
    var words: [UInt32]
    /// Lanes in which the computation did not follow the trace, as a bit set; their residues mean nothing.
    var failures: UInt8
  }

  /// - Parameter inputs: monic coefficients of the inputs, eight words for each term.
  func run(_ inputs: [[UInt32]], lanes: FieldLanes) throws(Interruption) -> Residues {
    release()
    for (input, count) in zip(inputs, trace.inputCounts) {
      precondition(input.count == count * Self.width)
      let copy = UnsafeMutablePointer<UInt32>.allocate(capacity: max(input.count, 1))
      input.withUnsafeBufferPointer {
        if let base = $0.baseAddress { copy.update(from: base, count: input.count) }
      }
      polynomials.append(copy)
    }
    var failures: UInt8 = 0
    for (matrix, expiring) in zip(trace.matrices, trace.expiringPolynomials()) {
      try control.check()
      failures |= try replay(matrix, lanes: lanes)
      if failures == .max { break }
      for number in expiring {
        polynomials[number]?.deallocate()
        polynomials[number] = nil
      }
    }
    return Residues(words: failures == .max ? [] : basisResidues(), failures: failures)
  }

  private func basisResidues() -> [UInt32] {
    guard let last = trace.matrices.last else { return [] }
    var words: [UInt32] = []
    words.reserveCapacity(Self.width * trace.basisMonomials.reduce(0) { $0 + $1.count })
    let first = polynomials.count - last.outputs.count
    for (number, monomials) in trace.basisMonomials.enumerated() {
      words.append(
        contentsOf: UnsafeBufferPointer(
          start: polynomials[first + number], count: Self.width * monomials.count))
    }
    return words
  }

  private func replay(_ matrix: TracedMatrix, lanes: FieldLanes) throws(Interruption) -> UInt8 {
    pivots.count = 0
    pivots.reserve(matrix.pivotCount)
    for row in matrix.upper { pivots.append(self.row(row, matrix)) }
    accumulators.count = 0
    accumulators.append(repeating: 0, count: Self.width * matrix.columnCount)
    dense.count = 0
    let rowSize = Self.width * matrix.remainingCount
    dense.reserve(rowSize * matrix.lower.count)
    let right = accumulators.base + Self.width * matrix.pivotCount
    for (number, row) in matrix.lower.enumerated() {
      if number & 15 == 0 { try control.check() }
      let skipped = matrix.isTailReduction ? 1 : 0
      let sparse = matrix.entries.row(
        start: row.start + skipped,
        coefficients: coefficients(row) + Self.width * skipped,
        count: row.count - UInt32(skipped))
      ck_place_lanes(accumulators.base, sparse)
      ck_eliminate_lanes(accumulators.base, pivots.base, 0, UInt32(matrix.pivotCount), lanes.constants)
      ck_pack_lanes(right, matrix.remainingCount, dense.base + rowSize * number, lanes.constants)
      right.update(repeating: 0, count: rowSize)
    }
    let rows = (0..<matrix.lower.count).map { dense.base + rowSize * $0 }
    var failures: UInt8 = 0
    if case .elimination(let pivotColumns) = matrix.kind {
      var form = LaneEchelonForm(
        rows: rows, columns: matrix.remainingCount, pivots: pivotColumns, lanes: lanes)
      try form.eliminate(control)
      failures = form.failures
    }
    for output in matrix.outputs { failures |= collect(output, of: matrix, from: rows[output.row]) }
    return failures
  }

  private func coefficients(_ row: TracedMatrix.Row) -> UnsafeMutablePointer<UInt32> {
    guard let coefficients = polynomials[Int(row.polynomial)] else {
      preconditionFailure("polynomials live until their last use")
    }
    return coefficients
  }

  private func row(_ row: TracedMatrix.Row, _ matrix: TracedMatrix) -> CKRow {
    matrix.entries.row(start: row.start, coefficients: coefficients(row), count: row.count)
  }

  /// Stores a result and returns the lanes that are not zero where the trace says so.
  private func collect(
    _ output: TracedMatrix.Output, of matrix: TracedMatrix, from row: UnsafePointer<UInt32>
  ) -> UInt8 {
    let isTail = matrix.isTailReduction
    let count = output.support.count + (isTail ? 1 : 0)
    let polynomial = UnsafeMutablePointer<UInt32>.allocate(capacity: max(Self.width * count, 1))
    polynomials.append(polynomial)
    var term = 0
    if isTail {
      polynomial.update(repeating: 1, count: Self.width)
      term = 1
    }
    var unexpected = SIMD8<UInt32>(repeating: 0)
    var column = 0
    func skip(to end: Int) {
      while column < end {
        unexpected |= UnsafeRawPointer(row + Self.width * column).loadUnaligned(as: SIMD8<UInt32>.self)
        column += 1
      }
    }
    for position in output.support {
      skip(to: Int(matrix.supports[position]))
      (polynomial + Self.width * term).update(from: row + Self.width * column, count: Self.width)
      term += 1
      column += 1
    }
    skip(to: matrix.remainingCount)
    var failures: UInt8 = 0
    for lane in 0..<Self.width where unexpected[lane] != 0 { failures |= 1 << UInt8(lane) }
    return failures
  }
}
