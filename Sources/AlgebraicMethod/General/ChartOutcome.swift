import Algebra
import GroebnerBases
import Ideals
import RealSolving

/// A critical point of a stratum that satisfies its sign conditions, with what is known about it.
package struct CriticalSample<Engine: AlgebraEngine>: Sendable {
  package let chart: Chart<Engine>
  package let point: AlgebraicPoint<Engine>
  /// The dimension of the critical component in all parameters, orbits included.
  package let dimension: Int
  /// The component of positive dimension in the chart on which it lies, if it does.
  package let family: PrimeComponent<Engine>?
  package let judgement: CriticalPointJudge<Engine>.Judgement

  /// An enclosure of the loss.
  package func loss(precision: Int) throws -> Engine.Ball {
    try chart.restricted(chart.system.loss).enclosure(
      at: point.coordinates(precision: precision), precision: precision)
  }
}

/// What the gradient ideal of one stratum came to.
package struct ChartOutcome<Engine: AlgebraEngine>: Sendable {
  package private(set) var samples: [CriticalSample<Engine>] = []
  /// Dimension (in the chart) and degree of each minimal prime.
  package private(set) var primes: [(dimension: Int, degree: Int)] = []
  /// What could not be decided, in words.
  package private(set) var reasons: [String] = []

  /// Of a stratum without critical points.
  package init() {}

  package init(
    _ chart: Chart<Engine>, division: GeneralDivision<Engine>, control: Control
  ) throws {
    do {
      try decide(chart, division, control)
    } catch AlgebraError.tooLarge(let what) {
      reasons.append(AlgebraError.tooLarge(what).description)
    }
  }

  private mutating func decide(
    _ chart: Chart<Engine>, _ division: GeneralDivision<Engine>, _ control: Control
  ) throws {
    let ideal = try chart.ideal(control)
    let dimension = try ideal.dimensionAndDegree(control: control).dimension
    if dimension < 0 { return }
    let judge = try CriticalPointJudge(chart, division: division, control: control)
    let free = chart.tangentDimension + chart.units.count * division.freeDimension
    func addPoints(_ ideal: Ideal<Engine>) throws {
      let found = try FiniteSolutions(of: ideal, options: SolveOptions(digits: 10), control: control)
      primes += try found.points.minimalPolynomial.factored().factors.map { (0, $0.polynomial.degree) }
      for solution in found.solutions {
        let point = AlgebraicPoint(solution, of: found)
        guard try judge.isInStratum(point) else { continue }
        let judgement = try judge.judge(point, dimension: 0)
        samples.append(
          CriticalSample(
            chart: chart, point: point, dimension: free, family: nil, judgement: judgement))
        if case .undecided(let reason) = judgement.verdict { reasons.append(reason) }
      }
    }
    if dimension == 0 { return try addPoints(ideal) }
    for component in try ideal.minimalPrimes(control: control) {
      if component.dimension == 0 {
        try addPoints(component.ideal)
      } else {
        primes.append((component.dimension, component.degree))
        try addFamily(component, chart, judge, free, control)
      }
    }
  }

  private mutating func addFamily(
    _ component: PrimeComponent<Engine>, _ chart: Chart<Engine>, _ judge: CriticalPointJudge<Engine>,
    _ free: Int, _ control: Control
  ) throws {
    let name = "a component of dimension \(component.dimension + free) and degree \(component.degree)"
    if component.degree == 1 {
      guard let point = try AffineFamily(component, in: chart, control: control).point else { return }
      let judgement = try judge.judge(point, dimension: component.dimension)
      samples.append(
        CriticalSample(
          chart: chart, point: point, dimension: component.dimension + free, family: component,
          judgement: judgement))
      if case .undecided(let reason) = judgement.verdict { reasons.append("\(reason), on \(name)") }
      if try !judgement.isGlobalForEveryWidth && !judge.isConstant(on: component) {
        reasons.append("the Hessian or a one-sided derivative vanishes somewhere on \(name)")
      }
      return
    }
    guard let sampling = try FamilySampling(component, in: chart, control: control) else {
      reasons.append("no real points have been sought on \(name)")
      return
    }
    if sampling.points.isEmpty { return }
    var found: [CriticalSample<Engine>] = []
    // Components have different nearest points; up to symmetry only these need to be told apart.
    var pieces: Set<String> = []
    for (point, mayBeNearest) in zip(sampling.points, sampling.mayBeNearest)
    where try judge.isInStratum(point) {
      let judgement = try judge.judge(point, dimension: component.dimension)
      let sample = CriticalSample(
        chart: chart, point: point, dimension: component.dimension + free, family: component,
        judgement: judgement)
      found.append(sample)
      if case .undecided(let reason) = judgement.verdict { reasons.append("\(reason), on \(name)") }
      if judgement.verdict == .minimum, mayBeNearest { pieces.insert(try sample.orbitKey(digits: 15)) }
    }
    samples += found
    if !chart.isUnconstrained {
      reasons.append("\(name) may meet the region in further pieces than have been found")
    } else if !sampling.isRegular, !found.allSatisfy(\.judgement.isGlobalForEveryWidth) {
      reasons.append("the Hessian degenerates somewhere on \(name)")
    } else if pieces.count > 1 {
      reasons.append("the minima on \(name) may fall into up to \(pieces.count) connected components")
    }
  }
}
