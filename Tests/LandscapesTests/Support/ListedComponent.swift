import Algebra
import Arrangements
import LandscapeModel

/// A component of a result in doubles, with what decides whether a point lies on it.
struct ListedComponent {
  /// The units on one face.
  struct Face {
    let signs: [Int]
    let outputSign: Double
    let count: Int
    /// The least and the greatest sum of `a²`.
    let totals: ClosedRange<Double>
    /// The common direction of the hidden weights.
    let direction: [Double]
  }

  let component: LandscapeComponent
  let value: Double
  let faces: [Face]
  let deadUnits: Int
  /// The residual, which is the same at all points.
  let residual: [Double]
  /// The listed point, as `SquaredLoss` wants it.
  let parameters: [Double]
  private let loss: SquaredLoss

  init(_ component: LandscapeComponent, _ loss: SquaredLoss) {
    self.component = component
    self.loss = loss
    value = middle(component.loss)
    parameters = zip(component.point.a, component.point.w).flatMap { a, w in [middle(a)] + w.map(middle) }
    let residual = loss.residual(of: parameters)
    self.residual = residual
    deadUnits = component.units.filter { $0.outputSign == 0 }.reduce(0) { $0 + $1.count }
    faces = component.units.filter { $0.outputSign != 0 }.map { unit in
      let signs = unit.pattern.description.map { $0 == "+" ? 1 : ($0 == "-" ? -1 : 0) }
      let gradient = Self.gradient(signs, residual, loss)
      let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return Face(
        signs: signs, outputSign: Double(unit.outputSign), count: unit.count,
        totals: (unit.total?.lower.doubleValue ?? .nan)...(unit.total?.upper.doubleValue ?? .nan),
        direction: gradient.map { norm > 0 ? Double(unit.outputSign) * $0 / norm : 0 })
    }
  }

  /// The projection of `Σ_i e_i r_i z_i` onto the vectors orthogonal to the `z_i` with sign zero: the gradient
  /// of `η` on the face.
  static func gradient(_ signs: [Int], _ residual: [Double], _ loss: SquaredLoss) -> [Double] {
    let size = loss.dimension
    var sum = [Double](repeating: 0, count: size)
    var basis: [[Double]] = []
    func remove(_ vector: [Double]) -> [Double] {
      var result = vector
      for _ in 0..<2 {
        for other in basis {
          let product = zip(result, other).reduce(0) { $0 + $1.0 * $1.1 }
          result = zip(result, other).map { $0 - product * $1 }
        }
      }
      return result
    }
    for (row, sign) in signs.enumerated() {
      let z = (0..<size).map { loss.vector(row)[$0] }
      if sign == 0, loss.slope != 1 {
        let length = z.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let rest = remove(z)
        let restLength = rest.reduce(0) { $0 + $1 * $1 }.squareRoot()
        if restLength > 1e-9 * length { basis.append(rest.map { $0 / restLength }) }
      } else {
        let rate = sign >= 0 ? 1 : loss.slope
        sum = zip(sum, z).map { $0 + rate * residual[row] * $1 }
      }
    }
    return remove(sum)
  }

  /// Why a stationary point does not lie on this component; `nil` if it does, up to the tolerance.
  func mismatch(
    _ parameters: [Double], value: Double, residual: [Double], tolerance: Double = 1e-4
  ) -> String? {
    guard abs(value - self.value) <= tolerance * tolerance * 10 + 1e-9 * abs(self.value) else {
      return "loss"
    }
    let scale = 1 + residual.map(abs).reduce(0, max)
    guard zip(residual, self.residual).allSatisfy({ abs($0 - $1) <= tolerance * scale }) else {
      return "residual"
    }
    var counts = faces.map { _ in 0 }
    var totals = faces.map { _ in 0.0 }
    var dead = 0
    for unit in 0..<loss.units {
      let own = Array(parameters[unit * loss.stride..<(unit + 1) * loss.stride])
      let weight = Array(own.dropFirst())
      let length = weight.reduce(0) { $0 + $1 * $1 }.squareRoot()
      // At the critical ridge itself a descent towards a dead unit is very slow.
      if own[0] * own[0] + length * length < (component.globalForEveryWidth ? 1e-5 : 1e-6) {
        dead += 1
        continue
      }
      guard abs(abs(own[0]) - length) <= tolerance * (1 + length) else { return "unit \(unit) not balanced" }
      guard let face = nearestFace(own[0], weight, within: tolerance * (1 + length)) else {
        return "unit \(unit) on no listed face"
      }
      counts[face] += 1
      totals[face] += own[0] * own[0]
    }
    let isWhole = component.globalForEveryWidth
    if isWhole {
      // Any way of sharing, and dead units, belong to the component.
      guard dead > 0 || counts.contains(where: { $0 > 0 }) || faces.isEmpty else { return "counts" }
    } else {
      guard dead == 0, counts == faces.map(\.count) else { return "counts \(counts), \(dead) dead" }
    }
    for (face, total) in zip(faces, totals) {
      let slack = 100 * tolerance * (1 + total)
      guard total >= face.totals.lowerBound - slack, total <= face.totals.upperBound + slack else {
        return "total \(total) outside \(face.totals)"
      }
    }
    return nil
  }

  /// Points of the component, one for each way to place the units of a given point on its faces, or to let them
  /// die where they may.
  func points(near parameters: [Double]) -> [[Double]] {
    guard component.vertices == nil, !faces.isEmpty else { return [] }
    let places = Array(faces.indices) + (component.globalForEveryWidth ? [-1] : [])
    var ways: [[Int]] = [[]]
    for _ in 0..<loss.units { ways = ways.flatMap { way in places.map { way + [$0] } } }
    return ways.compactMap { way in
      var squares = faces.map { _ in 0.0 }
      for (unit, face) in way.enumerated() where face >= 0 {
        squares[face] += parameters[unit * loss.stride] * parameters[unit * loss.stride]
      }
      guard squares.allSatisfy({ $0 > 0 }) else { return nil }
      return way.enumerated().flatMap { unit, face in
        guard face >= 0 else { return Array(repeating: 0.0, count: loss.stride) }
        let share = faces[face].totals.lowerBound / squares[face]
        let output = abs(parameters[unit * loss.stride]) * share.squareRoot()
        return [faces[face].outputSign * output] + faces[face].direction.map { output * $0 }
      }
    }
  }

  /// The face on whose ray `(a, |a| u)` the unit lies.
  private func nearestFace(_ output: Double, _ weight: [Double], within tolerance: Double) -> Int? {
    let distances = faces.map { face in
      func distance(_ sign: Double) -> Double {
        zip(weight, face.direction).reduce(0.0) { max($0, abs($1.0 - sign * abs(output) * $1.1)) }
      }
      let sameSign = (output > 0) == (face.outputSign > 0)
      switch loss.slope {
      case -1: return sameSign ? min(distance(1), distance(-1)) : .infinity
      case 1: return distance(sameSign ? 1 : -1)
      default: return sameSign ? distance(1) : .infinity
      }
    }
    guard let nearest = distances.indices.min(by: { distances[$0] < distances[$1] }) else { return nil }
    return distances[nearest] <= tolerance ? nearest : nil
  }
}
