import Algebra
import FlintEngine
import LandscapeModel
import PolynomialNetworks
import TestSupport
import Testing

/// The theorem of Eckart and Young against the critical equations.
@Suite struct TheoremTests {
  private func compare(seeds: Range<UInt64>) throws {
    for seed in seeds {
      var random = RandomTeachers(seed: seed)
      let n = random.integer(2...4)
      let teacher = try Form(symmetric: random.symmetric(n))
      let isFrobenius = seed % 5 == 4
      let metric: FormMetric<Engine> =
        try isFrobenius
        ? .frobenius(inputs: n, degree: 2)
        : .gaussian(inputs: n, degree: 2, covariance: random.covariance(n))
      // Rank two of four inputs takes longest.
      let width = n == 4 && seed % 8 != 0 ? 1 : random.integer(1...n)
      let theorem = try solve(teacher, metric, width: width)
      let algebra = try solve(teacher, metric, width: width, method: .algebraic)
      #expect(theorem.complexCriticalPoints == algebra.complexCriticalPoints, "seed \(seed)")
      #expect(theorem.discriminant?.degenerate == algebra.discriminant?.degenerate, "seed \(seed)")
      #expect(theorem.discriminant?.rankDrop == algebra.discriminant?.rankDrop, "seed \(seed)")
      if theorem.families.isEmpty {
        expectSame(theorem.criticalPoints, algebra.criticalPoints, "seed \(seed)")
      } else {
        #expect(theorem.criticalPoints.map(\.loss) == algebra.criticalPoints.map(\.loss), "seed \(seed)")
      }
    }
  }

  /// One point after the other, so that a difference is a short message.
  private func expectSame(
    _ left: [TeacherResult.CriticalPoint], _ right: [TeacherResult.CriticalPoint], _ name: String
  ) {
    #expect(left.count == right.count, "\(name)")
    for (place, (x, y)) in zip(left, right).enumerated() {
      #expect(x.loss == y.loss && x.form == y.form, "\(name), point \(place)")
      let isSame = x == y
      #expect(isSame, "\(name), point \(place): \(x.signature) \(y.signature)")
    }
  }

  @Test func pointsAreThoseOfTheCriticalEquations() throws { try compare(seeds: 0..<16) }

  @Test(.tags(.long), .onlyInLongRuns)
  func manyPointsAreThoseOfTheCriticalEquations() throws { try compare(seeds: 100..<200) }

  /// Equal eigenvalues: a circle of critical forms; the kernel of their Hessian is its tangent.
  @Test func equalEigenvaluesMakeFamilies() throws {
    let teacher = try Form<Rational>(symmetric: [[3, 0, 0], [0, 3, 0], [0, 0, -1]])
    let metric = try FormMetric<Engine>.gaussian(inputs: 3, degree: 2)
    let result = try solve(teacher, metric, width: 2)
    #expect(result.complexCriticalPoints.map(\.count) == [1, 1])
    #expect(result.families.map(\.rank) == [1, 2])
    #expect(result.families.map(\.dimension) == [1, 1])
    #expect(result.families.allSatisfy { $0.signature?.zero == 1 })
    #expect(result.families[0].kind == .minimum)
    #expect(result.discriminant?.degenerate == true)
    #expect(result.discriminant?.value == "0")
    // Σ t_j² + (Σ t_j)²/3 over t_j = 3, −1.
    #expect(abs(value(try #require(result.families[0].loss)) - 34.0 / 3) < 1e-13)
    let algebra = try solve(teacher, metric, width: 2, method: .algebraic)
    #expect(algebra.families.map(\.dimension) == [1, 1])
    #expect(algebra.families.map(\.loss) == result.families.map(\.loss))
    #expect(algebra.families.map { $0.signature?.zero } == [1, 1])
    #expect(algebra.criticalPoints.map(\.loss) == result.criticalPoints.map(\.loss))
  }

  /// `t_1 = τ`: 3 t_1 + t_2 = 0 for two inputs.
  @Test func ranksDrop() throws {
    let metric = try FormMetric<Engine>.gaussian(inputs: 2, degree: 2)
    for method in [TeacherOptions.Method.automatic, .algebraic] {
      let result = try solve(Form(symmetric: [[1, 0], [0, -3]]), metric, width: 1, method: method)
      #expect(result.discriminant?.rankDrop == true)
      #expect(result.discriminant?.degenerate == false)
      #expect(result.complexCriticalPoints.map(\.count) == [1])
      #expect(result.criticalPoints.count == 2)
    }
  }

  /// Eigenvalues ±√2 and ±5√2: 5 t_i + t_j = 0 for two of the four subsets of three. That they are equal is proved
  /// by a bound for algebraic numbers, not by precision.
  @Test func irrationalRanksDrop() throws {
    let teacher = try Form<Rational>(
      symmetric: [[1, 1, 0, 0], [1, -1, 0, 0], [0, 0, 5, 5], [0, 0, 5, -5]])
    let result = try solve(teacher, .gaussian(inputs: 4, degree: 2), width: 3)
    #expect(result.discriminant?.rankDrop == true)
    #expect(result.discriminant?.degenerate == false)
    #expect(result.complexCriticalPoints.map(\.count) == [4, 6, 2])
    #expect(result.complete)
  }

  @Test func enginesAgree() throws {
    let teacher = try Form<Rational>(symmetric: [[1, 2, 0], [2, -1, 1], [0, 1, 3]])
    let other = try Form<SwiftRational>(symmetric: [[1, 2, 0], [2, -1, 1], [0, 1, 3]])
    for method in [TeacherOptions.Method.automatic, .algebraic] {
      let options = TeacherOptions(describesExactly: true, method: method)
      let first = try CriticalForms<Engine>(
        TeacherProblem(teacher: teacher, metric: .gaussian(inputs: 3, degree: 2), width: 3),
        options: options
      ).run()
      let second = try CriticalForms<SwiftAlgebra>(
        TeacherProblem(teacher: other, metric: .gaussian(inputs: 3, degree: 2), width: 3),
        options: options
      ).run()
      #expect(first == second)
    }
  }
}
