import Algebra

extension Arrangement {
  /// The number of faces of all dimensions of a central arrangement in general position, which has the most
  /// among all with as many hyperplanes and the same rank.
  ///
  /// With `m` hyperplanes in rank `r`: the minimal face, and for `1 ≤ k ≤ r` the regions of the restriction to
  /// each of the `C(m, r − k)` flats of dimension `k`, which is in general position again and has
  /// `2 Σ_{j<k} C(m' − 1, j)` regions for its `m' = m − r + k` hyperplanes (Cover, IEEE Trans. Electron.
  /// Comput. EC-14, 1965, doi:10.1109/PGEC.1965.264137; Zaslavsky, Mem. Amer. Math. Soc. 154, 1975,
  /// doi:10.1090/memo/0154).
  ///
  /// - Parameters:
  ///   - hyperplanes: the number of different hyperplanes, or an upper bound (the number of rows).
  ///   - rank: the dimension of the span of the rows, or an upper bound (the dimension `D`).
  /// - Returns: the bound up to rounding; infinity beyond the range of doubles.
  public static func upperBoundOnFaces(hyperplanes: Int, rank: Int) -> Double {
    precondition(hyperplanes >= 0 && rank >= 0, "counts are not negative")
    // The rank is at most the number of hyperplanes.
    let rank = min(hyperplanes, rank)
    var total = 1.0
    var flats = 1.0
    for dimension in stride(from: rank, through: 1, by: -1) {
      total += flats * regions(hyperplanes: hyperplanes - rank + dimension, rank: dimension)
      if total == .infinity { break }
      // From C(m, r − k) to C(m, r − k + 1).
      let codimension = rank - dimension
      flats *= Double(hyperplanes - codimension) / Double(codimension + 1)
    }
    return total
  }

  /// `2 Σ_{j<k} C(m − 1, j)` for `m` hyperplanes in general position in rank `k ≥ 1`.
  private static func regions(hyperplanes: Int, rank: Int) -> Double {
    var sum = 0.0
    var binomial = 1.0
    for index in 0..<rank {
      sum += 2 * binomial
      binomial *= Double(hyperplanes - 1 - index) / Double(index + 1)
    }
    return sum
  }
}
