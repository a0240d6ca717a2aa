import Algebra
import Arrangements
import LandscapeModel
import RealSolving
import Strata

/// The local minima of one stratum of a balanced problem with all units alive.
package struct BalancedMinimum<Engine: AlgebraEngine>: ProvedMinimum {
  package let faces: [UnitFace<Engine>]
  package let outputSigns: [Int]
  package let patterns: [SignVector]
  /// The vertices of the polytope of shares; each has positive shares on some of the faces.
  package let vertices: [Vertex]
  /// The rank of the vectors `M_l u_l`; the polytope has the dimension `faces.count − rank`.
  package let rank: Int
  /// Whether `max |η| ≤ λ`: a global minimum for every width.
  package let isGlobalForEveryWidth: Bool

  package struct Vertex: Sendable {
    package let solution: BalancedSolution<Engine>
    /// The numbers of the faces that have the solution's shares, in its order.
    package let faces: [Int]
  }
}

/// Decides whether real solutions of balanced systems are local minima, by exact signs.
///
/// The Hessian on a stratum needs no test. With `δa_l = a_l α_l`, `δw_l = a_l β_l` the second variation at a
/// critical point is `|Σ s_l M_l (β_l + α_l u_l) + Vδc|²_Ω + λ Σ s_l |α_l u_l − β_l|² + Σ μ_j δc_j²`: it has no negative
/// eigenvalue, and its kernel is that of the relations between the `M_l u_l`, which is the tangent space of
/// the stratum's critical set (Morse–Bott). What is left is first order: a one-sided derivative that is
/// negative excludes a minimum, and if none is, the loss is at least a convex function that has its minimum at
/// the point.
package struct BalancedJudge<Engine: AlgebraEngine>: Sendable {
  package let problem: TrainingProblem<Engine>
  package let division: Division<Engine>

  /// The local minimum at a solution of the system of these faces; `nil` if it is none.
  package func minimum(
    at solution: BalancedSolution<Engine>, on faces: [UnitFace<Engine>], _ control: Control
  ) throws -> BalancedMinimum<Engine>? {
    guard let signs = try signs(at: solution, on: faces, control) else { return nil }
    let isGlobal = try !exceedsRidge(at: solution, except: faces, control)
    if faces.isEmpty, !isGlobal { return nil }
    return BalancedMinimum(
      faces: faces, outputSigns: signs, patterns: try patterns(of: faces, at: solution, control),
      vertices: [.init(solution: solution, faces: faces.map(\.index))], rank: faces.count,
      isGlobalForEveryWidth: isGlobal)
  }

  /// The local minima on faces with dependent `M_l u_l`: a polytope of shares whose vertices are minima on
  /// fewer faces, with the same residual (there is only one on a stratum).
  ///
  /// - Parameter minima: those on fewer faces.
  package func family(
    on faces: [UnitFace<Engine>], among minima: [BalancedMinimum<Engine>], _ control: Control
  ) throws -> BalancedMinimum<Engine>? {
    let indices = faces.map(\.index)
    var vertices: [BalancedMinimum<Engine>] = []
    for candidate in minima where candidate.vertices.count == 1 {
      let others = faces.filter { !candidate.faceIndices.contains($0.index) }
      guard candidate.faces.count + others.count == faces.count else { continue }
      let solution = candidate.vertices[0].solution
      let belongs = try others.allSatisfy { face in
        try solution.signOfExcess(on: face, in: division, control) == 0
      }
      if try belongs && signs(at: solution, on: others, control) != nil { vertices.append(candidate) }
    }
    guard Set(vertices.flatMap(\.faceIndices)) == Set(indices) else { return nil }
    let solution = vertices[0].vertices[0].solution
    guard let signs = try signs(at: solution, on: faces, control) else { return nil }
    return BalancedMinimum(
      faces: faces, outputSigns: signs, patterns: try patterns(of: faces, at: solution, control),
      vertices: vertices.flatMap(\.vertices), rank: try rank(of: faces, at: solution, control),
      isGlobalForEveryWidth: vertices[0].isGlobalForEveryWidth)
  }

  /// The signs of the output weights if all units' weights lie in the relative interiors of their faces and no
  /// one-sided derivative is negative.
  private func signs(
    at solution: BalancedSolution<Engine>, on faces: [UnitFace<Engine>], _ control: Control
  ) throws -> [Int]? {
    var signs: [Int] = []
    for face in faces {
      let sign = try solution.outputSign(on: face, in: division, control)
      if sign == 0 { return nil }
      signs.append(sign)
    }
    for (face, sign) in zip(faces, signs)
    where try !solution.isStationary(on: face, outputSign: sign, in: division, control) {
      return nil
    }
    return signs
  }

  /// Whether `max |η| > λ`.
  private func exceedsRidge(
    at solution: BalancedSolution<Engine>, except faces: [UnitFace<Engine>], _ control: Control
  ) throws -> Bool {
    let alive = Set(faces.map(\.index))
    return try division.faces.contains { face in
      if alive.contains(face.index) { return false }
      return try solution.signOfExcess(on: face, in: division, control) > 0
        && solution.outputSign(on: face, in: division, control) != 0
    }
  }

  private func patterns(
    of faces: [UnitFace<Engine>], at solution: BalancedSolution<Engine>, _ control: Control
  ) throws -> [SignVector] {
    try faces.map { face in
      if let signs = face.signs { return signs }
      return SignVector(
        try (0..<problem.rowCount).map {
          try solution.sign(ofForm: division.wallForm(at: $0, on: face), control)
        })
    }
  }

  /// The rank of the vectors `M_f q_f`, modulo features that cost nothing: the greatest number of them with a Gram
  /// determinant that is not zero.
  private func rank(
    of faces: [UnitFace<Engine>], at solution: BalancedSolution<Engine>, _ control: Control
  ) throws -> Int {
    let system = solution.system
    let ring = system.notation.ring
    let features = problem.features
    let free = problem.featurePenalties.indices.filter { problem.featurePenalties[$0] == 0 }
    var kept = free.map { column in features.map { ring.constant($0[column]) } }
    let freeCount = kept.count
    for face in faces {
      let gradient = try division.gradientForms(on: face).map { try system.form($0) }
      let vector = try (0..<problem.rowCount).map { row in
        let slope = face.slope(at: row, division.problem.activation)
        return try ring.combination(problem.vectors[row].map { $0 * slope }, gradient)
      }
      let extended = kept + [vector]
      let gram = try extended.map { left in
        try extended.map { right in
          try zip(left, right).reduce(ring.zero) { try $0.adding($1.0.multiplied(by: $1.1)) }
        }
      }
      let all = Array(gram.indices)
      let determinant = try MinorTable(gram, ring: ring).minor(rows: all, columns: all)
      if try solution.point.sign(of: determinant, in: system.notation, control) != 0 { kept = extended }
    }
    return kept.count - freeCount
  }
}
