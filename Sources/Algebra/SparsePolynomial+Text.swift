extension SparsePolynomial where Coefficient == WideInteger {
  /// The polynomial as text, in the sequence of its terms: `3*x^2*y-z+1`, `0` for zero.
  ///
  /// - Parameter variables: one name for each variable.
  public func text(variables: [String]) -> String {
    precondition(variables.count == variableCount)
    guard !isEmpty else { return "0" }
    var text = ""
    for term in 0..<termCount {
      let coefficient = coefficients[term]
      let monomial = zip(variables, exponents(ofTerm: term)).filter { $0.1 > 0 }
        .map { $0.1 == 1 ? $0.0 : "\($0.0)^\($0.1)" }.joined(separator: "*")
      if coefficient.isNegative {
        text += "-"
      } else if term > 0 {
        text += "+"
      }
      let isOne = coefficient.words == [1]
      if monomial.isEmpty {
        text += WideInteger(isNegative: false, words: coefficient.words).description
      } else {
        if !isOne { text += WideInteger(isNegative: false, words: coefficient.words).description + "*" }
        text += monomial
      }
    }
    return text
  }
}
