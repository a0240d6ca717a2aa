import Algebra

/// Finds a parametrisation over Q from its residues modulo more and more primes.
///
/// The fractions in a monic minimal polynomial have denominators that grow slowly from the top coefficient
/// downwards, up to the leading coefficient c of the primitive one. So they are reconstructed in this sequence,
/// each after multiplication by the common denominator so far, and primes are needed for the greatest
/// *integer* only, not for a numerator and a denominator together. The numerators of coordinates times c have
/// small denominators.
final class ParametrisationReconstruction {
  private let reference: [UInt32]
  private let degree: Int
  private let coordinateCount: Int
  private let field: PrimeField
  private var batches: [ResidueBatch] = []
  /// The primes that count, as batch and lane.
  private var places: [(batch: Int, lane: Int)] = []

  /// The coefficient of the minimal polynomial from which on denominators are not known yet, and the common
  /// denominator of those above.
  private var next: Int
  private var denominator: [UInt64] = [1]

  /// - Parameters:
  ///   - reference: the coefficients modulo a prime that is used for checks only: `degree` of the minimal
  ///     polynomial without its leading one, then `degree` for each coordinate.
  init(reference: [UInt32], degree: Int, coordinateCount: Int, field: PrimeField) {
    self.reference = reference
    self.degree = degree
    self.coordinateCount = coordinateCount
    self.field = field
    next = degree - 1
  }

  var primeCount: Int { places.count }

  func append(_ batch: ResidueBatch) {
    for lane in batch.good { places.append((batches.count, lane)) }
    batches.append(batch)
  }

  /// `nil` if more primes are needed.
  ///
  /// - Throws: `Interruption`.
  func result(_ control: Control) throws(Interruption) -> RationalParametrisation? {
    let count = places.count / 2 * 2
    guard count > 0 else { return nil }
    let attempt = Attempt(
      batches: batches, places: Array(places[..<count]), reference: reference, field: field)
    var multiplier = attempt.multiplier(denominator)
    while next >= 0 {
      try control.check()
      guard let factor = attempt.denominator(ofTerm: next, times: multiplier) else { return nil }
      multiplier.multiply(by: factor)
      denominator = multiplier.value
      next -= 1
    }
    guard var minimalPolynomial = attempt.integers(terms: 0..<degree, times: multiplier) else { return nil }
    minimalPolynomial.append(WideInteger(isNegative: false, words: denominator))
    var numerators: [[WideInteger]] = []
    var denominators: [WideInteger] = []
    for coordinate in 0..<coordinateCount {
      try control.check()
      let terms = degree * (coordinate + 1)..<degree * (coordinate + 2)
      var own = multiplier
      var extra: [UInt64] = [1]
      for term in terms.reversed() {
        try control.check()
        guard let factor = attempt.denominator(ofTerm: term, times: own) else { return nil }
        guard factor != [1] else { continue }
        own.multiply(by: factor)
        extra = WordArithmetic.product(extra, factor)
      }
      guard let list = attempt.integers(terms: terms, times: own) else { return nil }
      numerators.append(list)
      denominators.append(WideInteger(isNegative: false, words: extra))
    }
    return RationalParametrisation(
      minimalPolynomial: minimalPolynomial, numerators: numerators, denominators: denominators)
  }
}

/// What the primes known at one time allow to find.
private struct Attempt {
  let batches: [ResidueBatch]
  let places: [(batch: Int, lane: Int)]
  let reference: [UInt32]
  let field: PrimeField
  private let fields: [PrimeField]
  private let recovery: ChineseRemainders
  private let reconstruction = RationalReconstruction()
  /// Bits of numerator and denominator together.
  private let available: Int

  /// Bits that fractions must have less than there is room for: accidents are as good as excluded.
  private static let margin = 60
  /// Bits of a denominator that is looked for first.
  private static let smallBits = 48

  /// - Parameter places: an even number of primes, not none.
  init(
    batches: [ResidueBatch], places: [(batch: Int, lane: Int)], reference: [UInt32],
    field: PrimeField
  ) {
    self.batches = batches
    self.places = places
    self.reference = reference
    self.field = field
    fields = places.map { batches[$0.batch].lanes.fields[$0.lane] }
    recovery = ChineseRemainders(primes: fields.map(\.prime))
    available = WordArithmetic.bitLength(recovery.modulus, recovery.count) - 2
  }

  /// An integer modulo all primes, times what the Chinese remainders want.
  struct Multiplier {
    let fields: [PrimeField]
    private(set) var residues: [UInt32]
    private(set) var value: [UInt64] = [1]

    fileprivate init(fields: [PrimeField], factors: [UInt32]) {
      self.fields = fields
      residues = factors
    }

    mutating func multiply(by factor: [UInt64]) {
      guard factor != [1] else { return }
      for (i, field) in fields.enumerated() {
        residues[i] = field.multiply(
          residues[i], WideIntegerResidue.residue(factor, false, modulo: field.prime))
      }
      value = WordArithmetic.product(value, factor)
      while value.count > 1, value.last == 0 { value.removeLast() }
    }
  }

  func multiplier(_ value: [UInt64]) -> Multiplier {
    var multiplier = Multiplier(fields: fields, factors: recovery.factors)
    multiplier.multiply(by: value)
    return multiplier
  }

  /// The denominator of a coefficient times the multiplier; `nil` if more primes are needed.
  func denominator(ofTerm term: Int, times multiplier: Multiplier) -> [UInt64]? {
    var words = [UInt64](repeating: 0, count: recovery.count + 1)
    let isNegative = recover(term, multiplier, into: &words)
    if isSmall(words), agrees(term, isNegative, words, multiplier.value) { return [1] }
    for bits in [Self.smallBits + Self.margin, available / 2] where bits < available {
      guard
        let fraction = reconstruction.fraction(
          residue: words, modulus: recovery.modulus, count: recovery.count, denominatorBits: bits)
      else { continue }
      let size =
        WideIntegerResidue.bitLength(fraction.numerator) + WideIntegerResidue.bitLength(fraction.denominator)
      let denominator = WordArithmetic.product(multiplier.value, fraction.denominator)
      if size <= available - Self.margin,
        agrees(term, fraction.isNegative != isNegative, fraction.numerator, denominator)
      {
        return fraction.denominator
      }
    }
    return nil
  }

  /// The coefficients times the multiplier, which are integers; `nil` if more primes are needed.
  func integers(terms: Range<Int>, times multiplier: Multiplier) -> [WideInteger]? {
    var words = [UInt64](repeating: 0, count: recovery.count + 1)
    var result: [WideInteger] = []
    for term in terms {
      let isNegative = recover(term, multiplier, into: &words)
      guard isSmall(words), agrees(term, isNegative, words, multiplier.value) else { return nil }
      result.append(WideInteger(isNegative: isNegative, words: words.dropLast()))
    }
    return result
  }

  /// The absolute value of the least absolute residue of a coefficient times the multiplier, and whether it is
  /// negative.
  private func recover(_ term: Int, _ multiplier: Multiplier, into words: inout [UInt64]) -> Bool {
    words.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return false }
      return recovery.recover(
        { number in
          let place = places[number]
          return fields[number].multiply(
            batches[place.batch].words[FieldLanes.count * term + place.lane], multiplier.residues[number])
        }, into: base)
    }
  }

  private func isSmall(_ words: [UInt64]) -> Bool {
    WordArithmetic.bitLength(words, recovery.count) <= available - Self.margin
  }

  /// Whether `coefficient · denominator = numerator` modulo the prime that is kept for this.
  private func agrees(
    _ term: Int, _ isNegative: Bool, _ numerator: [UInt64], _ denominator: [UInt64]
  ) -> Bool {
    field.multiply(
      reference[term], WideIntegerResidue.residue(denominator, false, modulo: field.prime))
      == WideIntegerResidue.residue(numerator, isNegative, modulo: field.prime)
  }
}
