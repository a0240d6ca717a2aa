import Algebra

/// Factors a squarefree monic polynomial modulo a prime: distinct degrees first, then Cantor and Zassenhaus's
/// random splitting (Math. Comp. 36, 1981, doi:10.1090/S0025-5718-1981-0606517-5).
///
/// Powers of the Frobenius map are applied by its matrix. Cost: cubic in the degree.
struct ResidueFactorisation {
  typealias Polynomial = ResiduePolynomials.Polynomial

  private let ring: ResiduePolynomials
  private let modulus: Polynomial
  /// `x^(p i) mod f` for all i below the degree.
  private let frobenius: [Polynomial]

  /// - Parameter polynomial: monic, squarefree, of positive degree.
  init(_ polynomial: Polynomial, in ring: ResiduePolynomials) {
    self.ring = ring
    modulus = polynomial
    let degree = polynomial.count - 1
    let image = ring.power([0, ring.field.one], ring.field.prime, modulo: polynomial)
    var powers = [ring.remainder([ring.field.one], by: polynomial)]
    for _ in 1..<max(degree, 1) {
      powers.append(ring.multiply(powers[powers.count - 1], image, modulo: polynomial))
    }
    frobenius = powers
  }

  /// The products of the irreducible factors of the same degree.
  func distinctDegrees() -> [(degree: Int, product: Polynomial)] {
    var (parts, rest, degree): ([(Int, Polynomial)], Polynomial, Int) = ([], modulus, 1)
    var power = [0, ring.field.one]
    while rest.count - 1 >= 2 * degree {
      power = image(of: ring.remainder(power, by: modulus))
      let product = ring.greatestCommonDivisor(
        rest, ring.remainder(ring.subtract(power, [0, ring.field.one]), by: rest))
      if product.count > 1 {
        parts.append((degree, product))
        rest = ring.divide(rest, by: product).quotient
      }
      degree += 1
    }
    if rest.count > 1 { parts.append((rest.count - 1, rest)) }
    return parts
  }

  /// The irreducible monic factors, given `distinctDegrees()`.
  func factors(of parts: [(degree: Int, product: Polynomial)]) -> [Polynomial] {
    var generator = SeededGenerator(seed: 1)
    return parts.flatMap { split($0.product, degree: $0.degree, &generator) }
  }

  private func split(
    _ product: Polynomial, degree: Int, _ generator: inout SeededGenerator
  ) -> [Polynomial] {
    guard product.count - 1 > degree else { return [product] }
    while true {
      let element = ring.trimmed(
        (0..<(product.count - 1)).map { _ in UInt.random(in: 0..<ring.field.prime, using: &generator) })
      guard element.count > 1 else { continue }
      // The norm to GF(p), raised to the power (p − 1)/2, is ±1 modulo each factor.
      var (norm, conjugate) = (element, element)
      for _ in 1..<degree {
        conjugate = ring.remainder(image(of: conjugate), by: product)
        norm = ring.multiply(norm, conjugate, modulo: product)
      }
      let sign = ring.power(norm, (ring.field.prime - 1) / 2, modulo: product)
      let part = ring.greatestCommonDivisor(product, ring.subtract(sign, [ring.field.one]))
      guard part.count > 1, part.count < product.count else { continue }
      let other = ring.divide(product, by: part).quotient
      return split(part, degree: degree, &generator) + split(other, degree: degree, &generator)
    }
  }

  /// The p-th power modulo the whole polynomial.
  private func image(of element: Polynomial) -> Polynomial {
    let field = ring.field
    var sum = Polynomial(repeating: 0, count: modulus.count - 1)
    for (coefficient, power) in zip(element, frobenius) where coefficient != 0 {
      for (index, value) in power.enumerated() {
        sum[index] = field.add(sum[index], field.multiply(coefficient, value))
      }
    }
    return ring.trimmed(sum)
  }
}
