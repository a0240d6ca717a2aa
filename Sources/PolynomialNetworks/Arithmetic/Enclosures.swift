import Algebra
import LandscapeModel
import RealSolving

/// Canonical enclosures of the numbers of a point, at rising precision.
struct Enclosures: Sendable {
  let digits: Int

  private var firstPrecision: Int { (digits + 23) * 10 / 3 + 64 }

  /// - Parameter values: encloses the same numbers at a precision in bits; `nil` where that does not suffice.
  /// - Throws: `AlgebraError.tooLarge` where no precision suffices; `Interruption`; what `values` throws.
  func all<Ball: RealBall>(control: Control, _ values: (Int) throws -> [Ball]?) throws
    -> [DecimalEnclosure]
  {
    var precision = firstPrecision
    while precision <= 256 * firstPrecision {
      try control.check()
      guard let balls = try values(precision) else {
        precision *= 2
        continue
      }
      var found: [DecimalEnclosure] = []
      for ball in balls where ball.isFinite {
        let (lower, upper) = try ball.bounds()
        // Where rounding is a tie to many more digits than asked for, the number is half way.
        guard
          let enclosure = DecimalEnclosure(
            lower: lower, upper: upper, digits: digits, decidesTies: precision >= 8 * firstPrecision)
        else { break }
        found.append(enclosure)
      }
      if found.count == balls.count { return found }
      precision *= 2
    }
    throw AlgebraError.tooLarge("\(digits) digits of a critical point need more than \(precision) bits")
  }

  func exact<Rational: ExactRational>(_ value: Rational) -> DecimalEnclosure {
    guard let enclosure = DecimalEnclosure(lower: value, upper: value, digits: digits, decidesTies: true)
    else {
      preconditionFailure("an exact number has a nearest decimal")
    }
    return enclosure
  }
}
