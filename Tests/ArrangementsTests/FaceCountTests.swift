import Algebra
import Arrangements
import FlintEngine
import LandscapeModel
import Testing

/// Numbers of faces against known formulas.
@Suite struct FaceCountTests {
  /// Regions of a central arrangement of `m` hyperplanes in general position in `R^k`.
  static func regions(_ m: Int, _ k: Int) -> Int {
    k == 0 ? 1 : 2 * (0..<k).reduce(0) { $0 + binomial(m - 1, $1) }
  }

  @Test(arguments: [
    (0, 3), (1, 1), (2, 2), (9, 2), (3, 3), (10, 3), (4, 4), (9, 4), (7, 5), (8, 6), (2, 5),
  ])
  func generalPosition(count: Int, dimension: Int) throws {
    let found = try arrangement(momentCurve(count, dimension: dimension), dimension: dimension)
    let rank = min(count, dimension)
    #expect(found.rank == rank)
    var expected = (0...rank).map { k in
      binomial(count, rank - k) * Self.regions(count - rank + k, k)
    }
    expected[0] = 1
    #expect(faceCounts(found) == expected)
    #expect(found.hyperplanes.count == count)
    let bound = Arrangement<FlintEngine>.upperBoundOnFaces(hyperplanes: count, rank: dimension)
    #expect(bound == Double(found.faces.count))
  }

  @Test func twentyFivePointsInSpace() throws {
    var generator = SeededGenerator(seed: 3)
    let rows = (0..<25).map { _ in
      (0..<3).map { _ in Int.random(in: -100_000...100_000, using: &generator) } + [1000]
    }
    #expect(try arrangement(rows, dimension: 4).faces.count == 36_901)
  }

  /// For inputs on a line the faces are known one by one: with `w = (a, b)` the sign of `a x + b` changes
  /// at most once along the line.
  @Test func pointsOnALine() throws {
    var generator = SeededGenerator(seed: 4)
    let points = Array(1...70).shuffled(using: &generator)
    let found = try arrangement(points.map { [$0, 3] }, dimension: 2)
    var expected: Set<SignVector> = [SignVector(zeros: points.count)]
    for sign in [-1, 1] {
      for doubledRoot in 1...2 * points.count {
        expected.insert(SignVector(points.map { sign * (2 * $0 - doubledRoot).signum() }))
      }
    }
    #expect(expected.count == 4 * points.count + 1)
    #expect(found.faces.map(\.signs) == expected.sorted())
  }

  @Test(arguments: 1...6)
  func booleanArrangement(dimension: Int) throws {
    let rows = (0..<dimension).map { i in (0..<dimension).map { $0 == i ? -3 : 0 } }
    let found = try arrangement(rows, dimension: dimension)
    #expect(faceCounts(found) == (0...dimension).map { binomial(dimension, $0) << $0 })
    #expect(found.flats.count == 1 << dimension)
  }

  /// The faces of the braid arrangement are the ordered set partitions, its flats the partitions.
  @Test(arguments: 2...5)
  func braidArrangement(size: Int) throws {
    var rows: [[Int]] = []
    for i in 0..<size {
      for j in i + 1..<size { rows.append((0..<size).map { $0 == i ? 1 : $0 == j ? -1 : 0 }) }
    }
    let found = try arrangement(rows, dimension: size)
    #expect(found.rank == size - 1)
    let surjections = (1...size).map { blocks in
      (0...blocks).reduce(0) { sum, j in
        let power = (0..<size).reduce(1) { product, _ in product * (blocks - j) }
        return sum + (j.isMultiple(of: 2) ? 1 : -1) * binomial(blocks, j) * power
      }
    }
    #expect(faceCounts(found) == surjections)
    #expect(found.flats.count == [1, 2, 5, 15, 52][size - 1])
  }

  /// The relatively open faces decompose `R^r`, whose Euler characteristic with compact support is `(−1)^r`.
  @Test func eulerRelationAndBound() throws {
    for input in degenerateInputs(seed: 5, count: 60, rows: 0...12) {
      let found = try arrangement(input.rows, dimension: input.dimension)
      let sum = found.faces.reduce(0) { $0 + ($1.dimension.isMultiple(of: 2) ? 1 : -1) }
      #expect(sum == (found.rank.isMultiple(of: 2) ? 1 : -1), "\(input)")
      let bound = Arrangement<FlintEngine>.upperBoundOnFaces(
        hyperplanes: found.hyperplanes.count, rank: found.rank)
      #expect(Double(found.faces.count) <= bound, "\(input)")
    }
  }

  @Test func boundForHopelessInput() {
    typealias Subject = Arrangement<FlintEngine>
    #expect(Subject.upperBoundOnFaces(hyperplanes: 0, rank: 0) == 1)
    #expect(Subject.upperBoundOnFaces(hyperplanes: 3, rank: 10) == 27)
    #expect(Subject.upperBoundOnFaces(hyperplanes: 1000, rank: 2) == 4001)
    #expect(Subject.upperBoundOnFaces(hyperplanes: 1_000_000, rank: 100_000) == .infinity)
  }
}
