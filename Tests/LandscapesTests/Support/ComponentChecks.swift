import Algebra
import Arrangements
import LandscapeModel

/// What must hold at the listed point of a component, checked in doubles straight from the definitions.
struct ComponentChecks {
  let listed: ListedComponent
  let loss: SquaredLoss

  private var component: LandscapeComponent { listed.component }

  /// Everything that is wrong; empty if nothing is.
  var complaints: [String] {
    var found =
      enclosureComplaints + unitComplaints + valueComplaints + symmetryComplaints
      + loss.complaints(ofCoefficients: (component.point.c ?? []).map(middle), at: listed.parameters)
    if let lowered = LocalMinimality(loss).lowered(listed.parameters) {
      found.append("can be lowered \(lowered)")
    }
    if let dimension = expectedDimension, dimension != component.dimension {
      found.append("dimension \(component.dimension) instead of \(dimension)")
    }
    return found
  }

  // MARK: - Form

  /// All enclosures are tight and in order.
  private var enclosureComplaints: [String] {
    let enclosures =
      [component.loss] + [component.certificateRatio].compactMap { $0 } + component.point.a
      + component.point.w.flatMap { $0 }
      + (component.vertices ?? []).flatMap { $0 }
    return enclosures.compactMap { enclosure in
      let (lower, upper) = (enclosure.lower.doubleValue, enclosure.upper.doubleValue)
      let isTight = upper - lower <= 2.1e-14 * abs(upper) + 1e-34
      return lower <= upper && isTight ? nil : "not an enclosure of 15 digits: \(enclosure)"
    }
  }

  // MARK: - Equations

  /// The listed point as units.
  private var units: [(output: Double, weight: [Double])] {
    zip(component.point.a, component.point.w).map { (middle($0), $1.map(middle)) }
  }

  /// `a² = |w|²`, `λ w = a q` and the signs of `⟨w, z_i⟩`, for every unit; the totals of the faces.
  private var unitComplaints: [String] {
    var found: [String] = []
    var totals = listed.faces.map { _ in 0.0 }
    var counts = listed.faces.map { _ in 0 }
    for (index, unit) in units.enumerated() {
      let square = unit.weight.reduce(0) { $0 + $1 * $1 }
      if unit.output == 0, square == 0 { continue }
      if abs(unit.output * unit.output - square) > 1e-12 * square {
        found.append("unit \(index) not balanced")
      }
      guard let face = listed.faces.firstIndex(where: { isOn($0, unit) }) else {
        found.append("unit \(index) has signs of no listed face")
        continue
      }
      totals[face] += square
      counts[face] += 1
      let gradient = ListedComponent.gradient(listed.faces[face].signs, listed.residual, loss)
      let size = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
      if abs(size - loss.ridge) > 1e-9 * rounding { found.append("|q| = \(size) instead of \(loss.ridge)") }
      let defect = zip(unit.weight, gradient).reduce(0) {
        max($0, abs(loss.ridge * $1.0 - unit.output * $1.1))
      }
      if defect > 1e-9 * rounding { found.append("unit \(index) not critical: \(defect)") }
    }
    for (face, total) in zip(listed.faces, totals) {
      let slack = 1e-12 * face.totals.upperBound
      if total < face.totals.lowerBound - slack || total > face.totals.upperBound + slack {
        found.append("total \(total) outside of \(face.totals)")
      }
    }
    let listedCounts = listed.faces.map(\.count)
    if !component.globalForEveryWidth, counts != listedCounts {
      found.append("units \(counts) on the faces instead of \(listedCounts)")
    }
    if listedCounts.reduce(listed.deadUnits, +) < loss.units { found.append("units are missing") }
    return found
  }

  /// Values cancel: errors of the doubles are relative to this.
  private var rounding: Double {
    let targets = (0..<loss.rows).reduce(0.0) { $0 + loss.target($1) * loss.target($1) }
    let inputs = (0..<loss.rows).reduce(0.0) {
      $0 + innerProduct(loss.vector($1), loss.vector($1), loss.dimension)
    }
    return loss.ridge + (targets * inputs).squareRoot()
  }

  private func isOn(_ face: ListedComponent.Face, _ unit: (output: Double, weight: [Double])) -> Bool {
    let length = unit.weight.reduce(0) { $0 + $1 * $1 }.squareRoot()
    func fits(_ side: Int) -> Bool {
      face.signs.enumerated().allSatisfy { row, sign in
        let z = loss.vector(row)
        let norm = innerProduct(z, z, loss.dimension).squareRoot()
        let product = (0..<loss.dimension).reduce(0) { $0 + z[$1] * unit.weight[$1] }
        if sign == 0 { return abs(product) <= 1e-12 * length * norm }
        return product * Double(sign * side) > 0
      }
    }
    let sameSign = (unit.output > 0) == (face.outputSign > 0)
    if loss.slope == 1 { return fits(sameSign ? 1 : -1) }
    return sameSign && (fits(1) || (loss.slope == -1 && fits(-1)))
  }

  private var valueComplaints: [String] {
    let value = loss.value(of: listed.parameters)
    return abs(value - listed.value) <= 1e-12 * (value + rounding * 1e-3)
      ? [] : ["loss \(listed.value), but \(value) at the point"]
  }

  // MARK: - Counts

  /// The rank of the vectors `W K_f r` gives the dimension.
  private var expectedDimension: Int? {
    if listed.faces.isEmpty { return 0 }
    if component.globalForEveryWidth, component.vertices != nil || listed.faces.count > loss.units {
      return nil
    }
    var basis: [[Double]] = []
    for face in listed.faces {
      let gradient = ListedComponent.gradient(face.signs, listed.residual, loss)
      var image = (0..<loss.rows).map { row in
        let product = (0..<loss.dimension).reduce(0) { $0 + loss.vector(row)[$1] * gradient[$1] }
        switch face.signs[row] {
        case 0: return loss.slope == 1 ? product : 0.0
        case 1: return product
        default: return loss.slope * product
        }
      }
      let length = image.reduce(0) { $0 + $1 * $1 }.squareRoot()
      image = loss.weighted(image)
      for _ in 0..<2 {
        for other in basis {
          let product = zip(image, other).reduce(0) { $0 + $1.0 * $1.1 }
          image = zip(image, other).map { $0 - product * $1 }
        }
      }
      let rest = image.reduce(0) { $0 + $1 * $1 }.squareRoot()
      if rest > 1e-7 * length { basis.append(image.map { $0 / rest }) }
    }
    return loss.units - basis.count
  }

  /// The images of the labelled units under all permutations (and, for the absolute value, all choices of
  /// signs), counted one by one.
  private var symmetryComplaints: [String] {
    let labels = listed.faces.enumerated().flatMap { Array(repeating: $0.offset, count: $0.element.count) }
    let expected: Int
    let unitsMayDie = component.globalForEveryWidth && component.vertices != nil
    if labels.count < loss.units || unitsMayDie {
      expected = 1
    } else if loss.slope == 1 {
      expected = loss.units == 1 ? 2 : 1
    } else {
      let signs = loss.slope == -1 ? 1 << loss.units : 1
      expected = Set(permutations(labels)).count * signs
    }
    return component.orbitSize == expected
      ? [] : ["orbit of size \(component.orbitSize) instead of \(expected)"]
  }

  private func permutations(_ list: [Int]) -> [[Int]] {
    guard !list.isEmpty else { return [[]] }
    return list.indices.flatMap { index in
      var rest = list
      let first = rest.remove(at: index)
      return permutations(rest).map { [first] + $0 }
    }
  }
}
