import Algebra
import FlintEngine
import LandscapeModel
import Landscapes
import PolynomialNetworks
import Strata
import TestSupport
import Testing

/// A teacher on data, and the list of all minima of the network with quadratic units on the same data.
@Suite struct DataTests {
  /// Labels without noise: losses of `enumerate` are 2 · rows times these.
  @Test func minimaAreThoseOfTheEnumeration() throws {
    let rows: [[Rational]] = [[1, 0], [0, 1], [1, 1], [1, -1], [2, 1]]
    let teacher: [[Rational]] = [[2, 1], [1, -1]]
    let targets = rows.map { row in
      (0..<2).reduce(Rational(0)) { sum, i in (0..<2).reduce(sum) { $0 + row[i] * teacher[i][$1] * row[$1] } }
    }
    let metric = try FormMetric<Engine>(
      moments: MomentTable(rows: rows, degree: 4), name: "data")
    let result = try solve(Form(symmetric: teacher), metric, width: 1)
    #expect(result.metric == "data")
    let listed = result.criticalPoints.filter { point in
      point.parameter.contains { $0.kind == .minimum }
    }.map { value($0.loss) * 2 * Double(rows.count) }.sorted()
    let problem = try TrainingProblem<Engine>(
      inputs: rows, targets: targets, units: 1, activation: .power(2), ridge: 0, bias: false)
    let enumeration = try AlgebraicEnumeration(problem).run()
    let losses = enumeration.components.map { value($0.loss) }.sorted()
    #expect(!listed.isEmpty)
    #expect(Set(losses.map { ($0 * 1e9).rounded() }) == Set(listed.map { ($0 * 1e9).rounded() }))
  }

  @Test func degenerateDataAreRefused() throws {
    let rows: [[Rational]] = [[1, 0], [0, 1]]
    #expect(throws: TeacherError.metricNotPositiveDefinite(metric: "data")) {
      try FormMetric<Engine>(moments: MomentTable(rows: rows, degree: 4), name: "data")
    }
    #expect(throws: TeacherError.covarianceNotPositiveDefinite) {
      try FormMetric<Engine>.gaussian(inputs: 2, degree: 2, covariance: [[1, 1], [1, 1]])
    }
    #expect(throws: TeacherError.missingMoment([0, 4])) {
      try MomentTable<Rational>(
        inputs: 2, degree: 4, entries: [([4, 0], 1), ([3, 1], 0), ([2, 2], 1), ([1, 3], 0)])
    }
  }

  /// The fourth moments of Gaussian inputs are those of a kurtosis of three.
  @Test func kurtosisThreeIsGaussian() throws {
    let teacher = try Form<Rational>(symmetric: [[1, 2], [2, 5]])
    let gaussian = try solve(teacher, .gaussian(inputs: 2, degree: 2), width: 2)
    let independent = try solve(
      teacher, .independent(inputs: 2, degree: 2, kurtosis: 3), width: 2)
    #expect(gaussian.criticalPoints == independent.criticalPoints)
  }
}
