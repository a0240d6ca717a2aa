import Algebra
import Arrangements
import FlintEngine
import LandscapeModel
import Testing

/// Against definitions evaluated by exhaustion on small random inputs.
@Suite struct BruteForceTests {
  @Test func facesAreTheFeasibleSignVectors() throws {
    for input in degenerateInputs(seed: 6, count: 200, rows: 0...8) {
      let found = try arrangement(input.rows, dimension: input.dimension)
      let expected = FourierMotzkin.covectors(input.rows, dimension: input.dimension)
      #expect(found.faces.map(\.signs) == expected.sorted(), "\(input)")
    }
  }

  /// The oracle itself, on systems with known answers.
  @Test func oracle() {
    let triangle = [[1, 0], [0, 1], [-1, -1]]
    #expect(!FourierMotzkin.isFeasible(triangle, signs: [1, 1, 1], dimension: 2))
    #expect(FourierMotzkin.isFeasible(triangle, signs: [1, 1, -1], dimension: 2))
    #expect(!FourierMotzkin.isFeasible(triangle, signs: [0, 0, 1], dimension: 2))
    #expect(FourierMotzkin.isFeasible(triangle, signs: [0, -1, 1], dimension: 2))
    #expect(!FourierMotzkin.isFeasible([[0, 0]], signs: [1], dimension: 2))
  }

  /// `g` is a facet of `f` iff it is one dimension lower and every sign of `g` is 0 or that of `f`.
  @Test func incidencesByDefinition() throws {
    for input in degenerateInputs(seed: 7, count: 40, rows: 0...6) {
      let found = try arrangement(input.rows, dimension: input.dimension)
      let faces = found.faces
      for (upper, f) in faces.enumerated() {
        let expected = faces.indices.filter { lower in
          let g = faces[lower]
          return g.dimension == f.dimension - 1
            && (0..<input.rows.count).allSatisfy { g.signs[$0] == 0 || g.signs[$0] == f.signs[$0] }
        }
        #expect(f.facets.map(\.face) == expected, "\(input)")
        for facet in f.facets {
          let g = faces[facet.face]
          #expect(f.signs[facet.wall] != 0 && g.signs[facet.wall] == 0)
          #expect(g.cofacets.filter { $0.face == upper }.count == 1)
        }
      }
      #expect(
        faces.reduce(0) { $0 + $1.facets.count } == faces.reduce(0) { $0 + $1.cofacets.count })
    }
  }

  @Test func cofacetsAreCompositionsWithLocalRays() throws {
    for input in degenerateInputs(seed: 8, count: 40, rows: 0...6) {
      let found = try arrangement(input.rows, dimension: input.dimension)
      for g in found.faces {
        let rays = found.flats[g.flat].localRays
        #expect(g.cofacets.count == 2 * rays.count)
        for (position, cofacet) in g.cofacets.enumerated() {
          #expect(cofacet.ray == position / 2)
          #expect(cofacet.sign == (position.isMultiple(of: 2) ? 1 : -1))
          let ray = rays[cofacet.ray]
          let f = found.faces[cofacet.face]
          #expect(f.flat == ray.lowerFlat)
          for row in input.rows.indices {
            let own = g.signs[row]
            #expect(f.signs[row] == (own != 0 ? own : cofacet.sign * ray.signs[row]), "\(input)")
          }
        }
      }
    }
  }

  @Test func indicesOfFaces() throws {
    for input in degenerateInputs(seed: 9, count: 40) {
      let found = try arrangement(input.rows, dimension: input.dimension)
      let known = Set(found.faces.map(\.signs))
      for (index, face) in found.faces.enumerated() {
        #expect(found.faceIndex(of: face.signs) == index)
        #expect(found.faces[found.oppositeFace(of: index)].signs == face.signs.negated)
        #expect(face.signs.zeroIndices == found.flats[face.flat].rows)
        #expect(face.dimension == found.rank - found.flats[face.flat].rank)
        for row in input.rows.indices {
          var other = face.signs
          other[row] = other[row] == 1 ? -1 : other[row] + 1
          if !known.contains(other) { #expect(found.faceIndex(of: other) == nil) }
        }
      }
      #expect(found.faces[found.minimalFace].signs.isZero)
      #expect(found.faceIndex(of: SignVector(zeros: input.rows.count + 1)) == nil)
    }
  }

  @Test func hyperplanesAreTheParallelClasses() throws {
    for input in degenerateInputs(seed: 10, count: 60, rows: 0...9) {
      let found = try arrangement(input.rows, dimension: input.dimension)
      let members = found.hyperplanes.flatMap(\.rows) + found.zeroRows
      #expect(members.sorted() == Array(input.rows.indices))
      #expect(found.zeroRows == input.rows.indices.filter { Set(input.rows[$0]).isSubset(of: [0]) })
      for hyperplane in found.hyperplanes {
        #expect(hyperplane.rows == hyperplane.rows.sorted())
        #expect(hyperplane.orientations[0] == 1)
        let first = input.rows[hyperplane.representative]
        for (row, orientation) in zip(hyperplane.rows, hyperplane.orientations) {
          let other = input.rows[row]
          for i in first.indices {
            for j in first.indices { #expect(first[i] * other[j] == first[j] * other[i]) }
          }
          #expect(zip(first, other).reduce(0) { $0 + $1.0 * $1.1 }.signum() == orientation)
        }
      }
      let representatives = found.hyperplanes.map(\.representative)
      #expect(representatives == representatives.sorted())
      for (index, a) in representatives.enumerated() {
        for b in representatives[(index + 1)...] {
          let pair = try matrix([found.vectors[a], found.vectors[b]], columns: input.dimension)
          #expect(pair.rank == 2)
        }
      }
    }
  }
}
