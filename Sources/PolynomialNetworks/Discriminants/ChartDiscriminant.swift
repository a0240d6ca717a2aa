import Algebra
import Ideals

/// The discriminant of critical forms of any rank by elimination from a chart of the forms of this rank.
///
/// Critical forms are the zeros of the gradient of the loss in the chart's coordinates, degenerate where its Hessian is
/// singular too; the rank drops at solutions of the critical equations in which the chart's form has less rank.
/// Cost: that of a Gröbner basis with as many unknowns as the forms have parameters, and of solutions as many as the
/// polynomials have degrees; from seven parameters on out of reach but for sparse problems.
struct ChartDiscriminant<Engine: AlgebraEngine> {
  typealias Polynomial = Engine.Polynomial

  let degenerate: Polynomial
  let rankDrop: Polynomial

  init(_ problem: ParametricProblem<Engine>, control: Control) throws {
    let (basis, rank) = (problem.problem.teacher.basis, problem.problem.width)
    let n = basis.inputs
    let change = try CoordinateChange<Engine>(inputs: n, attempt: 1)
    let chart: StudentChart<Engine> =
      basis.degree == 2
      ? try StudentChart(basis: basis, cell: .open(dimension: rank, in: n), change: change)
      : try StudentChart(
        basis: basis, units: Array(repeating: .open(dimension: 1, in: n), count: rank), change: change)
    let count = chart.notation.variables.count
    // The chart's coordinates, an inverse, the unknowns.
    let notation = try PolynomialNotation<Engine>(
      variables: chart.notation.variables + ["t"] + problem.variables)
    let ring = notation.ring
    let coordinates = (0..<count).map(ring.variable)
    func inChart(_ polynomial: Polynomial) throws -> Polynomial {
      try polynomial.substituted(coordinates, into: ring)
    }
    let unknowns = problem.variables.indices.map { ring.variable(count + 1 + $0) }
    func inUnknowns(_ polynomial: Polynomial) throws -> Polynomial {
      try polynomial.substituted(unknowns, into: ring)
    }
    let gram = try problem.gram.map { try $0.map(inUnknowns) }
    func image(_ vector: [Polynomial]) throws -> [Polynomial] {
      try gram.map { row in
        try zip(row, vector).reduce(ring.zero) {
          $1.0.isZero || $1.1.isZero ? $0 : try $0.adding($1.0.multiplied(by: $1.1))
        }
      }
    }
    func product(_ left: [Polynomial], _ right: [Polynomial]) throws -> Polynomial {
      try zip(left, right).reduce(ring.zero) {
        $1.0.isZero || $1.1.isZero ? $0 : try $0.adding($1.0.multiplied(by: $1.1))
      }
    }
    let form = try chart.form.map(inChart)
    let gradient = try image(zip(form, problem.teacher).map { try $0.subtracting(inUnknowns($1)) })
    let tangents = (0..<count).map { i in form.map { $0.derivative(in: i) } }
    let images = try tangents.map(image)
    var hessian = tangents.map { _ in tangents.map { _ in ring.zero } }
    for i in tangents.indices {
      for j in 0...i {
        let curvature = try product(tangents[i].map { $0.derivative(in: j) }, gradient)
        hessian[i][j] = try product(tangents[i], images[j]).adding(curvature)
        hessian[j][i] = hessian[i][j]
      }
    }
    let equations = try CriticalSystem<Engine>.equations(
      of: chart.columns.map { try $0.map(inChart) }, gradient: gradient, basis: basis, ring: ring)
    let elimination = Elimination(
      notation: notation, eliminated: count + 1, parameters: problem.notation, control: control)
    let inverse = ring.variable(count)
    func isNotZero(_ polynomial: Polynomial) throws -> Polynomial {
      try polynomial.multiplied(by: inverse).subtracting(ring.constant(1))
    }
    let singular = try Determinant.of(hessian, ring: ring)
    degenerate = try elimination.polynomial(
      of: equations + [singular, isNotZero(inChart(chart.nondegeneracy))])
    // Some unit vanishes while its direction is another one than those of the others.
    let coefficients = try Determinant.of(chart.core.map { try $0.map(inChart) }, ring: ring)
    var distance = ring.constant(1)
    let labels = try chart.labels.map(inChart)
    for i in labels.indices {
      for j in 0..<i { distance = try distance.multiplied(by: labels[i].subtracting(labels[j])) }
    }
    rankDrop = try elimination.polynomial(of: equations + [coefficients, isNotZero(distance)])
  }
}
