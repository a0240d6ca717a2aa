/// Finds which factors modulo a prime power belong together to factors over the integers: subsets in increasing
/// size, most of which a necessary condition on one coefficient rejects (Abbott, Shoup, Zimmermann, ISSAC 2000,
/// doi:10.1145/345542.345569).
struct Recombination {
  typealias Integer = SwiftEngine.Integer
  typealias Polynomial = SwiftEngine.UnivariatePolynomial

  private let modulus: Integer
  private var polynomial: Polynomial
  /// Those that are not used yet.
  private var modular: [[Integer]]
  /// A bound for the coefficients of a factor with the whole polynomial's leading coefficient.
  private let bound: Integer

  init(_ polynomial: Polynomial, lifting: HenselLifting, bound: Integer) {
    self.polynomial = polynomial
    modulus = lifting.modulus
    modular = lifting.factors
    self.bound = bound
  }

  /// The irreducible primitive factors.
  func factors() -> [Polynomial] {
    var search = self
    var found: [Polynomial] = []
    var size = 1
    while 2 * size <= search.modular.count {
      if let factor = search.takeFactor(size: size) { found.append(factor) } else { size += 1 }
    }
    if search.polynomial.degree > 0 { found.append(search.polynomial) }
    return found
  }

  /// Finds a factor that consists of so many modular factors, and removes it.
  private mutating func takeFactor(size: Int) -> Polynomial? {
    let traces = traces()
    // Fractions of the modulus are off by less than a unit each; a coefficient is at most the bound.
    let (quotient, _) = bound.shiftedLeft(by: 64).divided(by: modulus)
    let tolerance = quotient.words.first.map { $0 &+ UInt(size) + 2 } ?? UInt(size) + 2
    var chosen = Array(0..<size)
    while true {
      let sum = chosen.reduce(UInt(0)) { $0 &+ traces[$1] }
      if sum <= tolerance || 0 &- sum <= tolerance, let (factor, rest) = division(by: chosen) {
        polynomial = rest
        for index in chosen.reversed() { modular.remove(at: index) }
        return factor
      }
      guard Subsets.advance(&chosen, count: modular.count) else { return nil }
    }
  }

  /// For each modular factor `lead · c / modulus` modulo 1 with 64 bits, where c is its coefficient below the
  /// leading one; the sum over a factor's parts is its own coefficient there.
  private func traces() -> [UInt] {
    modular.map { factor in
      let product = (polynomial.lead * factor[factor.count - 2]).residue(modulo: modulus)
      return product.shiftedLeft(by: 64).divided(by: modulus).quotient.words.first ?? 0
    }
  }

  private func division(by chosen: [Int]) -> (factor: Polynomial, rest: Polynomial)? {
    let ring = ModularVectors(modulus: modulus)
    let lead = polynomial.lead
    // The constant terms tell most of the remaining subsets apart.
    let constant = chosen.reduce(lead.residue(modulo: modulus)) {
      ($0 * modular[$1][0]).residue(modulo: modulus)
    }
    let low = ring.symmetric([constant])[0]
    guard !low.isZero, (lead * polynomial.coefficients[0]).divided(by: low).remainder.isZero else {
      return nil
    }
    let product = chosen.reduce([lead.residue(modulo: modulus)]) { ring.multiply($0, modular[$1]) }
    let factor = Polynomial(coefficients: ring.symmetric(product)).primitivePart
    return polynomial.quotient(by: factor).map { (factor, $0) }
  }
}
