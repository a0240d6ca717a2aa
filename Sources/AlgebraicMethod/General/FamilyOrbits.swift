import Algebra
import Ideals
import Strata

/// Numbers families of critical points up to the symmetries of the network that keep their chart: permutations
/// of units of the same kind, and for even activations the signs of hidden weights.
package struct FamilyOrbits<Engine: AlgebraEngine> {
  private let problem: TrainingProblem<Engine>
  /// One family of each orbit, and all families seen.
  private var orbits: [CriticalSample<Engine>] = []
  private var seen: [CriticalSample<Engine>] = []

  package init(problem: TrainingProblem<Engine>) { self.problem = problem }

  /// The number of the family's orbit; `nil` for another point of a family that has been inserted.
  package mutating func insert(_ sample: CriticalSample<Engine>) throws -> Int? {
    guard let family = sample.family else { preconditionFailure("only families have orbits") }
    let isKnown = try seen.contains { other in
      guard other.chart.units == sample.chart.units, let known = other.family else { return false }
      return try known.ideal.isEqual(to: family.ideal)
    }
    if isKnown { return nil }
    seen.append(sample)
    let known = try orbits.firstIndex { other in
      guard other.chart.units == sample.chart.units, let known = other.family,
        known.dimension == family.dimension, known.degree == family.degree
      else { return false }
      return try isImage(family, of: known, in: sample.chart)
    }
    if let known { return known }
    orbits.append(sample)
    return orbits.count - 1
  }

  private func isImage(
    _ family: PrimeComponent<Engine>, of other: PrimeComponent<Engine>, in chart: Chart<Engine>
  ) throws -> Bool {
    let notation = chart.notation
    let generators = try other.ideal.basis.polynomials.map { try notation.polynomial($0) }
    return try symmetries(of: chart).contains { images in
      let moved = try generators.map {
        try notation.value($0.substituted(images, into: notation.ring))
      }
      // Primes of the same dimension.
      return try family.ideal.contains(moved)
    }
  }

  /// What each variable of the chart is replaced by, for all symmetries but the identity.
  private func symmetries(of chart: Chart<Engine>) -> [[Engine.Polynomial]] {
    let ring = chart.notation.ring
    let count = chart.units.count
    let orders = Self.permutations(of: Array(0..<count)).filter { order in
      order.indices.allSatisfy { chart.units[$0] == chart.units[order[$0]] }
    }
    let hasSigns = problem.isEvenInWeight && chart.regions.allSatisfy { $0.signs == nil }
    return orders.flatMap { order in
      (0..<(hasSigns ? 1 << count : 1)).map { flips in
        var images = chart.kept.indices.map { ring.variable($0) }
        for unit in 0..<count {
          let (from, to) = (chart.system.weightVariables[unit], chart.system.weightVariables[order[unit]])
          for (a, b) in zip(from, to) {
            guard let place = chart.kept.firstIndex(of: a), let image = chart.kept.firstIndex(of: b) else {
              continue
            }
            images[place] = flips >> unit & 1 == 1 ? ring.variable(image).negated : ring.variable(image)
          }
          let (a, b) = (chart.system.outputVariables[unit], chart.system.outputVariables[order[unit]])
          if let place = chart.kept.firstIndex(of: a), let image = chart.kept.firstIndex(of: b) {
            images[place] = ring.variable(image)
          }
        }
        return images
      }
    }
  }

  private static func permutations(of list: [Int]) -> [[Int]] {
    guard !list.isEmpty else { return [[]] }
    return list.indices.flatMap { index -> [[Int]] in
      var rest = list
      let first = rest.remove(at: index)
      return permutations(of: rest).map { [first] + $0 }
    }
  }
}
