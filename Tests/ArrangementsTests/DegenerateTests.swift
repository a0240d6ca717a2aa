import Algebra
import Arrangements
import FlintEngine
import LandscapeModel
import Testing

/// The smallest and flattest inputs, and what is refused.
@Suite struct DegenerateTests {
  @Test(arguments: 0...3)
  func noRows(dimension: Int) throws {
    let found = try arrangement([], dimension: dimension)
    #expect(found.rank == 0)
    #expect(found.faces.count == 1 && found.flats.count == 1)
    #expect(found.minimalFace == 0)
    #expect(found.faceIndex(of: SignVector(zeros: 0)) == 0)
    #expect(found.faces[0].facets.isEmpty && found.faces[0].cofacets.isEmpty)
    #expect(found.flats[0].projector == Matrix.zero(rows: dimension, columns: dimension))
  }

  @Test(arguments: 0...3)
  func zeroRows(dimension: Int) throws {
    let found = try arrangement(
      [[Int]](repeating: Array(repeating: 0, count: dimension), count: 3), dimension: dimension)
    #expect(found.rank == 0 && found.hyperplanes.isEmpty)
    #expect(found.zeroRows == [0, 1, 2])
    #expect(found.faces.map(\.signs.description) == ["000"])
    #expect(found.flats.map(\.rows) == [[0, 1, 2]])
    #expect(found.flats[0].projector.isZero)
  }

  @Test func oneDimension() throws {
    let found = try arrangement([[2], [0], [-3], [5]], dimension: 1)
    #expect(found.faces.map(\.signs.description) == ["-0+-", "0000", "+0-+"])
    #expect(found.hyperplanes == [found.hyperplanes[0]])
    #expect(found.hyperplanes[0].rows == [0, 2, 3])
    #expect(found.hyperplanes[0].orientations == [1, -1, 1])
    #expect(found.flats.map(\.rows) == [[1], [0, 1, 2, 3]])
    #expect(found.flats[1].localRays.map(\.direction) == [[1]])
  }

  @Test func parallelRowsInSpace() throws {
    let found = try arrangement([[1, 2, 3], [2, 4, 6], [-1, -2, -3]], dimension: 3)
    #expect(found.rank == 1)
    #expect(found.faces.map(\.signs.description) == ["--+", "000", "++-"])
    #expect(found.flats[1].localRays.map(\.direction) == [[1, 2, 3]])
    let expected = try matrix([[1, 2, 3], [2, 4, 6], [3, 6, 9]], columns: 3)
    #expect(try found.flats[0].projector == expected.scaled(by: Number(14).inverse()))
    #expect(found.flats[1].projector.isZero)
  }

  /// Enough rows for several words of signs and members, all of them in three hyperplanes.
  @Test func manyRepeatedRows() throws {
    let rows = (0..<200).map { index in [[1, 0], [0, -2], [3, 3]][index % 3] }
    let found = try arrangement(rows, dimension: 2)
    #expect(found.hyperplanes.map(\.rows.count) == [67, 67, 66])
    #expect(faceCounts(found) == [1, 6, 6])
    for face in found.faces {
      for row in 3..<200 { #expect(face.signs[row] == face.signs[row - 3]) }
    }
  }

  @Test func wrongShapesAreRefused() {
    #expect(throws: AlgebraError.shapeMismatch(expected: "2 entries in row 1", found: "3")) {
      try arrangement([[1, 2], [1, 2, 3]], dimension: 2)
    }
    #expect(throws: AlgebraError.self) { try arrangement([], dimension: -1) }
  }

  @Test func stopsWhenAsked() {
    let control = Control()
    control.cancellation.cancel(.interrupted)
    #expect(throws: Interruption(.interrupted)) {
      try Arrangement<FlintEngine>(vectors: [[1, 2], [3, 4]], dimension: 2, control: control)
    }
  }
}
