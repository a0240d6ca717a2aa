import Algebra
import Ideals

/// The equations of the critical forms of one rank in one chart.
///
/// Primal: the gradient annihilates every column, `⟨X − T, ℓ_j^{m−1} x_i⟩ = 0`. Dual (quadratic forms of large rank): the
/// gradient is `G = K Q Kᵀ` with the kernel K of X, and `X K = 0`, where X comes from G. Both describe the same points
/// with the same multiplicities.
struct CriticalSystem<Engine: AlgebraEngine>: Sendable {
  typealias Polynomial = Engine.Polynomial

  let notation: PolynomialNotation<Engine>
  /// Linear in the core; for each direction as many as there are inputs.
  let equations: [Polynomial]
  /// The columns that the gradient annihilates; dual: the kernel.
  let directions: [[Polynomial]]
  /// The inputs' coordinates in which some coordinates of the directions are those of the unit matrix, and which.
  let frame: Engine.RationalMatrix
  let pivots: [Int]
  /// The unknowns of the symmetric matrix P or Q, row by row, or the coefficients of powers.
  let core: Range<Int>
  /// Zero where the rank is less.
  let nondegeneracy: Polynomial
  /// The coordinates of the form in its chart, in the unknowns.
  let coordinates: [Polynomial]
  let chart: StudentChart<Engine>

  init(primal chart: StudentChart<Engine>, problem: TeacherProblem<Engine>) throws {
    let ring = chart.notation.ring
    let gradient = try Self.gradient(of: chart.form, problem, ring)
    notation = chart.notation
    equations = try Self.equations(
      of: chart.columns, gradient: gradient, basis: problem.teacher.basis, ring: ring)
    directions = chart.columns
    frame = chart.frame
    pivots = chart.pivots
    core = chart.coreUnknowns
    nondegeneracy = chart.nondegeneracy
    coordinates = chart.notation.variables.indices.map(ring.variable)
    self.chart = chart
  }

  /// `⟨X − T, ℓ^{m−1} x_i⟩` for all columns ℓ.
  static func equations(
    of columns: [[Polynomial]], gradient: [Polynomial], basis: MonomialBasis, ring: Engine.PolynomialRing
  ) throws -> [Polynomial] {
    var equations: [Polynomial] = []
    for column in columns {
      let lower = MonomialBasis(inputs: basis.inputs, degree: basis.degree - 1)
      let power = try StudentChart<Engine>.power(of: column, degree: basis.degree - 1, ring)
      for i in 0..<basis.inputs {
        var sum = ring.zero
        for (exponents, value) in zip(lower.exponents, power) where !value.isZero {
          var raised = exponents
          raised[i] += 1
          guard let place = basis.place(of: raised) else { continue }
          sum = try sum.adding(gradient[place].multiplied(by: value))
        }
        equations.append(sum)
      }
    }
    return equations
  }

  /// - Parameter inverseGram: of the metric.
  init(
    dual chart: StudentChart<Engine>, cell: Cell, change: CoordinateChange<Engine>,
    problem: TeacherProblem<Engine>, inverseGram: Engine.RationalMatrix
  ) throws {
    let basis = problem.teacher.basis
    let (free, others) = (cell.free, cell.others)
    let symmetric = others.indices.flatMap { i in (0...i).map { (i, $0) } }
    let notation = try PolynomialNotation<Engine>(
      variables: free.map { "w\($0.row)_\($0.column)" } + symmetric.map { "q\($0.0)_\($0.1)" })
    let ring = notation.ring
    // K = A⁻ᵀ (e_j − Σ_k U_jk e_{i_k}) for the rows j without a leading one.
    let kernel = try others.map { row in
      try (0..<cell.size).map { i in
        var entry = ring.constant(change.inverse[row, i])
        for (place, position) in free.enumerated() where position.row == row {
          let factor = change.inverse[cell.pivots[position.column], i]
          entry = try entry.subtracting(ring.variable(place).scaled(by: factor))
        }
        return entry
      }
    }
    var core = others.map { _ in others.map { _ in ring.zero } }
    for (place, (i, j)) in symmetric.enumerated() {
      core[i][j] = ring.variable(free.count + place)
      core[j][i] = core[i][j]
    }
    // ⟨X − T, x_i x_j⟩ is the entry of G, where `quadratic` doubles it off the diagonal.
    let doubled = try StudentChart<Engine>.quadratic(kernel, core, basis, ring)
    let gradient = try zip(doubled, basis.exponents).map { entry, exponents in
      exponents.contains(2) ? entry : entry.scaled(by: try Engine.Rational(2).inverse())
    }
    let form = try basis.exponents.indices.map { row in
      try gradient.indices.reduce(ring.constant(problem.teacher.coefficients[row])) {
        try $0.adding(gradient[$1].scaled(by: inverseGram[row, $1]))
      }
    }
    let half = try Engine.Rational(2).inverse()
    func entry(_ i: Int, _ j: Int) -> Polynomial {
      let value = form[basis.place(i, j)]
      return i == j ? value : value.scaled(by: half)
    }
    var equations: [Polynomial] = []
    for vector in kernel {
      for i in 0..<cell.size {
        equations.append(
          try (0..<cell.size).reduce(ring.zero) { try $0.adding(entry(i, $1).multiplied(by: vector[$1])) })
      }
    }
    // P is the block of A⁻¹ X A⁻ᵀ at the leading ones.
    let block = try cell.pivots.map { row in
      try cell.pivots.map { column in
        var sum = ring.zero
        for i in 0..<cell.size {
          for j in 0..<cell.size {
            let factor = change.inverse[row, i] * change.inverse[column, j]
            if factor != 0 { sum = try sum.adding(entry(i, j).scaled(by: factor)) }
          }
        }
        return sum
      }
    }
    self.notation = notation
    self.equations = equations
    directions = kernel
    frame = change.inverse.transposed
    pivots = others
    self.core = free.count..<notation.variables.count
    nondegeneracy = try Determinant.of(block, ring: ring)
    coordinates =
      free.indices.map(ring.variable) + block.indices.flatMap { i in (0...i).map { block[i][$0] } }
    self.chart = chart
  }

  /// `⟨X − T, x^α⟩` for all monomials.
  static func gradient(
    of form: [Polynomial], _ problem: TeacherProblem<Engine>, _ ring: Engine.PolynomialRing
  ) throws -> [Polynomial] {
    let gram = problem.metric.gram
    let difference = try zip(form, problem.teacher.coefficients).map { try $0.subtracting(ring.constant($1)) }
    return try form.indices.map { row in
      try difference.indices.reduce(ring.zero) {
        gram[row, $1] == 0 ? $0 : try $0.adding(difference[$1].scaled(by: gram[row, $1]))
      }
    }
  }

  /// The equations, and `t · nondegeneracy = 1` with a new last variable.
  func proper() throws -> (
    variables: [String], equations: [SparsePolynomial<WideInteger>]
  ) {
    let extended = try PolynomialNotation<Engine>(variables: notation.variables + ["t"])
    let images = notation.variables.indices.map(extended.ring.variable)
    let inverse = try nondegeneracy.substituted(images, into: extended.ring)
      .multiplied(by: extended.ring.variable(notation.variables.count))
      .subtracting(extended.ring.constant(1))
    let equations = try self.equations.map { try $0.substituted(images, into: extended.ring) } + [inverse]
    return (extended.variables, try equations.filter { !$0.isZero }.map { try extended.value($0) })
  }

  func values() throws -> [SparsePolynomial<WideInteger>] {
    try equations.filter { !$0.isZero }.map { try notation.value($0) }
  }
}
