import Algebra
import FlintEngine
import Foundation
import LandscapeModel
import Landscapes
import Strata
import Testing

/// Every bug that was found, as a test named after it.
@Suite("Regressions")
struct RegressionTests {
  private func enumerate(
    x: [[String]], y: [String], units: Int, slope: String = "0", ridge: String, bias: Bool = true
  ) throws -> EnumerationResult {
    try Enumeration(makeProblem(x: x, y: y, units: units, slope: slope, ridge: ridge, bias: bias)).run()
  }

  @Test func tieAtEmptySupportIsDecided() throws {
    let problems = [
      try enumerate(x: [["-1"]], y: ["-1"], units: 2, ridge: "1", bias: false),
      try enumerate(
        x: [["0"], ["1"], ["-1"], ["1"], ["0"]], y: ["-3/2", "-5/2", "-23/10", "-4/5", "29/10"], units: 1,
        slope: "1", ridge: "1", bias: false),
      try enumerate(x: [["2"], ["2"], ["-1"]], y: ["8", "8", "-1"], units: 3, ridge: "1", bias: false),
    ]
    for result in problems { #expect(result.complete, "\(result.undecided)") }
    // |q| = λ exactly where all units are dead: θ = 0 is the only minimum, with ratio one.
    #expect(problems[0].components.count == 1)
    #expect(problems[0].components[0].units.map(\.outputSign) == [0])
    #expect(problems[0].components[0].globalForEveryWidth)
  }

  @Test func certificateRatioWithGradientOnWallConverges() throws {
    func expectRatios(
      x: [String], y: [String], units: Int, slope: String = "0", ridge: String, components count: Int? = nil
    ) throws {
      let result = try enumerate(x: x.map { [$0] }, y: y, units: units, slope: slope, ridge: ridge)
      #expect(result.complete && !result.components.isEmpty)
      if let count { #expect(result.components.count == count) }
      func number(_ text: String) throws -> Double { try FlintEngine.Rational(exactly: text).doubleValue }
      let scan = DirectionScan(
        x: try x.map(number), y: try y.map(number), slope: try number(slope), ridge: try number(ridge))
      for component in result.components {
        let (least, most) = scan.ratio(of: component)
        let ratio = middle(component.certificateRatio)
        #expect(ratio >= least - 1e-9 && ratio <= most + 1e-9, "component \(component.id)")
      }
    }
    try expectRatios(x: ["1", "-1"], y: ["4", "0"], units: 1, slope: "-1/2", ridge: "2")
    try expectRatios(
      x: ["4", "1", "4", "-2", "-1"], y: ["-2", "3/2", "-23/10", "0", "-7/5"], units: 2, ridge: "809/1000")
    try expectRatios(
      x: ["-1", "1", "1", "-1", "1"], y: ["0", "-2/5", "-2/5", "0", "-2/5"], units: 2, slope: "1/10",
      ridge: "7417/1000", components: 1)
  }

  @Test(arguments: ["e-300", "e-170", "e-40", "e40", "e400"])
  func scalesFarOutsideDoublesKeepTheMinima(_ power: String) throws {
    func patterns(_ result: EnumerationResult) -> [[String]] {
      result.components.map { $0.units.map(\.pattern.description) }
    }
    let x = [["-1"], ["0"], ["1"]]
    let plain = try enumerate(x: x, y: ["1", "-1", "2"], units: 1, ridge: "0.1")
    let scaled = try enumerate(
      x: x, y: ["1\(power)", "-1\(power)", "2\(power)"], units: 1, ridge: "0.1\(power)")
    #expect(scaled.complete)
    #expect(patterns(scaled) == patterns(plain))
    #expect(scaled.components.map(\.certificateRatio) == plain.components.map(\.certificateRatio))
    let inputs = try enumerate(
      x: [["1\(power)"], ["-2\(power)"]], y: ["1", "-1"], units: 1, ridge: "0.1\(power)", bias: false)
    let unscaled = try enumerate(x: [["1"], ["-2"]], y: ["1", "-1"], units: 1, ridge: "0.1", bias: false)
    #expect(inputs.complete)
    #expect(patterns(inputs) == patterns(unscaled))
    #expect(inputs.components.map(\.loss) == unscaled.components.map(\.loss))
  }

  @Test func manyUnitsAreRefusedBeforeTheSymmetryGroupOverflows() throws {
    let (x, y) = ([["-1"], ["1"], ["2"]], ["1", "-1", "1"])
    #expect(throws: ProblemError.tooManyUnits(21, most: 16)) {
      _ = try enumerate(x: x, y: y, units: 21, ridge: "1/10")
    }
    let result = try enumerate(x: [["1"]], y: ["3"], units: 16, slope: "-1", ridge: "1/10")
    #expect(result.complete && result.components.count == 1)
    // The least of (3 - f)² + λ √2 |f|, with any shares of the units.
    let component = try #require(result.components.first)
    #expect(abs(middle(component.loss) - (0.3 * 2.0.squareRoot() - 0.005)) < 1e-12)
    #expect(component.dimension == 15 && component.globalForEveryWidth)
    #expect(component.units.reduce(0) { $0 + $1.count } == 16)
  }

  /// Nearly parallel faces: Newton's step is cut off at a tiny share, and doubles do not suffice.
  @Test func nearlyParallelFacesAreCertified() throws {
    let example = try TrustedExample.load("anscombe_I_L3")
    var options = Enumeration<FlintEngine>.Options()
    options.usesFilter = false
    let result = try Enumeration(example.problem(), options: options).run()
    #expect(result.complete)
    #expect(result.components == (try Enumeration(example.problem()).run()).components)
  }
}

/// `max |Σ r_i σ(⟨u, z_i⟩)| / λ` over unit vectors `u`, for one input and a bias, at many directions.
private struct DirectionScan {
  let x: [Double]
  let y: [Double]
  let slope: Double
  let ridge: Double

  private func activation(_ t: Double) -> Double { max(t, 0) + slope * min(t, 0) }

  /// Bounds: the greatest value that was found, and what there may be between two directions.
  func ratio(of component: LandscapeComponent) -> (least: Double, most: Double) {
    let residuals = zip(x, y).map { x, y in
      zip(component.point.a, component.point.w).reduce(y) { rest, unit in
        rest - middle(unit.0) * activation(middle(unit.1[0]) * x + middle(unit.1[1]))
      }
    }
    let steps = 5000
    let found = (0..<steps).map { step in
      let angle = 2 * Double.pi * Double(step) / Double(steps)
      let sum = zip(x, residuals).reduce(0) { $0 + $1.1 * activation(cos(angle) * $1.0 + sin(angle)) }
      return abs(sum) / ridge
    }.max()
    let rate = zip(x, residuals).reduce(0) { $0 + abs($1.1) * ($1.0 * $1.0 + 1).squareRoot() } / ridge
    return (found ?? 0, (found ?? 0) + rate * Double.pi / Double(steps))
  }
}
