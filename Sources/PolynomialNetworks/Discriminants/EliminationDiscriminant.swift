import Algebra
import GroebnerBases
import Ideals

/// The discriminant of critical forms of rank one by elimination, for any number of inputs and any degree; by duality
/// also that of rank n − 1 for quadratic forms.
///
/// Critical points of `½ c² f(v) − c q(v)` solve `c f_v / 2 = q_v`; they are degenerate where
/// `det [[c f_vv / 2 − q_vv, f_v / 2], [c f_v / 2, f]] = 0`.
struct EliminationDiscriminant<Engine: AlgebraEngine> {
  typealias Polynomial = Engine.Polynomial

  let degenerate: Polynomial
  let rankDrop: Polynomial

  /// - Returns: `nil` if the rank is another.
  init?(_ problem: ParametricProblem<Engine>, control: Control) throws {
    let (basis, width) = (problem.problem.teacher.basis, problem.problem.width)
    let n = basis.inputs
    let isDual = width > 1
    if isDual, basis.degree != 2 || width != n - 1 { return nil }
    let count = problem.variables.count
    // In general position, so that no critical direction has the last coordinate zero.
    let names = (0..<n).map { "v\($0)" } + ["c"]
    let notation = try PolynomialNotation<Engine>(variables: names + problem.variables)
    let ring = notation.ring
    let change = try CoordinateChange<Engine>(inputs: n, attempt: 1).matrix
    let images = (0..<count).map { ring.variable(n + 1 + $0) }
    func lifted(_ polynomial: Polynomial) throws -> Polynomial {
      try polynomial.substituted(images, into: ring)
    }
    let direction = try (0..<n).map { i in
      try (0..<n).reduce(ring.zero) { try $0.adding(ring.variable($1).scaled(by: change[i, $1])) }
    }
    let power = try StudentChart<Engine>.power(of: direction, degree: basis.degree, ring)
    let inverse = try isDual ? Self.inverseMetric(problem, control).map { try $0.map(lifted) } : []
    let (form, target) = try Self.forms(problem, power, inverse, isDual: isDual, ring: ring, lifted)
    // The chart v_{n−1} = 1.
    let last = n - 1
    var chart = notation.variables.indices.map(ring.variable)
    chart[last] = ring.constant(1)
    func restricted(_ polynomial: Polynomial) throws -> Polynomial {
      try polynomial.substituted(chart, into: ring)
    }
    let c = ring.variable(n)
    let half = try Engine.Rational(2).inverse()
    let equations = try (0..<n).map { i in
      try restricted(
        c.multiplied(by: form.derivative(in: i)).scaled(by: half).subtracting(target.derivative(in: i)))
    }
    var matrix = try (0..<last).map { i in
      try (0..<last).map { j in
        try restricted(
          c.multiplied(by: form.derivative(in: i).derivative(in: j)).scaled(by: half)
            .subtracting(target.derivative(in: i).derivative(in: j)))
      } + [restricted(form.derivative(in: i).scaled(by: half))]
    }
    matrix.append(
      try (0..<last).map { try restricted(c.multiplied(by: form.derivative(in: $0)).scaled(by: half)) }
        + [restricted(form)])
    let determinant = try Determinant.of(matrix, ring: ring)
    let elimination = Elimination(
      notation: notation, eliminated: n + 1, parameters: problem.notation, control: control)
    // v_{n−1} no longer occurs: it is set to zero, or takes the place of an inverse.
    let unused = ring.variable(last)
    // Zero where the rank is less.
    let rankMeasure: Polynomial
    let lower: [Polynomial]
    if isDual {
      let block = try Self.block(problem, power, inverse, change, c, ring: ring, lifted).map {
        try $0.map(restricted)
      }
      rankMeasure = try Determinant.of(block, ring: ring)
      lower = equations + [rankMeasure]
    } else {
      rankMeasure = c
      lower = try (0..<n).map { try restricted(target.derivative(in: $0)) } + [c]
    }
    func projected(_ equations: [Polynomial]) throws -> Polynomial {
      try Self.withoutSingularMetrics(elimination.polynomial(of: equations), isDual, problem, control)
    }
    rankDrop = try projected(lower + [unused])
    let all = try projected(equations + [determinant, unused])
    // What both have in common may come from forms of less rank alone.
    degenerate =
      try all.isZero || rankDrop.isZero || all.greatestCommonDivisor(with: rankDrop).totalDegree > 0
      ? projected(
        equations + [determinant, rankMeasure.multiplied(by: unused).subtracting(ring.constant(1))])
      : all
  }

  /// In the dual problem the adjoint matrix of unknown metrics stands for the inverse, which changes what is found
  /// where it is singular; but no metric is there.
  private static func withoutSingularMetrics(
    _ polynomial: Polynomial, _ isDual: Bool, _ problem: ParametricProblem<Engine>, _ control: Control
  ) throws -> Polynomial {
    guard isDual, problem.hasUnknownMoments, !polynomial.isZero else { return polynomial }
    var rest = polynomial
    let boundary = try Determinant.eliminating(problem.gram, ring: problem.notation.ring, control: control)
    for factor in try boundary.factored().factors.map(\.polynomial) {
      while try rest.greatestCommonDivisor(with: factor).totalDegree > 0 {
        rest = try rest.dividedExactly(by: factor)
      }
    }
    return rest
  }

  /// The inverse of the metric, up to a factor: for unknown moments its adjoint matrix.
  private static func inverseMetric(
    _ problem: ParametricProblem<Engine>, _ control: Control
  ) throws -> [[Polynomial]] {
    let ring = problem.notation.ring
    let places = problem.gram.indices
    guard problem.hasUnknownMoments else {
      let inverse = try problem.problem.metric.gram.inverse()
      return places.map { i in places.map { ring.constant(inverse[i, $0]) } }
    }
    var adjoint = problem.gram
    for i in places {
      for j in 0...i {
        let minor = places.filter { $0 != i }.map { row in
          places.filter { $0 != j }.map { problem.gram[row][$0] }
        }
        let value = try Determinant.eliminating(minor, ring: ring, control: control)
        adjoint[i][j] = (i + j) % 2 == 0 ? value : value.negated
        adjoint[j][i] = adjoint[i][j]
      }
    }
    return adjoint
  }

  /// The first rows and columns of `AᵀXA`: singular where X has a second vector in its kernel.
  private static func block(
    _ problem: ParametricProblem<Engine>, _ power: [Polynomial], _ inverse: [[Polynomial]],
    _ change: Engine.RationalMatrix, _ c: Polynomial, ring: Engine.PolynomialRing,
    _ lifted: (Polynomial) throws -> Polynomial
  ) throws -> [[Polynomial]] {
    let basis = problem.problem.teacher.basis
    let n = basis.inputs
    let half = try Engine.Rational(2).inverse()
    let entries = zip(power, basis.exponents).map { $1.contains(2) ? $0 : $0.scaled(by: half) }
    let form = try entries.indices.map { row in
      let sum = try entries.indices.reduce(ring.zero) {
        try $0.adding(entries[$1].multiplied(by: inverse[row][$1]))
      }
      return try sum.multiplied(by: c).adding(lifted(problem.teacher[row]))
    }
    return try (0..<(n - 1)).map { a in
      try (0..<(n - 1)).map { b in
        var value = ring.zero
        for i in 0..<n {
          for j in 0..<n {
            let factor = change[i, a] * change[j, b] * (i == j ? 1 : half)
            value = try value.adding(form[basis.place(i, j)].scaled(by: factor))
          }
        }
        return value
      }
    }
  }

  private static func forms(
    _ problem: ParametricProblem<Engine>, _ power: [Polynomial], _ inverse: [[Polynomial]], isDual: Bool,
    ring: Engine.PolynomialRing,
    _ lifted: (Polynomial) throws -> Polynomial
  ) throws -> (form: Polynomial, target: Polynomial) {
    let basis = problem.problem.teacher.basis
    let teacher = try problem.teacher.map(lifted)
    var (form, target) = (ring.zero, ring.zero)
    if isDual {
      // G = Q k kᵀ, X = T + G applied to the inverse of the metric: Q f + q is kᵀ X k.
      let half = try Engine.Rational(2).inverse()
      let entries = zip(power, basis.exponents).map { $1.contains(2) ? $0 : $0.scaled(by: half) }
      for row in entries.indices {
        for column in entries.indices where !inverse[row][column].isZero {
          form = try form.adding(
            entries[row].multiplied(by: entries[column]).multiplied(by: inverse[row][column]))
        }
        target = try target.subtracting(entries[row].multiplied(by: teacher[row]))
      }
      return (form, target)
    }
    let gram = try problem.gram.map { try $0.map(lifted) }
    for row in power.indices {
      for column in power.indices where !gram[row][column].isZero {
        let image = try gram[row][column].multiplied(by: power[row])
        form = try form.adding(image.multiplied(by: power[column]))
        target = try target.adding(image.multiplied(by: teacher[column]))
      }
    }
    return (form, target)
  }
}
