/// The circle of directions `(w, b)` of a unit on one input, unrolled by the position of its kink: first the units
/// that are active above their kink (`w > 0`), then those active below; kinks ascend in both halves.
///
/// Standardising the data spreads the kinks at data points evenly.
struct DirectionAxis {
  private let mean: Double
  private let spread: Double

  init(_ inputs: [Double]) {
    let mean = inputs.reduce(0, +) / Double(inputs.count)
    let variance = inputs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(inputs.count)
    self.mean = mean
    spread = variance > 0 ? variance.squareRoot() : max(abs(mean), 1)
  }

  /// The place of a direction, from 0 to 2.
  func place(w: Double, b: Double) -> Double {
    let turned = (0.5 * .pi - Elementary.angle(b + w * mean, w * spread)) / .pi
    return turned < 0 ? turned + 2 : turned
  }

  /// The direction at a place, up to length.
  func direction(at place: Double) -> (w: Double, b: Double) {
    let angle = (0.5 - place) * .pi
    let w = Elementary.cosine(angle) / spread
    return (w, Elementary.sine(angle) - w * mean)
  }

  /// The place of units with a kink here.
  func place(ofKink kink: Double, isActiveAbove: Bool) -> Double {
    isActiveAbove ? place(w: 1, b: -kink) : place(w: -1, b: kink)
  }
}
