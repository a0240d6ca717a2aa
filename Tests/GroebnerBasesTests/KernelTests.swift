import Algebra
import CKernels
import Interchange
@testable import GroebnerBases
import Testing

@Suite("Vector kernels")
struct KernelTests {
  static let primes: [UInt32] = [2, 3, 65_521, 2_147_483_647]

  private func rows(_ count: Int, _ columns: Int, _ prime: UInt32, _ random: inout SeededGenerator)
    -> [[UInt32]]
  {
    // Extreme values provoke carries.
    (0..<count).map { _ in
      (0..<columns).map { _ in
        Bool.random(using: &random) ? prime - 1 : UInt32.random(in: 0..<prime, using: &random)
      }
    }
  }

  @Test("dense rows: sums of multiples and scaling", arguments: primes)
  func dense(_ prime: UInt32) {
    let field = PrimeField(prime: prime)
    let lanes = FieldLanes(repeating: field)
    var random = SeededGenerator(seed: 21)
    for targetCount in [1, 2, 3, 8, 11] {
      let (sourceCount, columns) = (9, 48)
      let targets = rows(targetCount, columns, prime, &random)
      let sources = rows(sourceCount, columns, prime, &random)
      let factors = rows(targetCount, sourceCount, prime, &random)
      var expected = targets
      for i in 0..<targetCount {
        for j in 0..<sourceCount {
          for c in 16..<columns {
            expected[i][c] = field.add(expected[i][c], field.multiply(factors[i][j], sources[j][c]))
          }
        }
      }
      let targetRows = targets.map { Self.copy($0) }
      let sourceRows = sources.map { Self.copy($0) }
      defer { for row in targetRows + sourceRows { row.deallocate() } }
      ck_add_dense(
        targetRows.map { $0 }, targetCount, sourceRows.map { UnsafePointer($0) }, sourceCount,
        factors.flatMap { $0 }, 16, columns, lanes.constants)
      for i in 0..<targetCount {
        #expect(Array(UnsafeBufferPointer(start: targetRows[i], count: columns)) == expected[i])
      }
      ck_scale_dense(targetRows[0], factors[0][0], 0, columns, lanes.constants)
      #expect(
        Array(UnsafeBufferPointer(start: targetRows[0], count: columns))
          == expected[0].map { field.multiply($0, factors[0][0]) })
    }
  }

  private static func copy(_ words: [UInt32]) -> UnsafeMutablePointer<UInt32> {
    let copy = UnsafeMutablePointer<UInt32>.allocate(capacity: words.count)
    copy.update(from: words, count: words.count)
    return copy
  }

  @Test("scalar products", arguments: primes)
  func dot(_ prime: UInt32) {
    var random = SeededGenerator(seed: 22)
    let lanes = FieldLanes(repeating: PrimeField(prime: prime))
    for count in [0, 1, 15, 16, 17, 100] {
      let (left, right) = (rows(1, count, prime, &random)[0], rows(1, count, prime, &random)[0])
      let expected = zip(left, right).reduce(UInt64(0)) { ($0 + UInt64($1.0) * UInt64($1.1)) % UInt64(prime) }
      #expect(ck_dense_dot(left, right, count, lanes.constants) % UInt64(prime) == expected)
    }
  }

  @Test("a matrix times a vector", arguments: primes)
  func dots(_ prime: UInt32) {
    var random = SeededGenerator(seed: 24)
    let lanes = FieldLanes(repeating: PrimeField(prime: prime))
    for (rowCount, stride) in [(0, 16), (1, 16), (5, 48), (9, 0), (8, 160)] {
      // The greatest residues too, which come nearest to an overflow.
      for isGreatest in [false, true] {
        func vectors(_ count: Int) -> [[UInt32]] {
          isGreatest
            ? (0..<count).map { _ in [UInt32](repeating: prime - 1, count: stride) }
            : rows(count, stride, prime, &random)
        }
        let (matrix, vector) = (vectors(rowCount), vectors(1)[0])
        let expected = matrix.map { row in
          zip(row, vector).reduce(0) { ($0 + UInt64($1.0) * UInt64($1.1)) % UInt64(prime) }
        }
        var results = [UInt32](repeating: 0, count: rowCount)
        ck_dense_dots(&results, matrix.flatMap { $0 }, rowCount, stride, vector, lanes.constants)
        #expect(results.map(UInt64.init) == expected)
      }
    }
  }

  @Test("elimination by sparse rows, one prime and eight", arguments: [true, false])
  func elimination(_ isSinglePrime: Bool) {
    var supply = PrimeSupply(seed: 1)
    let fields = (0..<8).map { _ in isSinglePrime ? PrimeField(prime: 2_147_483_647) : supply.next() }
    let lanes = FieldLanes(fields)
    let (pivotCount, columns) = (20, 40)
    var random = SeededGenerator(seed: 23)
    // Unit upper triangular rows, for each lane.
    var matrix = [[[UInt32]]](
      repeating: [[UInt32]](repeating: [UInt32](repeating: 0, count: columns), count: pivotCount), count: 8)
    var patterns: [[UInt32]] = []
    for pivot in 0..<pivotCount {
      let pattern =
        [UInt32(pivot)] + (pivot + 1..<columns).filter { _ in Bool.random(using: &random) }.map { UInt32($0) }
      patterns.append(pattern)
      for column in pattern {
        let shared = UInt32.random(in: 1..<1_000_000, using: &random)
        for lane in 0..<8 {
          let value = isSinglePrime ? shared : UInt32.random(in: 1..<1_000_000, using: &random)
          matrix[lane][pivot][Int(column)] = Int(column) == pivot ? 1 : value
        }
      }
    }
    var expected = rows(8, columns, 1_000_000, &random)
    let accumulators = GrowableBuffer<UInt64>(capacity: 8 * columns)
    accumulators.append(repeating: 0, count: 8 * columns)
    for lane in 0..<8 { for c in 0..<columns { accumulators[8 * c + lane] = UInt64(expected[lane][c]) } }
    for lane in 0..<8 {
      for pivot in 0..<pivotCount {
        let factor = fields[lane].negate(expected[lane][pivot])
        for c in pivot..<columns {
          expected[lane][c] = fields[lane].add(
            expected[lane][c], fields[lane].multiply(factor, matrix[lane][pivot][c]))
        }
      }
    }
    let columnRows = patterns.map { Self.copy($0) }
    let coefficientRows = patterns.enumerated().map { pivot, pattern in
      Self.copy(
        pattern.flatMap { column in
          isSinglePrime
            ? [matrix[0][pivot][Int(column)]] : (0..<8).map { matrix[$0][pivot][Int(column)] }
        })
    }
    defer { for row in columnRows + coefficientRows { row.deallocate() } }
    let pivots = patterns.indices.map {
      CKRow(
        columns: columnRows[$0], shortColumns: nil, coefficients: coefficientRows[$0],
        count: UInt32(patterns[$0].count))
    }
    if isSinglePrime {
      ck_eliminate_rows(accumulators.base, pivots, 0, UInt32(pivotCount), lanes.constants)
    } else {
      ck_eliminate_lanes(accumulators.base, pivots, 0, UInt32(pivotCount), lanes.constants)
    }
    var packed = [UInt32](repeating: 0, count: 8 * columns)
    ck_pack_lanes(accumulators.base, columns, &packed, lanes.constants)
    for lane in 0..<8 {
      #expect((0..<columns).map { packed[8 * $0 + lane] } == expected[lane])
    }
  }

  @Test("monomials are sorted by descending keys", arguments: [0, 1, 2, 3, 7, 100, 127, 128, 500])
  func sorting(_ count: Int) {
    var random = SeededGenerator(seed: 24)
    let words = 2
    let keys = (0..<1000).map { _ in random.next() & 0x0700_0000_0000_03ff }
    let complements: [UInt64] = [0, 0x3ff]
    var ids = (0..<UInt32(count)).shuffled(using: &random)
    var scratch = ids
    ck_sort_monomials(&ids, &scratch, ids.count, keys, complements, words)
    #expect(Set(ids).count == count)
    for (a, b) in zip(ids, ids.dropFirst()) {
      let left = (keys[2 * Int(a)], keys[2 * Int(a) + 1] ^ 0x3ff)
      let right = (keys[2 * Int(b)], keys[2 * Int(b) + 1] ^ 0x3ff)
      #expect(left >= right)
    }
  }

  @Test("residues of integers modulo eight primes at once")
  func residueLanes() {
    var supply = PrimeSupply(seed: 4)
    let lanes = FieldLanes((0..<8).map { _ in supply.next() })
    var random = SeededGenerator(seed: 5)
    var integers = PackedIntegers()
    for length in 0..<40 {
      let words = (0..<length).map { _ in length % 3 == 0 ? UInt64.max : random.next() }
      integers.append(WideInteger(isNegative: length % 2 == 1, words: words))
    }
    var found = [UInt32](repeating: 0, count: 8 * integers.count)
    LaneResidues(lanes: lanes, bitLength: 40 * 64).write(integers, 0..<integers.count, into: &found)
    for index in 0..<integers.count {
      for (lane, field) in lanes.fields.enumerated() {
        #expect(found[8 * index + lane] == integers.residue(index, modulo: field.prime))
      }
    }
  }

  @Test("the hash of words is SHA-256")
  func hash() {
    for count in [0, 1, 6, 7, 8, 50] {
      var hash = WordHash()
      var bytes: [UInt8] = []
      for word in 0..<UInt64(count) {
        let value = word &* 0x9E37_79B9_7F4A_7C15
        hash.append(value)
        withUnsafeBytes(of: value.bigEndian) { bytes += $0 }
      }
      let digits = String(hash.seed, radix: 16)
      let padded = String(repeating: "0", count: 16 - digits.count) + digits
      var expected = ContentHash()
      bytes.withUnsafeBufferPointer { expected.update($0) }
      #expect(expected.hexadecimal.hasPrefix(padded), "\(count) words")
    }
  }
}
