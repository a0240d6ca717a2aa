import Algebra
import AlgebraicMethod
import Components
import LandscapeModel
import RealSolving
import Strata

/// Lists the local minima of a general problem up to its symmetries, with canonical enclosures.
struct GeneralComponents<Engine: AlgebraEngine> {
  typealias Ball = Engine.Ball
  typealias Sample = CriticalSample<Engine>

  let problem: TrainingProblem<Engine>
  let digits: Int
  let describesFit: Bool

  private var search: EnclosureSearch { EnclosureSearch(digits: digits) }

  /// A minimum with its images under the symmetries of the network.
  private struct Entry {
    let sample: Sample
    /// Identifies the orbit.
    let key: String
    var images: Int
    let loss: Ball
  }

  func components(of samples: [Sample], isComplete: Bool) throws -> [LandscapeComponent] {
    var entries: [Entry] = []
    var orbits = FamilyOrbits<Engine>(problem: problem)
    for sample in samples where sample.judgement.verdict == .minimum {
      let key: String
      if sample.family != nil {
        guard let orbit = try orbits.insert(sample) else { continue }
        key = "family \(orbit)"
      } else {
        key = try sample.orbitKey(digits: digits)
      }
      if let known = entries.firstIndex(where: { $0.key == key }) {
        entries[known].images += permutations(sample)
      } else {
        entries.append(
          Entry(
            sample: sample, key: key, images: permutations(sample),
            loss: try sample.loss(precision: search.firstPrecision)))
      }
    }
    // Every orbit is a stratum of its own: equal losses are not known to be equal.
    let components = try entries.enumerated().map { number, entry in
      UnrankedComponent<Engine, String>(
        component: try component(entry), loss: entry.loss, stratum: [number], key: entry.key)
    }
    return LossOrder<Engine>(digits: digits).ranked(
      components, isComplete: isComplete && problem.hasGlobalMinimum)
  }

  // MARK: - Symmetry

  /// The number of ordered strata that the sample's stratum stands for, with the signs that it leaves out.
  private func permutations(_ sample: Sample) -> Int {
    let units = sample.chart.units
    let symmetric = UnitSharing.orders(Dictionary(grouping: units) { $0 }.values.map(\.count))
    let leavesOutSigns = problem.isOddInUnit && problem.ridge == 0
    let isHalved = problem.isEvenInWeight && sample.chart.regions.contains { $0.signs != nil }
    let halved = isHalved ? sample.chart.regions.count { $0.dimension > 0 } : 0
    return symmetric << (leavesOutSigns ? units.count : halved)
  }

  // MARK: - Numbers

  private func component(_ entry: Entry) throws -> LandscapeComponent {
    let sample = entry.sample
    let numbers = try sample.enclosures(digits: digits)
    let fit = describesFit ? try sample.fit(digits: digits) : nil
    let kinks = sample.chart.regions.reduce(0) { $0 + $1.kinkCount }
    var grouped: [(face: Face, sign: Int, members: [Int])] = []
    for (number, region) in sample.chart.regions.enumerated() {
      let sign = numbers.a[number].isSigned ? (numbers.a[number].isNegative ? -1 : 1) : 0
      if let known = grouped.firstIndex(where: { $0.face == region.face && $0.sign == sign }) {
        grouped[known].members.append(number)
      } else {
        grouped.append((region.face, sign, [number]))
      }
    }
    let units = try grouped.map { group in
      LandscapeComponent.Units(
        pattern: group.face, outputSign: group.sign, count: group.members.count,
        total: sample.dimension > 0
          ? nil
          : try enclosure { precision in
            let values = try sample.parameters(precision: precision)
            return group.members.reduce(Ball(0.0, precision: precision)) { $0 + values.a[$1] * values.a[$1] }
          },
        bothSigns: nil)
    }
    // A unit whose weight is zero can be scaled down to a point that is no minimum.
    let isOpen = sample.chart.units.indices.contains { number in
      sample.chart.units[number].output != nil && numbers.w[number].allSatisfy { !$0.isSigned }
    }
    return LandscapeComponent(
      id: 0, kind: sample.dimension == 0 ? .isolated : .family, dimension: sample.dimension,
      ends: isOpen || !sample.chart.regions.allSatisfy { $0.signs == nil || sample.dimension == 0 }
        ? .open : .closed,
      location: kinks > 0 ? .boundary : .interior, kinks: kinks, orbitSize: entry.images,
      loss: try enclosure { try sample.loss(precision: $0) }, certificateRatio: nil,
      globalForWidth: .undecided, globalForEveryWidth: sample.judgement.isGlobalForEveryWidth, units: units,
      vertices: nil,
      point: LandscapeComponent.Point(
        a: numbers.a, w: numbers.w, c: numbers.c, fitted: fit?.fitted, residuals: fit?.residuals))
  }

  private func enclosure(_ quantity: (Int) throws -> Ball) throws -> DecimalEnclosure {
    try search.enclosure(quantity)
  }
}
