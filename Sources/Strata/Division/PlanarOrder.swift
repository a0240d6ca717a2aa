import Algebra
import Arrangements
import LandscapeModel

/// In the plane (`D = 2`): the data rows in the order of the angles of their `z_i`. The rows on which a face is
/// active are then consecutive in cyclic order, and sums over them are differences of prefix sums.
package struct PlanarOrder: Sendable {
  /// Consecutive positions `start ..< end` in cyclic order: `0 ≤ start < count`, `start ≤ end ≤ start + count`.
  package struct Arc: Sendable {
    package let start: Int
    package let end: Int
  }

  /// Row numbers by angle; rows with `z = 0` are left out.
  package let rows: [Int]
  /// For each unit face the rows with positive sign.
  package let positive: [Arc]
  /// For each unit face the rows with negative sign.
  package let negative: [Arc]

  package var count: Int { rows.count }

  package init<R: ExactRational>(_ vectors: [[R]], patterns: [SignVector]) {
    let rows = Self.rowsByAngle(vectors)
    func arc(_ signs: SignVector, _ sign: Int) -> Arc {
      let matches = rows.map { signs[$0] == sign }
      // The first match whose predecessor does not match.
      let start = matches.indices.first { matches[$0] && !matches[($0 + rows.count - 1) % rows.count] } ?? 0
      return Arc(start: start, end: start + matches.count { $0 })
    }
    self.rows = rows
    positive = patterns.map { arc($0, 1) }
    negative = patterns.map { arc($0, -1) }
  }

  /// The rows with `z ≠ 0`, by the angle of `z` from the positive first axis, then by number; exact.
  private static func rowsByAngle<R: ExactRational>(_ vectors: [[R]]) -> [Int] {
    func half(_ z: [R]) -> Int { z[1] > 0 || (z[1] == 0 && z[0] > 0) ? 0 : 1 }
    return vectors.indices.filter { vectors[$0].contains { $0 != 0 } }.sorted { i, j in
      let (a, b) = (vectors[i], vectors[j])
      if half(a) != half(b) { return half(a) < half(b) }
      let cross = a[0] * b[1] - a[1] * b[0]
      return cross == 0 ? i < j : cross > 0
    }
  }

  /// Calls `body` with ranges of positions, up to twice around, whose union is the intersection of two arcs of a
  /// cycle of `count` positions.
  @inline(__always)
  package static func forEachCommonRange(
    _ first: Arc, _ second: Arc, count: Int, _ body: (_ from: Int, _ to: Int) -> Void
  ) {
    for turn in -1...1 {
      let shift = turn * count
      let from = max(first.start, second.start + shift)
      let to = min(first.end, second.end + shift)
      if from < to { body(from, to) }
    }
  }
}
