import Algebra
import FlintEngine
import Foundation
import InfiniteWidth
import LandscapeModel
import Landscapes
import Strata
import SwiftEngine
import TestSupport
import Testing

/// Optima of random problems, checked by weak duality in the numbers that a result states.
@Suite("Optimality")
struct OptimalityTests {
  /// Every solution reproduces the residual, the certificate stays below the ridge on many directions, and primal
  /// and dual values agree: then nothing is better.
  @Test(arguments: 0..<2)
  func primalAndDualAgree(seed: UInt64) throws {
    try check(seed: seed, count: 6)
  }

  @Test(.tags(.long), .onlyInLongRuns, arguments: 100..<120)
  func primalAndDualAgreeOnMany(seed: UInt64) throws {
    try check(seed: seed, count: 15)
  }

  /// The same with output bias, skip connection and weights of observations.
  @Test func primalAndDualAgreeWithLinearTerms() throws {
    try check(seed: 11, count: 8, linearTerms: true)
  }

  @Test(.tags(.long), .onlyInLongRuns, arguments: 300..<320)
  func primalAndDualAgreeWithLinearTermsOnMany(seed: UInt64) throws {
    try check(seed: seed, count: 15, linearTerms: true)
  }

  private func check(seed: UInt64, count: Int, linearTerms: Bool = false) throws {
    var problems = RandomMeasureProblems(seed: seed)
    for _ in 0..<count {
      let problem = linearTerms ? problems.nextWithLinearTerms() : problems.next()
      let result = try problem.optimum(FlintEngine.self)
      #expect(result.loss != nil || !result.complete, "\(problem)")
      guard let error = result.residual?.map(\.middle), let loss = result.loss?.middle,
        let mass = result.totalMass?.middle
      else { continue }
      let plain = try PlainProblem(problem)
      let coefficients = result.network?.c?.map(\.middle) ?? []
      #expect(coefficients.count == plain.penalties.count, "\(problem)")
      let residual = zip(plain.weights, error).map { $0 * $1 }
      let square =
        zip(residual, error).reduce(0) { $0 + $1.0 * $1.1 }
        + zip(plain.penalties, coefficients).reduce(0) { $0 + $1.0 * $1.1 * $1.1 }
      let product = zip(residual, plain.y).reduce(0) { $0 + $1.0 * $1.1 }
      let size = max(1, plain.y.reduce(0) { $0 + $1 * $1 })
      #expect(abs(square + 2 * plain.ridge * mass - loss) < 1e-11 * size, "\(problem)")
      #expect(abs(2 * product - square - loss) < 1e-11 * size, "\(problem)")
      // The coefficients are the best ones.
      for (index, (penalty, coefficient)) in zip(plain.penalties, coefficients).enumerated() {
        let slope = zip(plain.features, residual).reduce(0) { $0 + $1.0[index] * $1.1 }
        #expect(abs(slope - penalty * coefficient) < 1e-9 * size, "\(problem)")
      }
      var generator = SeededGenerator(seed: seed)
      for _ in 0..<400 {
        var direction = plain.z[0].map { _ in Double.random(in: -1...1, using: &generator) }
        // Near kinks, too.
        if Bool.random(using: &generator), let row = plain.z.randomElement(using: &generator) {
          let norm = row.reduce(0) { $0 + $1 * $1 }
          let overlap = zip(row, direction).reduce(0) { $0 + $1.0 * $1.1 }
          if norm > 0 { direction = zip(direction, row).map { $0 - $1 * overlap / norm } }
        }
        let length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let value = abs(plain.certificate(residual, direction))
        #expect(value <= plain.ridge * length * (1 + 1e-9) + 1e-9 * length, "\(problem)")
      }
      for vertex in result.solutions?.vertices ?? [] {
        var rest = plain.y
        for (extreme, amplitude) in zip(result.extremal ?? [], vertex) {
          for (row, value) in plain.outputs(of: extreme.direction.map(\.middle)).enumerated() {
            rest[row] -= amplitude.middle * value
          }
        }
        for (row, features) in plain.features.enumerated() {
          rest[row] -= zip(features, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
        }
        #expect(zip(rest, error).allSatisfy { abs($0 - $1) < 1e-9 * size }, "\(problem)")
      }
    }
  }

  /// Many lines of directions carry two atoms each, so that the polytope of solutions has thousands of vertices, which
  /// are not listed; all have the same number of atoms.
  @Test func manyVertices() throws {
    var problem = MeasureProblem.cars
    problem.ridge = "1/10"
    let result = try problem.optimum(FlintEngine.self)
    let solutions = try #require(result.solutions)
    let extremal = try #require(result.extremal)
    #expect(result.complete && solutions.vertices == nil && solutions.vertexCount > 500)
    #expect(solutions.leastAtoms == extremal.count - solutions.dimension && solutions.functionUnique)
    // Antipodal atoms have one total mass, which either can take if it can vanish.
    for one in extremal {
      guard
        let other = extremal.first(where: { other in
          zip(one.direction, other.direction).allSatisfy { $0.lower.doubleValue == -$1.upper.doubleValue }
        })
      else { continue }
      let total = one.mass.lower.doubleValue + other.mass.upper.doubleValue
      let same = one.mass.upper.doubleValue + other.mass.lower.doubleValue
      #expect(abs(total - same) < 1e-9 * total)
    }
  }

  /// The engines write the same bytes.
  @Test func enginesAgree() throws {
    var problems = RandomMeasureProblems(seed: 77)
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    for index in 0..<4 {
      let problem = index.isMultiple(of: 2) ? problems.next() : problems.nextWithLinearTerms()
      let flint = try encoder.encode(problem.optimum(FlintEngine.self))
      let swift = try encoder.encode(problem.optimum(SwiftEngine.self, control: Control(threads: 2)))
      #expect(flint == swift, "\(problem)")
    }
  }

  /// A finite network of the least width has a component with the same loss that is global for every width, and
  /// none with one unit less.
  @Test func finiteWidthAgrees() throws {
    var problems = RandomMeasureProblems(seed: 5)
    var compared = 0
    while compared < 4 {
      let problem = compared.isMultiple(of: 2) ? problems.next() : problems.nextWithLinearTerms()
      guard problem.x.count <= 6, problem.x[0].count == 1 else { continue }
      let result = try problem.optimum(FlintEngine.self)
      guard let atoms = result.solutions?.leastAtoms, (1...2).contains(atoms) else { continue }
      compared += 1
      for units in max(1, atoms - 1)...atoms {
        let finite = try Enumeration(problem.problem(units: units, FlintEngine.self)).run()
        let best = finite.components.filter(\.globalForEveryWidth)
        #expect(best.isEmpty == (units < atoms), "\(problem)")
        #expect(best.allSatisfy { $0.loss == result.loss }, "\(problem)")
      }
    }
  }
}
