import Algebra

/// How many directions of each eigenspace a critical form takes: the subset s of the theorem of Eckart and Young,
/// up to the choice of directions within eigenspaces.
struct SpectralSelection: Hashable, Sendable {
  /// At most the multiplicity for each different eigenvalue.
  let counts: [Int]
  let multiplicities: [Int]

  var rank: Int { counts.reduce(0, +) }

  /// That of the set of such forms, a product of Grassmannians.
  var dimension: Int { zip(counts, multiplicities).reduce(0) { $0 + $1.0 * ($1.1 - $1.0) } }

  var chosen: [Int] { counts.indices.filter { counts[$0] > 0 } }
  var left: [Int] { counts.indices.filter { counts[$0] < multiplicities[$0] } }

  /// All of a rank, with greater eigenvalues first.
  static func all(rank: Int, multiplicities: [Int]) -> [SpectralSelection] {
    func extend(_ prefix: [Int], _ rest: Int) -> [[Int]] {
      guard prefix.count < multiplicities.count else { return rest == 0 ? [prefix] : [] }
      let most = min(rest, multiplicities[prefix.count])
      return (0...most).reversed().flatMap { extend(prefix + [$0], rest - $0) }
    }
    return extend([], rank).map { SpectralSelection(counts: $0, multiplicities: multiplicities) }
  }
}
