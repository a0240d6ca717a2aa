import Algebra
import GroebnerBases
import Ideals
import LandscapeModel

/// Finds the coordinates of a real solution as decimals with a wanted number of digits.
struct CoordinateRefinement<Engine: AlgebraEngine> {
  typealias Interval = IsolatingInterval<Engine.Rational>

  let points: PointSet<Engine>
  let digits: Int
  let control: Control

  struct Result {
    var root: Interval
    var box: [Interval]
    var enclosures: [DecimalEnclosure]
  }

  /// Precision at the start: enough for well-conditioned solutions.
  var initialBits: Int { digits * 10 / 3 + 64 }

  static func width(bits: Int) -> Engine.Rational {
    guard let width = try? Engine.Rational(2).power(-bits) else {
      preconditionFailure("powers of two of this size can be stored")
    }
    return width
  }

  /// Doubles the precision until every coordinate is decided.
  func refine(_ start: Interval) throws -> Result {
    if start.isExact { return try exact(start) }
    var root = start
    var bits = initialBits
    var isZero = [Bool?](repeating: nil, count: points.numerators.count)
    while true {
      try control.check()
      root = try points.minimalPolynomial.refined(root, width: Self.width(bits: bits), control: control)
      if root.isExact { return try exact(root) }
      let balls = points.coordinates(at: root, precision: bits + 64)
      var box: [Interval] = []
      var enclosures: [DecimalEnclosure] = []
      for (i, ball) in balls.enumerated() {
        guard ball.isFinite else { break }
        let (lower, upper) = try ball.bounds()
        if lower.signum() <= 0, upper.signum() >= 0, bits > initialBits {
          let known = try isZero[i] ?? points.vanishes(points.numerators[i], at: root)
          isZero[i] = known
          if known {
            box.append(Interval(lower: 0, upper: 0))
            enclosures.append(.zero)
            continue
          }
        }
        // Where rounding is a tie to many more digits than asked for, the number is half way.
        let decidesTies = bits > 8 * initialBits
        guard lower.signum() * upper.signum() > 0,
          let enclosure = DecimalEnclosure(
            lower: lower, upper: upper, digits: digits, decidesTies: decidesTies)
        else { break }
        box.append(Interval(lower: lower, upper: upper))
        enclosures.append(enclosure)
      }
      if enclosures.count == balls.count { return Result(root: root, box: box, enclosures: enclosures) }
      bits *= 2
    }
  }

  /// The coordinates at a rational root.
  private func exact(_ root: Interval) throws -> Result {
    let slope = try points.derivative.evaluated(at: root.lower)
    var box: [Interval] = []
    var enclosures: [DecimalEnclosure] = []
    for (numerator, denominator) in zip(points.numerators, points.denominators) {
      let value = try numerator.evaluated(at: root.lower)
        .divided(by: slope * Engine.Rational(denominator))
      box.append(Interval(lower: value, upper: value))
      guard let enclosure = DecimalEnclosure(lower: value, upper: value, digits: digits, decidesTies: true)
      else {
        preconditionFailure("an exact number has a nearest decimal")
      }
      enclosures.append(enclosure)
    }
    return Result(root: root, box: box, enclosures: enclosures)
  }
}
