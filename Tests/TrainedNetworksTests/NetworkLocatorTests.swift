import Algebra
import FlintEngine
import LandscapeModel
import Landscapes
import TestSupport
import Testing
import TrainedNetworks

/// Networks whose place is known from the list of all minima, and from the loss itself.
struct NetworkLocatorTests {
  typealias Engine = FlintEngine
  typealias Rational = FlintEngine.Rational

  private static func problem(_ generator: inout SeededGenerator, _ activation: Activation<Rational>) throws
    -> Problem<Engine>
  {
    func number() throws -> Rational {
      try Rational(Int.random(in: -20...20, using: &generator)).divided(by: 10)
    }
    let inputs = try (0..<6).map { _ in [try number()] }
    return try Problem(
      inputs: inputs, targets: try inputs.map { _ in try number() }, units: 2, activation: activation,
      ridge: Rational(1).divided(by: 10))
  }

  private static func minima(of problem: Problem<Engine>) throws -> [LandscapeComponent] {
    let result = try Enumeration(problem).run()
    #expect(result.complete)
    return result.components
  }

  /// A member of a component, with noise of this size.
  private static func weights(
    _ component: LandscapeComponent, noise: Double, _ generator: inout SeededGenerator
  ) throws -> NetworkWeights<Rational> {
    func moved(_ entry: DecimalEnclosure) throws -> Rational {
      let value = entry.doubleValue + noise * Double.random(in: -1...1, using: &generator)
      return try Rational(exactly: "\(value)")
    }
    return try NetworkWeights(
      a: component.point.a.map(moved), w: component.point.w.map { try $0.map(moved) })
  }

  private static func key(_ pattern: Face, _ sign: Int) -> String { "\(pattern) \(sign)" }

  @Test(arguments: 0..<8) func minimaAreFoundFromNearby(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let activations: [Activation<Rational>] = [
      .relu, .absoluteValue, Activation(slope: try Rational(1).divided(by: 10)),
    ]
    let problem = try Self.problem(&generator, activations[Int(seed) % 3])
    for component in try Self.minima(of: problem) where component.dimension == 0 {
      let living = component.units.filter { $0.outputSign != 0 }
      guard living.reduce(0, { $0 + $1.count }) == 2 else { continue }
      let weights = try Self.weights(component, noise: 1e-7, &generator)
      let place = try NetworkLocator(problem).locate(weights)
      #expect(place.kind == .minimum && place.complete && place.descent.isEmpty)
      #expect(try #require(place.loss) == component.loss)
      #expect(try #require(place.distance).doubleValue < 1e-6)
      #expect(
        Set(try #require(place.component).units.map { Self.key($0.pattern, $0.outputSign) })
          == Set(living.map { Self.key($0.pattern, $0.outputSign) }))
      #expect(place.component?.globalForEveryWidth == (component.globalForEveryWidth ? .yes : .no))
      #expect(place.deadUnits.isEmpty)
    }
  }

  /// The step is put into the loss here, which must fall.
  @Test(arguments: 0..<8) func otherNetworksCanDescend(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: 100 + seed)
    let problem = try Self.problem(&generator, .relu)
    func number() throws -> Rational {
      try Rational(Int.random(in: -200...200, using: &generator)).divided(by: 100)
    }
    let weights = try NetworkWeights(
      a: [try number(), try number()],
      w: [[try number(), try number()], [try number(), try number()]])
    let place = try NetworkLocator(problem).locate(weights)
    guard place.kind == .none || place.kind == .saddle else { return }
    let step = try #require(place.descent.first)
    func loss(_ a: [Double], _ w: [[Double]]) -> Double {
      var sum = 0.0
      for (input, target) in zip(problem.inputs, problem.targets) {
        var output = 0.0
        for (a, w) in zip(a, w) { output += a * max(0, w[0] * input[0].doubleValue + w[1]) }
        sum += (target.doubleValue - output) * (target.doubleValue - output)
      }
      return sum + 0.1 * (a.map { $0 * $0 }.reduce(0, +) + w.joined().map { $0 * $0 }.reduce(0, +))
    }
    let (a, w) = (weights.a.map(\.doubleValue), weights.w.map { $0.map(\.doubleValue) })
    let movedA = try zip(a, step.a).map { try $0 + #require(Double($1)) }
    let movedW = try zip(w, step.w).map { try zip($0, $1).map { try $0 + #require(Double($1)) } }
    #expect(abs(loss(a, w) - place.weightsLoss.doubleValue) < 1e-9)
    #expect(abs(loss(movedA, movedW) - step.loss.doubleValue) < 1e-9)
    #expect(step.loss.upper < place.weightsLoss.lower)
  }

  /// A minimum of one unit is none of two, as the second one can grow, unless no width does better.
  @Test(arguments: 0..<6) func deadUnitsAreNamed(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: 200 + seed)
    let two = try Self.problem(&generator, .relu)
    let one = try Problem<Engine>(inputs: two.inputs, targets: two.targets, units: 1, ridge: two.ridge)
    let component = try #require(try Self.minima(of: one).first)
    guard component.units.contains(where: { $0.outputSign != 0 }) else { return }
    let weights = try Self.weights(component, noise: 0, &generator)
    let idle = try NetworkWeights(a: weights.a + [0], w: weights.w + [[0, 0]])
    let place = try NetworkLocator(two).locate(idle)
    #expect(place.deadUnits == [2])
    #expect(try #require(place.loss) == component.loss)
    if component.globalForEveryWidth {
      #expect(place.kind == .minimum && place.gapToInfiniteWidth == .zero)
    } else {
      #expect(place.kind == .saddle && place.component?.globalForEveryWidth == .no)
      let step = try #require(place.descent.first)
      #expect(step.loss.upper < component.loss.lower)
    }
  }

  @Test func weightsOfAnotherShapeAreRefused() throws {
    var generator = SeededGenerator(seed: 1)
    let problem = try Self.problem(&generator, .relu)
    #expect(throws: WeightsError.unitCounts(a: 2, w: 1)) {
      try NetworkWeights<Rational>(a: [1, 2], w: [[1, 2]])
    }
    let weights = try NetworkWeights<Rational>(a: [1], w: [[1, 2, 3]])
    #expect(throws: WeightsError.length(unit: 1, expected: 2, found: 3)) {
      try NetworkLocator(problem).locate(weights)
    }
  }
}
