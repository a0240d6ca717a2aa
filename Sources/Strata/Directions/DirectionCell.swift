/// A patch of the sphere of directions: the directions of the points of a box on a side of the cube
/// `max |w_k| = 1`.
///
/// Rows whose hyperplanes do not meet the box have one sign on it, and `η` is linear in their part. The others are
/// the cell's *zone*.
struct DirectionCell {
  /// A point of the cube's side, and the half widths; zero in the coordinate that is fixed to ±1.
  let centre: [Double]
  let half: [Double]
  /// `Σ e_i r_i z_i` over the rows outside of the zone.
  let gradient: [Double]
  /// Ascending.
  let zone: [Int]

  /// The whole cube: two sides for each coordinate.
  static func sides(of function: SphereFunction) -> [DirectionCell] {
    let size = function.rows.dimension
    let all = (0..<function.rows.count).filter { function.rows.norms[$0] > 0 }
    return (0..<size).flatMap { axis in
      [1.0, -1.0].map { sign in
        DirectionCell(
          centre: (0..<size).map { $0 == axis ? sign : 0 }, half: (0..<size).map { $0 == axis ? 0 : 1 },
          gradient: Array(repeating: 0, count: size), zone: all, function)
      }
    }
  }

  /// - Parameters:
  ///   - gradient: of the rows that are neither in the zone nor among `candidates`.
  ///   - candidates: the rows that may be in the zone.
  private init(
    centre: [Double], half: [Double], gradient: [Double], zone candidates: [Int], _ function: SphereFunction
  ) {
    let rows = function.rows
    let size = rows.dimension
    var gradient = gradient
    var zone: [Int] = []
    rows.entries.withUnsafeBufferPointer { entries in
      for row in candidates {
        var (middle, spread) = (0.0, 0.0)
        for column in 0..<size {
          let entry = entries[row * size + column]
          middle += entry * centre[column]
          spread += entry.magnitude * half[column]
        }
        // Far more than the rounding error of both sums: |w| ≤ √D.
        let margin = 1e-13 * rows.norms[row] * Double(size)
        if middle.magnitude > spread + margin {
          let weight = function.weights[row] * (middle > 0 ? 1 : rows.slope)
          if weight != 0 {
            for column in 0..<size { gradient[column] += weight * entries[row * size + column] }
          }
        } else {
          zone.append(row)
        }
      }
    }
    self.centre = centre
    self.half = half
    self.gradient = gradient
    self.zone = zone
  }

  /// The two halves along the widest side, that with the greater value of `|η|` at its centre last.
  func halves(_ function: SphereFunction) -> [DirectionCell] {
    let axis = half.indices.max { half[$0] < half[$1] } ?? 0
    var halfWidths = half
    halfWidths[axis] /= 2
    let parts = [-1.0, 1.0].map { sign in
      var middle = centre
      middle[axis] += sign * halfWidths[axis]
      return DirectionCell(centre: middle, half: halfWidths, gradient: gradient, zone: zone, function)
    }
    return parts[0].height(function) > parts[1].height(function) ? [parts[1], parts[0]] : parts
  }

  /// About `|η|` at the centre's direction.
  private func height(_ function: SphereFunction) -> Double {
    var (value, square) = (0.0, 0.0)
    for (g, c) in zip(gradient, centre) {
      value += g * c
      square += c * c
    }
    for row in zone {
      let product = function.rows.product(row, centre)
      value += function.weights[row] * (product > 0 ? product : function.rows.slope * product)
    }
    return value.magnitude / square.squareRoot()
  }

  /// Whether `|η(w)| < floor |w|` all over the cell, proved.
  ///
  /// For either sign `s` the function `s η(w) − floor |w|` is bounded by a linear one: `|w| ≥ ⟨c, w⟩/|c|` with the
  /// centre `c`; a zone row whose part is convex lies below its chord, one whose part is concave below each of
  /// its tangents at the kink. These tangents are chosen, one after the other, to make the bound small.
  func isBelow(_ floor: Double, _ function: SphereFunction) -> Bool {
    // `error` bounds the gradient's, for |w| ≤ √D; the centre is a point of the cube: |w| ≥ 1.
    let slack = function.error * Double(centre.count).squareRoot()
    for sign in [1.0, -1.0] where !(bound(sign, floor, function) + slack * 1.01 < 0) { return false }
    return true
  }

  private struct Tangent {
    let row: Int
    let factor: Double
    var slope: Double
  }

  private func bound(_ sign: Double, _ floor: Double, _ function: SphereFunction) -> Double {
    let rows = function.rows
    let size = centre.count
    var norm = 0.0
    for value in centre { norm += value * value }
    norm = norm.squareRoot()
    var linear = (0..<size).map { sign * gradient[$0] - floor * (1 - 1e-14) * centre[$0] / norm }
    var constant = 0.0
    var tangents: [Tangent] = []
    rows.entries.withUnsafeBufferPointer { entries in
      for row in zone {
        var (middle, spread) = (0.0, 0.0)
        for column in 0..<size {
          let entry = entries[row * size + column]
          middle += entry * centre[column]
          spread += entry.magnitude * half[column]
        }
        let (low, high) = (min(0, middle - spread), max(0, middle + spread))
        let chord = high > low ? high / (high - low) : 0
        // σ(t) = α t + (1 − α) max(t, 0).
        let weight = sign * function.weights[row]
        let factor = weight * (1 - rows.slope)
        let total = weight * rows.slope + factor * chord
        for column in 0..<size { linear[column] += total * entries[row * size + column] }
        if factor > 0 {
          constant -= factor * chord * low
        } else if factor < 0 {
          tangents.append(Tangent(row: row, factor: factor, slope: chord))
        }
      }
    }
    func value() -> Double {
      var sum = constant
      for column in 0..<size {
        sum += linear[column] * centre[column] + linear[column].magnitude * half[column]
      }
      return sum
    }
    var best = value()
    if best < 0 || tangents.count > Self.mostTangents { return best }
    for index in tangents.indices {
      lower(&tangents[index], &linear, rows)
    }
    best = min(best, value())
    return best
  }

  private static var mostTangents: Int { 24 }

  /// Chooses the tangent that makes the bound least, all others as they are: a convex piecewise linear function of
  /// its slope, whose kinks are where a coefficient vanishes.
  private func lower(_ tangent: inout Tangent, _ linear: inout [Double], _ rows: DirectionRows) {
    let size = centre.count
    let start = tangent.row * size
    func value(at slope: Double) -> Double {
      let change = tangent.factor * (slope - tangent.slope)
      var sum = 0.0
      for column in 0..<size {
        let coefficient = linear[column] + change * rows.entries[start + column]
        sum += coefficient * centre[column] + coefficient.magnitude * half[column]
      }
      return sum
    }
    var (best, least) = (tangent.slope, value(at: tangent.slope))
    func consider(_ slope: Double) {
      guard slope >= 0, slope <= 1 else { return }
      let candidate = value(at: slope)
      if candidate < least { (best, least) = (slope, candidate) }
    }
    consider(0)
    consider(1)
    for column in 0..<size where half[column] > 0 {
      let rate = tangent.factor * rows.entries[start + column]
      if rate != 0 { consider(tangent.slope - linear[column] / rate) }
    }
    let change = tangent.factor * (best - tangent.slope)
    for column in 0..<size { linear[column] += change * rows.entries[start + column] }
    tangent.slope = best
  }
}
