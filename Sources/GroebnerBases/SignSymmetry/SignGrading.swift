import Algebra

/// Classes of monomials under the changes of signs of variables that leave an ideal as it is.
///
/// Such a change multiplies every monomial by 1 or −1. Reduced bases are unique, so it multiplies every element
/// of one by 1 or −1: all monomials of an element change alike. Two monomials are in one class if all these
/// changes treat them alike; classes form a group, a power of Z/2, which grades the quotient ring.
struct SignGrading: Sendable {
  /// Echelon form over F_2 of the differences of monomials within elements, one bit for each variable.
  private var relations: [UInt64] = []
  private let variableCount: Int

  /// The class of invariant monomials.
  static let invariant: UInt64 = 0

  /// `nil` if there are more variables than bits.
  init?(_ basis: GroebnerBasis) {
    guard basis.variableCount <= 64 else { return nil }
    variableCount = basis.variableCount
    let packed = basis.packed
    for element in 0..<basis.count {
      let terms = packed.starts[element]..<packed.starts[element + 1]
      let lead = Self.parity(packed.exponents(ofTerms: terms.lowerBound..<terms.lowerBound + 1))
      for term in terms.dropFirst() { insert(lead ^ Self.parity(packed.exponents(ofTerms: term..<term + 1))) }
    }
  }

  /// The number of independent changes of signs.
  var rank: Int { variableCount - relations.count }

  private mutating func insert(_ relation: UInt64) {
    let rest = reduced(relation)
    guard rest != 0 else { return }
    let top = UInt64(1) << UInt64(63 - rest.leadingZeroBitCount)
    for i in relations.indices where relations[i] & top != 0 { relations[i] ^= rest }
    relations.append(rest)
  }

  private func reduced(_ parity: UInt64) -> UInt64 {
    var rest = parity
    for relation in relations {
      let top = UInt64(1) << UInt64(63 - relation.leadingZeroBitCount)
      if rest & top != 0 { rest ^= relation }
    }
    return rest
  }

  private static func parity(_ exponents: [UInt32]) -> UInt64 {
    exponents.indices.reduce(0) { $0 | UInt64(exponents[$1] & 1) << UInt64($1) }
  }

  func classOfMonomial(_ exponents: [UInt32]) -> UInt64 { reduced(Self.parity(exponents)) }

  /// The class of a product.
  func product(_ left: UInt64, _ right: UInt64) -> UInt64 { reduced(left ^ right) }
}
