/// A dense matrix of exact rational numbers, row major, with value semantics. Shapes with zero rows or
/// columns are allowed everywhere.
public protocol ExactMatrix: Hashable, Sendable {
  associatedtype Rational: ExactRational

  /// - Throws: `AlgebraError.shapeMismatch` unless `entries.count == rows * columns`, both at least 0.
  init(rows: Int, columns: Int, entries: [Rational]) throws

  static func zero(rows: Int, columns: Int) -> Self
  static func identity(_ size: Int) -> Self

  var rows: Int { get }
  var columns: Int { get }

  /// Traps if the indices are out of range.
  subscript(_ row: Int, _ column: Int) -> Rational { get set }

  /// All entries, row by row.
  var entries: [Rational] { get }

  var transposed: Self { get }
  var isZero: Bool { get }

  /// - Throws: `AlgebraError.shapeMismatch`.
  func adding(_ other: Self) throws -> Self
  /// - Throws: `AlgebraError.shapeMismatch`.
  func subtracting(_ other: Self) throws -> Self
  /// - Throws: `AlgebraError.shapeMismatch`.
  func multiplied(by other: Self) throws -> Self
  func scaled(by factor: Rational) -> Self

  /// The reduced row echelon form and its pivot columns. Cost: cubic, fraction-free inside.
  func reducedRowEchelonForm() -> (matrix: Self, pivots: [Int])

  /// - Throws: `AlgebraError.shapeMismatch` unless square.
  func determinant() throws -> Rational

  /// The unique `X` with `self · X = right`.
  ///
  /// - Throws: `AlgebraError.shapeMismatch`, `AlgebraError.singularMatrix`.
  func solve(_ right: Self) throws -> Self
}

extension ExactMatrix {
  /// The dimension of the row space. Cost: one elimination.
  public var rank: Int { reducedRowEchelonForm().pivots.count }

  /// - Throws: `AlgebraError.shapeMismatch` unless square, `AlgebraError.singularMatrix`.
  public func inverse() throws -> Self { try solve(.identity(rows)) }

  /// The submatrix with the given rows, in the given order.
  public func selectingRows(_ indices: some Sequence<Int>) -> Self {
    let list = Array(indices)
    var selected = Self.zero(rows: list.count, columns: columns)
    for (target, row) in list.enumerated() {
      for column in 0..<columns { selected[target, column] = self[row, column] }
    }
    return selected
  }

  /// A basis of `{v : self · v = 0}` as the columns of a matrix with `columns` rows, in reduced form.
  public func kernelBasis() -> Self {
    let (form, pivots) = reducedRowEchelonForm()
    let pivotSet = Set(pivots)
    let free = (0..<columns).filter { !pivotSet.contains($0) }
    var basis = Self.zero(rows: columns, columns: free.count)
    for (index, column) in free.enumerated() {
      basis[column, index] = 1
      for (row, pivot) in pivots.enumerated() { basis[pivot, index] = -form[row, column] }
    }
    return basis
  }

  /// The orthogonal projection onto the row space, a `columns × columns` matrix.
  public func projectionOntoRowSpace() -> Self {
    let (form, pivots) = reducedRowEchelonForm()
    let basis = form.selectingRows(0..<pivots.count)
    do {
      let gram = try basis.multiplied(by: basis.transposed)
      return try basis.transposed.multiplied(by: gram.solve(basis))
    } catch {
      preconditionFailure("the Gram matrix of independent rows is invertible: \(error)")
    }
  }

  /// The orthogonal projection onto `{v : self · v = 0}`, a `columns × columns` matrix.
  public func projectionOntoKernel() -> Self {
    do {
      return try Self.identity(columns).subtracting(projectionOntoRowSpace())
    } catch {
      preconditionFailure("both matrices are square of the same size: \(error)")
    }
  }
}
