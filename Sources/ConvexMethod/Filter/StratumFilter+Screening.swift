/// What the group lasso of a prefix alone proves about strata with one more face; see `ScreeningTable`.
extension StratumFilter {
  /// Trial values of `τ` for contradictions that the prefix carries along.
  private static var multiples: [Double] { [0.9, 0.75, 0.6, 0.45, 0.3, 0.2, 0.1] }

  /// Marks the faces `x` for which the stratum of the prefix and `x` is rejected. Comes after `begin(prefix:)`.
  /// Cost: a product of the prefix's coordinates with the columns of all faces.
  package func markCovered(into covered: UnsafeMutablePointer<UInt64>) {
    forEachCovered(of: 0..<tables.faceCount) { covered[$0 >> 6] |= 1 << UInt64($0 & 63) }
  }

  /// Whether `markCovered` would mark this face.
  package func covers(_ face: Int) -> Bool {
    var isCovered = false
    forEachCovered(of: face..<(face + 1)) { _ in isCovered = true }
    return isCovered
  }

  @inline(__always)
  private func forEachCovered(of candidates: Range<Int>, _ body: (Int) -> Void) {
    guard let ball = prefixBall, prefixIsTame, let first = candidates.first, let last = candidates.last else {
      return
    }
    let columns =
      tables.faces[first].offset..<(tables.faces[last].offset + tables.faces[last].dimension)
    for column in columns { allGradients[column] = tables.products[column] }
    for index in 0..<prefixCount {
      let data = tables.faces[faces[index]]
      for i in 0..<data.dimension {
        let coordinate = prefixCoordinates[workspace.blockStart[index] + i]
        guard coordinate != 0 else { continue }
        let row = prefixRow(index, i)
        for column in columns { allGradients[column] -= row[column] * coordinate }
      }
    }
    let bound = carriedContradiction()
    let ridge = workspace.ridge * (1 - 8 * 0x1p-53)
    for face in candidates {
      let data = tables.faces[face]
      guard data.isTame else { continue }
      var square = 0.0
      for column in data.offset..<(data.offset + data.dimension) {
        square += allGradients[column] * allGradients[column]
      }
      let norm = square.squareRoot() + 2 * ball.roundingScale * data.scale
      if norm < bound || ball.centreFactor * norm + data.norm * ball.radius < ridge { body(face) }
    }
  }

  /// A number such that the prefix is contradictory beside every face with a lesser `|g|`; 0 if there is none.
  private func carriedContradiction() -> Double {
    var bound = 0.0
    for multiple in Self.multiples {
      let ball = SafeBall(workspace, tables, faces: faces, atMost: multiple)
      guard isRejected(by: ball) else { break }
      bound = workspace.ridge / multiple * (1 - 8 * 0x1p-53)
    }
    return bound
  }
}
