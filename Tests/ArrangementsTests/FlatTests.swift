import Algebra
import Arrangements
import FlintEngine
import Testing

/// Flats, projectors and local rays against their definitions.
@Suite struct FlatTests {
  /// The closures of all subsets of the rows.
  @Test func flatsAreTheClosures() throws {
    for input in degenerateInputs(seed: 11, count: 40) {
      let found = try arrangement(input.rows, dimension: input.dimension)
      func rank(_ rows: [Int]) throws -> Int {
        try matrix(rows.map { found.vectors[$0] }, columns: input.dimension).rank
      }
      var expected: Set<[Int]> = []
      for subset in 0..<1 << input.rows.count {
        let rows = input.rows.indices.filter { subset >> $0 & 1 == 1 }
        let own = try rank(rows)
        expected.insert(try input.rows.indices.filter { try rank(rows + [$0]) == own })
      }
      #expect(Set(found.flats.map(\.rows)) == expected, "\(input)")
      #expect(found.flats.count == expected.count)
      for flat in found.flats {
        #expect(try rank(flat.rows) == flat.rank)
        let members = flat.hyperplanes.flatMap { found.hyperplanes[$0].rows } + found.zeroRows
        #expect(members.sorted() == flat.rows)
      }
      for (a, b) in zip(found.flats, found.flats.dropFirst()) {
        #expect(a.rank < b.rank || a.rank == b.rank && a.rows.lexicographicallyPrecedes(b.rows))
      }
      #expect(try found.rank == rank(Array(input.rows.indices)))
    }
  }

  @Test func projectors() throws {
    for input in degenerateInputs(seed: 12, count: 40, rows: 0...8) {
      let found = try arrangement(input.rows, dimension: input.dimension)
      let all = try matrix(found.vectors, columns: input.dimension)
      for flat in found.flats {
        let p = flat.projector
        #expect(p.rows == input.dimension && p.columns == input.dimension)
        #expect(p.transposed == p)
        #expect(try p.multiplied(by: p) == p)
        #expect(try all.selectingRows(flat.rows).multiplied(by: p).isZero)
        // The image lies in the span of the rows and has the right dimension: it is the whole subspace.
        #expect(try matrix(found.vectors + columns(of: p), columns: input.dimension).rank == found.rank)
        #expect(p.rank == found.rank - flat.rank)
      }
    }
  }

  @Test func localRays() throws {
    for input in degenerateInputs(seed: 13, count: 40, rows: 0...8) {
      let found = try arrangement(input.rows, dimension: input.dimension)
      for flat in found.flats {
        let below = found.flats.indices.filter {
          found.flats[$0].rank == flat.rank - 1 && Set(found.flats[$0].rows).isSubset(of: flat.rows)
        }
        #expect(flat.localRays.map(\.lowerFlat) == below, "\(input)")
        for ray in flat.localRays {
          let lower = Set(found.flats[ray.lowerFlat].rows)
          let direction = ray.direction.map { Number($0) }
          let common = ray.direction.reduce(FlintEngine.Integer(0)) { $0.greatestCommonDivisor(with: $1) }
          #expect(common == 1)
          #expect(ray.row == flat.rows.first { !lower.contains($0) })
          #expect(ray.signs[ray.row] == 1)
          let spanning = flat.rows.map { found.vectors[$0] }
          #expect(try matrix(spanning + [direction], columns: input.dimension).rank == flat.rank)
          for row in input.rows.indices {
            let product = innerProduct(direction, found.vectors[row])
            #expect(ray.signs[row] == (flat.rows.contains(row) ? product.signum() : 0))
            if flat.rows.contains(row) { #expect((product == 0) == lower.contains(row)) }
          }
        }
      }
    }
  }

  private func columns(of matrix: Matrix) -> [[Number]] {
    (0..<matrix.columns).map { column in (0..<matrix.rows).map { matrix[$0, column] } }
  }
}
