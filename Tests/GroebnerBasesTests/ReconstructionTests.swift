import Algebra
import FlintEngine
@testable import GroebnerBases
import Testing

@Suite("Words, residues and reconstruction")
struct ReconstructionTests {
  typealias Integer = FlintEngine.Integer

  private func random(bits: Int, _ generator: inout SeededGenerator) -> Integer {
    var words = (0..<(bits + 63) / 64).map { _ in generator.next() }
    if bits % 64 > 0 { words[words.count - 1] &= 1 << UInt64(bits % 64) - 1 }
    return Integer(WideInteger(isNegative: false, words: words))
  }

  private func padded(_ value: Integer, _ count: Int) -> [UInt64] {
    let words = value.wide.words
    return words + [UInt64](repeating: 0, count: count - words.count)
  }

  @Test("wide integers: text, residues and engines agree")
  func wideIntegers() throws {
    var generator = SeededGenerator(seed: 5)
    for bits in [0, 1, 31, 63, 64, 65, 127, 128, 129, 1000] {
      for sign in [1, -1] {
        let value = random(bits: bits, &generator) * Integer(sign)
        let wide = value.wide
        #expect(Integer(wide) == value)
        #expect(wide.description == value.description)
        #expect(wide.bitLength == value.bitLength)
        for prime: UInt32 in [2, 3, 101, 2_147_483_647] {
          let (_, rest) = try value.quotientAndRemainder(dividingBy: Integer(Int(prime)))
          #expect(wide.residue(modulo: prime) == UInt32(((rest.asInt ?? 0) + Int(prime)) % Int(prime)))
        }
        let other = random(bits: 70, &generator) * Integer(-sign)
        #expect(Integer(wide.adding(other.wide)) == value + other)
      }
    }
  }

  @Test("division with remainder by Knuth's algorithm D")
  func division() throws {
    var generator = SeededGenerator(seed: 6)
    for trial in 0..<400 {
      let divisorBits = 1 + trial % 200
      // Words of ones provoke the corrections of the algorithm.
      let divisor =
        trial % 3 == 0
        ? Integer(WideInteger(isNegative: false, words: [.max, UInt64.max << 1, 1 + UInt64(trial)]))
        : random(bits: divisorBits, &generator) + 1
      let dividend =
        trial % 5 == 0 ? divisor * random(bits: 130, &generator) - 1 : random(bits: 400, &generator)
      let y = divisor.wide.words
      guard dividend.signum() > 0 else { continue }
      var x = padded(dividend, max(dividend.wide.words.count, y.count))
      let count = x.count
      var quotient = [UInt64](repeating: 0, count: x.count - y.count + 1)
      WordArithmetic.divide(&x, count, by: y, y.count, quotient: &quotient)
      let expected = try dividend.quotientAndRemainder(dividingBy: divisor)
      #expect(Integer(WideInteger(isNegative: false, words: quotient)) == expected.quotient)
      #expect(Integer(WideInteger(isNegative: false, words: x)) == expected.remainder)
    }
  }

  @Test("a fraction is found from its residue iff it is small enough")
  func rationalReconstruction() throws {
    var generator = SeededGenerator(seed: 7)
    let reconstruction = RationalReconstruction()
    for bits in [20, 60, 61, 64, 120, 250, 700, 1500] {
      for trial in 0..<25 {
        // A modulus that is coprime to the denominator: a power of two plus one will do for odd ones.
        var numerator = random(bits: bits, &generator)
        var denominator = random(bits: max(1, bits - trial), &generator) + 1
        if trial == 0 { numerator = 0 }
        if trial == 1 { denominator = 1 }
        if trial == 2 { numerator = 1 }
        let modulus = try Integer(2).power(2 * bits + 3 + trial % 4) * 3 + 1
        let common = numerator.greatestCommonDivisor(with: denominator)
        numerator = try numerator.dividedExactly(by: common)
        denominator = try denominator.dividedExactly(by: common)
        guard denominator.greatestCommonDivisor(with: modulus) == 1 else { continue }
        let isNegative = trial % 2 == 1 && numerator.signum() != 0
        let inverse = try Self.inverse(denominator, modulus)
        var residue = try ((isNegative ? -numerator : numerator) * inverse).quotientAndRemainder(
          dividingBy: modulus
        ).remainder
        if residue.signum() < 0 { residue = residue + modulus }
        let count = modulus.wide.words.count
        let found = reconstruction.fraction(
          residue: padded(residue, count), modulus: padded(modulus, count), count: count)
        let bound = (modulus.bitLength - 2) / 2
        try #require(numerator.bitLength <= bound && denominator.bitLength <= bound)
        #expect(found?.isNegative == isNegative)
        #expect(found?.numerator == numerator.wide.words)
        #expect(found?.denominator == denominator.wide.words)
      }
    }
    // A random residue of a long modulus is no small fraction with overwhelming probability... of either kind:
    // whatever is found must at least have the residue.
    let modulus = try Integer(2).power(300) * 3 + 1
    for _ in 0..<20 {
      let residue = random(bits: 299, &generator)
      let count = modulus.wide.words.count
      guard
        let found = reconstruction.fraction(
          residue: padded(residue, count), modulus: padded(modulus, count), count: count)
      else { continue }
      let numerator = Integer(WideInteger(isNegative: found.isNegative, words: found.numerator))
      let denominator = Integer(WideInteger(isNegative: false, words: found.denominator))
      let difference = residue * denominator - numerator
      #expect(try difference.quotientAndRemainder(dividingBy: modulus).remainder == 0)
    }
  }

  private static func inverse(_ value: Integer, _ modulus: Integer) throws -> Integer {
    var (r0, r1) = (modulus, value)
    var (t0, t1): (Integer, Integer) = (0, 1)
    while r1.signum() != 0 {
      let quotient = try r0.quotientAndRemainder(dividingBy: r1).quotient
      (r0, r1) = (r1, r0 - quotient * r1)
      (t0, t1) = (t1, t0 - quotient * t1)
    }
    return t0
  }

  @Test("Chinese remainders recover signed integers", arguments: [2, 4, 10, 30])
  func chineseRemainders(_ primeCount: Int) throws {
    var supply = PrimeSupply(seed: 1)
    let fields = (0..<primeCount).map { _ in supply.next() }
    let recovery = ChineseRemainders(primes: fields.map(\.prime))
    var generator = SeededGenerator(seed: 8)
    for bits in [0, 1, 30, 60, 30 * primeCount - 4] {
      for sign in [1, -1] {
        let value = random(bits: bits, &generator) * Integer(sign)
        let scaled = zip(fields, recovery.factors).map { field, factor in
          field.multiply(value.wide.residue(modulo: field.prime), factor)
        }
        var words = [UInt64](repeating: 0, count: recovery.count + 1)
        let isNegative = recovery.recover({ scaled[$0] }, into: &words)
        #expect(Integer(WideInteger(isNegative: isNegative, words: words)) == value)
      }
    }
  }

  @Test("Garner's form gives the least nonnegative residue")
  func garner() throws {
    var supply = PrimeSupply(seed: 1)
    var generator = SeededGenerator(seed: 9)
    let value = random(bits: 200, &generator)
    var modulus = GrowingModulus()
    var garner = GarnerValue()
    for _ in 0..<8 {
      let field = supply.next()
      let before = modulus.words
      let inverse = field.inverse(WideInteger(isNegative: false, words: before).residue(modulo: field.prime))
      garner.append(
        residue: value.wide.residue(modulo: field.prime), field: field, modulus: before, inverse: inverse)
      modulus.append(field.prime)
    }
    #expect(Integer(WideInteger(isNegative: false, words: garner.words)) == value)
  }

  @Test("primes")
  func primes() {
    let small = (0..<200).filter { PrimeField.isPrime(UInt32($0)) }
    let expected = (2..<200).filter { n in (2..<n).allSatisfy { n % $0 != 0 } }
    #expect(small == expected)
    #expect(PrimeField.isPrime(2_147_483_647))
    // A strong pseudoprime to the bases 2, 3 and 5.
    #expect(!PrimeField.isPrime(25_326_001))
  }

  @Test("small fractions from two primes")
  func smallFractions() throws {
    var supply = PrimeSupply(seed: 1)
    let (field, other) = (supply.next(), supply.next())
    func residues(_ fractions: [(Int, Int)], _ field: PrimeField) -> [UInt32] {
      fractions.map { numerator, denominator in
        field.multiply(
          WideInteger(numerator).residue(modulo: field.prime),
          field.inverse(WideInteger(denominator).residue(modulo: field.prime)))
      }
    }
    func integers(_ fractions: [(Int, Int)]) -> [WideInteger]? {
      let (left, right) = (residues(fractions, field), residues(fractions, other))
      return left.withUnsafeBufferPointer { left in
        right.withUnsafeBufferPointer {
          SmallFractions(field: field, other: other).integers(residues: left, otherResidues: $0)
        }
      }
    }
    #expect(integers([(1, 1), (-3, 4), (5, 6), (0, 1)]) == [12, -9, 10, 0].map { WideInteger($0) })
    #expect(integers([(1, 1), (100_003, 4001)]) == [4001, 100_003].map { WideInteger($0) })
    // Too great for what one prime tells.
    #expect(integers([(1, 1), (123_456_789, 1)]) == nil)
    #expect(integers([(1, 1), (1, 123_457)]) == nil)
  }

  @Test("parametrisations from residues, with denominators that grow from coefficient to coefficient")
  func parametrisations() throws {
    var generator = SeededGenerator(seed: 19)
    let (degree, coordinateCount) = (12, 2)
    // w = Σ a_i T^i with great coefficients; each one over the leading one has one more factor in its denominator
    // than the one above it.
    let factors = (0..<degree).map { _ in random(bits: 25, &generator) + 1 }
    let leading = factors.reduce(Integer(1), *)
    let lower = (0..<degree).map { i in
      random(bits: 280 - 15 * i, &generator) * factors[..<i].reduce(Integer(i % 2 == 0 ? 1 : -1), *)
    }
    let extra = [Integer(1), Integer(30)]
    let numerators = (0..<coordinateCount).map { _ in (0..<degree).map { _ in random(bits: 350, &generator) }
    }
    func residues(_ field: PrimeField) -> [UInt32]? {
      let lead = leading.wide.residue(modulo: field.prime)
      guard lead != 0 else { return nil }
      func quotient(_ value: Integer, _ divisor: UInt32) -> UInt32 {
        field.multiply(value.wide.residue(modulo: field.prime), field.inverse(divisor))
      }
      return lower.map { quotient($0, lead) }
        + numerators.indices.flatMap { i in
          let divisor = field.multiply(lead, extra[i].wide.residue(modulo: field.prime))
          return numerators[i].map { quotient($0, divisor) }
        }
    }
    var supply = PrimeSupply(seed: 1)
    let field = supply.next()
    let reconstruction = ParametrisationReconstruction(
      reference: try #require(residues(field)), degree: degree, coordinateCount: coordinateCount, field: field
    )
    var result: RationalParametrisation?
    for _ in 0..<10 where result == nil {
      let lanes = FieldLanes((0..<FieldLanes.count).map { _ in supply.next() })
      var words = [UInt32](repeating: 0, count: FieldLanes.count * degree * (1 + coordinateCount))
      for (lane, field) in lanes.fields.enumerated() {
        for (term, value) in try #require(residues(field)).enumerated() {
          words[FieldLanes.count * term + lane] = value
        }
      }
      reconstruction.append(.init(words: words, lanes: lanes, good: Array(0..<FieldLanes.count)))
      result = try reconstruction.result(Control())
    }
    let found = try #require(result)
    // Primes for the greatest integer, not for numerator and denominator together.
    #expect(reconstruction.primeCount == 16)
    // The content that random coefficients may have is divided out.
    let scale = try leading.dividedExactly(by: Integer(found.minimalPolynomial[degree]))
    #expect(found.minimalPolynomial.dropLast().map { Integer($0) * scale } == lower)
    for i in 0..<coordinateCount {
      for (value, expected) in zip(found.numerators[i], numerators[i]) {
        #expect(Integer(value) * scale * extra[i] == expected * Integer(found.denominators[i]))
      }
    }
  }
}
