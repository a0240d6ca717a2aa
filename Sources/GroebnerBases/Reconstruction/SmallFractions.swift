import Algebra

/// Fractions with small numerators and denominators from residues modulo one prime, checked modulo another.
///
/// Bases of small systems mostly have such coefficients; nothing else needs to be computed for them.
struct SmallFractions {
  let field: PrimeField
  let other: PrimeField

  /// Twice the product of the bounds is below the primes in use, so that there is at most one fraction.
  private static let numeratorBound: Int64 = 1 << 17
  private static let denominatorBound: Int64 = 1 << 12

  /// The integers that a polynomial's coefficients become when the common denominator is multiplied into them;
  /// `nil` if there are no small fractions with these residues.
  ///
  /// - Parameters:
  ///   - residues: modulo `field`.
  ///   - otherResidues: modulo `other`.
  func integers(
    residues: UnsafeBufferPointer<UInt32>, otherResidues: UnsafeBufferPointer<UInt32>
  ) -> [WideInteger]? {
    guard field.prime > 1 << 30 else { return nil }
    var fractions: [(numerator: Int64, denominator: Int64)] = []
    fractions.reserveCapacity(residues.count)
    var common: Int64 = 1
    for (residue, otherResidue) in zip(residues, otherResidues) {
      guard let fraction = fraction(residue),
        other.multiply(otherResidue, other.residue(fraction.denominator)) == other.residue(fraction.numerator)
      else { return nil }
      let factor = fraction.denominator / Self.greatestCommonDivisor(common, fraction.denominator)
      // Products with numerators must fit a word.
      guard common < (1 << 44) / factor else { return nil }
      common *= factor
      fractions.append(fraction)
    }
    return fractions.map { WideInteger(Int($0.numerator * (common / $0.denominator))) }
  }

  /// The coefficients over Q of all terms of a basis where they are so small that the first two primes tell
  /// them, the common denominators multiplied in. Probable as everything else: two primes agree.
  static func integers(of traced: TracedSystem) -> PackedIntegers? {
    guard let second = traced.second else { return nil }
    let fractions = SmallFractions(field: traced.field, other: second.field)
    var result = PackedIntegers()
    var start = 0
    for element in traced.reference {
      let terms = start..<start + element.count
      start = terms.upperBound
      let integers = second.values.withUnsafeBufferPointer {
        fractions.integers(
          residues: UnsafeBufferPointer(start: element.coefficients, count: element.count),
          otherResidues: UnsafeBufferPointer(rebasing: $0[terms]))
      }
      guard let integers else { return nil }
      for value in integers { result.append(value) }
    }
    return result
  }

  private func fraction(_ residue: UInt32) -> (numerator: Int64, denominator: Int64)? {
    var (r0, r1) = (Int64(field.prime), Int64(residue))
    var (t0, t1): (Int64, Int64) = (0, 1)
    while r1 >= Self.numeratorBound {
      let quotient = r0 / r1
      (r0, r1) = (r1, r0 - quotient * r1)
      (t0, t1) = (t1, t0 - quotient * t1)
    }
    guard t1.magnitude < Self.denominatorBound, Self.greatestCommonDivisor(r1, t1.magnitude.signed) == 1
    else { return nil }
    return t1 < 0 ? (-r1, -t1) : (r1, t1)
  }

  private static func greatestCommonDivisor(_ left: Int64, _ right: Int64) -> Int64 {
    var (a, b) = (left, right)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }
}

extension PrimeField {
  fileprivate func residue(_ value: Int64) -> UInt32 {
    let rest = value % Int64(prime)
    return UInt32(rest < 0 ? rest + Int64(prime) : rest)
  }
}

extension UInt64 {
  fileprivate var signed: Int64 { Int64(self) }
}
