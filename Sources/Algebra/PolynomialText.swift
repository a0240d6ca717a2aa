/// Writes polynomials in the usual notation, `x^2 - 1/2*x*y + 3`, the same for every engine.
public enum PolynomialText {
  /// - Parameters:
  ///   - terms: the terms in the order in which they are written, with nonzero coefficients.
  ///   - variables: one name for each exponent.
  public static func write<Coefficient: SignedNumeric & Comparable & CustomStringConvertible>(
    terms: some Sequence<PolynomialTerm<Coefficient>>, variables: [String]
  ) -> String {
    var text = ""
    for term in terms {
      let isNegative = term.coefficient < 0
      if text.isEmpty {
        text += isNegative ? "-" : ""
      } else {
        text += isNegative ? " - " : " + "
      }
      let size = isNegative ? -term.coefficient : term.coefficient
      var factors: [String] = []
      for (name, exponent) in zip(variables, term.exponents) where exponent > 0 {
        factors.append(exponent == 1 ? name : "\(name)^\(exponent)")
      }
      if factors.isEmpty || size != 1 { factors.insert(size.description, at: 0) }
      text += factors.joined(separator: "*")
    }
    return text.isEmpty ? "0" : text
  }
}
