import Algebra
import LandscapeModel
import RealSolving

extension DecimalEnclosure {
  /// The number itself if it has no more than the given number of decimal places, else its canonical enclosure.
  init<R: ExactRational>(parameter value: R, digits: Int) {
    var scaled = value.magnitude
    for places in 0...digits {
      if scaled.isInteger {
        let text = scaled.numerator.description
        let padded = String(repeating: "0", count: max(0, places + 1 - text.count)) + text
        let point = places > 0 ? "." : ""
        self.init(exact: (value < 0 ? "-" : "") + padded.dropLast(places) + point + padded.suffix(places))
        return
      }
      scaled *= 10
    }
    guard let enclosure = DecimalEnclosure(lower: value, upper: value, digits: digits, decidesTies: true)
    else {
      preconditionFailure("a single number has a canonical enclosure")
    }
    self = enclosure
  }
}
