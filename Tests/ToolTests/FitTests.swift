import Algebra
import Foundation
import LandscapeModel
import Testing

/// Fitted values, residuals and directions in JSON, put back into what they mean.
@Suite struct FitTests {
  private static let rows = [(-2.0, 1.0), (-1, -0.5), (0, 1.5), (1, 0), (2, 2)]

  private struct Network {
    let slope: Double
    let power: Double
    let bias: Bool

    func output(_ units: [(a: Double, w: [Double])], _ c: [Double], at x: Double) -> Double {
      let linear = zip(c, c.count > 1 ? [x, 1] : [1]).reduce(0) { $0 + $1.0 * $1.1 }
      return units.reduce(linear) { sum, unit in
        let argument = unit.w[0] * x + (bias ? unit.w[1] : 0)
        return sum + unit.a * (argument >= 0 || power > 1 ? pow(argument, power) : slope * argument)
      }
    }
  }

  private static func run(_ options: [String]) async throws -> EnumerationResult {
    let output = try await Tool.run(
      ["enumerate", "-", "--format", "json", "--no-timing"] + options, input: SampleData.poster)
    // Undecided strata are no fault here.
    #expect([0, 3].contains(output.status))
    return try JSONDecoder().decode(EnumerationResult.self, from: Data(output.standardOutput.utf8))
  }

  @Test(arguments: [
    (["--units", "2", "--ridge", "1/10"], 0.0, 1.0),
    (["--units", "3", "--ridge", "1/10", "--activation", "leaky:1/10"], 0.1, 1),
    (["--units", "2", "--ridge", "1", "--activation", "abs", "--no-bias"], -1, 1),
    (["--units", "1", "--ridge", "1/10", "--output-bias", "--penalize", "weights"], 0, 1),
    (["--units", "1", "--ridge", "1/10", "--method", "algebraic"], 0, 1),
    (["--units", "1", "--ridge", "1/10", "--activation", "power:2", "--output-bias"], 0, 2),
    (["--units", "1", "--ridge", "1000"], 0, 1),
    (["--units", "2", "--ridge", "1/10", "--skip", "--output-bias"], 0, 1),
    (["--units", "1", "--ridge", "1/10", "--skip", "--output-bias", "--method", "algebraic"], 0, 1),
  ])
  func fitsAreTheNetworks(_ options: [String], _ slope: Double, _ power: Double) async throws {
    let network = Network(slope: slope, power: power, bias: !options.contains("--no-bias"))
    let result = try await Self.run(options)
    #expect(!result.components.isEmpty)
    for component in result.components {
      let point = component.point
      let (fitted, residuals) = (try #require(point.fitted), try #require(point.residuals))
      #expect(fitted.count == Self.rows.count && residuals.count == Self.rows.count)
      let units = zip(point.a, point.w).map { ($0.doubleValue, $1.map(\.doubleValue)) }
      for (number, (x, y)) in Self.rows.enumerated() {
        let output = network.output(units, (point.c ?? []).map(\.doubleValue), at: x)
        #expect(abs(fitted[number].doubleValue - output) < 1e-11)
        #expect(abs(residuals[number].doubleValue - (y - output)) < 1e-11)
      }
    }
  }

  /// Any member that is drawn as the documentation says has the fit and the loss of its component.
  @Test(arguments: [
    (["--units", "3", "--ridge", "1/10"], 0.0, true), (["--units", "3", "--ridge", "1/5"], 0, true),
    (["--units", "4", "--ridge", "1", "--activation", "abs", "--no-bias"], -1, true),
    (["--units", "2", "--ridge", "1/10", "--method", "algebraic", "--activation", "leaky:1/2"], 0.5, false),
  ])
  func membersOfComponentsHaveOneLoss(
    _ options: [String], _ slope: Double, _ hasFamilies: Bool
  ) async throws {
    let network = Network(slope: slope, power: 1, bias: !options.contains("--no-bias"))
    let parts = options[3].split(separator: "/").compactMap { Double($0) }
    let ridge = parts[0] / (parts.count > 1 ? parts[1] : 1)
    let result = try await Self.run(options)
    #expect(!hasFamilies || result.components.contains { $0.kind == .family })
    var generator = SeededGenerator(seed: 11)
    for component in result.components {
      let faces = component.units.filter { $0.outputSign != 0 }
      let vertices =
        component.vertices?.map { $0.map(\.doubleValue) } ?? [faces.map { $0.total?.doubleValue ?? .nan }]
      for _ in 0..<10 {
        let weights = Self.mixture(vertices.count, &generator)
        var units: [(a: Double, w: [Double])] = []
        for (number, face) in faces.enumerated() {
          let direction = try #require(face.direction).map(\.doubleValue)
          #expect(abs(direction.reduce(0) { $0 + $1 * $1 } - 1) < 1e-12)
          let total = zip(weights, vertices).reduce(0) { $0 + $1.0 * $1.1[number] }
          for part in Self.mixture(face.count, &generator) {
            let root = (total * part).squareRoot()
            units.append((Double(face.outputSign) * root, direction.map { root * $0 }))
          }
        }
        var loss = units.reduce(0) { sum, unit in
          sum + ridge * (unit.a * unit.a + unit.w.reduce(0) { $0 + $1 * $1 })
        }
        for (x, y) in Self.rows { loss += pow(y - network.output(units, [], at: x), 2) }
        #expect(abs(loss - component.loss.doubleValue) < 1e-10)
      }
    }
  }

  private static func mixture(_ count: Int, _ generator: inout SeededGenerator) -> [Double] {
    let numbers = (0..<count).map { _ in Double.random(in: 0.01...1, using: &generator) }
    let sum = numbers.reduce(0, +)
    return numbers.map { $0 / sum }
  }
}
