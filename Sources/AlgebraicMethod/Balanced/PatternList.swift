import Algebra
import Arrangements
import Ideals
import LandscapeModel
import Strata

/// All patterns of one unit for which gradient ideals are decomposed, with the regions they lead to.
package struct PatternList: Sendable {
  package struct Pattern: Sendable {
    /// The number of the region; `nil` if a unit with this pattern contributes nothing.
    package let region: Int?
    package let isOpen: Bool
    package let isFeasible: Bool
  }

  private let patterns: [Pattern]

  /// The most sign patterns of a unit that are listed.
  private static var mostRows: Int { 16 }

  /// - Parameter region: adds the region of an infeasible sign pattern and returns its number; `nil` if it is
  ///   inactive.
  /// - Throws: `AlgebraError.tooLarge` for more than 2¹⁶ patterns of a unit.
  package init<Engine: AlgebraEngine>(
    _ division: Division<Engine>, selection: PatternSelection, addingRegion region: (SignVector) -> Int?
  ) throws {
    let arrangement = division.arrangement
    let isZero = Set(arrangement.zeroRows)
    var patterns: [Pattern] = []
    var numbers: [SignVector: Int] = [:]
    for face in division.faces {
      guard let signs = face.signs else {
        // The linear activation: one region.
        self.patterns = [Pattern(region: face.index, isOpen: true, isFeasible: true)]
        return
      }
      numbers[signs] = face.index
    }
    let isEven = division.problem.activation.symmetry == .evenInWeight
    for face in arrangement.faces {
      if isEven, face.signs.isNegatedRepresentative { continue }
      let isOpen = face.dimension == arrangement.rank
      patterns.append(Pattern(region: numbers[face.signs], isOpen: isOpen, isFeasible: true))
    }
    if selection == .all {
      let rows = (0..<division.problem.rowCount).filter { !isZero.contains($0) }
      guard rows.count <= Self.mostRows else {
        throw AlgebraError.tooLarge("2^\(rows.count) sign patterns of a unit")
      }
      for code in 0..<(1 << rows.count) {
        var signs = SignVector(zeros: division.problem.rowCount)
        for (bit, row) in rows.enumerated() { signs[row] = code >> bit & 1 == 1 ? 1 : -1 }
        if isEven, signs.isNegatedRepresentative || arrangement.faceIndex(of: signs.negated) != nil {
          continue
        }
        guard arrangement.faceIndex(of: signs) == nil else { continue }
        patterns.append(Pattern(region: region(signs), isOpen: true, isFeasible: false))
      }
    }
    self.patterns = patterns
  }

  /// The sets of at most `size` regions of open patterns with an infeasible one among them.
  package func infeasibleSets(atMost size: Int, feasibleCount: Int) -> [[Int]] {
    let regions = patterns.filter(\.isOpen).compactMap(\.region).sorted()
    guard regions.contains(where: { $0 >= feasibleCount }) else { return [] }
    var sets: [[Int]] = []
    func extend(_ set: [Int], from start: Int) {
      if let last = set.last, last >= feasibleCount { sets.append(set) }
      guard set.count < size else { return }
      for next in start..<regions.count { extend(set + [regions[next]], from: next + 1) }
    }
    extend([], from: 0)
    return sets
  }

  /// Counts the primes of all ordered tuples of patterns, those of open regions and those of the others, which
  /// are feasible.
  ///
  /// - Parameter primes: dimension and degree of each minimal prime for a number of units on each of some
  ///   regions, ascending, and of units that contribute nothing.
  package func census(
    units: Int, primes: (PatternCounts) throws -> [(dimension: Int, degree: Int, count: Int)]
  ) throws -> EnumerationResult.Decomposition {
    typealias Primes = EnumerationResult.Decomposition.Primes
    var result = EnumerationResult.Decomposition(interiorStrata: 0, boundaryStrata: 0, primes: [])
    var totals: [Primes: Int] = [:]
    for isInterior in [true, false] {
      let available = patterns.filter { isInterior ? $0.isOpen : $0.isFeasible }
      // Inactive patterns lead to the same primes: only how many there are matters.
      let closedRegions = Set(available.filter { !$0.isOpen }.compactMap(\.region))
      let inactive = available.filter { $0.region == nil }
      let choices = (
        open: inactive.filter(\.isOpen).count, all: inactive.count
      )
      try PatternCounts.forEach(regions: available.compactMap(\.region).sorted(), units: units) { counts in
        let tuples = counts.arrangements(choices: choices.all)
        // Among the boundary strata are none with open patterns only.
        let openTuples =
          counts.regions.contains { closedRegions.contains($0.region) }
          ? 0 : counts.arrangements(choices: choices.open)
        let number = isInterior ? openTuples : tuples - openTuples
        guard number > 0 else { return }
        if isInterior { result.interiorStrata += number } else { result.boundaryStrata += number }
        for prime in try primes(counts) {
          let key = Primes(
            location: isInterior ? .interior : .boundary, dimension: prime.dimension, degree: prime.degree,
            count: 0)
          totals[key, default: 0] += number * prime.count
        }
      }
    }
    result.primes = totals.map { key, count in
      Primes(location: key.location, dimension: key.dimension, degree: key.degree, count: count)
    }.sorted {
      ($0.location == .boundary ? 1 : 0, $0.dimension, $0.degree)
        < ($1.location == .boundary ? 1 : 0, $1.dimension, $1.degree)
    }
    return result
  }
}

/// How many units there are on each of some regions, and how many that contribute nothing.
package struct PatternCounts {
  /// Ascending by region, counts positive.
  package let regions: [(region: Int, count: Int)]
  package let inactive: Int

  /// All of them with this number of units.
  package static func forEach(regions: [Int], units: Int, _ body: (PatternCounts) throws -> Void) rethrows {
    func extend(_ chosen: [(region: Int, count: Int)], from start: Int, rest: Int) throws {
      try body(PatternCounts(regions: chosen, inactive: rest))
      guard rest > 0 else { return }
      for next in start..<regions.count {
        for count in 1...rest {
          try extend(chosen + [(regions[next], count)], from: next + 1, rest: rest - count)
        }
      }
    }
    try extend([], from: 0, rest: units)
  }

  /// The number of ordered tuples of patterns, if each inactive unit has one of so many.
  package func arrangements(choices: Int) -> Int {
    var (number, place) = (1, 0)
    for count in regions.map(\.count) {
      for i in 1...count {
        place += 1
        number = number * place / i
      }
    }
    for i in 0..<inactive {
      place += 1
      number = number * place / (i + 1)
    }
    for _ in 0..<inactive { number *= choices }
    return number
  }
}

extension SignVector {
  /// Whether the first sign that is not zero is −: the opposite vector stands for both.
  package var isNegatedRepresentative: Bool {
    ((0..<count).lazy.map { self[$0] }.first { $0 != 0 } ?? 0) < 0
  }
}
