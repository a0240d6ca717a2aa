import Algebra
import FlintEngine
import LandscapeModel
import Testing

@testable import Arrangements

/// What must not change the faces, and arithmetic that leaves the machine's words.
@Suite struct InvarianceTests {
  @Test func permutations() throws {
    var generator = SeededGenerator(seed: 14)
    for input in degenerateInputs(seed: 15, count: 40, rows: 0...9) {
      let found = try arrangement(input.rows, dimension: input.dimension)
      let order = input.rows.indices.shuffled(using: &generator)
      let permuted = try arrangement(order.map { input.rows[$0] }, dimension: input.dimension)
      let expected = found.faces.map { face in SignVector(order.map { face.signs[$0] }) }
      #expect(permuted.faces.map(\.signs) == expected.sorted())
    }
  }

  /// Positive factors change nothing at all; negative ones reverse the signs of their rows.
  @Test func scaling() throws {
    var generator = SeededGenerator(seed: 16)
    for input in degenerateInputs(seed: 17, count: 40, rows: 0...9) {
      let found = try arrangement(input.rows, dimension: input.dimension)
      let factors = try input.rows.map { _ in
        let size = try Number(10).power(Int.random(in: -60...60, using: &generator))
        return size * Number(Int.random(in: 1...9, using: &generator))
      }
      func scaled(by factors: [Number]) throws -> Arrangement<FlintEngine> {
        try Arrangement(
          vectors: zip(found.vectors, factors).map { row, factor in row.map { $0 * factor } },
          dimension: input.dimension, control: Control())
      }
      let positive = try scaled(by: factors)
      #expect(positive.faces == found.faces)
      #expect(positive.hyperplanes == found.hyperplanes)
      #expect(positive.flats.map(\.projector) == found.flats.map(\.projector))
      #expect(positive.flats.map(\.localRays) == found.flats.map(\.localRays))

      let reversed = Set(input.rows.indices.filter { _ in Bool.random(using: &generator) })
      let mixed = try scaled(by: factors.enumerated().map { reversed.contains($0) ? -$1 : $1 })
      let expected = found.faces.map { face in
        SignVector(input.rows.indices.map { reversed.contains($0) ? -face.signs[$0] : face.signs[$0] })
      }
      #expect(mixed.faces.map(\.signs) == expected.sorted())
    }
  }

  /// An invertible linear map keeps every sign vector. With entries of hundreds of digits it forces the
  /// integers of any size; with entries of 15 digits the minors overflow while the input does not.
  @Test(arguments: [3, 15, 200])
  func linearMaps(digits: Int) throws {
    var generator = SeededGenerator(seed: 18, task: UInt64(digits))
    for input in degenerateInputs(seed: 19, count: 25, rows: 0...9) {
      let found = try arrangement(input.rows, dimension: input.dimension)
      var map = Matrix.zero(rows: input.dimension, columns: input.dimension)
      repeat {
        for i in 0..<input.dimension {
          for j in 0..<input.dimension { map[i, j] = try randomNumber(digits, using: &generator) }
        }
      } while map.rank < input.dimension
      let image = try matrix(found.vectors, columns: input.dimension).multiplied(by: map).entries
      let mapped = try Arrangement<FlintEngine>(
        vectors: input.rows.indices.map {
          Array(image[$0 * input.dimension..<($0 + 1) * input.dimension])
        }, dimension: input.dimension, control: Control())
      #expect(mapped.faces == found.faces)
      #expect(mapped.flats.map(\.rows) == found.flats.map(\.rows))
      #expect(mapped.flats.map { $0.localRays.map(\.signs) } == found.flats.map { $0.localRays.map(\.signs) })
    }
  }

  private func randomNumber(
    _ digits: Int, using generator: inout SeededGenerator
  ) throws -> Number {
    let text = (0..<digits).map { _ in String(Int.random(in: 0...9, using: &generator)) }.joined()
    let magnitude = try Number(FlintEngine.Integer(decimal: text))
    return Bool.random(using: &generator) ? magnitude : -magnitude
  }

  /// The 128-bit path gives the same lattice as the integers of any size where it gives one, and reports
  /// where it cannot.
  @Test func overflowIsReported() throws {
    func lattice<Scalar: ExactScalar>(_ vectors: [Scalar], rank: Int) throws -> FlatLattice {
      let hyperplanes = (0..<vectors.count / rank).map { Hyperplane(rows: [$0], orientations: [1]) }
      return try FlatLattice(
        vectors: vectors, hyperplanes: hyperplanes, rank: rank, rowCount: hyperplanes.count,
        control: Control())
    }
    var generator = SeededGenerator(seed: 20)
    var overflows = 0
    for bits in [3, 20, 40, 62] {
      let limit = 1 << bits
      let entries = (0..<32).map { _ in Int.random(in: -limit...limit, using: &generator) }
      let exact = try lattice(entries.map { UnboundedScalar(value: FlintEngine.Integer($0)) }, rank: 4)
      do {
        let fast = try lattice(entries.map { Int128($0) }, rank: 4)
        #expect(fast.flats.map(\.members) == exact.flats.map(\.members))
        #expect(fast.coverings.map(\.signs) == exact.coverings.map(\.signs))
        #expect(bits <= 20)
      } catch is ScalarOverflow {
        overflows += 1
        #expect(bits >= 40)
      }
    }
    #expect(overflows == 2)
  }

  @Test func scalarsOf128Bits() throws {
    #expect(try Int128(-12).commonDivisor(with: 18) == 6)
    #expect(try Int128(0).commonDivisor(with: -5) == 5)
    #expect(try Int128(7).commonDivisor(with: 0) == 7)
    #expect(try (Int128(3) << 100).commonDivisor(with: Int128(9) << 90) == Int128(3) << 90)
    #expect(try Int128.min.commonDivisor(with: 6) == 2)
    #expect(throws: ScalarOverflow.self) { try Int128.min.commonDivisor(with: 0) }
    #expect(throws: ScalarOverflow.self) { try Int128.min.negated() }
    #expect(throws: ScalarOverflow.self) { try (Int128(1) << 64).multiplied(by: Int128(1) << 63) }
    #expect(throws: ScalarOverflow.self) { try Int128.min.subtracting(1) }
  }
}
