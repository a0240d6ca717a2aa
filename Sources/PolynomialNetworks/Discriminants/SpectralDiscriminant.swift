import Algebra

/// The discriminant for an inner product `α tr(SASB) + β tr(SA) tr(SB)`: that of the characteristic polynomial of `T S`;
/// the rank drops on the product of all `t_i − τ_s`.
struct SpectralDiscriminant<Engine: AlgebraEngine> {
  typealias Polynomial = Engine.Polynomial

  let degenerate: Polynomial
  let rankDrop: Polynomial

  init(_ problem: ParametricProblem<Engine>, _ product: SpectralInnerProduct<Engine>, control: Control) throws
  {
    let ring = problem.notation.ring
    let basis = problem.problem.teacher.basis
    let n = basis.inputs
    let teacher = try problem.teacherMatrix()
    let matrix = try (0..<n).map { i in
      try (0..<n).map { j in
        try (0..<n).reduce(ring.zero) { try $0.adding(teacher[i][$1].scaled(by: product.covariance[$1, j])) }
      }
    }
    degenerate = try Self.discriminant(matrix, ring, control)
    let rank = problem.problem.width
    let weight = product.squareWeight + product.traceWeight * Engine.Rational(rank)
    rankDrop =
      try product.traceWeight == 0
      ? Determinant.of(matrix, ring: ring)
      : Self.product(matrix, count: n - rank, factor: weight.divided(by: product.traceWeight), ring, control)
  }

  /// The determinant of the power sums of the eigenvalues.
  private static func discriminant(
    _ matrix: [[Polynomial]], _ ring: Engine.PolynomialRing, _ control: Control
  ) throws -> Polynomial {
    let n = matrix.count
    var power = matrix.indices.map { i in matrix.indices.map { ring.constant(i == $0 ? 1 : 0) } }
    var sums: [Polynomial] = []
    for _ in 0...(2 * n - 2) {
      try control.check()
      sums.append(try (0..<n).reduce(ring.zero) { try $0.adding(power[$1][$1]) })
      power = try power.map { row in
        try (0..<n).map { j in
          try (0..<n).reduce(ring.zero) { try $0.adding(row[$1].multiplied(by: matrix[$1][j])) }
        }
      }
    }
    let hankel = (0..<n).map { i in (0..<n).map { sums[i + $0] } }
    return try Determinant.eliminating(hankel, ring: ring, control: control)
  }

  /// `Π (a t_i + Σ_{j ∈ c} t_j)` over all i and all sets c of so many others.
  ///
  /// The determinant of `a A ⊗ 1 + 1 ⊗ dΛ^k A` has these factors, and for i ∈ c those of the product for k − 1, a + 1.
  private static func product(
    _ matrix: [[Polynomial]], count: Int, factor: Engine.Rational, _ ring: Engine.PolynomialRing,
    _ control: Control
  ) throws -> Polynomial {
    let n = matrix.count
    if count == 0 {
      return try Determinant.of(matrix, ring: ring).scaled(by: factor.power(n))
    }
    let sets = Cell.all(dimension: count, in: n).map(\.pivots)
    let size = n * sets.count
    var entries = [[Polynomial]](repeating: [Polynomial](repeating: ring.zero, count: size), count: size)
    for (place, set) in sets.enumerated() {
      for i in 0..<n {
        // A applied to one factor of e_set, or to e_i.
        for j in 0..<n {
          let row = j * sets.count + place
          let column = i * sets.count + place
          entries[row][column] = try entries[row][column].adding(matrix[j][i].scaled(by: factor))
        }
      }
      for (position, member) in set.enumerated() {
        for j in 0..<n where j == member || !set.contains(j) {
          var image = set
          image[position] = j
          // The sign that sorts the image.
          let moved = image.indices.filter { $0 != position && (image[$0] < j) != ($0 < position) }.count
          guard let target = sets.firstIndex(of: image.sorted()) else { continue }
          let value = moved % 2 == 0 ? matrix[j][member] : matrix[j][member].negated
          for i in 0..<n {
            let (row, column) = (i * sets.count + target, i * sets.count + place)
            entries[row][column] = try entries[row][column].adding(value)
          }
        }
      }
    }
    let full = try Determinant.eliminating(entries, ring: ring, control: control)
    let lower = try product(matrix, count: count - 1, factor: factor + 1, ring, control)
    guard !lower.isZero else { throw AlgebraError.tooLarge("a product of eigenvalues that are all zero") }
    return try full.dividedExactly(by: lower)
  }
}
