import Algebra

extension SwiftEngine {
  /// A dense rational matrix.
  public struct RationalMatrix: ExactMatrix {
    public typealias Rational = SwiftEngine.Rational

    public let rows: Int
    public let columns: Int
    /// Row by row.
    public private(set) var entries: [Rational]

    /// - Precondition: a shape within `SizeLimits`, and as many entries.
    init(shape rows: Int, _ columns: Int, _ entries: [Rational]) {
      precondition(SizeLimits.allowsMatrix(rows: rows, columns: columns), "a \(rows) × \(columns) matrix")
      self.rows = rows
      self.columns = columns
      self.entries = entries
    }
  }
}

extension SwiftEngine.RationalMatrix {
  /// - Throws: also `AlgebraError.tooLarge` for more than 2³⁰ rows or columns.
  public init(rows: Int, columns: Int, entries: [SwiftEngine.Rational]) throws {
    try Self.requireEntries(entries.count, rows: rows, columns: columns)
    self.init(shape: rows, columns, entries)
  }

  public static func zero(rows: Int, columns: Int) -> Self {
    Self(shape: rows, columns, Array(repeating: 0, count: rows * columns))
  }

  public static func identity(_ size: Int) -> Self {
    var matrix = zero(rows: size, columns: size)
    for index in 0..<size { matrix[index, index] = 1 }
    return matrix
  }

  public subscript(_ row: Int, _ column: Int) -> SwiftEngine.Rational {
    get { entries[place(row, column)] }
    set { entries[place(row, column)] = newValue }
  }

  @inline(__always)
  private func place(_ row: Int, _ column: Int) -> Int {
    precondition(
      row >= 0 && row < rows && column >= 0 && column < columns,
      "the entry (\(row), \(column)) of a \(rows) × \(columns) matrix")
    return row * columns + column
  }

  public var isZero: Bool { entries.allSatisfy { $0.numerator.isZero } }

  public var transposed: Self {
    var list: [Rational] = []
    list.reserveCapacity(entries.count)
    for column in 0..<columns {
      for row in 0..<rows { list.append(entries[row * columns + column]) }
    }
    return Self(shape: columns, rows, list)
  }

  public func adding(_ other: Self) throws -> Self {
    try requireSameShape(other)
    return Self(shape: rows, columns, zip(entries, other.entries).map { $0 + $1 })
  }

  public func subtracting(_ other: Self) throws -> Self {
    try requireSameShape(other)
    return Self(shape: rows, columns, zip(entries, other.entries).map { $0 - $1 })
  }

  /// Cost: a product of integer matrices, the rows of the left and the columns of the right factor over common
  /// denominators.
  ///
  /// - Throws: also `AlgebraError.tooLarge` if the product had more than 2³⁰ entries.
  public func multiplied(by other: Self) throws -> Self {
    try requireRows(of: other, equal: columns)
    try Self.requireAllowed(rows: rows, columns: other.columns)
    let (left, right) = (IntegerRows(self), IntegerRows(other.transposed))
    var list: [Rational] = []
    list.reserveCapacity(rows * other.columns)
    for row in 0..<rows {
      for column in 0..<other.columns {
        var sum: SwiftEngine.Integer = 0
        for index in 0..<columns { sum += left.rows[row][index] * right.rows[column][index] }
        list.append(Rational(reducing: sum, left.denominators[row] * right.denominators[column]))
      }
    }
    return Self(shape: rows, other.columns, list)
  }

  public func scaled(by factor: SwiftEngine.Rational) -> Self {
    Self(shape: rows, columns, entries.map { $0 * factor })
  }
}

/// The rows of a rational matrix as integers over the rows' common denominators.
struct IntegerRows {
  var rows: [[SwiftEngine.Integer]]
  let denominators: [SwiftEngine.Integer]

  init(_ matrix: SwiftEngine.RationalMatrix) {
    var (rows, denominators): ([[SwiftEngine.Integer]], [SwiftEngine.Integer]) = ([], [])
    for row in 0..<matrix.rows {
      let entries = matrix.entries[row * matrix.columns..<(row + 1) * matrix.columns]
      let denominator = SwiftEngine.Integer.leastCommonMultiple(of: entries.lazy.map(\.denominator))
      denominators.append(denominator)
      rows.append(entries.map { $0.numerator(over: denominator) })
    }
    self.rows = rows
    self.denominators = denominators
  }
}

extension SwiftEngine.Integer {
  /// Of positive numbers; 1 if there are none.
  static func leastCommonMultiple(of numbers: some Sequence<Self>) -> Self {
    var multiple: Self = 1
    for number in numbers where number != 1 && number != multiple {
      let divisor = multiple.greatestCommonDivisor(with: number)
      multiple = multiple * number.divided(by: divisor).quotient
    }
    return multiple
  }
}
