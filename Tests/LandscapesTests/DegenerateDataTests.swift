import Algebra
import FlintEngine
import Foundation
import LandscapeModel
import Testing

/// Data without any genericity, with answers that are known or found by descent.
@Suite("Degenerate data")
struct DegenerateDataTests {
  private static let slopes = ["0", "1/10", "-1/2", "-1", "1", "3"]

  // MARK: - All units dead

  @Test(arguments: slopes)
  func zeroTargetsLeaveTheOriginOnly(slope: String) throws {
    let problem = try SmallProblem(
      x: [["1"], ["-2"], ["1"], ["0"]], y: ["0", "0", "0", "0"], units: 2, slope: slope, ridge: "1/1000")
    let result = try problem.enumerated()
    #expect(result.complete)
    try #require(result.components.count == 1)
    let origin = result.components[0]
    #expect(origin.kind == .isolated && origin.ends == .closed)
    #expect(origin.loss == DecimalEnclosure(exact: "0"))
    #expect(origin.certificateRatio == DecimalEnclosure(exact: "0"))
    #expect(origin.globalForEveryWidth && origin.globalForWidth == .yes)
    #expect(origin.units.map(\.pattern.description) == ["0000"] && origin.units.map(\.count) == [2])
    #expect(origin.orbitSize == 1)
  }

  /// `max |η| = |y| |z| = 10` for one row `z = (3, 4)`, `y = 2`.
  @Test(arguments: slopes)
  func originIsTheOnlyMinimumFromTheCriticalRidgeOn(slope: String) throws {
    for (ridge, isDead) in [("9.999", false), ("10", true), ("10.001", true)] {
      let problem = try SmallProblem(
        x: [["3", "4"]], y: ["2"], units: 3, slope: slope, ridge: ridge, bias: false)
      let result = try problem.enumerated()
      let steepest = abs(problem.slope.doubleValue) > 1 ? 3.0 : 1.0
      let isDeadHere = isDead && steepest == 1
      #expect(result.complete, "ridge \(ridge): \(result.undecided)")
      let best = try #require(result.components.first)
      #expect(best.units.contains { $0.outputSign != 0 } == !isDeadHere)
      #expect(best.globalForEveryWidth)
      if isDeadHere {
        #expect(result.components.count == 1)
        #expect(abs(middle(best.loss) - 4) < 1e-13)
        #expect(abs(middle(best.certificateRatio) - 10 / problem.ridge.doubleValue) < 1e-13)
      }
    }
  }

  // MARK: - One row

  /// One row is fitted by units on the line of `z`: `|z| |r| = λ` up to the slope.
  @Test(arguments: slopes)
  func oneRowHasAClosedForm(slope: String) throws {
    let (x, y, ridge) = (2.0, -3.0, 0.5)
    let problem = try SmallProblem(x: [["2"]], y: ["-3"], units: 2, slope: slope, ridge: "1/2")
    let result = try problem.enumerated()
    #expect(result.complete)
    let length = (x * x + 1).squareRoot()
    let rates = Set([1, abs(problem.slope.doubleValue)]).filter { $0 > 0 }.sorted(by: >)
    let losses = rates.map { rate -> Double in
      let residual = ridge / (rate * length)
      return residual * residual + 2 * ridge * (abs(y) - residual) / (rate * length)
    }
    try #require(result.components.count == losses.count)
    for (component, loss) in zip(result.components, losses) {
      #expect(abs(middle(component.loss) - loss) < 1e-13)
      #expect(component.dimension == 1)
      #expect(component.location == .interior)
      #expect((component.ends == .closed) == (loss == losses[0]))
    }
  }

  @Test(arguments: slopes)
  func rowsWithoutInfluence(slope: String) throws {
    // No inputs at all, only the bias; and no bias, rows at the origin.
    let constant = try SmallProblem(
      x: [[], []] as [[String]], y: ["1", "2"], units: 2, slope: slope, ridge: "1/10")
    let fitted = try constant.enumerated()
    #expect(fitted.complete)
    #expect(abs(middle(fitted.components[0].loss) - 0.795) < 1e-13 || abs(constant.slope.doubleValue) > 1)
    let origin = try SmallProblem(
      x: [["0"], ["0"]], y: ["1", "2"], units: 2, slope: slope, ridge: "1/10", bias: false
    ).enumerated()
    #expect(origin.complete && origin.strata.total == 1 && origin.components.count == 1)
    #expect(abs(middle(origin.components[0].loss) - 5) < 1e-13)
    // A row at the origin is no kink.
    let mixed = try SmallProblem(
      x: [["0"], ["1"], ["0"]], y: ["1", "2", "3"], units: 1, slope: slope, ridge: "1/10", bias: false
    ).enumerated()
    #expect(mixed.complete)
    #expect(mixed.components.allSatisfy { $0.kinks == 0 && $0.location == .interior })
  }

  // MARK: - Numbers

  /// Numbers with huge denominators are read exactly and change nothing but digits far behind.
  @Test func hugeDenominators() throws {
    let plain = try SmallProblem(
      x: [["-1"], ["1/3"], ["2"]], y: ["1", "-1/7", "2"], units: 2, ridge: "1/10")
    let tail = String(repeating: "0", count: 60) + "1"
    let close = try SmallProblem(
      x: [["-1.\(tail)"], ["0." + String(repeating: "3", count: 80)], ["2.\(tail)"]],
      y: ["1.\(tail)", "-1/7", "2"], units: 2, ridge: "0.1\(tail)")
    let (first, second) = (try plain.enumerated(), try close.enumerated())
    #expect(first.complete && second.complete)
    #expect(first.components.map(\.loss) == second.components.map(\.loss))
    #expect(
      first.components.map { $0.units.map(\.pattern.description) }
        == second.components.map { $0.units.map(\.pattern.description) })
  }

  /// A tie that is broken in the fiftieth digit: doubles cannot see it, the result must.
  @Test(arguments: ["", "-", "+"])
  func tieBrokenFarBehindTheComma(side: String) throws {
    let tail = String(repeating: "0", count: 49) + "1"
    let ridge =
      switch side {
      case "-": "9." + String(repeating: "9", count: 50)
      case "+": "10.\(tail)"
      default: "10"
      }
    let problem = try SmallProblem(x: [["3", "4"]], y: ["2"], units: 1, ridge: ridge, bias: false)
    let result = try problem.enumerated()
    #expect(result.complete, "\(result.undecided)")
    #expect(result.components.count == 1)
    #expect(result.components[0].units.map(\.outputSign) == [side == "-" ? 1 : 0])
  }

  @Test(arguments: slopes)
  func badlyScaledColumnsAndRows(slope: String) throws {
    let problem = try SmallProblem(
      x: [["1e6", "1e-6"], ["-2e6", "3e-6"], ["5e5", "-1e-6"]], y: ["1e-3", "-2e3", "1"], units: 1,
      slope: slope, ridge: "1e-4")
    let result = try problem.enumerated()
    #expect(result.complete, "\(result.undecided)")
    #expect(result.components.contains { $0.globalForWidth == .yes })
    #expect(try problem.enumerated(usesFilter: false).components == result.components)
    let mixed = try SmallProblem(
      x: [["1e6"], ["1e-6"], ["-1e3"]], y: ["1e6", "1e-6", "1"], units: 2, slope: slope, ridge: "1e-3")
    let mixedResult = try mixed.enumerated()
    #expect(mixedResult.complete, "\(mixedResult.undecided)")
    #expect(try mixed.enumerated(usesFilter: false).components == mixedResult.components)
  }

  // MARK: - Shapes

  /// Symmetric data, targets that one unit fits, kinks at data, constant and affine targets, and the same input with
  /// different targets: every end of a descent is listed, every listed point is a minimum.
  @Test(arguments: [
    (["-2", "-1", "0", "1", "2"], ["4", "1", "0", "1", "4"]),
    (["-2", "-1", "0", "1", "2"], ["-8", "-1", "0", "1", "8"]),
    (["-1", "-1", "1", "1"], ["1", "-1", "1", "-1"]),
    (["-1", "0", "1"], ["0", "0", "1"]),
    (["-1", "0", "1", "2"], ["2", "0", "2", "4"]),
    (["0", "1", "2", "3"], ["1", "1", "1", "1"]),
    (["0", "1", "2", "3"], ["1", "-1", "-3", "-5"]),
    (["1", "1", "1"], ["1", "2", "-4"]),
    (["1", "1", "-1", "-1"], ["3", "-1", "-1", "3"]),
    (["-3", "-1", "1", "3"], ["1", "-1", "-1", "1"]),
  ])
  func shapesAgreeWithDescent(inputs: [String], targets: [String]) throws {
    for (number, slope) in Self.slopes.enumerated() {
      for bias in [true, false] {
        for ridge in ["1/20", "1"] {
          let problem = try SmallProblem(
            x: inputs.map { [$0] }, y: targets, units: 2, slope: slope, ridge: ridge, bias: bias)
          let comparison = try DescentComparison(problem, seed: UInt64(number))
          comparison.run(starts: 6)
          #expect(comparison.complaints.isEmpty, "\(problem)")
          for listed in comparison.listed {
            let complaints = ComponentChecks(listed: listed, loss: comparison.loss).complaints
            #expect(complaints.isEmpty, "component \(listed.component.id) of \(problem)")
          }
        }
      }
    }
  }

  /// Collinear and repeated points in the plane.
  @Test(arguments: 0..<6)
  func planarShapesAgreeWithDescent(number: Int) throws {
    let inputs = [
      [["0", "0"], ["1", "1"], ["2", "2"], ["3", "3"]],
      [["1", "0"], ["0", "1"], ["-1", "0"], ["0", "-1"]],
      [["1", "0"], ["1", "0"], ["0", "1"]],
    ][number / 2]
    let targets = [["1", "-1", "1", "-1"], ["2", "1", "0", "-1"]][number % 2]
    let problem = try SmallProblem(
      x: inputs, y: Array(targets.prefix(inputs.count)), units: 1 + number % 2,
      slope: Self.slopes[number], ridge: "1/5")
    let comparison = try DescentComparison(problem, seed: UInt64(number))
    comparison.run(starts: 30)
    #expect(comparison.complaints.isEmpty, "\(problem)")
    for listed in comparison.listed {
      let complaints = ComponentChecks(listed: listed, loss: comparison.loss).complaints
      #expect(complaints.isEmpty, "component \(listed.component.id) of \(problem)")
    }
  }
}
