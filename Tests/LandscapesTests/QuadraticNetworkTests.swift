import Algebra
import AlgebraicMethod
import FlintEngine
import RealSolving
import Strata
import TestSupport
import Testing

@testable import Landscapes

/// Quadratic networks of two inputs on a design whose metric on quadratic forms is `2 (2 tr AB + tr A tr B)`: the
/// critical points are those of the best approximation by forms of smaller rank, which are known.
@Suite("Quadratic networks against the theorem of Eckart and Young")
struct QuadraticNetworkTests {
  typealias Rational = FlintEngine.Rational

  /// A symmetric matrix `T`, the teacher `x ↦ xᵀ T x`.
  struct Teacher: Sendable, CustomStringConvertible {
    let t11, t12, t22: Int
    var description: String { "[[\(t11), \(t12)], [\(t12), \(t22)]]" }

    var trace: Double { Double(t11 + t22) }
    /// The eigenvalues, the greater first.
    var eigenvalues: [Double] {
      let half = Double(t11 - t22) / 2
      let radius = (half * half + Double(t12 * t12)).squareRoot()
      return [trace / 2 + radius, trace / 2 - radius]
    }
  }

  static let teachers = [
    Teacher(t11: 2, t12: 0, t22: 1), Teacher(t11: 4, t12: 0, t22: -1), Teacher(t11: 2, t12: 1, t22: 1),
    Teacher(t11: 2, t12: 2, t22: -1), Teacher(t11: -3, t12: 1, t22: -2), Teacher(t11: 1, t12: 3, t22: 2),
    Teacher(t11: 5, t12: -2, t22: -1),
  ]

  /// One of each kind: definite, indefinite with irrational eigenvalues, negative definite. The rest wait for long
  /// runs.
  static let typicalTeachers = [teachers[0], teachers[3], teachers[4]]
  static let furtherTeachers = teachers.enumerated().filter { ![0, 3, 4].contains($0.offset) }.map(\.element)

  private func problem(_ teacher: Teacher, units: Int) throws -> TrainingProblem<FlintEngine> {
    let inputs =
      Array(repeating: [1, 0], count: 4) + Array(repeating: [0, 1], count: 4) + [[1, 1], [1, -1]]
    let targets = inputs.map { x in
      teacher.t11 * x[0] * x[0] + 2 * teacher.t12 * x[0] * x[1] + teacher.t22 * x[1] * x[1]
    }
    return try TrainingProblem(
      inputs: inputs.map { $0.map { Rational($0) } }, targets: targets.map { Rational($0) }, units: units,
      activation: .power(2), ridge: 0, bias: false)
  }

  /// Loss, rank and, for the rank of the width, index of a critical point; the eigenvalue kept.
  private struct Expected {
    let loss: Double
    let kept: Double
    let other: Double
    /// The eigenvalue of the approximation: `t − τ`.
    var value: Double { kept + other / 3 }
    /// Half the derivative of the loss by the form, on the eigenvector left out, up to a positive factor.
    var slope: Double { 2 * (-other / 3 - other) }
  }

  private func rankOne(_ teacher: Teacher) -> [Expected] {
    let t = teacher.eigenvalues
    return [(t[0], t[1]), (t[1], t[0])].map { kept, other in
      Expected(loss: 4 * (other * other + other * other / 3), kept: kept, other: other)
    }
  }

  private func lossOfZero(_ teacher: Teacher) -> Double {
    let t = teacher.eigenvalues
    return 4 * (t[0] * t[0] + t[1] * t[1] + teacher.trace * teacher.trace / 2)
  }

  private func criticalPoints(
    _ teacher: Teacher, units: Int
  ) throws -> [(loss: Double, inertia: Inertia, a: [Int], norms: [Double])] {
    let enumeration = try GeneralEnumeration(
      problem(teacher, units: units), options: .init(), control: Control())
    return try enumeration.criticalPoints().map { sample in
      let precision = 128
      let numbers = sample.chart.parameters(
        at: try sample.point.coordinates(precision: precision), precision: precision)
      let norms = numbers.w.map { $0.reduce(0) { $0 + $1.approximation * $1.approximation } }
      return (
        try sample.loss(precision: precision).approximation, sample.judgement.inertia,
        sample.chart.units.map { $0.output ?? 0 }, norms
      )
    }
  }

  @Test(arguments: teachers)
  func oneUnit(_ teacher: Teacher) throws {
    let found = try criticalPoints(teacher, units: 1)
    let alive = found.filter { $0.norms[0] > 1e-9 }
    // Both signs of the weight.
    #expect(alive.count == 4)
    for expected in rankOne(teacher) {
      let matches = alive.filter { abs($0.loss - expected.loss) < 1e-9 }
      #expect(matches.count == 2)
      for match in matches {
        let index = (expected.kept - expected.other) / expected.value < 0 ? 1 : 0
        #expect(match.a == [expected.value > 0 ? 1 : -1])
        #expect(match.inertia == Inertia(negative: index, zero: 1, positive: 2 - index))
      }
    }
    let dead = found.filter { $0.norms[0] < 1e-9 }
    #expect(dead.count == 2)
    for point in dead {
      #expect(abs(point.loss - lossOfZero(teacher)) < 1e-9)
      let negative = teacher.eigenvalues.count { Double(point.a[0]) * (2 * $0 + teacher.trace) > 0 }
      #expect(point.inertia == Inertia(negative: negative, zero: 1, positive: 2 - negative))
    }
  }

  @Test(arguments: teachers)
  func minimaOfOneUnit(_ teacher: Teacher) throws {
    let result = try AlgebraicEnumeration(problem(teacher, units: 1)).run()
    #expect(result.complete)
    var expected = rankOne(teacher).filter { ($0.kept - $0.other) / $0.value > 0 }.map(\.loss)
    for sign in [-1.0, 1.0] where teacher.eigenvalues.allSatisfy({ sign * (2 * $0 + teacher.trace) < 0 }) {
      expected.append(lossOfZero(teacher))
    }
    let losses = result.components.map { middle($0.loss) }
    #expect(losses.count == expected.count)
    #expect(zip(losses, expected.sorted()).allSatisfy { abs($0 - $1) < 1e-9 })
    #expect(result.components.allSatisfy { $0.dimension == 1 })
  }

  /// Where an eigenvalue of the approximation vanishes the critical point meets the origin: its Hessian is
  /// singular, and the result says so.
  @Test func teacherOnTheDiscriminantIsUndecided() throws {
    let result = try AlgebraicEnumeration(problem(Teacher(t11: 3, t12: 0, t22: -1), units: 1)).run()
    #expect(!result.complete && !result.undecided.isEmpty)
    #expect(result.components.map { middle($0.loss) }.contains { abs($0 - 16.0 / 3) < 1e-9 })
  }

  @Test(arguments: typicalTeachers)
  func twoUnits(_ teacher: Teacher) throws {
    try expectMinimaOfTwoUnits(teacher)
    try expectCriticalPointsOfTwoUnits(teacher)
  }

  @Test(.tags(.long), .onlyInLongRuns, arguments: furtherTeachers)
  func twoUnitsOfFurtherTeachers(_ teacher: Teacher) throws {
    try expectMinimaOfTwoUnits(teacher)
    try expectCriticalPointsOfTwoUnits(teacher)
  }

  /// Spurious families exist for indefinite and for negative teachers (and for signs that do not fit).
  private func expectMinimaOfTwoUnits(_ teacher: Teacher) throws {
    let result = try AlgebraicEnumeration(problem(teacher, units: 2)).run()
    #expect(result.complete, "\(result.undecided)")
    let t = teacher.eigenvalues
    var expected = [0.0]
    for sign in [-1.0, 1.0] {
      // Both output weights of one sign: the best approximation by a semidefinite form.
      if t.allSatisfy({ sign * (2 * $0 + teacher.trace) < 0 }) { expected.append(lossOfZero(teacher)) }
    }
    for entry in rankOne(teacher) {
      for signs in [[-1, -1], [-1, 1], [1, 1]] where signs.contains(entry.value > 0 ? 1 : -1) {
        let index =
          signs.count { entry.slope * Double($0) < 0 }
          + ((entry.kept - entry.other) / entry.slope > 0 ? 1 : 0) - 1
        if index == 0 { expected.append(entry.loss) }
      }
    }
    let losses = result.components.map { middle($0.loss) }
    #expect(losses.count == expected.count, "\(losses) \(expected)")
    #expect(zip(losses, expected.sorted()).allSatisfy { abs($0 - $1) < 1e-9 })
  }

  private func expectCriticalPointsOfTwoUnits(_ teacher: Teacher) throws {
    let found = try criticalPoints(teacher, units: 2)
    for point in found {
      let t = teacher.eigenvalues
      if point.norms.allSatisfy({ $0 < 1e-9 }) {
        #expect(abs(point.loss - lossOfZero(teacher)) < 1e-9)
        let negative = point.a.reduce(0) { sum, a in
          sum + t.count { Double(a) * (2 * $0 + teacher.trace) > 0 }
        }
        #expect(point.inertia == Inertia(negative: negative, zero: 2, positive: 4 - negative))
      } else if abs(point.loss) < 1e-9 {
        #expect(point.inertia == Inertia(negative: 0, zero: 3, positive: 3))
      } else {
        let expected = try #require(rankOne(teacher).first { abs($0.loss - point.loss) < 1e-9 })
        let slope = expected.slope
        let index =
          point.a.count { slope * Double($0) < 0 } + ((expected.kept - expected.other) / slope > 0 ? 1 : 0)
          - 1
        #expect(point.inertia == Inertia(negative: index, zero: 3, positive: 3 - index))
      }
    }
    // The teacher itself is reached if the signs of the output weights are those of its eigenvalues.
    let signs = teacher.eigenvalues.map { $0 > 0 ? 1 : -1 }.sorted()
    #expect(found.contains { abs($0.loss) < 1e-9 && $0.a.sorted() == signs })
    #expect(found.allSatisfy { abs($0.loss) > 1e-9 || $0.a.sorted() == signs })
  }
}
