import Algebra
import LandscapeModel

/// The faces of directions in the plane (`D = 2`) in their order around the circle: arcs, and the rays between
/// them. Sums over the active rows of neighbours differ by the rows of one line.
package struct PlanarDirections: Sendable {
  /// The rows of one line `⟨w, z_i⟩ = 0`.
  private struct Line: Sendable {
    let rows: [Int]
    /// For each row, whether it is positive just before the line's ray in the upper half plane.
    let isPositiveBefore: [Bool]
    /// The ray's direction, of length one.
    let direction: [Double]
  }

  private let rows: DirectionRows
  /// By the angle of the ray in the upper half plane.
  private let lines: [Line]

  /// - Parameter vectors: the `z_i`, exactly.
  package init<R: ExactRational>(_ vectors: [[R]], rows: DirectionRows) {
    self.rows = rows
    // The ray at a right angle to z, turned into the upper half plane: 0 ≤ angle < π.
    let rays = vectors.indices.filter { vectors[$0].contains { $0 != 0 } }.map {
      row -> (row: Int, x: R, y: R) in
      let (x, y) = (-vectors[row][1], vectors[row][0])
      return y < 0 || (y == 0 && x < 0) ? (row, -x, -y) : (row, x, y)
    }.sorted { left, right in
      let cross = left.x * right.y - left.y * right.x
      return cross == 0 ? left.row < right.row : cross > 0
    }
    var lines: [Line] = []
    var start = 0
    while start < rays.count {
      var end = start + 1
      let (x, y) = (rays[start].x, rays[start].y)
      while end < rays.count, x * rays[end].y == y * rays[end].x { end += 1 }
      let members = rays[start..<end].map(\.row)
      let (dx, dy) = (x.doubleValue, y.doubleValue)
      let length = (dx * dx + dy * dy).squareRoot()
      // Just before the ray w = p − ε (turn of p) has the sign of −⟨turn of p, z⟩ with the turn (−y, x).
      let positive = members.map { row in vectors[row][0] * y - vectors[row][1] * x > 0 }
      lines.append(Line(rows: members, isPositiveBefore: positive, direction: [dx / length, dy / length]))
      start = end
    }
    self.lines = lines
  }

  /// An arc of directions, and the ray at its end.
  package struct Step {
    package let arc: SignVector
    package let ray: SignVector
    /// Of the ray, of length one.
    package let direction: [Double]
    /// The rows whose hyperplane contains the ray.
    package let rows: [Int]
  }

  /// All faces but the origin, once around. Cost: quadratic in the number of rows.
  package var circle: [Step] {
    (0..<(2 * lines.count)).map { step in
      let line = lines[step % lines.count]
      return Step(
        arc: signs(step: step, isOnRay: false), ray: signs(step: step, isOnRay: true),
        direction: step < lines.count ? line.direction : line.direction.map { -$0 }, rows: line.rows)
    }
  }

  /// Visits all faces but the origin.
  func search(_ function: SphereFunction, _ collector: inout CandidateCollector) {
    guard !lines.isEmpty else { return }
    let slope = rows.slope
    // The arc that ends at the first ray: all lines are ahead.
    var gradient = [0.0, 0.0]
    func add(_ line: Line, before: Bool, times factor: Double, to sum: inout [Double]) {
      for (row, isPositive) in zip(line.rows, line.isPositiveBefore) {
        let weight = function.weights[row] * (isPositive == before ? 1 : slope) * factor
        sum[0] += weight * rows.entries[2 * row]
        sum[1] += weight * rows.entries[2 * row + 1]
      }
    }
    for line in lines { add(line, before: true, times: 1, to: &gradient) }
    var previous = lines[lines.count - 1].direction.map { -$0 }
    for step in 0..<(2 * lines.count) {
      let isUpper = step < lines.count
      let line = lines[step % lines.count]
      let ray = isUpper ? line.direction : line.direction.map { -$0 }
      collector.cells += 2
      visitArc(gradient, from: previous, to: ray, step: step, function, &collector)
      add(line, before: isUpper, times: -1, to: &gradient)
      visitRay(gradient, ray, step: step, function, &collector)
      add(line, before: !isUpper, times: 1, to: &gradient)
      previous = ray
    }
  }

  private func visitArc(
    _ gradient: [Double], from start: [Double], to end: [Double], step: Int, _ function: SphereFunction,
    _ collector: inout CandidateCollector
  ) {
    let length = (gradient[0] * gradient[0] + gradient[1] * gradient[1]).squareRoot()
    let upper = (length + function.error) * (1 + 1e-14)
    if upper < collector.floor { return }
    // Left of the start and right of the end; with a single line the arc is a half circle, which both say.
    let left = start[0] * gradient[1] - start[1] * gradient[0]
    let right = gradient[0] * end[1] - gradient[1] * end[0]
    let bound = (function.error + 1e-15 * length) * (1 + 1e-14)
    let isFeasible: Bool?
    if (left > bound && right > bound) || (left < -bound && right < -bound) {
      isFeasible = true
    } else if (left > bound && right < -bound) || (left < -bound && right > bound) {
      isFeasible = false
    } else {
      isFeasible = nil
    }
    if isFeasible == false { return }
    collector.add(
      DirectionCandidate(
        signs: signs(step: step, isOnRay: false), lower: length - function.error, upper: upper,
        isFeasible: isFeasible, gradient: gradient))
  }

  private func visitRay(
    _ gradient: [Double], _ ray: [Double], step: Int, _ function: SphereFunction,
    _ collector: inout CandidateCollector
  ) {
    let value = gradient[0] * ray[0] + gradient[1] * ray[1]
    let length = (gradient[0] * gradient[0] + gradient[1] * gradient[1]).squareRoot()
    let error = function.error + 1e-15 * length
    let upper = (value.magnitude + error) * (1 + 1e-14)
    if upper < collector.floor { return }
    collector.add(
      DirectionCandidate(
        signs: signs(step: step, isOnRay: true), lower: value.magnitude - error, upper: upper,
        isFeasible: value.magnitude > error ? true : nil, gradient: ray.map { $0 * value }))
  }

  /// The signs on the ray of a step, or on the arc that ends there.
  private func signs(step: Int, isOnRay: Bool) -> SignVector {
    var signs = SignVector(zeros: rows.count)
    let isUpper = step < lines.count
    let position = step % lines.count
    for (index, line) in lines.enumerated() {
      if isOnRay, index == position { continue }
      // Before its ray in this half of the circle, or already behind it.
      let isAhead = index >= position
      for (row, isPositive) in zip(line.rows, line.isPositiveBefore) {
        signs[row] = isPositive == (isAhead == isUpper) ? 1 : -1
      }
    }
    return signs
  }
}
