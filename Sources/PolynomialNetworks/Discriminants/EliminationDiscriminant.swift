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

  /// - Returns: `nil` if the rank is another, or for unknown moments in the dual problem.
  init?(_ problem: ParametricProblem<Engine>, control: Control) throws {
    let (basis, width) = (problem.problem.teacher.basis, problem.problem.width)
    let n = basis.inputs
    let isDual = width > 1
    if isDual, basis.degree != 2 || width != n - 1 || problem.hasUnknownMoments { return nil }
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
    let (form, target) = try Self.forms(problem, power, isDual: isDual, ring: ring, lifted)
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
      notation: notation, eliminated: Array(0...n), parameters: problem.notation, control: control)
    // v_{n−1} no longer occurs: it is set to zero.
    let unused = ring.variable(last)
    degenerate = try elimination.polynomial(of: equations + [determinant, unused])
    let lower: [Polynomial]
    if isDual {
      let block = try Self.block(problem, power, change, c, ring: ring, lifted).map { try $0.map(restricted) }
      lower = try equations + [Determinant.of(block, ring: ring)]
    } else {
      lower = try (0..<n).map { try restricted(target.derivative(in: $0)) } + [c]
    }
    rankDrop = try elimination.polynomial(of: lower + [unused])
  }

  /// The first rows and columns of `AᵀXA`: singular where X has a second vector in its kernel.
  private static func block(
    _ problem: ParametricProblem<Engine>, _ power: [Polynomial], _ change: Engine.RationalMatrix,
    _ c: Polynomial, ring: Engine.PolynomialRing, _ lifted: (Polynomial) throws -> Polynomial
  ) throws -> [[Polynomial]] {
    let basis = problem.problem.teacher.basis
    let n = basis.inputs
    let inverse = try problem.problem.metric.gram.inverse()
    let half = try Engine.Rational(2).inverse()
    let entries = zip(power, basis.exponents).map { $1.contains(2) ? $0 : $0.scaled(by: half) }
    let form = try entries.indices.map { row in
      let sum = try entries.indices.reduce(ring.zero) {
        try $0.adding(entries[$1].scaled(by: inverse[row, $1]))
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
    _ problem: ParametricProblem<Engine>, _ power: [Polynomial], isDual: Bool, ring: Engine.PolynomialRing,
    _ lifted: (Polynomial) throws -> Polynomial
  ) throws -> (form: Polynomial, target: Polynomial) {
    let basis = problem.problem.teacher.basis
    let teacher = try problem.teacher.map(lifted)
    var (form, target) = (ring.zero, ring.zero)
    if isDual {
      // G = Q k kᵀ, X = T + G applied to the inverse of the metric: Q f + q is kᵀ X k.
      let inverse = try problem.problem.metric.gram.inverse()
      let half = try Engine.Rational(2).inverse()
      let entries = zip(power, basis.exponents).map { $1.contains(2) ? $0 : $0.scaled(by: half) }
      for row in entries.indices {
        for column in entries.indices where inverse[row, column] != 0 {
          form = try form.adding(
            entries[row].multiplied(by: entries[column]).scaled(by: inverse[row, column]))
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

/// The polynomial in some variables that vanishes on the projection of a variety.
struct Elimination<Engine: AlgebraEngine> {
  let notation: PolynomialNotation<Engine>
  let eliminated: [Int]
  /// The ring of the other variables, in their sequence.
  let parameters: PolynomialNotation<Engine>
  let control: Control

  /// One if the projection is empty.
  ///
  /// - Throws: `AlgebraError.tooLarge` where the projection is no hypersurface.
  func polynomial(of equations: [Engine.Polynomial]) throws -> Engine.Polynomial {
    let ideal = try Ideal<Engine>(
      generators: equations.filter { !$0.isZero }.map { try notation.value($0) },
      variables: notation.variables, control: control)
    if ideal.isUnit { return parameters.ring.constant(1) }
    let first = notation.variables.count - parameters.variables.count
    if parameters.variables.count == 1, ideal.isFinite {
      var element = SparsePolynomial<WideInteger>(variableCount: notation.variables.count)
      element.append(
        exponents: notation.variables.indices.map { $0 == first ? 1 : 0 }, coefficient: WideInteger(1))
      let minimal = Engine.UnivariatePolynomial(
        try ideal.basis.minimalPolynomial(of: element, engine: Engine.self, control: control))
      return try parameters.ring.polynomial(
        terms: minimal.coefficients.enumerated().map {
          PolynomialTerm(exponents: [$0], coefficient: Engine.Rational($1))
        })
    }
    let found = try ideal.eliminating(eliminated, control: control)
    let images =
      (0..<first).map { _ in parameters.ring.zero }
      + parameters.variables.indices.map(parameters.ring.variable)
    let elements = try found.basis.polynomials.map {
      try notation.polynomial($0).substituted(images, into: parameters.ring)
    }
    guard elements.count == 1 else {
      throw AlgebraError.tooLarge("the discriminant is no hypersurface in the unknown entries")
    }
    return elements[0]
  }
}
