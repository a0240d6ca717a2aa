import Algebra
import FlintEngine
import Foundation
import TestSupport
import Testing

@testable import Bifurcations

@Suite("The loss and its derivatives")
struct LossTests {
  /// L at λ by the formula with angles, pair by pair.
  static func loss(_ W: [[Double]], _ lambda: Double) -> Double {
    func kernel(_ u: [Double], _ v: [Double]) -> Double {
      let dot = zip(u, v).reduce(0) { $0 + $1.0 * $1.1 }
      let size = (u.reduce(0) { $0 + $1 * $1 } * v.reduce(0) { $0 + $1 * $1 }).squareRoot()
      let angle = acos(max(-1, min(1, dot / size)))
      return dot / 2 + lambda / (2 * .pi) * size * (sin(angle) - angle * cos(angle))
    }
    let teacher = W.indices.map { row in W.indices.map { $0 == row ? 1.0 : 0 } }
    func sum(_ left: [[Double]], _ right: [[Double]]) -> Double {
      left.reduce(0) { total, u in right.reduce(total) { $0 + kernel(u, $1) } }
    }
    return sum(W, W) / 2 - sum(W, teacher) + sum(teacher, teacher) / 2
  }

  private static let subgroups = [
    [4], [1, 3], [2, 2], [2, 3], [1, 4], [1, 1, 3], [1, 2, 2], [5], [2, 5], [3, 3],
  ]

  private static func point(_ system: HomotopySystem, _ random: inout SeededGenerator) -> [Double] {
    system.coordinates.identity.map { $0 + Double.random(in: -0.4...0.4, using: &random) }
      + [Double.random(in: 0.2...2.5, using: &random)]
  }

  @Test(arguments: subgroups)
  func gradientIsTheDerivativeOfTheLoss(blocks: [Int]) {
    let system = HomotopySystem(YoungSubgroup(blocks: blocks))
    var random = SeededGenerator(seed: 11)
    let unknowns = Self.point(system, &random)
    let lambda = unknowns[system.parameter]
    func loss(_ coordinates: [Double]) -> Double { Self.loss(system.coordinates.matrix(coordinates), lambda) }
    let coordinates = Array(unknowns.dropLast())
    #expect(abs(system.loss(unknowns) - loss(coordinates)) < 1e-11)
    let (gradient, jacobian) = system.linearisation(unknowns)
    for position in coordinates.indices {
      var (above, below) = (unknowns, unknowns)
      above[position] += 1e-5
      below[position] -= 1e-5
      let difference = (loss(Array(above.dropLast())) - loss(Array(below.dropLast()))) / 2e-5
      #expect(abs(gradient[position] - difference) < 1e-7)
      let column = zip(system.gradient(above), system.gradient(below)).map { ($0 - $1) / 2e-5 }
      for (row, value) in column.enumerated() { #expect(abs(jacobian[row][position] - value) < 1e-6) }
    }
    var (above, below) = (unknowns, unknowns)
    above[system.parameter] += 1e-5
    below[system.parameter] -= 1e-5
    let column = zip(system.gradient(above), system.gradient(below)).map { ($0 - $1) / 2e-5 }
    for (row, value) in column.enumerated() { #expect(abs(jacobian[row][system.parameter] - value) < 1e-6) }
  }

  /// The isotypic components together have the inertia of the whole Hessian, taken by differences.
  @Test(arguments: subgroups)
  func componentsHaveTheInertiaOfTheHessian(blocks: [Int]) {
    let system = HomotopySystem(YoungSubgroup(blocks: blocks))
    let k = system.coordinates.units
    #expect(
      system.space.components.reduce(0) { $0 + $1.dimension * $1.directions.count } == k * k, "\(blocks)")
    // The finest Young subgroup fixes all matrices.
    let whole = HomotopySystem(YoungSubgroup(blocks: Array(repeating: 1, count: k)))
    var random = SeededGenerator(seed: 12)
    for _ in 0..<3 {
      let unknowns = Self.point(system, &random)
      let matrix = system.coordinates.matrix(Array(unknowns.dropLast()))
      let all = whole.coordinates.coordinates(of: matrix) + [unknowns[system.parameter]]
      let hessian = (0..<(k * k)).map { position -> [Double] in
        var (above, below) = (all, all)
        above[position] += 1e-5
        below[position] -= 1e-5
        return zip(whole.gradient(above), whole.gradient(below)).map { ($0 - $1) / 2e-5 }
      }
      let counts = system.negativeCounts(unknowns)
      let index = counts.map { zip($0, system.space.components).reduce(0) { $0 + $1.0 * $1.1.dimension } }
      let symmetric = hessian.indices.map { row in
        hessian.indices.map { (hessian[row][$0] + hessian[$0][row]) / 2 }
      }
      #expect(index == LinearAlgebra.negativeCount(symmetric), "\(blocks)")
      // In the balls the same.
      let balls = unknowns.map { BallScalar(FlintEngine.Ball($0, precision: 128)) }
      #expect(system.negativeCounts(balls) == counts)
    }
  }

  @Test func inertiaIsThatOfCongruentDiagonals() {
    var random = SeededGenerator(seed: 13)
    for size in 1...7 {
      for _ in 0..<20 {
        let diagonal = (0..<size).map { _ in Bool.random(using: &random) ? 1.0 : -1.0 }
        let basis = (0..<size).map { _ in (0..<size).map { _ in Double.random(in: -1...1, using: &random) } }
        let matrix = (0..<size).map { row in
          (0..<size).map { column in
            (0..<size).reduce(0) { $0 + basis[$1][row] * diagonal[$1] * basis[$1][column] }
          }
        }
        #expect(LinearAlgebra.negativeCount(matrix) == diagonal.count { $0 < 0 })
      }
    }
    #expect(LinearAlgebra.negativeCount([[0.0, 1], [1, 0]]) == 1)
    #expect(LinearAlgebra.negativeCount([[0.0, 0], [0, 1]]) == nil)
  }

  /// The closed form against averages over Gaussian inputs.
  @Test(.tags(.long), .onlyInLongRuns, arguments: [0.0, -1, 0.3, 1.7])
  func lossIsTheAverageOverInputs(slope: Double) {
    var random = SeededGenerator(seed: 14)
    func gaussian() -> Double {
      let radius = (-2 * log(Double.random(in: 1e-300..<1, using: &random))).squareRoot()
      return radius * cos(Double.random(in: 0..<2 * .pi, using: &random))
    }
    let k = 4
    let system = HomotopySystem(YoungSubgroup(blocks: Array(repeating: 1, count: k)))
    let W = (0..<k).map { _ in (0..<k).map { _ in gaussian() } }
    var (sum, squares) = (0.0, 0.0)
    let samples = 1_000_000
    for _ in 0..<samples {
      let x = (0..<k).map { _ in gaussian() }
      func unit(_ t: Double) -> Double { t >= 0 ? t : slope * t }
      let student = W.reduce(0) { $0 + unit(zip($1, x).reduce(0) { $0 + $1.0 * $1.1 }) }
      let error = student - x.reduce(0) { $0 + unit($1) }
      sum += error * error / 2
      squares += error * error * error * error / 4
    }
    let mean = sum / Double(samples)
    let deviation = ((squares / Double(samples) - mean * mean) / Double(samples)).squareRoot()
    // Along the slope the loss is (1+α²) times that of the homotopy.
    let lambda = (1 - slope) * (1 - slope) / (1 + slope * slope)
    let loss = (1 + slope * slope) * system.loss(system.coordinates.coordinates(of: W) + [lambda])
    #expect(abs(loss - mean) < 5 * deviation, "\(loss) and \(mean) ± \(deviation)")
  }
}
