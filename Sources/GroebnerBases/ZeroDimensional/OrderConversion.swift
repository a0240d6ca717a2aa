import Algebra
import CKernels

/// The lexicographic basis of a zero-dimensional ideal over a prime field, from multiplication by variables.
struct OrderConversion {
  let algebra: QuotientAlgebra
  let control: Control

  private var field: PrimeField { algebra.field }
  private var variableCount: Int { algebra.variableCount }

  /// The reduced lexicographic basis by ascending leading monomials, each element as terms in descending
  /// order.
  ///
  /// In shape position by sparse linear algebra (Faugère and Mou, J. Symb. Comp. 80, 2017,
  /// doi:10.1016/j.jsc.2016.07.025), else by the general algorithm (Faugère, Gianni, Lazard, Mora, J. Symb.
  /// Comp. 16, 1993, doi:10.1006/jsco.1993.1051). Cost: quadratic or cubic in the dimension.
  func lexicographicBasis() throws -> [SparsePolynomial<UInt32>] {
    if algebra.dimension == 0 {
      return [
        SparsePolynomial(
          variableCount: variableCount, exponents: [UInt32](repeating: 0, count: variableCount),
          coefficients: [1])
      ]
    }
    return try shapePosition() ?? general()
  }

  private func exponents(_ variable: Int, _ power: Int) -> [UInt32] {
    (0..<variableCount).map { $0 == variable ? UInt32(power) : 0 }
  }

  /// The basis `x_i − h_i(x_n), m(x_n)`, or `nil` if the ideal does not have this shape (or, seldom, if the
  /// random linear form was unfit).
  private func shapePosition() throws -> [SparsePolynomial<UInt32>]? {
    let (n, dimension) = (variableCount, algebra.dimension)
    let last = try algebra.multiplication(by: n - 1, control: control)
    let others = try algebra.normalForms((0..<n - 1).map { exponents($0, 1) }, control: control)
    var generator = SeededGenerator(seed: 0x5EED, task: UInt64(field.prime))
    let form = GrowableBuffer<UInt32>(capacity: algebra.stride)
    let next = GrowableBuffer<UInt32>(capacity: algebra.stride)
    for buffer in [form, next] { buffer.append(repeating: 0, count: algebra.stride) }
    for i in 0..<dimension {
      form[i] = UInt32(truncatingIfNeeded: ((generator.next() >> 32) * UInt64(field.prime)) >> 32)
    }
    var sequence: [UInt32] = []
    var values = [[UInt32]](repeating: [], count: n - 1)
    for k in 0..<2 * dimension {
      if k & 15 == 0 { try control.check() }
      sequence.append(form[0])
      if k < dimension {
        for i in 0..<n - 1 { values[i].append(algebra.dot(form.base, others.base + i * algebra.stride)) }
      }
      algebra.pullBack(form.base, by: last, into: next.base)
      form.base.update(from: next.base, count: algebra.stride)
    }
    let univariate = ModularUnivariate(field: field)
    let minimal = univariate.minimalPolynomial(ofSequence: sequence)
    guard minimal.count == dimension + 1 else { return nil }
    // With S = sum of s_k z^(-k-1) = a/m and T_i = a_i/m: a_i = h_i a modulo m.
    guard
      let inverse = univariate.inverse(numerator(sequence, minimal), modulo: minimal)
    else { return nil }
    var result = [univariateElement(minimal, lead: nil)]
    for i in (0..<n - 1).reversed() {
      let product = univariate.multiply(numerator(values[i], minimal), inverse)
      let image = univariate.divide(product, by: minimal).remainder
      result.append(univariateElement(image.map(field.negate), lead: i))
    }
    return result
  }

  /// The polynomial part of `m · sum of s_k z^(-k-1)`.
  private func numerator(_ sequence: [UInt32], _ minimal: [UInt32]) -> [UInt32] {
    let degree = minimal.count - 1
    var result = [UInt32](repeating: 0, count: degree)
    for power in 0..<degree {
      var sum: UInt32 = 0
      for k in 0..<degree - power {
        sum = field.add(sum, field.multiply(minimal[power + k + 1], sequence[k]))
      }
      result[power] = sum
    }
    return ModularUnivariate(field: field).trimmed(result)
  }

  private func univariateElement(_ coefficients: [UInt32], lead: Int?) -> SparsePolynomial<UInt32> {
    var result = SparsePolynomial<UInt32>(variableCount: variableCount)
    if let lead { result.append(exponents: exponents(lead, 1), coefficient: 1) }
    for power in coefficients.indices.reversed() where coefficients[power] != 0 {
      result.append(exponents: exponents(variableCount - 1, power), coefficient: coefficients[power])
    }
    return result
  }

  /// Walks through the monomials in ascending lexicographic order and looks for the first linear relations.
  private func general() throws -> [SparsePolynomial<UInt32>] {
    let n = variableCount
    var relations = RelationFinder(algebra: algebra)
    var result: [SparsePolynomial<UInt32>] = []
    var leads: [[UInt32]] = []
    var standard: [[UInt32]] = []
    var vectors: [[UInt32]: [UInt32]] = [:]
    var one = [UInt32](repeating: 0, count: algebra.stride)
    one[0] = 1
    // Candidates in ascending order; the last variable is the least.
    var candidates: [[UInt32]] = [[UInt32](repeating: 0, count: n)]
    while !candidates.isEmpty {
      try control.check()
      let monomial = candidates.removeFirst()
      if leads.contains(where: { lead in (0..<n).allSatisfy { lead[$0] <= monomial[$0] } }) { continue }
      let vector = try self.vector(of: monomial, known: vectors, one: one)
      if let relation = relations.insert(vector) {
        var element = SparsePolynomial<UInt32>(variableCount: n)
        element.append(exponents: monomial, coefficient: 1)
        for (i, coefficient) in relation.enumerated().reversed() where coefficient != 0 {
          element.append(exponents: standard[i], coefficient: field.negate(coefficient))
        }
        result.append(element)
        leads.append(monomial)
        continue
      }
      vectors[monomial] = vector
      standard.append(monomial)
      for variable in 0..<n {
        var next = monomial
        next[variable] += 1
        let place = candidates.firstIndex { !$0.lexicographicallyPrecedes(next) } ?? candidates.count
        if place == candidates.count || candidates[place] != next { candidates.insert(next, at: place) }
      }
    }
    return result
  }

  private func vector(of monomial: [UInt32], known: [[UInt32]: [UInt32]], one: [UInt32]) throws -> [UInt32] {
    for variable in (0..<variableCount).reversed() where monomial[variable] > 0 {
      var divisor = monomial
      divisor[variable] -= 1
      guard let vector = known[divisor] else { continue }
      var product = [UInt32](repeating: 0, count: algebra.stride)
      algebra.multiply(vector, by: try algebra.multiplication(by: variable, control: control), into: &product)
      return product
    }
    return one
  }
}

/// Finds how a vector depends on those before it.
private struct RelationFinder {
  let algebra: QuotientAlgebra
  /// Reduced vectors with their pivots, and each as a combination of the inserted vectors.
  private var rows: [(pivot: Int, vector: [UInt32], combination: [UInt32])] = []

  init(algebra: QuotientAlgebra) { self.algebra = algebra }

  /// `nil` if the vector is independent and was inserted, else its coefficients in the inserted vectors.
  mutating func insert(_ vector: [UInt32]) -> [UInt32]? {
    let field = algebra.field
    var vector = vector
    var combination = [UInt32](repeating: 0, count: rows.count)
    for row in rows where vector[row.pivot] != 0 {
      let factor = field.negate(vector[row.pivot])
      Self.add(&vector, row.vector, factor, algebra)
      for (i, value) in row.combination.enumerated() {
        combination[i] = field.add(combination[i], field.multiply(factor, value))
      }
    }
    guard let pivot = vector.firstIndex(where: { $0 != 0 }) else { return combination.map(field.negate) }
    let scale = field.inverse(vector[pivot])
    rows.append(
      (
        pivot, vector.map { field.multiply($0, scale) },
        (combination + [1]).map { field.multiply($0, scale) }
      ))
    return nil
  }

  private static func add(
    _ target: inout [UInt32], _ source: [UInt32], _ factor: UInt32, _ algebra: QuotientAlgebra
  ) {
    target.withUnsafeMutableBufferPointer { target in
      source.withUnsafeBufferPointer { source in
        var address = target.baseAddress
        var origin = source.baseAddress
        var factor = factor
        ck_add_dense(&address, 1, &origin, 1, &factor, 0, algebra.stride, algebra.lanes.constants)
      }
    }
  }
}
