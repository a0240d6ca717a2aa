import Algebra
import AlgebraicMethod
import Arrangements
import FlintEngine
import Ideals
import LandscapeModel
import Strata
import TestSupport
import Testing

@testable import Landscapes

/// The minimal primes that follow from directions and shares against those of the gradient ideals themselves.
@Suite("Minimal primes of gradient ideals")
struct GradientIdealTests {
  typealias Primes = EnumerationResult.Decomposition.Primes

  @Test(arguments: [("0", 2), ("0", 1), ("1/2", 2)])
  func censusAgreesWithDirectDecomposition(_ slope: String, _ units: Int) throws {
    let problem = try makeProblem(
      x: [["-1"], ["0"], ["2"]], y: ["1", "-1/2", "3"], units: units, slope: slope, ridge: "1/10")
    try expectAgreement(problem)
  }

  @Test(.tags(.long), .onlyInLongRuns)
  func censusOfPosterAgreesWithDirectDecomposition() throws {
    try expectAgreement(TrustedExample.load("poster_like_L2").problem())
  }

  /// Symmetric data, where shares are often squares or rational.
  @Test func censusOfSymmetricDataAgreesWithDirectDecomposition() throws {
    try expectAgreement(
      makeProblem(x: [["-1"], ["1"]], y: ["2", "2"], units: 2, slope: "0", ridge: "1/2"))
    try expectAgreement(
      makeProblem(x: [["3"], ["4"]], y: ["1", "0"], units: 2, slope: "0", ridge: "1", bias: false))
  }

  /// All sign patterns of open regions.
  private func expectAgreement(_ problem: Problem<FlintEngine>) throws {
    let result = try AlgebraicEnumeration(
      TrainingProblem(problem), options: .init(patterns: .all), control: Control(threads: 2)
    ).run()
    let decomposition = try #require(result.decomposition)
    let division = try Division(problem, control: Control())
    let rows = problem.rowCount
    let regions = (0..<(1 << rows)).map { code in
      UnitRegion<FlintEngine>(
        pattern: SignVector((0..<rows).map { code >> $0 & 1 == 1 ? 1 : -1 }), of: division)
    }
    var counts: [[Int]: Int] = [:]
    func visit(_ tuple: [Int]) throws {
      guard tuple.count == problem.units else {
        for code in regions.indices where code >= tuple.last ?? 0 { try visit(tuple + [code]) }
        return
      }
      let orders = Dictionary(grouping: tuple) { $0 }.values.reduce((1...tuple.count).reduce(1, *)) {
        $0 / (1...$1.count).reduce(1, *)
      }
      let system = try GradientSystem(TrainingProblem(problem), regions: tuple.map { regions[$0] })
      for prime in try system.ideal(Control()).minimalPrimes() {
        counts[[prime.dimension, prime.degree], default: 0] += orders
      }
    }
    try visit([])
    let expected = counts.map {
      Primes(location: .interior, dimension: $0.key[0], degree: $0.key[1], count: $0.value)
    }.sorted { ($0.dimension, $0.degree) < ($1.dimension, $1.degree) }
    #expect(decomposition.interiorStrata == 1 << (rows * problem.units))
    #expect(decomposition.primes.filter { $0.location == .interior } == expected, "\(problem.targets)")
  }

  /// The general method, which knows nothing of balanced problems, finds the isolated minima in open regions, by
  /// the inertia of the Hessian in all parameters.
  @Test func hessianOfInteriorMinimaIsDefinite() throws {
    try expectDefiniteHessians(
      makeProblem(
        x: [["-1"], ["0"], ["1"]], y: ["1", "-1", "2"], units: 2, slope: "1/4",
        ridge: "1/10"))
  }

  @Test(.tags(.long), .onlyInLongRuns) func hessianOfInteriorMinimaOfFivePointsIsDefinite() throws {
    try expectDefiniteHessians(TrustedExample.load("leaky_n5_L2").problem())
  }

  private func expectDefiniteHessians(_ problem: Problem<FlintEngine>) throws {
    let training = TrainingProblem(problem)
    let general = try GeneralDivision(training, control: Control())
    let open = general.regions.indices.filter { general.regions[$0].kinkRays.isEmpty }
    var minima = 0
    for (place, first) in open.enumerated() {
      for second in open[place...] {
        let units = [first, second].map { ChartUnit(region: $0, output: nil) }
        let chart = try Chart(training, division: general, units: units)
        let outcome = try ChartOutcome(chart, division: general, control: Control())
        for sample in outcome.samples where sample.family == nil {
          let numbers = chart.parameters(
            at: try sample.point.coordinates(precision: 64), precision: 64)
          guard numbers.a.allSatisfy({ abs($0.approximation) > 1e-9 }) else { continue }
          #expect(sample.judgement.inertia.negative == 0)
          #expect(sample.judgement.inertia.zero == 0)
          #expect(sample.judgement.verdict == .minimum)
          minima += 1
        }
      }
    }
    let listed = try Enumeration(problem).run().components.filter {
      $0.location == .interior && $0.dimension == 0
    }
    #expect(minima == listed.count && minima > 0)
  }
}
