import LandscapeModel
import Strata

/// A sparse measure in doubles: at most one atom for each face and sign, the vector `h` of an atom with direction `u`,
/// mass `c` and sign `s` being `s c u`.
struct AtomicMeasure {
  struct Atom {
    var signs: SignVector
    /// Of the output weight.
    var sign: Double
    /// `c u`: in the closure of the face, not zero.
    var weight: [Double]

    var mass: Double { weight.reduce(0) { $0 + $1 * $1 }.squareRoot() }
  }

  let rows: DirectionRows
  let targets: [Double]
  /// `W`.
  let metric: ApproximateMetric
  let ridge: Double
  var atoms: [Atom] = []

  /// `s σ(⟨u, z_i⟩)` for a vector `u` in the closure of a face.
  func column(_ atom: Atom) -> [Double] {
    (0..<rows.count).map { row in
      let sign = atom.signs[row]
      guard sign != 0 else { return 0 }
      return atom.sign * rows.product(row, atom.weight) * (sign > 0 ? 1 : rows.slope)
    }
  }

  /// `y − p`, `p = Σ_j s_j c_j σ(⟨u_j, z⟩)`.
  private var error: [Double] {
    var error = targets
    for atom in atoms { for (row, value) in column(atom).enumerated() { error[row] -= value } }
    return error
  }

  /// `r = W (y − p)`.
  var residual: [Double] { metric.applied(to: error) }

  /// `½ (y − p)ᵀ W (y − p) + λ Σ c_j`.
  var objective: Double {
    let error = error
    return 0.5 * Self.inner(error, metric.applied(to: error)) + ridge * atoms.reduce(0) { $0 + $1.mass }
  }

  /// Finds the best masses for the atoms' directions and further ones, and drops what gets none.
  ///
  /// - Parameter directions: with any positive length.
  mutating func redistribute(adding directions: [Atom]) {
    let all = (atoms.map { ($0, $0.mass) } + directions.map { ($0, 0) }).map { atom, mass in
      var unit = atom
      let length = atom.mass
      for column in unit.weight.indices { unit.weight[column] /= length }
      return (atom: unit, mass: mass)
    }
    let columns = all.map { column($0.atom) }
    let images = columns.map(metric.applied)
    let count = all.count
    var gram = [Double](repeating: 0, count: count * count)
    for i in 0..<count {
      for j in 0...i {
        let product = Self.inner(columns[i], images[j])
        gram[i * count + j] = product
        gram[j * count + i] = product
      }
    }
    let linear = images.map { Self.inner($0, targets) - ridge }
    let masses = NonnegativeLeastSquares(gram: gram, linear: linear).solve(from: all.map(\.mass))
    atoms = zip(all, masses).filter { $1 > 0 }.map { entry, mass in
      var atom = entry.atom
      for column in atom.weight.indices { atom.weight[column] *= mass }
      return atom
    }
    merge()
  }

  /// Joins atoms of one sign on one face, which can only lower the objective.
  private mutating func merge() {
    var merged: [Atom] = []
    for atom in atoms {
      if let index = merged.firstIndex(where: { $0.signs == atom.signs && $0.sign == atom.sign }) {
        for column in atom.weight.indices { merged[index].weight[column] += atom.weight[column] }
      } else {
        merged.append(atom)
      }
    }
    atoms = merged.filter { $0.mass > 0 }
  }

  static func inner(_ left: [Double], _ right: [Double]) -> Double {
    var sum = 0.0
    for index in left.indices { sum += left[index] * right[index] }
    return sum
  }
}
