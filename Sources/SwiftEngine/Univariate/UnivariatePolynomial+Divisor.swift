import Algebra

extension SwiftEngine.UnivariatePolynomial {
  /// Modulo many primes (Brown, J. ACM 18, 1971, doi:10.1145/321662.321664), proved by exact division.
  public func greatestCommonDivisor(with other: Self) -> Self {
    if isZero { return other.primitivePart }
    if other.isZero { return primitivePart }
    let (left, right) = (primitivePart, other.primitivePart)
    guard left.degree > 0, right.degree > 0 else { return Self(coefficients: [1]) }
    let leadDivisor = left.lead.greatestCommonDivisor(with: right.lead)
    var lift = ResidueLift()
    var degree = min(left.degree, right.degree) + 1
    var tried: Self?
    var index = 0
    while true {
      let ring = ResiduePolynomials(prime: Primes.large(index))
      index += 1
      let scale = ring.field.element(leadDivisor)
      guard scale != 0 else { continue }
      let image = ring.greatestCommonDivisor(
        ring.reduced(left.coefficients), ring.reduced(right.coefficients))
      guard image.count > 1 else { return Self(coefficients: [1]) }
      // The degree is too great modulo unlucky primes, and too small modulo none.
      guard image.count - 1 <= degree else { continue }
      if image.count - 1 < degree {
        degree = image.count - 1
        lift = ResidueLift()
        tried = nil
      }
      let isUnchanged = lift.add(ring.scale(image, by: scale), field: ring.field)
      guard isUnchanged || index < 3 else { continue }
      let candidate = Self(coefficients: lift.integers).primitivePart
      if candidate == tried { continue }
      tried = candidate
      if left.quotient(by: candidate) != nil, right.quotient(by: candidate) != nil { return candidate }
    }
  }

  public var squarefreePart: Self {
    guard degree > 0 else { return isZero ? self : Self(coefficients: [1]) }
    let part = primitivePart
    let common = part.greatestCommonDivisor(with: part.derivative)
    guard common.degree > 0 else { return part }
    guard let quotient = part.quotient(by: common) else {
      preconditionFailure("a greatest common divisor divides")
    }
    return quotient.primitivePart
  }

  /// Coprime squarefree primitive factors of a primitive polynomial of positive degree with their multiplicities
  /// (Yun, SYMSAC 1976, doi:10.1145/800205.806320).
  func squarefreeFactors() -> [(factor: Self, multiplicity: Int)] {
    func exact(_ dividend: Self, _ divisor: Self) -> Self {
      guard let quotient = dividend.quotient(by: divisor) else {
        preconditionFailure("a greatest common divisor divides")
      }
      return quotient
    }
    let slope = derivative
    let common = greatestCommonDivisor(with: slope)
    guard common.degree > 0 else { return [(self, 1)] }
    var factors: [(Self, Int)] = []
    var (rest, multiplicity) = (exact(self, common), 1)
    var difference = exact(slope, common) - rest.derivative
    while rest.degree > 0 {
      let factor = difference.isZero ? rest.primitivePart : rest.greatestCommonDivisor(with: difference)
      if factor.degree > 0 { factors.append((factor, multiplicity)) }
      rest = exact(rest, factor)
      difference = exact(difference, factor) - rest.derivative
      multiplicity += 1
    }
    return factors
  }
}

/// Integers of least absolute value with given residues, one prime after the other (Garner, IRE Trans. Electronic
/// Computers 8, 1959, doi:10.1109/TEC.1959.5219515).
struct ResidueLift {
  private(set) var integers: [SwiftEngine.Integer] = []
  private var modulus: SwiftEngine.Integer = 1

  /// - Parameter residues: in the field's representation, as many for each prime.
  /// - Returns: whether the integers had these residues before.
  mutating func add(_ residues: [UInt], field: ResidueField) -> Bool {
    let isFirst = integers.isEmpty
    if isFirst { integers = Array(repeating: 0, count: residues.count) }
    let inverse = field.inverse(field.element(modulus))
    let next = modulus * SwiftEngine.Integer(Int(field.prime))
    let nextHalf = next.shiftedRight(by: 1)
    var isUnchanged = !isFirst
    for (index, residue) in residues.enumerated() {
      let digit = field.multiply(field.subtract(residue, field.element(integers[index])), inverse)
      guard digit != 0 else { continue }
      isUnchanged = false
      let sum = integers[index] + modulus * SwiftEngine.Integer(field.symmetricResidue(digit))
      integers[index] = sum > nextHalf ? sum - next : (-sum > nextHalf ? sum + next : sum)
    }
    modulus = next
    return isUnchanged
  }
}
