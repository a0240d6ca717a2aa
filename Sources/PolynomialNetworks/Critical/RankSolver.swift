import Algebra
import Ideals
import RealSolving

/// What the critical equations of one rank came to.
struct RankOutcome<Engine: AlgebraEngine> {
  /// Real critical forms with multiplicities.
  var points: [(coordinates: CriticalCoordinates<Engine>, multiplicity: Int)] = []
  /// Isolated complex ones, with multiplicities.
  var count = 0
  var families: [(dimension: Int, sample: CriticalCoordinates<Engine>?)] = []
  /// Whether an isolated complex one is multiple, or there are families.
  var isDegenerate = false
  /// Whether the equations have solutions of less rank; `nil` if that was not asked.
  var dropsRank: Bool?
  var undecided: [String] = []
  let hessian: CriticalHessian<Engine>
}

/// Solves the critical equations of one rank.
struct RankSolver<Engine: AlgebraEngine> {
  typealias Sparse = SparsePolynomial<WideInteger>

  let problem: TeacherProblem<Engine>
  let rank: Int
  let inverseGram: Engine.RationalMatrix
  let control: Control

  private var basis: MonomialBasis { problem.teacher.basis }
  private var isQuadratic: Bool { basis.degree == 2 }
  /// Whether the dual equations have fewer unknowns.
  private var usesDual: Bool { isQuadratic && 2 * rank > basis.inputs }

  /// A large prime for what only tells whether there are solutions.
  private static var prime: UInt32 { 2_147_483_629 }

  func solve() throws -> RankOutcome<Engine> {
    var change = try CoordinateChange<Engine>(inputs: basis.inputs, attempt: 0)
    var isCovered = false
    for attempt in 0..<CoordinateChange<Engine>.attempts {
      change = try CoordinateChange(inputs: basis.inputs, attempt: attempt)
      if try hasEverything(in: change) {
        isCovered = true
        break
      }
    }
    control.log?(
      "rank \(rank): chosen coordinates, \(isCovered ? "one chart has" : "no chart has") everything")
    let system = try openSystem(change)
    var outcome = RankOutcome<Engine>(
      hessian: CriticalHessian(system.chart, change: change, problem: problem))
    if isCovered, let subspaces = try subspaceSystem(system) {
      let ideal = try subspaces.ideal(control: control)
      if try ideal.dimensionAndDegree(control: control).dimension == 0 {
        control.log?("rank \(rank): finite in \(ideal.variableCount) unknowns of subspaces")
        outcome.dropsRank = false
        try add(ideal, system, subspaces.coreSolver, &outcome)
        return outcome
      }
    }
    let ideal = try properIdeal(system, &outcome)
    let dimension = try ideal.dimensionAndDegree(control: control).dimension
    control.log?("rank \(rank): dimension \(dimension) in \(ideal.variableCount) unknowns")
    if !isCovered, dimension <= 0 {
      outcome.undecided.append(
        "critical forms of rank \(rank) may lie outside of all charts that were tried")
    }
    switch dimension {
    case ..<0: break
    case 0: try add(ideal, system, nil, &outcome)
    default: try addComponents(ideal, system, &outcome)
    }
    return outcome
  }

  private func openSystem(_ change: CoordinateChange<Engine>) throws -> CriticalSystem<Engine> {
    let n = basis.inputs
    guard isQuadratic else {
      let cell = Cell.open(dimension: 1, in: n)
      return try CriticalSystem(
        primal: StudentChart(basis: basis, units: Array(repeating: cell, count: rank), change: change),
        problem: problem)
    }
    return try system(Cell.open(dimension: rank, in: n), change)
  }

  private func system(_ cell: Cell, _ change: CoordinateChange<Engine>) throws -> CriticalSystem<Engine> {
    let chart = try StudentChart<Engine>(basis: basis, cell: cell, change: change)
    guard usesDual else { return try CriticalSystem(primal: chart, problem: problem) }
    return try CriticalSystem(
      dual: chart, cell: cell, change: change, problem: problem, inverseGram: inverseGram)
  }

  /// Whether no critical form, real or complex, lies outside of the open cell. Modulo a prime.
  private func hasEverything(in change: CoordinateChange<Engine>) throws -> Bool {
    let n = basis.inputs
    if isQuadratic {
      return try Cell.all(dimension: rank, in: n).dropFirst().allSatisfy { cell in
        try isEmpty(system(cell, change))
      }
    }
    // Units in cells of lines, up to their order; not all in the open one.
    func multisets(_ count: Int, from start: Int) -> [[Int]] {
      if count == 0 { return [[]] }
      return (start..<n).flatMap { first in multisets(count - 1, from: first).map { [first] + $0 } }
    }
    return try multisets(rank, from: 0).dropFirst().allSatisfy { pivots in
      let units = pivots.map { Cell(pivots: [$0], size: n) }
      let chart = try StudentChart<Engine>(basis: basis, units: units, change: change)
      return try isEmpty(CriticalSystem(primal: chart, problem: problem))
    }
  }

  private func isEmpty(_ system: CriticalSystem<Engine>) throws -> Bool {
    if let subspaces = try SubspaceSystem(system, control: control),
      try subspaces.isEmpty(modulo: Self.prime, control: control)
    {
      return true
    }
    let (variables, equations) = try system.proper()
    return try Ideal<Engine>(
      generators: equations, variables: variables, characteristic: Self.prime, control: control
    ).isUnit
  }

  /// Equations in fewer unknowns, where they have the same solutions and none of less rank.
  private func subspaceSystem(_ system: CriticalSystem<Engine>) throws -> SubspaceSystem<Engine>? {
    guard let subspaces = try SubspaceSystem(system, control: control),
      try subspaces.determinesCores(modulo: Self.prime, control: control)
    else { return nil }
    let lower = try Ideal<Engine>(
      generators: system.values() + [system.notation.value(system.nondegeneracy)],
      variables: system.notation.variables, characteristic: Self.prime, control: control)
    return lower.isUnit ? subspaces : nil
  }

  /// The ideal of the critical forms of exactly this rank.
  private func properIdeal(
    _ system: CriticalSystem<Engine>, _ outcome: inout RankOutcome<Engine>
  ) throws -> Ideal<Engine> {
    if !isQuadratic, rank > 1 {
      // Equal units make families that are no forms of this rank: they are excluded from the beginning.
      let (variables, equations) = try system.proper()
      return try Ideal(generators: equations, variables: variables, control: control)
    }
    let ideal = try Ideal<Engine>(
      generators: system.values(), variables: system.notation.variables, control: control)
    let minor = try system.notation.value(system.nondegeneracy)
    let lower = try Ideal<Engine>(
      generators: ideal.basis.polynomials + [minor], variables: system.notation.variables, control: control)
    outcome.dropsRank = !lower.isUnit
    return lower.isUnit ? ideal : try ideal.saturation(by: minor, control: control)
  }

  private func add(
    _ ideal: Ideal<Engine>, _ system: CriticalSystem<Engine>, _ core: CoreSolver<Engine.Rational>?,
    _ outcome: inout RankOutcome<Engine>
  ) throws {
    let found = try FiniteSolutions(of: ideal, options: SolveOptions(digits: 10), control: control)
    let order = isQuadratic ? 1 : (1...rank).reduce(1, *)
    outcome.count += found.degree / order
    if !found.points.isRadical { outcome.isDegenerate = true }
    let images = system.coordinates.map { TermList<Engine.Rational>($0) }
    let labels = system.chart.labels.map { TermList<Engine.Rational>($0) }
    for solution in found.solutions {
      let coordinates = try CriticalCoordinates(solution, of: found, core: core, images: images)
      guard try isAscending(coordinates, labels) else { continue }
      outcome.points.append((coordinates, solution.multiplicity))
    }
  }

  /// Of the orders of the same units one is kept.
  private func isAscending(
    _ coordinates: CriticalCoordinates<Engine>, _ labels: [TermList<Engine.Rational>]
  ) throws -> Bool {
    guard labels.count > 1 else { return true }
    var precision = 128
    while true {
      try control.check()
      let arithmetic = BallArithmetic<Engine.Ball>(precision: precision)
      let point = try coordinates.balls(precision: precision, control: control)
      let values = labels.map { $0.value(at: point, arithmetic) }
      let signs = zip(values, values.dropFirst()).map { arithmetic.sign($1 - $0) }
      if signs.contains(-1) { return false }
      if signs.allSatisfy({ $0 == 1 }) { return true }
      precision *= 2
    }
  }

  private func addComponents(
    _ ideal: Ideal<Engine>, _ system: CriticalSystem<Engine>, _ outcome: inout RankOutcome<Engine>
  ) throws {
    outcome.isDegenerate = true
    var isolated = ideal
    for component in try ideal.minimalPrimes(control: control) where component.dimension > 0 {
      isolated = try isolated.saturation(by: component.ideal, control: control)
      let slice = FamilySlice(component: component, control: control)
      if try slice.hasNoRealPoints() { continue }
      let sample = try slice.point(images: system.coordinates.map { TermList($0) })
      if sample == nil {
        outcome.undecided.append(
          "no real point was found on a family of rank \(rank) and dimension \(component.dimension)")
      }
      outcome.families.append((component.dimension, sample))
    }
    if try isolated.dimensionAndDegree(control: control).dimension == 0 {
      try add(isolated, system, nil, &outcome)
    }
  }
}

/// Looks for a real point on a component of positive dimension, where it meets rational planes.
struct FamilySlice<Engine: AlgebraEngine> {
  let component: PrimeComponent<Engine>
  let control: Control

  /// Whether an element in one variable shows that all points are complex.
  func hasNoRealPoints() throws -> Bool {
    try component.ideal.basis.polynomials.contains { polynomial in
      let ring = component.ideal.ring
      let element = try ring.polynomial(polynomial)
      let used = ring.variables.indices.filter { element.degree(in: $0) > 0 }
      guard used.count == 1 else { return false }
      var coefficients = [Engine.Integer](repeating: 0, count: element.totalDegree + 1)
      for term in element.terms { coefficients[term.exponents[used[0]]] = term.coefficient.numerator }
      return try Engine.UnivariatePolynomial(coefficients: coefficients)
        .isolatedRealRoots(width: nil, control: control).isEmpty
    }
  }

  /// - Returns: `nil` if no plane that was tried meets it in real points.
  func point(images: [TermList<Engine.Rational>]) throws -> CriticalCoordinates<Engine>? {
    let n = component.ideal.variableCount
    for variables in 0...(n - component.dimension) {
      for value in [0, 1, -1, 2, -2] {
        try control.check()
        var generators = component.ideal.basis.polynomials
        for shift in 0..<component.dimension {
          var plane = SparsePolynomial<WideInteger>(variableCount: n)
          plane.append(
            exponents: (0..<n).map { $0 == variables + shift ? 1 : 0 }, coefficient: WideInteger(1))
          if value != 0 {
            plane.append(
              exponents: [UInt32](repeating: 0, count: n), coefficient: WideInteger(-value - shift))
          }
          generators.append(plane)
        }
        let slice = try Ideal<Engine>(
          generators: generators, variables: component.ideal.variables, control: control)
        guard try slice.dimensionAndDegree(control: control).dimension == 0 else { continue }
        let found = try FiniteSolutions(of: slice, options: SolveOptions(digits: 10), control: control)
        if let solution = found.solutions.first {
          return try CriticalCoordinates(solution, of: found, core: nil, images: images)
        }
      }
    }
    return nil
  }
}
