import Algebra
import Strata

/// Finds, in doubles, the sparse measure that minimises `½ |y − Σ s_j c_j σ(⟨u_j, z⟩)|² + λ Σ c_j`: the next directions
/// are maximisers of `|η|`, the masses are the best ones for all directions so far, and atoms slide inside their
/// faces. Approximate: what it finds is proved afterwards.
struct ColumnGeneration<Engine: AlgebraEngine> {
  let search: DirectionSearch<Engine>
  let targets: [Double]
  let metric: ApproximateMetric
  let ridge: Double
  let control: Control

  private static var mostRounds: Int { 300 }
  private static var mostDirections: Int { 40 }

  /// - Throws: `Interruption`, `AlgebraError.tooLarge`.
  func measure() throws -> AtomicMeasure {
    var measure = AtomicMeasure(rows: search.rows, targets: targets, metric: metric, ridge: ridge)
    var stalls = 0
    for round in 0..<Self.mostRounds {
      control.progress?(
        Progress(stage: "column generation", done: round, total: 0, figures: ["atoms": measure.atoms.count]))
      let before = measure.objective
      let directions = try violations(measure)
      if directions.isEmpty { break }
      measure.redistribute(adding: directions)
      measure.slide()
      stalls = measure.objective < before * (1 - 1e-15) ? 0 : stalls + 1
      if stalls > 3 { break }
    }
    return measure
  }

  /// The most promising local maximisers of `|η|` above the ridge.
  private func violations(_ measure: AtomicMeasure) throws -> [AtomicMeasure.Atom] {
    let function = SphereFunction(search.rows, weights: measure.residual, uncertainty: 0)
    let found = try search.candidates(
      function, .rising(from: ridge * (1 + 1e-11), fraction: 0.5, below: .infinity), control: control)
    let ordered = found.candidates.filter { $0.isFeasible == true && $0.lower > ridge * (1 + 1e-11) }
      .sorted { $0.lower == $1.lower ? $0.signs < $1.signs : $0.lower > $1.lower }
    var chosen: [AtomicMeasure.Atom] = []
    for candidate in ordered where chosen.count < Self.mostDirections {
      guard let atom = atom(candidate, function), isLocalMaximum(atom, function) else { continue }
      chosen.append(atom)
    }
    // A candidate that lies between others is better than none.
    if chosen.isEmpty, let first = ordered.first, let atom = atom(first, function) { chosen = [atom] }
    return chosen
  }

  /// `± q_f`, whichever lies in the face, with the sign of `η` there.
  private func atom(_ candidate: DirectionCandidate, _ function: SphereFunction) -> AtomicMeasure.Atom? {
    let rows = search.rows
    var agreement = 0.0
    for row in 0..<rows.count where candidate.signs[row] != 0 {
      agreement += rows.product(row, candidate.gradient) * Double(candidate.signs[row]) / rows.norms[row]
    }
    guard agreement != 0 else { return nil }
    let sign: Double = agreement > 0 ? 1 : -1
    return AtomicMeasure.Atom(
      signs: candidate.signs, sign: sign, weight: candidate.gradient.map { sign * $0 })
  }

  /// Whether small steps off the face do not raise `s η`.
  private func isLocalMaximum(_ atom: AtomicMeasure.Atom, _ function: SphereFunction) -> Bool {
    let rows = search.rows
    let length = atom.mass
    let unit = atom.weight.map { $0 / length }
    let height = atom.sign * function.value(at: unit)
    let size = rows.dimension
    for row in atom.signs.zeroIndices.prefix(2 * size) where rows.norms[row] > 0 {
      for direction in [1e-5, -1e-5] {
        var moved = unit
        for column in 0..<size {
          moved[column] += direction * rows.entries[row * size + column] / rows.norms[row]
        }
        let norm = AtomicMeasure.inner(moved, moved).squareRoot()
        if atom.sign * function.value(at: moved) / norm > height * (1 + 1e-9) { return false }
      }
    }
    return true
  }
}
