import Algebra
import LandscapeModel

/// Finds the faces of directions on which a function `η(w) = Σ_i r_i σ(⟨w, z_i⟩)` can have a great absolute value,
/// without a list of all faces.
///
/// `max |η|` over the sphere is the greatest `|q_f|` over faces `f` of all dimensions with `q_f` or `−q_f` in `f`,
/// where `q_f` is the projection of `Σ_i e_i r_i z_i` onto the span of `f`. For `D = 2` all faces are visited in
/// their order around the circle, `O(n)`. Otherwise the sphere is divided into cells by branch and bound; a cell ends
/// as soon as a linear bound keeps it below the floor, or few enough hyperplanes meet it: then the faces of
/// *their* arrangement are looked at one by one.
///
/// Guarantee: every face whose extreme value may reach the floor is among the candidates. All bounds count rounding
/// errors; a search of numbers out of the range of doubles is refused by an infinite error, which makes every
/// face a candidate.
package struct DirectionSearch<Engine: AlgebraEngine>: Sendable {
  package let rows: DirectionRows
  private let vectors: [[Engine.Rational]]
  private let planar: PlanarDirections?

  package init(vectors: [[Engine.Rational]], dimension: Int, slope: Engine.Rational) {
    self.vectors = vectors
    rows = DirectionRows(
      vectors: vectors.map { $0.map(\.doubleValue) }, dimension: dimension, slope: slope.doubleValue)
    planar = dimension == 2 ? PlanarDirections(vectors, rows: rows) : nil
  }

  /// Cost: for `D = 2` linear in the number of rows; else it grows with the number of cells in which `|η|` comes
  /// near the floor.
  ///
  /// - Parameter skipped: faces that are left out.
  /// - Throws: `Interruption`, `AlgebraError.tooLarge`.
  package func candidates(
    _ function: SphereFunction, _ floor: SearchFloor, skipping skipped: Set<SignVector> = [],
    control: Control
  ) throws -> DirectionSearchResult {
    var collector = CandidateCollector(floor, isEven: rows.slope == -1, skipping: skipped)
    if let planar {
      planar.search(function, &collector)
      return collector.result
    }
    var cells = DirectionCell.sides(of: function)
    var leaves = LeafFaces<Engine>(vectors: vectors, rows: rows)
    while let cell = cells.popLast() {
      try control.check()
      collector.cells += 1
      if cell.isBelow(collector.floor, function) { continue }
      if leaves.isLeaf(cell) {
        try leaves.visit(cell, function, &collector, control: control)
      } else {
        cells += cell.halves(function)
      }
    }
    return collector.result
  }
}
