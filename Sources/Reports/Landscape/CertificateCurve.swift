import Foundation

/// The dual certificate `η(u) = Σ r σ(⟨u, z⟩)` over the unit circle of `u = (cos φ, sin φ)`, for two-piece linear
/// units with `D = 2`. Between two kinks it is a sinusoid.
struct CertificateCurve {
  let vectors: [(Double, Double)]
  let residuals: [Double]
  let slope: Double

  /// The angles of the kinks in `[0, 2π)`, ascending.
  var kinks: [Double] {
    var angles: Set<Double> = []
    for z in vectors where z.0 != 0 || z.1 != 0 {
      for angle in [atan2(z.0, -z.1), atan2(-z.0, z.1)] { angles.insert(angle < 0 ? angle + 2 * .pi : angle) }
    }
    return angles.sorted()
  }

  func callAsFunction(_ angle: Double) -> Double {
    let (c, s) = (cos(angle), sin(angle))
    return zip(vectors, residuals).reduce(0) { sum, term in
      let t = term.0.0 * c + term.0.1 * s
      return sum + term.1 * (t >= 0 ? t : slope * t)
    }
  }

  /// The angle of the greatest `|η|`, in `[0, 2π)`.
  var peak: Double {
    let kinks = kinks
    guard let first = kinks.first else { return 0 }
    var candidates = kinks
    for (from, to) in zip(kinks, kinks.dropFirst() + [first + 2 * .pi]) {
      let middle = (from + to) / 2
      let gradient = self.gradient(at: middle)
      for angle in [atan2(gradient.1, gradient.0), atan2(-gradient.1, -gradient.0)] {
        let turned = angle + 2 * .pi * ((from - angle) / (2 * .pi)).rounded(.up)
        if turned <= to { candidates.append(turned < 2 * .pi ? turned : turned - 2 * .pi) }
      }
    }
    return candidates.max { abs(self($0)) < abs(self($1)) } ?? 0
  }

  /// `Σ e r z` on the piece that contains an angle.
  private func gradient(at angle: Double) -> (Double, Double) {
    let (c, s) = (cos(angle), sin(angle))
    return zip(vectors, residuals).reduce((0, 0)) { sum, term in
      let e = term.0.0 * c + term.0.1 * s >= 0 ? 1 : slope
      return (sum.0 + e * term.1 * term.0.0, sum.1 + e * term.1 * term.0.1)
    }
  }

  /// Angles that show the curve well: kinks, and points between them.
  var samples: [Double] {
    let regular = (0...240).map { 2 * Double.pi * Double($0) / 240 }
    return (regular + kinks).sorted()
  }
}
