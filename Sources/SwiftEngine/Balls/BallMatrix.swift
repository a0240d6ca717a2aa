import Algebra

extension SwiftEngine {
  /// A matrix of real balls.
  public struct BallMatrix: RealBallMatrix {
    public typealias Ball = SwiftEngine.Ball
    public typealias RationalMatrix = SwiftEngine.RationalMatrix

    public let rows: Int
    public let columns: Int
    public private(set) var precision: Int
    /// Row by row.
    private var entries: [Ball]

    private init(rows: Int, columns: Int, precision: Int, entries: [Ball]) {
      precondition(precision >= 2, "a precision of \(precision) bits")
      precondition(SizeLimits.allowsMatrix(rows: rows, columns: columns), "a \(rows) × \(columns) matrix")
      self.rows = rows
      self.columns = columns
      self.precision = precision
      self.entries = entries
    }
  }
}

extension SwiftEngine.BallMatrix {
  public init(_ matrix: SwiftEngine.RationalMatrix, precision: Int) {
    self.init(
      rows: matrix.rows, columns: matrix.columns, precision: precision,
      entries: matrix.entries.map { Ball($0, precision: precision) })
  }

  /// The precision is the greatest of the entries' (64 if there are none).
  public init(rows: Int, columns: Int, entries: [SwiftEngine.Ball]) {
    precondition(entries.count == rows * columns, "\(entries.count) entries for \(rows) × \(columns)")
    self.init(
      rows: rows, columns: columns, precision: entries.lazy.map(\.precision).max() ?? 64, entries: entries)
  }

  public static func zero(rows: Int, columns: Int, precision: Int) -> Self {
    let zero = Ball(BinaryFloat.zero, radius: .zero, precision: precision)
    return Self(
      rows: rows, columns: columns, precision: precision,
      entries: Array(repeating: zero, count: rows * columns))
  }

  public static func identity(_ size: Int, precision: Int) -> Self {
    var matrix = zero(rows: size, columns: size, precision: precision)
    for index in 0..<size { matrix[index, index] = Ball(1.0, precision: precision) }
    return matrix
  }

  @inline(__always)
  private func place(_ row: Int, _ column: Int) -> Int {
    precondition(
      row >= 0 && row < rows && column >= 0 && column < columns,
      "the entry (\(row), \(column)) of a \(rows) × \(columns) matrix")
    return row * columns + column
  }

  /// Setting an entry of greater precision raises the matrix's precision.
  public subscript(_ row: Int, _ column: Int) -> SwiftEngine.Ball {
    get {
      let entry = entries[place(row, column)]
      return Ball(entry.middle, radius: entry.radius, precision: precision)
    }
    set {
      precision = max(precision, newValue.precision)
      entries[place(row, column)] = newValue
    }
  }

  public var transposed: Self {
    var list: [Ball] = []
    list.reserveCapacity(entries.count)
    for column in 0..<columns {
      for row in 0..<rows { list.append(entries[row * columns + column]) }
    }
    return Self(rows: columns, columns: rows, precision: precision, entries: list)
  }

  public var midpoint: Self { mapped(precision: precision) { $0.midpoint } }

  private func mapped(precision: Int, _ transform: (Ball) -> Ball) -> Self {
    Self(rows: rows, columns: columns, precision: precision, entries: entries.map(transform))
  }

  public static func + (left: Self, right: Self) -> Self { left.combined(with: right, +) }
  public static func - (left: Self, right: Self) -> Self { left.combined(with: right, -) }

  private func combined(with other: Self, _ operation: (Ball, Ball) -> Ball) -> Self {
    precondition(rows == other.rows && columns == other.columns, "matrices of different shapes")
    let precision = max(precision, other.precision)
    return Self(
      rows: rows, columns: columns, precision: precision,
      entries: zip(entries, other.entries).map { operation($0.withPrecision(precision), $1) })
  }

  public static func * (left: Self, right: Self) -> Self {
    precondition(left.columns == right.rows, "matrices whose shapes do not fit for a product")
    let precision = max(left.precision, right.precision)
    var product = zero(rows: left.rows, columns: right.columns, precision: precision)
    for row in 0..<left.rows {
      for column in 0..<right.columns {
        var sum = Ball(BinaryFloat.zero, radius: .zero, precision: precision)
        for index in 0..<left.columns {
          sum =
            sum + left.entries[row * left.columns + index].withPrecision(precision)
            * right.entries[index * right.columns + column]
        }
        product.entries[row * right.columns + column] = sum
      }
    }
    return product
  }

  public func scaled(by factor: SwiftEngine.Ball) -> Self {
    let precision = max(precision, factor.precision)
    let factor = factor.withPrecision(precision)
    return mapped(precision: precision) { $0 * factor }
  }

  public mutating func addBlock(_ other: Self, scaledBy factor: SwiftEngine.Ball, row: Int, column: Int) {
    precondition(
      row >= 0 && column >= 0 && row + other.rows <= rows && column + other.columns <= columns,
      "a block beyond the matrix")
    precision = max(precision, other.precision, factor.precision)
    let factor = factor.withPrecision(precision)
    for i in 0..<other.rows {
      for j in 0..<other.columns {
        let place = (row + i) * columns + column + j
        entries[place] = entries[place] + factor * other.entries[i * other.columns + j]
      }
    }
  }

  public func squaredNorm() -> SwiftEngine.Ball {
    entries.reduce(Ball(BinaryFloat.zero, radius: .zero, precision: precision)) {
      let entry = $1.withPrecision(precision)
      return $0 + entry * entry
    }
  }
}
