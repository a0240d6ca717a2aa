/// A function of the ridge on a segment `κ = κ₀ + h t`, `−1 ≤ t ≤ 1`: a polynomial of degree 7 in `t`, and a bound of
/// its distance to the function that is meant.
///
/// All operations count what they cut off and round off (Taylor models: K. Makino, M. Berz, Int. J. Pure Appl. Math. 4,
/// 2003).
struct RidgeSeries: Sendable {
  /// The constant one first.
  var coefficients: SIMD8<Double>
  var error: Double

  static let zero = RidgeSeries(coefficients: .zero, error: 0)

  /// A bound of the polynomial.
  var size: Double { RidgeSeries.sum(of: coefficients) }

  private static func sum(of coefficients: SIMD8<Double>) -> Double {
    var sum = 0.0
    for index in 0..<8 { sum += coefficients[index].magnitude }
    return sum
  }

  /// A number that is known up to `error`.
  init(constant: Double, error: Double = 0) {
    coefficients = .zero
    coefficients[0] = constant
    self.error = error
  }

  init(coefficients: SIMD8<Double>, error: Double) {
    self.coefficients = coefficients
    self.error = error
  }

  /// `κ₀ + h t`.
  init(ridge centre: Double, halfWidth: Double) {
    coefficients = .zero
    coefficients[0] = centre
    coefficients[1] = halfWidth
    error = 0
  }

  private static var unit: Double { 0x1p-52 }

  static func + (left: Self, right: Self) -> Self {
    let sum = left.coefficients + right.coefficients
    return Self(coefficients: sum, error: (left.error + right.error + unit * Self.sum(of: sum)) * (1 + unit))
  }

  static prefix func - (series: Self) -> Self {
    Self(coefficients: -series.coefficients, error: series.error)
  }

  static func - (left: Self, right: Self) -> Self { left + (-right) }

  /// Adds a multiple by a number that is known up to a relative error of `2^−52`.
  mutating func add(_ other: Self, times factor: Double) {
    let product = other.coefficients * factor
    coefficients += product
    let magnitude = factor.magnitude
    error +=
      (magnitude * other.error + 4 * Self.unit * Self.sum(of: product) + Self.unit * size)
      * (1 + 4 * Self.unit)
  }

  static func * (left: Self, right: Self) -> Self {
    var product = SIMD8<Double>.zero
    var rest = 0.0
    for i in 0..<8 where left.coefficients[i] != 0 {
      let factor = left.coefficients[i]
      for j in 0..<8 {
        let term = factor * right.coefficients[j]
        if i + j < 8 { product[i + j] += term } else { rest += term.magnitude }
      }
    }
    let (a, b) = (left.size, right.size)
    let error = left.error * (b + right.error) + a * right.error + rest + 32 * unit * a * b
    return Self(coefficients: product, error: error * (1 + 16 * unit))
  }

  /// The polynomial at a point.
  private func polynomial(at t: Double) -> Double {
    var value = coefficients[7]
    for index in (0..<7).reversed() { value = value * t + coefficients[index] }
    return value
  }

  /// Bounds of the function at a point.
  func bounds(at t: Double) -> (lower: Double, upper: Double) {
    let (value, margin) = (polynomial(at: t), error * (1 + Self.unit) + 32 * Self.unit * size)
    return (value - margin, value + margin)
  }

  /// Bounds on the whole segment.
  var bounds: (lower: Double, upper: Double) {
    let margin = (size - coefficients[0].magnitude + error + 16 * Self.unit * size) * (1 + 8 * Self.unit)
    return (coefficients[0] - margin, coefficients[0] + margin)
  }

  var isPositive: Bool { bounds.lower > 0 }
  var isNegative: Bool { bounds.upper < 0 }
}

/// A function of the ridge and its derivative by `t`.
struct RidgeFunction: Sendable {
  var value: RidgeSeries
  var slope: RidgeSeries

  static let zero = RidgeFunction(value: .zero, slope: .zero)

  init(value: RidgeSeries, slope: RidgeSeries) {
    self.value = value
    self.slope = slope
  }

  /// `κ₀ + h t`.
  init(ridge centre: Double, halfWidth: Double) {
    value = RidgeSeries(ridge: centre, halfWidth: halfWidth)
    slope = RidgeSeries(constant: halfWidth)
  }

  /// A number rounded to a double.
  init(rounded constant: Double) {
    value = RidgeSeries(constant: constant, error: constant.magnitude * 0x1p-52)
    slope = .zero
  }

  static func * (left: Self, right: Self) -> Self {
    Self(value: left.value * right.value, slope: left.value * right.slope + left.slope * right.value)
  }

  static func - (left: Self, right: Self) -> Self {
    Self(value: left.value - right.value, slope: left.slope - right.slope)
  }

  static prefix func - (function: Self) -> Self { Self(value: -function.value, slope: -function.slope) }

  mutating func add(_ other: Self, times factor: Double) {
    value.add(other.value, times: factor)
    slope.add(other.slope, times: factor)
  }
}

extension RidgeFunction {
  /// How a function that has to stay positive behaves on a segment, seen from the end where it starts.
  enum Behaviour: Equatable {
    case positive
    /// Falls strictly, and vanishes once, between these values of `t`.
    case crossing(lower: Double, upper: Double)
    /// The segment is too long to tell, or an end too near to a zero.
    case unknown
  }

  /// - Parameter start: the end of the segment that is looked from, 1 or −1.
  func behaviour(from start: Double) -> Behaviour {
    if value.isPositive { return .positive }
    let isMonotonic = start > 0 ? slope.isPositive : slope.isNegative
    guard value.bounds(at: start).lower > 0 else { return .unknown }
    if value.bounds(at: -start).lower > 0, isMonotonic || slope.isPositive || slope.isNegative {
      return .positive
    }
    guard isMonotonic, value.bounds(at: -start).upper < 0 else { return .unknown }
    // From the first point the function is certainly positive towards the start, to the other certainly negative.
    let first = boundary(from: start, to: -start) { $0.lower > 0 }
    let last = boundary(from: -start, to: start) { $0.upper < 0 }
    return .crossing(lower: min(first, last), upper: max(first, last))
  }

  /// The last point, by bisection, at which a property still holds.
  private func boundary(
    from inside: Double, to outside: Double, holds: ((lower: Double, upper: Double)) -> Bool
  ) -> Double {
    var (inside, outside) = (inside, outside)
    for _ in 0..<60 {
      let middle = (inside + outside) / 2
      if holds(value.bounds(at: middle)) { inside = middle } else { outside = middle }
    }
    return inside
  }
}
