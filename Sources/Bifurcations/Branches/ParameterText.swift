import Algebra
import LandscapeModel
import RealSolving

extension DecimalEnclosure {
  /// The number itself if it has no more than the given number of decimal places, else its canonical enclosure.
  init<R: ExactRational>(parameter value: R, digits: Int) {
    var scaled = value.magnitude
    for places in 0...digits {
      if scaled.isInteger {
        let significand = value < 0 ? -scaled.numerator : scaled.numerator
        self.init(exact: DecimalNumber(significand: significand, exponent: -places))
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
