import Algebra
import FlintEngine
import Foundation
import LandscapeModel
import PolynomialNetworks
import TestSupport
import Testing

/// Numbers of complex critical points that other programs and formulas tell.
@Suite struct CountTests {
  private func counts(inputs: Int, width: Int, seed: UInt64) throws -> [Int] {
    var random = RandomTeachers(seed: seed)
    let teacher = try Form(symmetric: random.symmetric(inputs))
    let metric = try random.moments(inputs: inputs, degree: 2, points: 8 * inputs)
    return try solve(teacher, metric, width: width).complexCriticalPoints.map(\.count)
  }

  @Test func generalMetricsHaveAsManyAsSemidefiniteProgrammes() throws {
    let two = try counts(inputs: 2, width: 2, seed: 12)
    #expect(two == [4, 1])
    let three = try counts(inputs: 3, width: 3, seed: 2)
    #expect(three == [13, 13, 1])
    let four = try counts(inputs: 4, width: 1, seed: 3)
    #expect(four == [40])
  }

  @Test(.tags(.long), .onlyInLongRuns)
  func fourInputsHaveTheseCounts() throws {
    // Rank two of a general inner product has 122; so has this moment metric.
    let found = try counts(inputs: 4, width: 4, seed: 3)
    #expect(found == [40, 122, 40, 1])
  }

  /// `((2m−1)^n − (m−1)^n)/m` and `((m−1)^n − 1)/(m−2)`.
  @Test(arguments: [(3, 2), (3, 3), (4, 2)])
  func rankOneCountsFollowTheFormulas(_ degree: Int, _ inputs: Int) throws {
    func power(_ base: Int) -> Int { (0..<inputs).reduce(1) { product, _ in product * base } }
    var random = RandomTeachers(seed: UInt64(10 * degree + inputs))
    let teacher = try random.form(inputs: inputs, degree: degree)
    let metric = try random.moments(inputs: inputs, degree: degree, points: 60)
    let general = try solve(teacher, metric, width: 1)
    #expect(
      general.complexCriticalPoints.map(\.count)
        == [(power(2 * degree - 1) - power(degree - 1)) / degree])
    let bombieri = try solve(teacher, .frobenius(inputs: inputs, degree: degree), width: 1)
    #expect(
      bombieri.complexCriticalPoints.map(\.count) == [(power(degree - 1) - 1) / (degree - 2)])
    #expect(general.complete && bombieri.complete)
  }

  /// The dimensions of secant varieties of Veronese varieties, exceptions included.
  @Test func regimesFollowAlexanderAndHirschowitz() {
    #expect(WidthRegime.genericRank(inputs: 3, degree: 4) == 6)
    #expect(WidthRegime.genericRank(inputs: 5, degree: 3) == 8)
    #expect(WidthRegime.genericRank(inputs: 4, degree: 3) == 5)
    #expect(WidthRegime.dimension(inputs: 3, degree: 4, width: 5) == 14)
    #expect(WidthRegime.dimension(inputs: 4, degree: 2, width: 2) == 7)
    #expect(WidthRegime(inputs: 3, degree: 2, width: 2).kind == .lowDimensional)
    #expect(WidthRegime(inputs: 3, degree: 2, width: 3).kind == .filling)
    #expect(WidthRegime(inputs: 2, degree: 4, width: 3).kind == .thick)
    #expect(WidthRegime(inputs: 2, degree: 4, width: 4).kind == .filling)
  }

  /// A teacher of rank one is the only zero of the loss; among forms of rank two it is a drop of rank.
  @Test func teachersOfLowRankAreFound() throws {
    let metric = try FormMetric<Engine>.independent(inputs: 2, degree: 2, kurtosis: 2)
    let result = try solve(Form(symmetric: [[1, 2], [2, 4]]), metric, width: 2)
    #expect(result.complete)
    #expect(result.complexCriticalPoints.map(\.count) == [4, 0])
    #expect(result.discriminant?.rankDrop == true)
    let best = try #require(result.criticalPoints.first { $0.loss == DecimalEnclosure(exact: "0") })
    #expect(best.rank == 1 && best.kind == .minimum)
    #expect(best.parameter.allSatisfy { $0.kind == .minimum })
    // Eigenvalues 5, 0, 0: the teacher and a circle, then the plane of the kernel.
    for method in [TeacherOptions.Method.automatic, .algebraic] {
      let result = try solve(
        Form(symmetric: [[1, 2, 0], [2, 4, 0], [0, 0, 0]]), .gaussian(inputs: 3, degree: 2), width: 2,
        method: method)
      #expect(result.complexCriticalPoints.map(\.count) == [1, 1])
      #expect(result.families.map(\.dimension) == [1])
      #expect(result.discriminant?.rankDrop == true)
    }
  }

  /// Two inputs, degree 4: the sum of two powers that the teacher is.
  @Test func higherRanksFindTheTeacher() throws {
    // (x + 2y)^4 − (2x − y)^4.
    let teacher = try Form<Rational>(
      terms: [
        ([4, 0], -15), ([3, 1], 8 + 32), ([2, 2], 24 - 24), ([1, 3], 32 + 8), ([0, 4], 15),
      ], names: ["x", "y"])
    let result = try solve(teacher, .gaussian(inputs: 2, degree: 4), width: 2)
    let best = try #require(result.criticalPoints.first { $0.rank == 2 })
    #expect(abs(value(best.loss)) < 1e-30)
    #expect(best.kind == .minimum)
    #expect(best.parameter.map(\.positiveUnits) == [1])
    #expect(best.parameter.map(\.kind) == [.minimum])
    #expect(!result.notes.isEmpty)
  }
}
