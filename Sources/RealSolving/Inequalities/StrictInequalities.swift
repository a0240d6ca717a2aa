import Algebra

/// A system of strict linear inequalities `constant + ⟨coefficients, t⟩ > 0` over the rational numbers.
package enum StrictInequalities {
  /// - Returns: a solution, or `nil` if there is none. By elimination of one unknown after the other (Fourier,
  ///   Motzkin); for few unknowns and inequalities.
  package static func solution<R: ExactRational>(
    _ inequalities: [(constant: R, coefficients: [R])], unknowns: Int
  ) throws -> [R]? {
    guard unknowns > 0 else { return inequalities.allSatisfy { $0.constant > 0 } ? [] : nil }
    let last = unknowns - 1
    var remaining: [(constant: R, coefficients: [R])] = []
    // Solved for the last unknown: t > bound, or t < bound.
    var (lower, upper): ([(constant: R, coefficients: [R])], [(constant: R, coefficients: [R])]) = ([], [])
    for inequality in inequalities {
      let rest = Array(inequality.coefficients.dropLast())
      let lead = inequality.coefficients[last]
      if lead == 0 {
        remaining.append((inequality.constant, rest))
        continue
      }
      let scale = try -lead.inverse()
      let bound = (constant: inequality.constant * scale, coefficients: rest.map { $0 * scale })
      if lead > 0 { lower.append(bound) } else { upper.append(bound) }
    }
    for low in lower {
      for high in upper {
        remaining.append(
          (high.constant - low.constant, zip(high.coefficients, low.coefficients).map { $0 - $1 }))
      }
    }
    guard let point = try solution(remaining, unknowns: last) else { return nil }
    func value(_ bound: (constant: R, coefficients: [R])) -> R {
      zip(bound.coefficients, point).reduce(bound.constant) { $0 + $1.0 * $1.1 }
    }
    let (low, high) = (lower.map(value).max(), upper.map(value).min())
    switch (low, high) {
    case (let low?, let high?): return point + [try (low + high).divided(by: 2)]
    case (let low?, nil): return point + [low + 1]
    case (nil, let high?): return point + [high - 1]
    case (nil, nil): return point + [0]
    }
  }
}
