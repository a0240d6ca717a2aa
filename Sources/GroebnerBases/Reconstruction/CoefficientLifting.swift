import Algebra
import CKernels

/// Residues of all coefficients of a basis, modulo many primes, and the way back to integers.
///
/// Numerators need about half of the primes that their fractions need; only so many are kept.
final class CoefficientLifting {
  /// So many coefficients are worth a thread of their own.
  static let leastPiece = 128

  private let threads: Int
  private var batches: [ResidueBatch] = []
  private var batchCount = 0
  /// All primes seen so far.
  private(set) var primeCount = 0
  /// The primes that are kept, as batch and lane.
  private var places: [(batch: Int, lane: Int)] = []
  private var recoveries: [Int: ChineseRemainders] = [:]
  private let scaled = GrowableBuffer<UInt32>(capacity: 64)

  init(threads: Int) { self.threads = threads }

  func append(_ batch: ResidueBatch) {
    batchCount += 1
    primeCount += batch.good.count
    guard batches.count < batchCount / 2 + 2 else { return }
    for lane in batch.good { places.append((batches.count, lane)) }
    batches.append(batch)
  }

  private func field(_ place: (batch: Int, lane: Int)) -> PrimeField {
    batches[place.batch].lanes.fields[place.lane]
  }

  /// Integers `denominator · coefficient` for the terms of one element.
  enum Outcome {
    case integers(PackedIntegers)
    /// This term is not an integer of about the expected size.
    case unexpected(term: Int)
    case needsMorePrimes
  }

  /// - Parameters:
  ///   - terms: of the element.
  ///   - bits: expected bit length of the integers, up to a few more.
  func integers(terms: Range<Int>, denominator: [UInt64], bits: Int) -> Outcome {
    guard let wanted = primeCount(forBits: bits + 56) else { return .needsMorePrimes }
    let recovery = recovery(wanted)
    scale(terms, by: denominator, for: recovery, wanted)
    let offsets = places[..<wanted].map { FieldLanes.count * terms.count * $0.batch + $0.lane }
    let limit = bits + 16
    nonisolated(unsafe) let residues = scaled.base
    let pieces = concurrentMap(rangesOf: terms.count, leastSize: Self.leastPiece, threads: threads) { piece in
      Self.recovered(piece, recovery, residues, offsets, limit: limit)
    }
    var result = PackedIntegers()
    for piece in pieces {
      result.append(contentsOf: piece.integers)
      if piece.isCutShort { return .unexpected(term: terms.lowerBound + result.count) }
    }
    return .integers(result)
  }

  /// The integers of some terms, up to the first one that has more than `limit` bits.
  private static func recovered(
    _ terms: Range<Int>, _ recovery: ChineseRemainders, _ residues: UnsafeMutablePointer<UInt32>,
    _ offsets: [Int], limit: Int
  ) -> (integers: PackedIntegers, isCutShort: Bool) {
    var integers = PackedIntegers()
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: recovery.count + 1) { sum in
      offsets.withUnsafeBufferPointer { offsets in
        guard let sum = sum.baseAddress else { return }
        for term in terms {
          let row = residues + FieldLanes.count * term
          let isNegative = recovery.recover({ row[offsets[$0]] }, into: sum)
          guard WordArithmetic.bitLength(sum, recovery.count) <= limit else { return }
          integers.append(isNegative: isNegative, sum, count: recovery.count)
        }
      }
    }
    return (integers, integers.count < terms.count)
  }

  /// Multiplies the residues of the terms by the denominator and by what the recovery wants, batch by batch.
  private func scale(
    _ terms: Range<Int>, by denominator: [UInt64], for recovery: ChineseRemainders, _ wanted: Int
  ) {
    let used = places[..<wanted]
    let lastBatch = used.last?.batch ?? 0
    var factors = [UInt32](repeating: 0, count: FieldLanes.count * (lastBatch + 1))
    for (place, factor) in zip(used, recovery.factors) {
      let field = field(place)
      factors[FieldLanes.count * place.batch + place.lane] = field.multiply(
        factor, WideIntegerResidue.residue(denominator, false, modulo: field.prime))
    }
    let size = FieldLanes.count * terms.count
    scaled.count = 0
    scaled.reserve(size * (lastBatch + 1))
    for batch in 0...lastBatch {
      batches[batch].words.withUnsafeBufferPointer { words in
        factors.withUnsafeBufferPointer { factors in
          guard let source = words.baseAddress, let factor = factors.baseAddress else { return }
          ck_multiply_lanes(
            scaled.base + size * batch, source + FieldLanes.count * terms.lowerBound,
            factor + FieldLanes.count * batch, terms.count, batches[batch].lanes.constants)
        }
      }
    }
  }

  /// The least even number of primes whose product has so many bits, if there are enough.
  private func primeCount(forBits bits: Int) -> Int? {
    var known = 0
    for count in stride(from: 2, through: places.count, by: 2) {
      for place in places[count - 2..<count] { known += 31 - field(place).prime.leadingZeroBitCount }
      if known >= bits { return count }
    }
    return nil
  }

  private func recovery(_ count: Int) -> ChineseRemainders {
    if let known = recoveries[count] { return known }
    let recovery = ChineseRemainders(primes: places[..<count].map { field($0).prime })
    recoveries[count] = recovery
    return recovery
  }

  /// The denominator of `denominator · coefficient` for one term, which is expected to be a small number.
  func missingDenominator(term: Int, denominator: [UInt64]) -> [UInt64]? {
    let count = places.count / 2 * 2
    guard count > 0 else { return nil }
    let recovery = recovery(count)
    scale(term..<term + 1, by: denominator, for: recovery, count)
    var words = [UInt64](repeating: 0, count: recovery.count + 1)
    return words.withUnsafeMutableBufferPointer { buffer -> [UInt64]? in
      guard let base = buffer.baseAddress else { return nil }
      let isNegative = recovery.recover(
        { scaled[FieldLanes.count * places[$0].batch + places[$0].lane] }, into: base)
      if isNegative {
        // The least nonnegative residue: modulus − absolute value.
        WordArithmetic.negate(base, recovery.count)
        _ = recovery.modulus.withUnsafeBufferPointer { modulus in
          modulus.baseAddress.map { WordArithmetic.addProduct(base, $0, recovery.count, 1) }
        }
      }
      return recovery.modulus.withUnsafeBufferPointer { modulus -> [UInt64]? in
        guard let modulus = modulus.baseAddress else { return nil }
        return RationalReconstruction().fraction(
          residue: base, modulus: modulus, count: recovery.count, denominatorBits: 40)?.denominator
      }
    }
  }
}
