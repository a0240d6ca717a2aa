import Algebra
import LandscapeModel

/// Finds canonical enclosures at rising precision.
package struct EnclosureSearch {
  package let digits: Int

  package init(digits: Int) {
    self.digits = digits
  }

  /// The precision in bits at which numbers with 20 digits more than asked for are usually found.
  package var firstPrecision: Int { (digits + 23) * 10 / 3 + 128 }

  /// - Parameter quantity: encloses a number with about the given number of bits.
  /// - Throws: `AlgebraError.tooLarge` where no precision suffices; what the quantity throws.
  package func enclosure<Ball: RealBall>(_ quantity: (Int) throws -> Ball) throws -> DecimalEnclosure {
    var precision = firstPrecision
    while precision <= 64 * firstPrecision {
      let ball = try quantity(precision)
      if ball.isFinite {
        let (lower, upper) = try ball.bounds()
        // Where rounding is a tie to many more digits than asked for, the number is half way.
        let decidesTies = precision >= 8 * firstPrecision
        if let enclosure = DecimalEnclosure(
          lower: lower, upper: upper, digits: digits, decidesTies: decidesTies)
        {
          return enclosure
        }
      }
      precision *= 2
    }
    throw AlgebraError.tooLarge("\(digits) digits of a component need more than \(precision) bits")
  }
}
