import LandscapeModel
import RealSolving
import Strata

extension CriticalSample {
  /// All `a_l`, all `w_l`, and `c`.
  package func parameters(
    precision: Int
  ) throws -> (a: [Engine.Ball], w: [[Engine.Ball]], c: [Engine.Ball]) {
    chart.parameters(at: try point.coordinates(precision: precision), precision: precision)
  }

  /// Canonical enclosures of the parameters.
  package func enclosures(
    digits: Int
  ) throws -> (a: [DecimalEnclosure], w: [[DecimalEnclosure]], c: [DecimalEnclosure]?) {
    let search = EnclosureSearch(digits: digits)
    let units = chart.units.indices
    let a = try units.map { unit in
      try search.enclosure { try parameters(precision: $0).a[unit] }
    }
    let w = try units.map { unit in
      try (0..<chart.system.problem.weightDimension).map { entry in
        try search.enclosure { try parameters(precision: $0).w[unit][entry] }
      }
    }
    let c = try chart.system.linearVariables.indices.map { index in
      try search.enclosure { precision in
        try parameters(precision: precision).c[index - chart.system.linearVariables.lowerBound]
      }
    }
    return (a, w, c.isEmpty ? nil : c)
  }

  /// What the network makes of the data.
  package func fit(digits: Int) throws -> Fit {
    try Fit(
      residuals: chart.system.residual.map(chart.restricted),
      weights: chart.system.problem.observationWeights,
      targets: chart.system.problem.targets.map { chart.notation.ring.constant($0) }, digits: digits
    ) { polynomial, precision in
      polynomial.enclosure(at: try point.coordinates(precision: precision), precision: precision)
    }
  }

  /// The same text for all images of a point under the symmetries: units with normalised signs, sorted.
  package func orbitKey(digits: Int) throws -> String {
    let numbers = try enclosures(digits: digits + 10)
    let units = zip(numbers.a, numbers.w).map { a, w -> String in
      var (a, w) = (a, w)
      if chart.system.problem.isEvenInWeight, w.first(where: \.isSigned)?.isNegative == true {
        w = w.map(\.negated)
      }
      if chart.system.problem.isOddInUnit, ([a] + w).first(where: \.isSigned)?.isNegative == true {
        (a, w) = (a.negated, w.map(\.negated))
      }
      return ([a] + w).map(\.lower.description).joined(separator: ",")
    }
    return (units.sorted() + (numbers.c ?? []).map(\.lower.description)).joined(separator: ";")
  }
}

extension DecimalEnclosure {
  /// Whether the enclosure leaves out zero.
  package var isSigned: Bool { lower.isNegative == upper.isNegative && !lower.isZero && !upper.isZero }
  package var isNegative: Bool { lower.isNegative && !upper.isZero }

  /// The enclosure of the negative.
  fileprivate var negated: DecimalEnclosure { DecimalEnclosure(lower: upper.negated, upper: lower.negated) }
}
