import LandscapeModel
import Strata

/// Moves atoms inside their faces: Newton's method for the convex function `½ |y − Σ M_j h_j|² + λ Σ |h_j|`, in the
/// metric `W` of the squared error.
extension AtomicMeasure {
  /// One atom's coordinates.
  private struct Block {
    let start: Int
    /// An orthonormal basis of the face's span.
    let basis: [[Double]]
    /// `s M b` for the vectors `b` of the basis.
    let columns: [[Double]]
  }

  /// Ends at a minimum, or where an atom cannot go on. An atom that reaches a wall stays on it.
  mutating func slide() {
    for _ in 0..<40 where !atoms.isEmpty {
      let before = objective
      guard step(), objective < before else { return }
    }
  }

  /// - Returns: whether something moved.
  private mutating func step() -> Bool {
    let blocks = self.blocks()
    let size = blocks.reduce(0) { $0 + $1.basis.count }
    let residual = self.residual
    let columns = blocks.flatMap(\.columns)
    let images = columns.map(metric.applied)
    var hessian = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      for j in 0...i {
        let product = Self.inner(columns[i], images[j])
        hessian[i * size + j] = product
        hessian[j * size + i] = product
      }
    }
    var gradient = columns.map { Self.inner($0, residual) }
    for (block, atom) in zip(blocks, atoms) {
      let mass = atom.mass
      let unit = block.basis.map { Self.inner($0, atom.weight) / mass }
      for i in unit.indices {
        gradient[block.start + i] -= ridge * unit[i]
        for j in unit.indices {
          hessian[(block.start + i) * size + block.start + j] +=
            ridge / mass * ((i == j ? 1 : 0) - unit[i] * unit[j])
        }
      }
    }
    let largest = gradient.map(\.magnitude).max() ?? 0
    guard largest > 1e-15 * ridge else { return false }
    let change = CholeskySolver(hessian, size: size).solve(gradient)
    let steps = zip(blocks, atoms).map { block, atom -> [Double] in
      var step = atom.weight.map { _ in 0.0 }
      for (index, vector) in block.basis.enumerated() {
        for column in step.indices { step[column] += change[block.start + index] * vector[column] }
      }
      return step
    }
    return move(along: steps)
  }

  private func blocks() -> [Block] {
    var start = 0
    return atoms.map { atom in
      let basis = FaceSpan(rows, zeroSet: atom.signs).basis
      defer { start += basis.count }
      return Block(
        start: start, basis: basis,
        columns: basis.map { column(Atom(signs: atom.signs, sign: atom.sign, weight: $0)) })
    }
  }

  /// Goes as far as the objective falls and no atom leaves its face.
  private mutating func move(along steps: [[Double]]) -> Bool {
    var longest = 1.0
    for (atom, step) in zip(atoms, steps) {
      for row in 0..<rows.count where atom.signs[row] != 0 {
        let (value, rate) = (rows.product(row, atom.weight), rows.product(row, step))
        if rate * Double(atom.signs[row]) < 0 { longest = min(longest, max(0, -value / rate)) }
      }
    }
    let start = self
    let before = objective
    var length = longest
    for _ in 0..<30 {
      for (index, step) in steps.enumerated() {
        atoms[index].weight = zip(start.atoms[index].weight, step).map { $0 + length * $1 }
      }
      if length > 0, objective < before {
        if length == longest, longest < 1 { settleOnWalls() }
        return true
      }
      length /= 2
    }
    self = start
    // Nothing is gained where an atom stands at a wall and wants to cross it: it stays on the wall from now on.
    guard longest < 1e-9 else { return false }
    let walls = atoms.map(\.signs)
    settleOnWalls()
    return zip(atoms, walls).contains { $0.signs != $1 }
  }

  /// Atoms within rounding of a wall get the sign zero there.
  private mutating func settleOnWalls() {
    for index in atoms.indices {
      var changed = false
      let mass = atoms[index].mass
      for row in 0..<rows.count where atoms[index].signs[row] != 0 {
        if rows.product(row, atoms[index].weight).magnitude <= 1e-11 * mass * rows.norms[row] {
          atoms[index].signs[row] = 0
          changed = true
        }
      }
      if changed {
        atoms[index].weight = FaceSpan(rows, zeroSet: atoms[index].signs).projection(of: atoms[index].weight)
      }
    }
    atoms.removeAll { !($0.mass > 0) }
  }
}

/// The linear span of a face of directions, in doubles.
struct FaceSpan {
  /// Orthonormal.
  let basis: [[Double]]

  init(_ rows: DirectionRows, zeroSet signs: SignVector) {
    let size = rows.dimension
    var normals: [[Double]] = []
    func residual(_ vector: [Double], _ others: [[Double]]) -> [Double]? {
      var vector = vector
      let norm = AtomicMeasure.inner(vector, vector).squareRoot()
      for _ in 0..<2 {
        for other in others {
          let product = AtomicMeasure.inner(vector, other)
          for column in 0..<size { vector[column] -= product * other[column] }
        }
      }
      let length = AtomicMeasure.inner(vector, vector).squareRoot()
      return length > 1e-9 * norm ? vector.map { $0 / length } : nil
    }
    for row in signs.zeroIndices where rows.norms[row] > 0 && normals.count < size {
      if let vector = residual(Array(rows.entries[row * size..<(row + 1) * size]), normals) {
        normals.append(vector)
      }
    }
    // Complete to a basis with the unit vector that is farthest from the span each time.
    var basis: [[Double]] = []
    while normals.count + basis.count < size {
      let candidates = (0..<size).compactMap { axis -> (vector: [Double], share: Double)? in
        let unit = (0..<size).map { $0 == axis ? 1.0 : 0.0 }
        let share = (normals + basis).reduce(1.0) { $0 - $1[axis] * $1[axis] }
        return residual(unit, normals + basis).map { ($0, share) }
      }
      guard let best = candidates.max(by: { $0.share < $1.share }) else { break }
      basis.append(best.vector)
    }
    self.basis = basis
  }

  func projection(of vector: [Double]) -> [Double] {
    var sum = vector.map { _ in 0.0 }
    for other in basis {
      let product = AtomicMeasure.inner(vector, other)
      for column in sum.indices { sum[column] += product * other[column] }
    }
    return sum
  }
}
