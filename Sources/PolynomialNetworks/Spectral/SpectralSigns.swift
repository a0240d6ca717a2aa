import Algebra

/// Exact signs of `t_i − τ_s`, by balls and a bound for how small a number can be that is not zero.
///
/// `τ_s = −β Σ_{j ∉ s} t_j / (α + β |s|)`. A multiple of `t_i − τ_s` by a known integer is an algebraic integer; the
/// product of its conjugates is an integer, and all of them are bounded, so it is zero or not too small.
struct SpectralSigns<Engine: AlgebraEngine> {
  typealias Rational = Engine.Rational
  typealias Ball = Engine.Ball

  let spectrum: Spectrum<Engine>
  let product: SpectralInnerProduct<Engine>
  let frames: SpectralFrames<Engine>
  let control: Control

  /// `α + β |s|`, positive.
  private func weight(_ selection: SpectralSelection) -> Rational {
    product.squareWeight + product.traceWeight * Rational(selection.rank)
  }

  /// `Σ_{j ∉ s} t_j`.
  static func rest<A: PointArithmetic>(
    _ selection: SpectralSelection, _ values: [A.Scalar], _ arithmetic: A
  ) -> A.Scalar {
    selection.left.reduce(arithmetic.zero) { sum, e in
      let count = A.Rational(selection.multiplicities[e] - selection.counts[e])
      return arithmetic.sum(sum, arithmetic.product(arithmetic.constant(count), values[e]))
    }
  }

  /// `τ_s`.
  func threshold<A: PointArithmetic>(
    _ selection: SpectralSelection, _ values: [A.Scalar], _ arithmetic: A
  ) throws -> A.Scalar where A.Rational == Rational {
    let factor = try -product.traceWeight.divided(by: weight(selection))
    return arithmetic.product(arithmetic.constant(factor), Self.rest(selection, values, arithmetic))
  }

  /// The sign of `t_i − τ_s` for each different eigenvalue; proved.
  func signs(_ selection: SpectralSelection) throws -> [Int] {
    if let values = spectrum.rationalValues {
      let threshold = try threshold(selection, values, RationalArithmetic<Rational>())
      return values.map { ($0 - threshold).signum() }
    }
    var precision = 128
    var limit: Rational?
    while true {
      try control.check()
      let arithmetic = BallArithmetic<Ball>(precision: precision)
      let balls = try frames.values(precision: precision)
      let threshold = try threshold(selection, balls, arithmetic)
      var signs: [Int] = []
      for value in balls {
        let difference = value - threshold
        if let sign = arithmetic.sign(difference) {
          signs.append(sign)
        } else {
          let (lower, upper) = try difference.bounds()
          let least = try limit ?? smallestValue(selection)
          limit = least
          guard -least < lower, upper < least else { break }
          signs.append(0)
        }
      }
      if signs.count == balls.count { return signs }
      precision *= 2
    }
  }

  /// A positive number that is not greater than `|t_i − τ_s|` where that is not zero.
  private func smallestValue(_ selection: SpectralSelection) throws -> Rational {
    let n = selection.multiplicities.reduce(0, +)
    let weight = weight(selection)
    // (α + β|s|)(t_i − τ_s) = (α + β|s|) t_i + β Σ_{j ∉ s} t_j, made an algebraic integer.
    let scale = Rational(spectrum.denominator * weight.denominator * product.traceWeight.denominator)
    let coefficients = weight.magnitude + product.traceWeight.magnitude * Rational(n)
    let conjugate = scale * coefficients * spectrum.bound
    // Conjugates come from choices of i and of s.
    let count = n * binomial(n, selection.rank)
    let size = max(conjugate, 1)
    return try size.power(-(count - 1)).divided(by: scale * weight)
  }

  private func binomial(_ n: Int, _ k: Int) -> Int { (0..<k).reduce(1) { $0 * (n - $1) / ($1 + 1) } }
}
