import ConvexMethod

/// A branch of solutions of the optimality conditions over a segment of ridges, enclosed: for every ridge of the segment
/// there is exactly one solution near the polynomial path, and it depends smoothly on the ridge.
struct BranchSegment: Sendable {
  let equations: BranchEquations
  /// `κ = centre + halfWidth · t`.
  let centre: Double
  let halfWidth: Double
  /// The unknowns as functions of the ridge.
  let unknowns: [RidgeFunction]

  var lower: Double { centre - halfWidth }
  var upper: Double { centre + halfWidth }

  /// Follows Newton's method at the centre, and encloses the branch around it.
  ///
  /// The proof is Krawczyk's, for all ridges at once: with `F(x̄ + e) = F(x̄) + J(x̄) e + Q(e)` and an approximate inverse
  /// `Y` of the Jacobian at the centre the map `e ↦ e − Y F(x̄ + e)` contracts the box `|e| ≤ ρ` into itself.
  ///
  /// Cost: `O(N³)` for `N` unknowns.
  ///
  /// - Returns: `nil` if that fails, as it does on long segments.
  init?(_ equations: BranchEquations, near start: [Double], centre: Double, halfWidth: Double) {
    self.equations = equations
    self.centre = centre
    self.halfWidth = halfWidth
    guard let (point, inverse) = Self.newton(equations, start, centre) else { return nil }
    let path = Self.expansion(equations, point, inverse, centre, halfWidth)
    let proof = SegmentProof(equations, path: path, inverse: inverse, centre: centre, halfWidth: halfWidth)
    guard let (radii, slopeRadii) = proof.radii() else { return nil }
    unknowns = path.indices.map { index in
      var slope = SIMD8<Double>.zero
      for power in 1..<8 { slope[power - 1] = path[index][power] * Double(power) }
      // Multiples by small integers are rounded.
      let rounding = RidgeSeries(coefficients: slope, error: 0).size * 0x1p-50
      return RidgeFunction(
        value: RidgeSeries(coefficients: path[index], error: radii[index]),
        slope: RidgeSeries(coefficients: slope, error: slopeRadii[index] + rounding))
    }
  }

  private static func newton(
    _ equations: BranchEquations, _ start: [Double], _ ridge: Double
  ) -> (point: [Double], inverse: [Double])? {
    var x = start
    let size = equations.size
    for _ in 0..<12 {
      guard let inverse = approximateInverse(equations.jacobian(x, ridge: ridge), size: size) else {
        return nil
      }
      let defects = PathDefects(equations, path: x.map(constant), centre: ridge, halfWidth: 0, degree: 0)
      let values = defects.coefficients.map { $0[0] }
      var largest = 0.0
      for row in 0..<size {
        var step = 0.0
        for column in 0..<size { step += inverse[row * size + column] * values[column] }
        x[row] -= step
        largest = max(largest, step.magnitude / max(x[row].magnitude, 1e-3))
      }
      guard largest.isFinite, largest < 1e3 else { return nil }
      if largest < 1e-9 { return (x, inverse) }
    }
    return nil
  }

  private static func constant(_ value: Double) -> SIMD8<Double> {
    var series = SIMD8<Double>.zero
    series[0] = value
    return series
  }

  /// The Taylor polynomials of the unknowns in `t`.
  private static func expansion(
    _ equations: BranchEquations, _ point: [Double], _ inverse: [Double], _ centre: Double,
    _ halfWidth: Double
  ) -> [SIMD8<Double>] {
    let size = equations.size
    var path = point.map(constant)
    /// Newton's step in the coefficients of some powers, each by itself.
    func correct(_ powers: Range<Int>, degree: Int) {
      let defects = PathDefects(
        equations, path: path, centre: centre, halfWidth: halfWidth, degree: degree)
      for row in 0..<size {
        for column in 0..<size {
          let entry = inverse[row * size + column]
          for power in powers { path[row][power] -= entry * defects.coefficients[column][power] }
        }
      }
    }
    // Coefficients that are still zero leave the terms that the lower ones give.
    for power in 1..<8 { correct(power..<(power + 1), degree: power - 1) }
    // What was lost to rounding where the equations are nearly dependent.
    for _ in 0..<refinements { correct(0..<8, degree: 7) }
    return path
  }

  private static var refinements: Int { 2 }
}

/// The proof that a branch lies near a polynomial path.
private struct SegmentProof {
  let equations: BranchEquations
  let path: [SIMD8<Double>]
  /// `Y`.
  let inverse: [Double]
  let centre: Double
  let halfWidth: Double

  private var size: Int { equations.size }
  /// Far more than the rounding errors of sums of this many terms, relative to the sum of the absolute values.
  private var unit: Double { 0x1p-50 * Double(equations.size + 32) }

  init(
    _ equations: BranchEquations, path: [SIMD8<Double>], inverse: [Double], centre: Double, halfWidth: Double
  ) {
    self.equations = equations
    self.path = path
    self.inverse = inverse
    self.centre = centre
    self.halfWidth = halfWidth
  }

  /// Bounds of the distances of the unknowns to their polynomials, and of the derivatives by `t` to theirs.
  func radii() -> (values: [Double], slopes: [Double])? {
    let defect = defects()
    let contraction = contractions()
    func applied(_ matrix: [Double], _ vector: [Double]) -> [Double] {
      (0..<size).map { row in
        var sum = 0.0
        for column in 0..<size { sum += matrix[row * size + column] * vector[column] }
        return sum * (1 + unit)
      }
    }
    let magnitude = inverse.map(\.magnitude)
    // Not less than what high precision can tell from zero.
    let shares = equations.count * equations.dimension
    let largest = path[shares...].map { $0[0].magnitude }.max() ?? 0
    var radii = defect.values.enumerated().map { 2 * $1 + 0x1p-54 * ($0 < shares ? 1 : largest) }
    for _ in 0..<12 {
      let linear = applied(contraction.values, radii)
      let quadratic = applied(magnitude, equations.quadraticBound(radii))
      // The spread of differences, which also bounds that of the map's derivative.
      let spread = (0..<size).map { linear[$0] + 2 * quadratic[$0] }
      let image = (0..<size).map { (defect.values[$0] + spread[$0]) * (1 + unit) }
      guard image.allSatisfy(\.isFinite) else { return nil }
      if zip(image, radii).allSatisfy({ $0 < $1 }) {
        guard let slopes = slopeRadii(radii, spread, defect.slopes, contraction.slopes, applied) else {
          return nil
        }
        return (radii, slopes)
      }
      radii = zip(radii, image).map { max($0, 1.5 * $1) }
    }
    return nil
  }

  /// Differentiating `F(x̄ + e) = 0` gives `J(x̄ + e) e' = −d/dt F(x̄) − J(x̄') e`, with the derivative of the ridge in
  /// `J(x̄')`.
  private func slopeRadii(
    _ radii: [Double], _ spread: [Double], _ defects: [Double], _ slopes: [Double],
    _ applied: ([Double], [Double]) -> [Double]
  ) -> [Double]? {
    let bound = zip(applied(slopes, radii), defects).map { $0 + $1 }
    let ratio = zip(spread, radii).map { $0 / $1 }.max() ?? 0
    let factor = zip(bound, radii).map { $0 / $1 }.max() ?? 0
    guard ratio < 0.9, factor.isFinite else { return nil }
    return radii.map { factor / (1 - ratio) * $0 * (1 + unit) }
  }

  /// `|Y F(x̄(t))|` and `|Y d/dt F(x̄(t))|` for all `t`.
  private func defects() -> (values: [Double], slopes: [Double]) {
    let defects = PathDefects(equations, path: path, centre: centre, halfWidth: halfWidth, degree: 7)
    func size(_ series: SIMD16<Double>) -> Double {
      var sum = 0.0
      for index in 0..<16 { sum += series[index].magnitude }
      return sum
    }
    let sizes = defects.coefficients.map(size)
    var (bounds, slopes) = (
      [Double](repeating: 0, count: self.size), [Double](repeating: 0, count: self.size)
    )
    for row in 0..<self.size {
      var sum = SIMD16<Double>.zero
      var (magnitude, error) = (0.0, 0.0)
      for column in 0..<self.size {
        let entry = inverse[row * self.size + column]
        sum += defects.coefficients[column] * entry
        magnitude += entry.magnitude * sizes[column]
        error += entry.magnitude * defects.errors[column]
      }
      error += magnitude * unit
      bounds[row] = (size(sum) + error) * (1 + unit)
      var slope = 16 * error
      for power in 1..<16 { slope += Double(power) * sum[power].magnitude }
      slopes[row] = slope * (1 + unit)
    }
    return (bounds, slopes)
  }

  /// `|1 − Y J(x̄(t))|` and `|Y d/dt J(x̄(t))|` for all `t`.
  private func contractions() -> (values: [Double], slopes: [Double]) {
    let size = self.size
    var bounds = [Double](repeating: 0, count: size * size)
    var slopes = [Double](repeating: 0, count: size * size)
    var sizes = [Double](repeating: 0, count: size * size)
    var product = [Double](repeating: 0, count: size * size)
    for power in 0..<8 {
      let matrix = equations.jacobian(
        path.map { $0[power] }, ridge: power == 0 ? centre : power == 1 ? halfWidth : 0)
      product.withUnsafeMutableBufferPointer { product in
        matrix.withUnsafeBufferPointer { matrix in
          for row in 0..<size {
            for column in 0..<size { product[row * size + column] = row == column && power == 0 ? -1 : 0 }
            for k in 0..<size {
              let factor = inverse[row * size + k]
              guard factor != 0 else { continue }
              for column in 0..<size { product[row * size + column] += factor * matrix[k * size + column] }
            }
          }
        }
      }
      for index in bounds.indices {
        bounds[index] += product[index].magnitude
        slopes[index] += Double(power) * product[index].magnitude
        sizes[index] += matrix[index].magnitude
      }
    }
    for row in 0..<size {
      for k in 0..<size {
        let factor = inverse[row * size + k].magnitude * unit
        guard factor != 0 else { continue }
        for column in 0..<size {
          bounds[row * size + column] += factor * sizes[k * size + column]
          slopes[row * size + column] += 8 * factor * sizes[k * size + column]
        }
      }
      bounds[row * size + row] += unit
    }
    return (bounds, slopes)
  }
}
