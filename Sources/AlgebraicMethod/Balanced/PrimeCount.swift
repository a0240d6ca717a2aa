import Algebra

/// The minimal primes of gradient ideals in the parameters `a, w`, from the decompositions in directions and
/// shares.
package enum PrimeCount {
  package typealias Prime = (dimension: Int, degree: Int, count: Int)

  /// Every set of alive regions has its own primes: those of its system, with the square roots `a_l` of the
  /// shares adjoined; several units on a region lie on a sphere `Σ a² = s`. No one contains another, as the
  /// shares are algebraic numbers different from zero.
  ///
  /// - Parameters:
  ///   - decompositions: of all sets of the regions.
  ///   - direct: decomposes the gradient ideal itself, given the region of each unit that is not inactive; needed
  ///     where shares are not determined.
  package static func primes<Engine: AlgebraEngine>(
    of counts: PatternCounts, _ decompositions: [[Int]: BalancedDecomposition<Engine>],
    direct: ([Int]) throws -> [Prime]
  ) throws -> [Prime] {
    var result: [Prime] = []
    for mask in 0..<(1 << counts.regions.count) {
      let alive = counts.regions.indices.filter { mask >> $0 & 1 == 1 }.map { counts.regions[$0] }
      guard let decomposition = decompositions[alive.map(\.region)] else {
        preconditionFailure("all sets of regions have been decomposed")
      }
      if decomposition.hasFamilies {
        return try direct(counts.regions.flatMap { Array(repeating: $0.region, count: $0.count) })
      }
      var single = 0
      for (bit, entry) in alive.enumerated() where entry.count == 1 { single |= 1 << bit }
      let dimension = alive.reduce(0) { $0 + $1.count - 1 }
      for prime in decomposition.primes {
        let (degree, count) = prime.primes(singleUnits: single, regions: alive.count)
        result.append((dimension, degree, count))
      }
    }
    return result
  }
}
