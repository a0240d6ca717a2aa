/// The dual certificate `η(u) = Σ r σ(⟨u, z⟩)` over unit vectors `u` parallel to `(w, b)`, for two-piece linear units
/// on one input with a bias. Between two kinks it is a sinusoid of the angle.
struct CertificateCurve {
  let inputs: [Double]
  let residuals: [Double]
  let slope: Double

  func callAsFunction(w: Double, b: Double) -> Double {
    let length = (w * w + b * b).squareRoot()
    return zip(inputs, residuals).reduce(0) { sum, row in
      let t = (w * row.0 + b) / length
      return sum + row.1 * (t >= 0 ? t : slope * t)
    }
  }

  /// The direction of the greatest `|η|`.
  ///
  /// On every piece it is parallel to `Σ e r z`, if that lies in the piece, else at an end of it.
  var peak: (w: Double, b: Double) {
    var candidates: [(w: Double, b: Double)] = []
    let kinks = Set(inputs).sorted()
    for kink in kinks { candidates += [(1, -kink), (-1, kink)] }
    let inside = zip(kinks, kinks.dropFirst()).map { ($0 + $1) / 2 }
    let outside = [(kinks.first ?? 0) - 1, (kinks.last ?? 0) + 1]
    for kink in inside + outside {
      for piece in [(w: 1.0, b: -kink), (w: -1.0, b: kink)] {
        let (w, b) = gradient(on: piece)
        candidates += [(w, b), (-w, -b)].filter { isOn(piece, $0) }
      }
    }
    return candidates.filter { $0.w != 0 || $0.b != 0 }
      .max { abs(self(w: $0.w, b: $0.b)) < abs(self(w: $1.w, b: $1.b)) } ?? (1, 0)
  }

  /// `Σ e r z` where units have the activity of this one.
  private func gradient(on piece: (w: Double, b: Double)) -> (w: Double, b: Double) {
    zip(inputs, residuals).reduce((0, 0)) { sum, row in
      let e = piece.w * row.0 + piece.b >= 0 ? 1 : slope
      return (sum.0 + e * row.1 * row.0, sum.1 + e * row.1)
    }
  }

  /// Whether two units are active on the same data.
  private func isOn(_ piece: (w: Double, b: Double), _ unit: (w: Double, b: Double)) -> Bool {
    inputs.allSatisfy { (piece.w * $0 + piece.b >= 0) == (unit.w * $0 + unit.b >= 0) }
  }
}
