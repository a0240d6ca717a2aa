import Algebra

/// One number for each element of a basis that stands for all its coefficients: a combination with small
/// fixed weights.
///
/// Its denominator is (up to accidents, which are noticed) the common denominator of the element, and its
/// height hardly greater than that of the greatest coefficient. So whether enough primes are known, and the
/// denominators, follow from one rational reconstruction for each element.
final class WitnessTable {
  struct Solution {
    var denominator: [UInt64]
    var numeratorBits: Int
  }

  /// Where the terms of each element start; one more entry at the end.
  private let starts: [Int]
  private var values: [GarnerValue]
  private(set) var solutions: [Solution?]
  private(set) var modulus = GrowingModulus()
  private let reference: (field: PrimeField, values: [UInt32])
  /// The element that was not solved last time.
  private var next = 0
  private let reconstruction = RationalReconstruction()

  /// - Parameters:
  ///   - counts: terms of each element.
  ///   - reference: the coefficients of all elements modulo a prime that is used for checks only.
  init(counts: [Int], reference: [UInt32], field: PrimeField) {
    var starts = [0]
    for count in counts { starts.append((starts.last ?? 0) + count) }
    self.starts = starts
    values = .init(repeating: GarnerValue(), count: counts.count)
    solutions = .init(repeating: nil, count: counts.count)
    self.reference = (
      field,
      counts.indices.map { element in
        var sum: UInt64 = 0
        for term in starts[element]..<starts[element + 1] {
          sum += UInt64(reference[term]) * Self.weight(term)
        }
        return UInt32(truncatingIfNeeded: sum % UInt64(field.prime))
      }
    )
  }

  /// From 1 to 256.
  @inline(__always)
  private static func weight(_ term: Int) -> UInt64 {
    (UInt64(term + 1) &* 0x9E37_79B9_7F4A_7C15) >> 56 &+ 1
  }

  /// Takes in eight residues for each term, of which only the given lanes count.
  func append(_ words: [UInt32], lanes: FieldLanes, good: [Int]) {
    let steps = good.map { lane -> (lane: Int, modulus: [UInt64], inverse: UInt32) in
      let field = lanes.fields[lane]
      let before = modulus.words
      let residue = before.withUnsafeBufferPointer { buffer -> UInt32 in
        guard let base = buffer.baseAddress else { return 1 }
        return WordArithmetic.residue(base, buffer.count, modulo: field.prime)
      }
      modulus.append(field.prime)
      return (lane, before, field.inverse(residue))
    }
    words.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for element in values.indices where solutions[element] == nil {
        var sums = SIMD8<UInt64>(repeating: 0)
        for term in starts[element]..<starts[element + 1] {
          let residues = UnsafeRawPointer(base + FieldLanes.count * term).loadUnaligned(
            as: SIMD8<UInt32>.self)
          sums &+= SIMD8<UInt64>(truncatingIfNeeded: residues) &* Self.weight(term)
        }
        for (lane, modulus, inverse) in steps {
          let field = lanes.fields[lane]
          values[element].append(
            residue: UInt32(truncatingIfNeeded: sums[lane] % UInt64(field.prime)), field: field,
            modulus: modulus, inverse: inverse)
        }
      }
    }
  }

  /// Whether every element is solved; gives up at the first one that needs more primes.
  ///
  /// - Throws: `Interruption`.
  func solve(_ control: Control) throws(Interruption) -> Bool {
    for step in 0..<values.count {
      try control.check()
      let element = (next + step) % values.count
      if solutions[element] != nil { continue }
      guard let solution = solve(element) else {
        next = element
        return false
      }
      solutions[element] = solution
    }
    return true
  }

  private func solve(_ element: Int) -> Solution? {
    let count = modulus.words.count
    var residue = values[element].words
    residue.append(contentsOf: repeatElement(0, count: count - residue.count))
    let found = residue.withUnsafeBufferPointer { residue in
      modulus.words.withUnsafeBufferPointer { modulus -> RationalReconstruction.Fraction? in
        guard let x = residue.baseAddress, let m = modulus.baseAddress else { return nil }
        return reconstruction.fraction(residue: x, modulus: m, count: count)
      }
    }
    guard let fraction = found else { return nil }
    // The check modulo the reference prime.
    let prime = reference.field.prime
    let numerator = WideIntegerResidue.residue(fraction.numerator, fraction.isNegative, modulo: prime)
    let denominator = WideIntegerResidue.residue(fraction.denominator, false, modulo: prime)
    guard numerator == reference.field.multiply(reference.values[element], denominator) else { return nil }
    return Solution(
      denominator: fraction.denominator, numeratorBits: WideIntegerResidue.bitLength(fraction.numerator))
  }

  /// Multiplies an element's denominator by a factor that its witness has missed.
  func refine(_ element: Int, denominator: [UInt64], numeratorBits: Int) {
    solutions[element] = Solution(denominator: denominator, numeratorBits: numeratorBits)
  }
}
