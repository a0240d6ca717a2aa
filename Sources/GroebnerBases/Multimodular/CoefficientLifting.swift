import Algebra

/// Residues of all coefficients of a basis, modulo as many primes as were used, and the way back to integers.
final class CoefficientLifting {
  /// Eight residues for each term, of which some lanes count.
  struct Batch: Sendable {
    var words: [UInt32]
    var lanes: FieldLanes
    var good: [Int]
  }

  private var batches: [Batch] = []
  /// All primes, as batch and lane.
  private var places: [(batch: Int, lane: Int)] = []
  private var recoveries: [Int: ChineseRemainders] = [:]

  func append(_ batch: Batch) {
    for lane in batch.good { places.append((batches.count, lane)) }
    batches.append(batch)
  }

  var primeCount: Int { places.count }

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
    let slack = 56
    let wanted = ((bits + slack) / 30 + 2) / 2 * 2
    guard wanted <= places.count else { return .needsMorePrimes }
    let recovery = recovery(wanted)
    let used = places[..<wanted]
    let factors = zip(used, recovery.factors).map { place, factor in
      field(place).multiply(
        factor, WideIntegerResidue.residue(denominator, false, modulo: field(place).prime))
    }
    let primes = used.map { UInt64(field($0).prime) }
    let limit = bits + 16
    var result = PackedIntegers()
    var failure: Int?
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: recovery.count + 1) { sum in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: wanted) { scaled in
        guard let sum = sum.baseAddress, let scaled = scaled.baseAddress else { return }
        for term in terms {
          for (i, place) in used.enumerated() {
            let residue = batches[place.batch].words[FieldLanes.count * term + place.lane]
            scaled[i] = UInt32(truncatingIfNeeded: UInt64(residue) * UInt64(factors[i]) % primes[i])
          }
          let isNegative = recovery.recover(scaled, into: sum)
          guard WordArithmetic.bitLength(sum, recovery.count) <= limit else {
            failure = term
            return
          }
          result.append(isNegative: isNegative, sum, count: recovery.count)
        }
      }
    }
    return failure.map { .unexpected(term: $0) } ?? .integers(result)
  }

  private func recovery(_ count: Int) -> ChineseRemainders {
    if let known = recoveries[count] { return known }
    let recovery = ChineseRemainders(primes: places[..<count].map { field($0).prime })
    recoveries[count] = recovery
    return recovery
  }

  /// The denominator of `denominator · coefficient` for one term, by rational reconstruction with all primes.
  func missingDenominator(term: Int, denominator: [UInt64]) -> [UInt64]? {
    let count = places.count / 2 * 2
    guard count > 0 else { return nil }
    let recovery = recovery(count)
    var words = [UInt64](repeating: 0, count: recovery.count + 1)
    let scaled = zip(places[..<count], recovery.factors).map { place, factor -> UInt32 in
      let field = field(place)
      let residue = batches[place.batch].words[FieldLanes.count * term + place.lane]
      let scale = WideIntegerResidue.residue(denominator, false, modulo: field.prime)
      return field.multiply(field.multiply(residue, factor), scale)
    }
    return words.withUnsafeMutableBufferPointer { buffer -> [UInt64]? in
      guard let base = buffer.baseAddress else { return nil }
      if recovery.recover(scaled, into: base) {
        // The least nonnegative residue: modulus − absolute value.
        WordArithmetic.negate(base, recovery.count)
        _ = recovery.modulus.withUnsafeBufferPointer { modulus in
          modulus.baseAddress.map { WordArithmetic.addProduct(base, $0, recovery.count, 1) }
        }
      }
      return recovery.modulus.withUnsafeBufferPointer { modulus -> [UInt64]? in
        guard let modulus = modulus.baseAddress else { return nil }
        return RationalReconstruction().fraction(residue: base, modulus: modulus, count: recovery.count)?
          .denominator
      }
    }
  }
}
