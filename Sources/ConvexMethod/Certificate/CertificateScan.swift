import Algebra

/// Bounds for the dual certificate on all faces, in doubles.
package struct CertificateScan {
  package let tables: FilterTables

  /// One alive face's part of a residual `y − Σ_l M_l h_l`.
  package struct Term {
    package let face: Int
    /// A vector near `h_l`.
    package let weight: [Double]
    /// At least its distance from `h_l`.
    package let error: Double
  }

  /// A face that may hold an extreme value of `η` on the sphere, with bounds for `|q_f|`.
  package struct Candidate {
    package let face: Int
    package let lower: Double
    package let upper: Double
    /// Whether `± q_f` lies in the face; `nil` if that is open.
    package let isFeasible: Bool?
  }

  /// The faces on which an extreme value may be at least `floor`.
  ///
  /// Errors: in the notation of `SafeBall`, `M_fᵀ r` is computed from the moments of the data up to
  /// `ε ν_f (|y| + Σ ν_m |h_m|)`, and the radii of the `h_m` add `ν_f Σ ν_m |h_m − ĥ_m|`.
  package func candidates(_ terms: [Term], except skipped: [Int], atLeast floor: Double) -> [Candidate] {
    let view = tables.view
    let size = view.dimension
    let alive = terms.map { term in
      (
        face: term.face, weight: term.weight, error: term.error, scale: view.faces[term.face].scale,
        norm: term.weight.reduce(0) { $0 + $1 * $1 }.squareRoot()
      )
    }
    let magnitude = alive.reduce(view.targetNorm) { $0 + $1.scale * $1.norm }
    let spread = alive.reduce(0) { $0 + $1.scale * $1.error }
    var moment = [Double](repeating: 0, count: size)
    var second = [Double](repeating: 0, count: size * size)
    var gradient = [Double](repeating: 0, count: size)
    var candidates: [Candidate] = []
    for face in 0..<view.faceCount where !skipped.contains(face) {
      let data = view.faces[face]
      guard !data.neverOccupied else { continue }
      guard view.isTame, data.isTame else {
        candidates.append(Candidate(face: face, lower: 0, upper: .infinity, isFeasible: nil))
        continue
      }
      for column in 0..<size { moment[column] = view.targetMoments[face * size + column] }
      for term in alive {
        second.withUnsafeMutableBufferPointer { buffer in
          if let base = buffer.baseAddress { tables.moments.secondMoments(face, term.face, into: base) }
        }
        for i in 0..<size { for j in 0..<size { moment[i] -= second[i * size + j] * term.weight[j] } }
      }
      let k = data.dimension
      var square = 0.0
      for column in 0..<k {
        var product = 0.0
        for row in 0..<size { product += moment[row] * data.basis[row * k + column] }
        gradient[column] = product
        square += product * product
      }
      let length = square.squareRoot()
      let error =
        data.scale * (2 * view.rounding(columns: size * terms.count + k) * magnitude + spread)
      // Written so that a NaN stays in.
      if length + error < floor { continue }
      let isFeasible = feasibility(data, gradient, length: length, error: error)
      if isFeasible == false { continue }
      candidates.append(
        Candidate(face: face, lower: length - error, upper: length + error, isFeasible: isFeasible))
    }
    return candidates
  }

  private func feasibility(
    _ data: FilterTables.FaceData, _ gradient: [Double], length: Double, error: Double
  ) -> Bool? {
    var (positive, negative, unknown) = (false, false, false)
    for wall in data.walls {
      let form = tables.view.walls[wall]
      var value = 0.0
      for column in 0..<data.dimension {
        value += tables.view.formStorage[form.start + column] * gradient[column]
      }
      let bound = error + form.error * length
      if value > bound {
        positive = true
      } else if value < -bound {
        negative = true
      } else {
        unknown = true
      }
    }
    if positive, negative { return false }
    return unknown ? nil : true
  }
}

extension CertificateScan.Term {
  /// The doubles near a ball vector.
  package init<Matrix: RealBallMatrix>(face: Int, weight: Matrix) {
    let balls = (0..<weight.rows).map { weight[$0, 0] }
    self.init(
      face: face, weight: balls.map(\.approximation), error: balls.reduce(0) { $0 + $1.approximationError })
  }
}
