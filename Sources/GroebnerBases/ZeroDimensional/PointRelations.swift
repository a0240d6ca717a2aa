import Algebra
import CKernels

/// Walks through the monomials by ascending degree reverse lexicographic order and looks for the first linear
/// relations between their values in `F_p[T]/(f)`.
///
/// Rows of the echelon form stand side by side: the value, reduced and with a one at its pivot, then the
/// combination of standard monomials that it is.
struct PointRelations {
  private let field: PrimeField
  private let lanes: FieldLanes
  private let control: Control
  private let variableCount: Int
  private let dimension: Int
  /// Words of a value, and of a row.
  private let half: Int
  private let stride: Int
  /// For each variable the values `x T^k`, `half` words each.
  private let multiples: [GrowableBuffer<UInt32>]

  /// - Parameters:
  ///   - modulus: monic, squarefree.
  ///   - coordinates: the variables' values.
  init(modulus: [UInt32], coordinates: [[UInt32]], field: PrimeField, control: Control) {
    self.field = field
    self.control = control
    lanes = FieldLanes(repeating: field)
    variableCount = coordinates.count
    let dimension = modulus.count - 1
    let half = (dimension + 15) / 16 * 16
    self.dimension = dimension
    self.half = half
    stride = 2 * half
    multiples = coordinates.map { value in
      let buffer = GrowableBuffer<UInt32>(capacity: dimension * half)
      var row = value + [UInt32](repeating: 0, count: half - value.count)
      for _ in 0..<dimension {
        buffer.append(from: row, count: half)
        let top = field.negate(row[dimension - 1])
        for i in (1..<dimension).reversed() {
          row[i] = field.add(row[i - 1], field.multiply(top, modulus[i]))
        }
        row[0] = field.multiply(top, modulus[0])
      }
      return buffer
    }
  }

  /// The reduced basis by ascending leading monomials, terms in descending order.
  func basis() throws -> [SparsePolynomial<UInt32>] {
    let order = MonomialOrder.degreeReverseLexicographic
    let rows = GrowableBuffer<UInt32>(capacity: (dimension + 1) * stride)
    let values = GrowableBuffer<UInt32>(capacity: (dimension + 1) * half)
    var pivots: [Int] = []
    var standard: [[UInt32]] = []
    var leads: [[UInt32]] = []
    var result: [SparsePolynomial<UInt32>] = []
    /// Monomials of the present degree with the number of the standard monomial and the variable they come from.
    var candidates = [(monomial: [UInt32](repeating: 0, count: variableCount), parent: -1, variable: 0)]
    let row = GrowableBuffer<UInt32>(capacity: stride)
    while !candidates.isEmpty {
      var found: [Int] = []
      for (monomial, parent, variable) in candidates {
        if leads.contains(where: { lead in zip(lead, monomial).allSatisfy { $0 <= $1 } }) { continue }
        try control.check()
        row.count = 0
        row.append(repeating: 0, count: stride)
        if parent < 0 {
          row[0] = 1
        } else {
          multiply(values.base + parent * half, by: variable, into: row.base)
        }
        let place = standard.count
        if place < dimension {
          values.append(from: row.base, count: half)
          row[half + place] = 1
        }
        reduce(row.base, rows.base, pivots)
        guard let pivot = (0..<dimension).first(where: { row[$0] != 0 }) else {
          leads.append(monomial)
          if place < dimension {
            values.count -= half
            row[half + place] = 0
          }
          result.append(relation(monomial, row.base + half, standard))
          continue
        }
        insert(row.base, pivot: pivot, into: rows, pivots)
        pivots.append(pivot)
        standard.append(monomial)
        found.append(place)
      }
      var next: [(monomial: [UInt32], parent: Int, variable: Int)] = []
      var known: Set<[UInt32]> = []
      for place in found {
        for variable in 0..<variableCount {
          var product = standard[place]
          product[variable] += 1
          if known.insert(product).inserted { next.append((product, place, variable)) }
        }
      }
      candidates = next.sorted { order.compare($0.monomial.map(Int.init), $1.monomial.map(Int.init)) < 0 }
    }
    return result
  }

  private func multiply(
    _ value: UnsafePointer<UInt32>, by variable: Int, into result: UnsafeMutablePointer<UInt32>
  ) {
    let base = multiples[variable].base
    let sources = (0..<dimension).map { UnsafePointer<UInt32>?(base + $0 * half) }
    var target: UnsafeMutablePointer<UInt32>? = result
    ck_add_dense(&target, 1, sources, dimension, value, 0, half, lanes.constants)
  }

  /// Makes the entries at all pivots zero.
  private func reduce(_ row: UnsafeMutablePointer<UInt32>, _ rows: UnsafePointer<UInt32>, _ pivots: [Int]) {
    guard !pivots.isEmpty else { return }
    let sources = pivots.indices.map { UnsafePointer<UInt32>?(rows + $0 * stride) }
    let multipliers = pivots.map { field.negate(row[$0]) }
    var target: UnsafeMutablePointer<UInt32>? = row
    ck_add_dense(&target, 1, sources, pivots.count, multipliers, 0, stride, lanes.constants)
  }

  /// Adds a reduced row, and reduces the others by it.
  private func insert(
    _ row: UnsafeMutablePointer<UInt32>, pivot: Int, into rows: GrowableBuffer<UInt32>, _ pivots: [Int]
  ) {
    ck_scale_dense(row, field.inverse(row[pivot]), 0, stride, lanes.constants)
    if !pivots.isEmpty {
      let targets = pivots.indices.map { UnsafeMutablePointer<UInt32>?(rows.base + $0 * stride) }
      let multipliers = pivots.indices.map { field.negate(rows[$0 * stride + pivot]) }
      var source: UnsafePointer<UInt32>? = UnsafePointer(row)
      ck_add_dense(targets, pivots.count, &source, 1, multipliers, 0, stride, lanes.constants)
    }
    rows.append(from: row, count: stride)
  }

  /// The relation of a monomial with the standard monomials.
  private func relation(
    _ monomial: [UInt32], _ combination: UnsafePointer<UInt32>, _ standard: [[UInt32]]
  ) -> SparsePolynomial<UInt32> {
    var result = SparsePolynomial<UInt32>(variableCount: variableCount)
    result.append(exponents: monomial, coefficient: 1)
    for place in standard.indices.reversed() where combination[place] != 0 {
      result.append(exponents: standard[place], coefficient: combination[place])
    }
    return result
  }
}
