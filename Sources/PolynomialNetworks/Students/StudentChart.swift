import Algebra
import Ideals

/// Forms of a fixed rank in coordinates, as polynomials in them.
///
/// Quadratic: `X = U P Uᵀ`, with an echelon matrix U and a symmetric P. Higher degrees: `X = Σ c_l ⟨v_l, x⟩^m`, where
/// some coordinate of every `v_l` is 1.
struct StudentChart<Engine: AlgebraEngine>: Sendable {
  typealias Polynomial = Engine.Polynomial

  let basis: MonomialBasis
  let notation: PolynomialNotation<Engine>
  /// For each column of U, or each unit, its coefficients of the inputs.
  let columns: [[Polynomial]]
  /// The inputs' coordinates in which columns have their leading ones, and where these are; none for several powers.
  let frame: Engine.RationalMatrix
  let pivots: [Int]
  /// P, or the diagonal matrix of the `c_l`.
  let core: [[Polynomial]]
  /// The unknowns in it.
  let coreUnknowns: Range<Int>
  /// The coefficients of X.
  let form: [Polynomial]
  /// Not zero where the rank is not less.
  let nondegeneracy: Polynomial
  /// Different numbers for different units, for higher degrees.
  let labels: [Polynomial]

  var rank: Int { columns.count }
  private var ring: Engine.PolynomialRing { notation.ring }

  /// Quadratic forms whose image lies in a cell, in changed coordinates.
  init(basis: MonomialBasis, cell: Cell, change: CoordinateChange<Engine>) throws {
    let rank = cell.pivots.count
    let free = cell.free
    let symmetric = (0..<rank).flatMap { i in (0...i).map { (i, $0) } }
    let notation = try PolynomialNotation<Engine>(
      variables: free.map { "w\($0.row)_\($0.column)" } + symmetric.map { "p\($0.0)_\($0.1)" })
    let ring = notation.ring
    self.basis = basis
    self.notation = notation
    columns = try Self.columns(cell, free, change.matrix, ring)
    var core = [[Polynomial]](repeating: [Polynomial](repeating: ring.zero, count: rank), count: rank)
    for (place, (i, j)) in symmetric.enumerated() {
      core[i][j] = ring.variable(free.count + place)
      core[j][i] = core[i][j]
    }
    self.core = core
    coreUnknowns = free.count..<notation.variables.count
    frame = change.matrix
    pivots = cell.pivots
    form = try Self.quadratic(columns, core, basis, ring)
    nondegeneracy = try Determinant.of(core, ring: ring)
    labels = []
  }

  /// Sums of powers, one unit in each of the cells of lines, in changed coordinates.
  init(basis: MonomialBasis, units: [Cell], change: CoordinateChange<Engine>) throws {
    let n = basis.inputs
    var names: [String] = []
    for (unit, cell) in units.enumerated() { names += cell.free.map { "v\(unit)_\($0.row)" } }
    let count = names.count
    let notation = try PolynomialNotation<Engine>(variables: names + units.indices.map { "c\($0)" })
    let ring = notation.ring
    self.basis = basis
    self.notation = notation
    var columns: [[Polynomial]] = []
    var start = 0
    for cell in units {
      let column = try Self.columns(cell, cell.free, change.matrix, ring, from: start)[0]
      start += cell.free.count
      columns.append(column)
    }
    self.columns = columns
    let coefficients = units.indices.map { ring.variable(count + $0) }
    coreUnknowns = count..<notation.variables.count
    frame = change.matrix
    pivots = units.count == 1 ? units[0].pivots : []
    core = units.indices.map { i in units.indices.map { $0 == i ? coefficients[i] : ring.zero } }
    var form = [Polynomial](repeating: ring.zero, count: basis.count)
    for (column, coefficient) in zip(columns, coefficients) {
      let power = try Self.power(of: column, degree: basis.degree, ring)
      for (place, value) in power.enumerated() {
        form[place] = try form[place].adding(value.multiplied(by: coefficient))
      }
    }
    self.form = form
    // A linear form that takes different values at different units, if it is general enough.
    var labels: [Polynomial] = []
    for column in columns {
      var label = ring.zero
      for i in 0..<n {
        let weight = Engine.Rational(1 + 7 * i + 5 * i * i)
        label = try label.adding(column[i].scaled(by: weight))
      }
      labels.append(label)
    }
    self.labels = labels
    var product = try coefficients.reduce(ring.constant(1)) { try $0.multiplied(by: $1) }
    for i in units.indices {
      for j in 0..<i { product = try product.multiplied(by: labels[i].subtracting(labels[j])) }
    }
    nondegeneracy = product
  }

  /// The columns `A · echelon`.
  private static func columns(
    _ cell: Cell, _ free: [(row: Int, column: Int)], _ change: Engine.RationalMatrix,
    _ ring: Engine.PolynomialRing, from start: Int = 0
  ) throws -> [[Polynomial]] {
    try cell.pivots.enumerated().map { column, pivot in
      try (0..<cell.size).map { i in
        var entry = ring.constant(change[i, pivot])
        for (place, position) in free.enumerated() where position.column == column {
          entry = try entry.adding(ring.variable(start + place).scaled(by: change[i, position.row]))
        }
        return entry
      }
    }
  }

  /// The coefficients of `xᵀ (Σ core_jk ℓ_j ℓ_kᵀ) x`.
  static func quadratic(
    _ columns: [[Polynomial]], _ core: [[Polynomial]], _ basis: MonomialBasis, _ ring: Engine.PolynomialRing
  ) throws -> [Polynomial] {
    let n = basis.inputs
    var form = [Polynomial](repeating: ring.zero, count: basis.count)
    for i in 0..<n {
      // Row i of U P.
      let row = try columns.indices.map { k in
        try columns.indices.reduce(ring.zero) { try $0.adding(columns[$1][i].multiplied(by: core[$1][k])) }
      }
      for j in 0...i {
        let entry = try columns.indices.reduce(ring.zero) {
          try $0.adding(row[$1].multiplied(by: columns[$1][j]))
        }
        form[basis.place(i, j)] = i == j ? entry : entry.scaled(by: 2)
      }
    }
    return form
  }

  /// The coefficients of a power of a linear form.
  static func power(
    of column: [Polynomial], degree: Int, _ ring: Engine.PolynomialRing
  ) throws -> [Polynomial] {
    let basis = MonomialBasis(inputs: column.count, degree: degree)
    return try basis.exponents.map { exponents in
      var product = ring.constant(Engine.Rational(basis.multinomial(exponents)))
      for (entry, exponent) in zip(column, exponents) where exponent > 0 {
        product = try product.multiplied(by: entry.power(exponent))
      }
      return product
    }
  }
}
