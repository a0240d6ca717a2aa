import Algebra

/// A polynomial as terms that are quickly evaluated in any arithmetic.
struct TermList<Rational: ExactRational>: Sendable {
  private struct Term: Sendable {
    let coefficient: Rational
    /// Variables and their positive exponents.
    let powers: [(variable: Int, exponent: Int)]
  }

  private let terms: [Term]

  init<P: RationalPolynomial>(_ polynomial: P) where P.Rational == Rational {
    terms = polynomial.terms.map { term in
      Term(
        coefficient: term.coefficient,
        powers: term.exponents.enumerated().filter { $1 > 0 }.map { (variable: $0, exponent: $1) })
    }
  }

  var isZero: Bool { terms.isEmpty }

  func value<A: PointArithmetic>(at point: [A.Scalar], _ arithmetic: A) -> A.Scalar
  where A.Rational == Rational {
    terms.reduce(arithmetic.zero) { sum, term in
      var product = arithmetic.constant(term.coefficient)
      for (variable, exponent) in term.powers {
        for _ in 0..<exponent { product = arithmetic.product(product, point[variable]) }
      }
      return arithmetic.sum(sum, product)
    }
  }
}
