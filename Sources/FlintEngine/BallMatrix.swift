import Algebra
import CFLINT

extension FlintEngine {
  /// A matrix of real balls on Arb's `arb_mat`; copied when it is changed while it is shared.
  public struct BallMatrix: RealBallMatrix {
    public typealias Ball = FlintEngine.Ball
    public typealias RationalMatrix = FlintEngine.RationalMatrix

    var storage: BallMatrixStorage
    public private(set) var precision: Int

    /// The matrix that `compute` writes into zeros.
    init(
      rows: Int, columns: Int, precision: Int, _ compute: (UnsafeMutablePointer<arb_mat_struct>) -> Void
    ) {
      precondition(precision >= 2, "a precision of \(precision) bits")
      self.precision = precision
      storage = BallMatrixStorage(rows: rows, columns: columns)
      compute(storage.matrix)
    }

    /// Lends the matrix to a call of Arb, which must not change it.
    func read<Result>(_ body: (UnsafeMutablePointer<arb_mat_struct>) throws -> Result) rethrows -> Result {
      try withExtendedLifetime(storage) { try body(storage.matrix) }
    }

    /// Copies the entries if another value shares them.
    private mutating func makeUnique() {
      if !isKnownUniquelyReferenced(&storage) {
        let copy = BallMatrixStorage(rows: rows, columns: columns)
        arb_mat_set(copy.matrix, storage.matrix)
        storage = copy
      }
    }
  }
}

/// Owns an `arb_mat`. Written only while exactly one value refers to it, hence safe to send.
final class BallMatrixStorage: @unchecked Sendable {
  let matrix: UnsafeMutablePointer<arb_mat_struct>
  let rows: Int
  let columns: Int

  init(rows: Int, columns: Int) {
    precondition(rows >= 0 && columns >= 0, "a matrix has no negative number of rows or columns")
    self.rows = rows
    self.columns = columns
    matrix = .allocate(capacity: 1)
    arb_mat_init(matrix, rows, columns)
  }

  deinit {
    arb_mat_clear(matrix)
    matrix.deallocate()
  }
}

extension FlintEngine.BallMatrix {
  public init(_ matrix: FlintEngine.RationalMatrix, precision: Int) {
    self.init(rows: matrix.rows, columns: matrix.columns, precision: precision) { result in
      matrix.read { arb_mat_set_fmpq_mat(result, $0, precision) }
    }
  }

  /// The precision is the greatest of the entries' (64 if there are none).
  public init(rows: Int, columns: Int, entries: [FlintEngine.Ball]) {
    precondition(entries.count == rows * columns, "\(entries.count) entries for \(rows) × \(columns)")
    let precision = entries.lazy.map(\.precision).max() ?? 64
    self.init(rows: rows, columns: columns, precision: precision) { matrix in
      var index = 0
      for row in 0..<rows {
        for column in 0..<columns {
          entries[index].read { arb_set(cflint_arb_mat_entry(matrix, row, column), $0) }
          index += 1
        }
      }
    }
  }

  public static func zero(rows: Int, columns: Int, precision: Int) -> Self {
    Self(rows: rows, columns: columns, precision: precision) { _ in }
  }

  public static func identity(_ size: Int, precision: Int) -> Self {
    Self(rows: size, columns: size, precision: precision) { arb_mat_one($0) }
  }

  public var rows: Int { storage.rows }
  public var columns: Int { storage.columns }

  private func checkIndices(_ row: Int, _ column: Int) {
    precondition(
      row >= 0 && row < rows && column >= 0 && column < columns,
      "the entry (\(row), \(column)) of a \(rows) × \(columns) matrix")
  }

  /// Setting an entry of greater precision raises the matrix's precision.
  public subscript(_ row: Int, _ column: Int) -> FlintEngine.Ball {
    get {
      checkIndices(row, column)
      return read { matrix in
        FlintEngine.Ball(precision: precision) { arb_set($0, cflint_arb_mat_entry(matrix, row, column)) }
      }
    }
    set {
      checkIndices(row, column)
      makeUnique()
      precision = max(precision, newValue.precision)
      newValue.read { arb_set(cflint_arb_mat_entry(storage.matrix, row, column), $0) }
    }
  }

  public var transposed: Self {
    read { x in Self(rows: columns, columns: rows, precision: precision) { arb_mat_transpose($0, x) } }
  }

  public var midpoint: Self {
    read { x in Self(rows: rows, columns: columns, precision: precision) { arb_mat_get_mid($0, x) } }
  }

  public static func + (left: Self, right: Self) -> Self { left.combinedEntrywise(with: right, arb_mat_add) }
  public static func - (left: Self, right: Self) -> Self { left.combinedEntrywise(with: right, arb_mat_sub) }

  private func combinedEntrywise(
    with other: Self,
    _ operation: (
      UnsafeMutablePointer<arb_mat_struct>?, UnsafePointer<arb_mat_struct>?, UnsafePointer<arb_mat_struct>?,
      Int
    ) -> Void
  ) -> Self {
    precondition(rows == other.rows && columns == other.columns, "matrices of different shapes")
    let precision = max(precision, other.precision)
    return read { x in
      other.read { y in
        Self(rows: rows, columns: columns, precision: precision) { operation($0, x, y, precision) }
      }
    }
  }

  public static func * (left: Self, right: Self) -> Self {
    precondition(left.columns == right.rows, "matrices whose shapes do not fit for a product")
    let precision = max(left.precision, right.precision)
    return left.read { x in
      right.read { y in
        Self(rows: left.rows, columns: right.columns, precision: precision) {
          arb_mat_mul($0, x, y, precision)
        }
      }
    }
  }

  public func scaled(by factor: FlintEngine.Ball) -> Self {
    let precision = max(precision, factor.precision)
    return read { x in
      factor.read { c in
        Self(rows: rows, columns: columns, precision: precision) {
          arb_mat_scalar_mul_arb($0, x, c, precision)
        }
      }
    }
  }

  public mutating func addBlock(_ other: Self, scaledBy factor: FlintEngine.Ball, row: Int, column: Int) {
    precondition(
      row >= 0 && column >= 0 && row + other.rows <= rows && column + other.columns <= columns,
      "a block beyond the matrix")
    makeUnique()
    precision = max(precision, other.precision, factor.precision)
    other.read { block in
      factor.read { c in
        for i in 0..<other.rows {
          for j in 0..<other.columns {
            arb_addmul(
              cflint_arb_mat_entry(storage.matrix, row + i, column + j), cflint_arb_mat_entry(block, i, j), c,
              precision)
          }
        }
      }
    }
  }

  public func solve(_ right: Self) -> Self? {
    precondition(rows == columns && right.rows == rows, "a linear system whose shapes do not fit")
    let precision = max(precision, right.precision)
    var isRegular = false
    let solution = read { x in
      right.read { y in
        Self(rows: rows, columns: right.columns, precision: precision) {
          // Arb returns at once, without looking at the matrix, if there is nothing to solve for.
          isRegular = arb_mat_solve($0, x, y, precision) != 0
        }
      }
    }
    return isRegular ? solution : nil
  }

  public func squaredNorm() -> FlintEngine.Ball {
    read { matrix in
      FlintEngine.Ball(precision: precision) { sum in
        guard columns > 0 else { return }
        for row in 0..<rows {
          let entries = cflint_arb_mat_entry(matrix, row, 0)
          arb_dot(sum, sum, 0, entries, 1, entries, 1, columns, precision)
        }
      }
    }
  }
}
