import Algebra
import CFLINT

extension FlintEngine {
  /// A dense rational matrix on FLINT's `fmpq_mat`; copied when it is changed while it is shared.
  public struct RationalMatrix: ExactMatrix {
    public typealias Rational = FlintEngine.Rational

    var storage: RationalMatrixStorage

    /// The matrix that `compute` writes into zeros.
    init(rows: Int, columns: Int, _ compute: (UnsafeMutablePointer<fmpq_mat_struct>) -> Void) {
      storage = RationalMatrixStorage(rows: rows, columns: columns)
      compute(storage.matrix)
    }

    /// Lends the matrix to a call of FLINT, which must not change it.
    func read<Result>(_ body: (UnsafeMutablePointer<fmpq_mat_struct>) throws -> Result) rethrows -> Result {
      try withExtendedLifetime(storage) { try body(storage.matrix) }
    }
  }
}

/// Owns an `fmpq_mat`. Written only while exactly one value refers to it, hence safe to send.
final class RationalMatrixStorage: @unchecked Sendable {
  let matrix: UnsafeMutablePointer<fmpq_mat_struct>
  let rows: Int
  let columns: Int

  init(rows: Int, columns: Int) {
    precondition(SizeLimits.allowsMatrix(rows: rows, columns: columns), "a \(rows) × \(columns) matrix")
    self.rows = rows
    self.columns = columns
    matrix = .allocate(capacity: 1)
    fmpq_mat_init(matrix, rows, columns)
  }

  deinit {
    fmpq_mat_clear(matrix)
    matrix.deallocate()
  }
}

extension FlintEngine.RationalMatrix {
  /// - Throws: also `AlgebraError.tooLarge` for more than 2³⁰ rows or columns.
  public init(rows: Int, columns: Int, entries: [FlintEngine.Rational]) throws {
    try Self.requireEntries(entries.count, rows: rows, columns: columns)
    self.init(rows: rows, columns: columns) { matrix in
      var index = 0
      for row in 0..<rows {
        for column in 0..<columns {
          entries[index].read { fmpq_set(cflint_fmpq_mat_entry(matrix, row, column), $0) }
          index += 1
        }
      }
    }
  }

  public static func zero(rows: Int, columns: Int) -> Self { Self(rows: rows, columns: columns) { _ in } }

  public static func identity(_ size: Int) -> Self {
    Self(rows: size, columns: size) { if size > 0 { fmpq_mat_one($0) } }
  }

  public var rows: Int { storage.rows }
  public var columns: Int { storage.columns }

  private func checkIndices(_ row: Int, _ column: Int) {
    precondition(
      row >= 0 && row < rows && column >= 0 && column < columns,
      "the entry (\(row), \(column)) of a \(rows) × \(columns) matrix")
  }

  public subscript(_ row: Int, _ column: Int) -> FlintEngine.Rational {
    get {
      checkIndices(row, column)
      return read { matrix in
        FlintEngine.Rational { fmpq_set($0, cflint_fmpq_mat_entry(matrix, row, column)) }
      }
    }
    set {
      checkIndices(row, column)
      if !isKnownUniquelyReferenced(&storage) {
        let copy = RationalMatrixStorage(rows: rows, columns: columns)
        fmpq_mat_set(copy.matrix, storage.matrix)
        storage = copy
      }
      newValue.read { fmpq_set(cflint_fmpq_mat_entry(storage.matrix, row, column), $0) }
    }
  }

  public var entries: [FlintEngine.Rational] {
    var entries: [FlintEngine.Rational] = []
    entries.reserveCapacity(rows * columns)
    for row in 0..<rows {
      for column in 0..<columns { entries.append(self[row, column]) }
    }
    return entries
  }

  public var isZero: Bool { read { fmpq_mat_is_zero($0) != 0 } }

  public static func == (left: Self, right: Self) -> Bool {
    guard left.rows == right.rows, left.columns == right.columns else { return false }
    return left.read { x in right.read { y in fmpq_mat_equal(x, y) != 0 } }
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(rows)
    hasher.combine(columns)
    read { matrix in
      for row in 0..<rows {
        for column in 0..<columns {
          guard let entry = cflint_fmpq_mat_entry(matrix, row, column) else { continue }
          FlintEngine.Integer.hash(entry.pointee.num, into: &hasher)
          FlintEngine.Integer.hash(entry.pointee.den, into: &hasher)
        }
      }
    }
  }
}

extension FlintEngine.RationalMatrix {
  public var transposed: Self {
    read { x in Self(rows: columns, columns: rows) { fmpq_mat_transpose($0, x) } }
  }

  public func adding(_ other: Self) throws -> Self {
    try requireSameShape(other)
    return read { x in other.read { y in Self(rows: rows, columns: columns) { fmpq_mat_add($0, x, y) } } }
  }

  public func subtracting(_ other: Self) throws -> Self {
    try requireSameShape(other)
    return read { x in other.read { y in Self(rows: rows, columns: columns) { fmpq_mat_sub($0, x, y) } } }
  }

  /// - Throws: also `AlgebraError.tooLarge` if the product had more than 2³⁰ entries.
  public func multiplied(by other: Self) throws -> Self {
    try requireRows(of: other, equal: columns)
    try Self.requireAllowed(rows: rows, columns: other.columns)
    guard columns > 0 else { return .zero(rows: rows, columns: other.columns) }
    return read { x in
      other.read { y in Self(rows: rows, columns: other.columns) { fmpq_mat_mul($0, x, y) } }
    }
  }

  public func scaled(by factor: FlintEngine.Rational) -> Self {
    read { x in
      factor.read { c in Self(rows: rows, columns: columns) { fmpq_mat_scalar_mul_fmpq($0, x, c) } }
    }
  }

  public func reducedRowEchelonForm() -> (matrix: Self, pivots: [Int]) {
    guard rows > 0, columns > 0 else { return (self, []) }
    var rank = 0
    let form = read { x in Self(rows: rows, columns: columns) { rank = fmpq_mat_rref($0, x) } }
    var pivots: [Int] = []
    var column = 0
    form.read { matrix in
      for row in 0..<rank {
        while fmpq_is_zero(cflint_fmpq_mat_entry(matrix, row, column)) != 0 { column += 1 }
        pivots.append(column)
        column += 1
      }
    }
    return (form, pivots)
  }

  public func determinant() throws -> FlintEngine.Rational {
    try requireSquare()
    guard rows > 0 else { return 1 }
    return read { x in FlintEngine.Rational { fmpq_mat_det($0, x) } }
  }

  public func solve(_ right: Self) throws -> Self {
    try requireSquare()
    try requireRows(of: right, equal: rows)
    guard rows > 0 else { return right }
    guard right.columns > 0 else {
      guard try determinant() != 0 else { throw AlgebraError.singularMatrix }
      return right
    }
    var isRegular = false
    let solution = read { x in
      right.read { y in
        Self(rows: rows, columns: right.columns) { isRegular = fmpq_mat_solve($0, x, y) != 0 }
      }
    }
    guard isRegular else { throw AlgebraError.singularMatrix }
    return solution
  }
}
