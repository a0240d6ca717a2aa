import Algebra
import LandscapeModel

/// The weights P and Q of the two parts of the loss.
///
/// The activation t ↦ p t + q |t|, p = (1+α)/2, q = (1−α)/2, has E[σ(⟨u,x⟩) σ(⟨v,x⟩)] =
/// (P+Q) ⟨u,v⟩ + (2Q/π) |u| |v| (sin θ − θ cos θ) for Gaussian x, P = p², Q = q² and the angle θ of u and v. The
/// homotopy normalises P + Q to 1/2 and lets Q = λ/4 be any number.
struct LossWeights<Rational: ExactRational> {
  let P: Rational
  let Q: Rational

  init(_ family: BifurcationResult.Family, at parameter: Rational) {
    let quarter = Self.quarter
    switch family {
    case .homotopy:
      P = (2 - parameter) * quarter
      Q = parameter * quarter
    case .slope:
      P = (1 + parameter) * (1 + parameter) * quarter
      Q = (1 - parameter) * (1 - parameter) * quarter
    }
  }

  private static var quarter: Rational {
    guard let quarter = try? Rational(4).inverse() else { preconditionFailure("four is not zero") }
    return quarter
  }
}

extension BifurcationResult.Family {
  /// The weights as formulas in the parameter.
  var weights: BifurcationResult.Weights {
    switch self {
    case .homotopy: BifurcationResult.Weights(P: "(2-lambda)/4", Q: "lambda/4")
    case .slope: BifurcationResult.Weights(P: "(1+alpha)^2/4", Q: "(1-alpha)^2/4")
    }
  }

  /// Whether some activation max(t, αt) has the loss at this value of the parameter.
  func hasActivation<Rational: ExactRational>(at parameter: Rational) -> Bool {
    self == .slope || (0 <= parameter && parameter <= 2)
  }
}
