import Algebra
import CKernels

/// Walks through the monomials by ascending degree reverse lexicographic order and looks for the first linear
/// relations between their values in `F_p[T]/(f)`.
struct PointRelations {
  private let field: PrimeField
  private let lanes: FieldLanes
  private let control: Control
  private let variableCount: Int
  private let dimension: Int
  /// Words of a value: the dimension rounded up to what the kernels work on.
  private let stride: Int
  /// For each variable the values `x T^k`, `stride` words each.
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
    let stride = FieldLanes.padded(dimension)
    self.dimension = dimension
    self.stride = stride
    multiples = coordinates.map { value in
      let buffer = GrowableBuffer<UInt32>(capacity: dimension * stride)
      var row = value + [UInt32](repeating: 0, count: stride - value.count)
      for _ in 0..<dimension {
        buffer.append(from: row, count: stride)
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
    let relations = LinearRelations(dimension: dimension, field: field, lanes: lanes)
    let values = GrowableBuffer<UInt32>(capacity: dimension * stride)
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
          multiply(values.base + parent * stride, by: variable, into: row.base)
        }
        if let combination = relations.insert(row.base) {
          leads.append(monomial)
          result.append(relation(monomial, combination, standard))
          continue
        }
        found.append(standard.count)
        values.append(from: row.base, count: stride)
        standard.append(monomial)
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
    let sources = (0..<dimension).map { UnsafePointer<UInt32>?(base + $0 * stride) }
    var target: UnsafeMutablePointer<UInt32>? = result
    ck_add_dense(&target, 1, sources, dimension, value, 0, stride, lanes.constants)
  }

  /// The relation of a monomial with the standard monomials.
  private func relation(
    _ monomial: [UInt32], _ combination: [UInt32], _ standard: [[UInt32]]
  ) -> SparsePolynomial<UInt32> {
    var result = SparsePolynomial<UInt32>(variableCount: variableCount)
    result.append(exponents: monomial, coefficient: 1)
    for place in standard.indices.reversed() where combination[place] != 0 {
      result.append(exponents: standard[place], coefficient: combination[place])
    }
    return result
  }
}
