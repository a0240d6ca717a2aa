import Algebra
import RealSolving
import Strata

/// The residual of a stratum as vectors over number fields, one for each block of the support.
///
/// A linear form in the residual that is touched by one block only has the same value at that block's
/// residual `W (y − Σ_{l in block} (s_l/λ) X_l q_l)`. What depends on several blocks at once is not decided here.
package struct ExactResidual<Engine: AlgebraEngine>: Sendable {
  package typealias Element = NumberField<Engine>.Element

  /// The part of the residual that one block of the support determines.
  package struct Block: Sendable {
    /// Positions in the stratum.
    package let support: [Int]
    package let field: NumberField<Engine>
    /// Length `n`.
    package let residual: [Element]
  }

  private let system: StratumSystem<Engine>
  private let blocks: [Block]
  /// The residual `W y`, for what no block touches.
  private let untouched: Block

  package init(system: StratumSystem<Engine>, blocks: [Block]) throws {
    self.system = system
    self.blocks = blocks
    let field = try NumberField<Engine>(modulus: [-1, 1]) { Engine.Ball(1, precision: $0) }
    untouched = Block(
      support: [], field: field, residual: system.division.moments.weightedTargets.map { field.constant($0) })
  }

  /// The only block, if there is just one or none: then it describes the whole residual.
  package var onlyBlock: Block? { blocks.isEmpty ? untouched : blocks.count == 1 ? blocks[0] : nil }

  /// The sign of a linear form in the residual; `nil` if it depends on several blocks.
  package func sign(of form: [Engine.Rational]) throws -> Int? {
    let row = try Engine.RationalMatrix(rows: 1, columns: form.count, entries: form)
    guard let block = try block(touching: row) else { return nil }
    return try block.field.sign(block.value(of: form))
  }

  /// The sign of `|Xᵀ r|² − λ²` for a design matrix `X = M P`; `nil` if it depends on several blocks.
  package func sign(ofDefect design: Engine.RationalMatrix) throws -> Int? {
    guard let block = try block(touching: design.transposed) else { return nil }
    let field = block.field
    let square = block.gradient(design).reduce(field.zero) { field.add($0, field.multiply($1, $1)) }
    return try field.sign(field.subtract(square, field.constant(system.ridge * system.ridge)))
  }

  /// The polytope of shares `{s ≥ 0 : Σ_l s_l W K_l r = λ (W y − r)}` of a stratum.
  package struct Sharing {
    /// `rank{W K_l r}`.
    package let rank: Int
    /// In the order of the stratum's faces; each coordinate with its field.
    package let vertices: [[(value: Element, field: NumberField<Engine>)]]

    /// Whether all units can be alive: the mean of the vertices has no zero.
    package var isPositive: Bool {
      guard let faces = vertices.first?.indices else { return false }
      return faces.allSatisfy { face in vertices.contains { !$0[face].value.isZero } }
    }
  }

  /// - Returns: `nil` if a face acts on several blocks, which cannot be told apart then.
  package func sharing() throws -> Sharing? {
    var positions = blocks.map { _ in [Int]() }
    var unshared: [Int] = []
    for position in system.faces.indices {
      let touched = try blockIndices(touching: system.design(position).transposed)
      if touched.count > 1 { return nil }
      if let index = touched.first { positions[index].append(position) } else { unshared.append(position) }
    }
    // Faces that act on other outputs than the support does have to vanish by themselves: `Σ s_l W K_l r = 0`
    // over them gives `Σ s_l |q_l|² = 0`.
    let zero = (value: untouched.field.zero, field: untouched.field)
    var vertices = [Array(repeating: zero, count: system.faces.count)]
    var rank = 0
    for (block, positions) in zip(blocks, positions) {
      let local = try block.polytope(
        ofImages: positions.map { try block.image(of: system.faces[$0], in: system.division) },
        division: system.division)
      rank += local.rank
      vertices = vertices.flatMap { vertex in
        local.vertices.map { shares in
          var combined = vertex
          for (index, position) in positions.enumerated() {
            combined[position] = (shares[index], block.field)
          }
          return combined
        }
      }
    }
    return Sharing(rank: rank + (unshared.isEmpty ? 0 : 1), vertices: vertices)
  }

  private func block(touching rows: Engine.RationalMatrix) throws -> Block? {
    let indices = try blockIndices(touching: rows)
    if indices.isEmpty { return untouched }
    return indices.count == 1 ? blocks[indices[0]] : nil
  }

  private func blockIndices(touching rows: Engine.RationalMatrix) throws -> [Int] {
    try blocks.indices.filter { index in
      try blocks[index].support.contains { try !rows.multiplied(by: system.image($0)).isZero }
    }
  }
}

extension ExactResidual.Block {
  package func value(of form: [Engine.Rational]) -> Element {
    zip(form, residual).reduce(field.zero) { sum, term in
      term.0 == 0 ? sum : field.add(sum, field.scale(term.1, by: term.0))
    }
  }

  package typealias Element = NumberField<Engine>.Element

  /// `q = Xᵀ r`.
  package func gradient(_ design: Engine.RationalMatrix) -> [Element] {
    (0..<design.columns).map { column in value(of: (0..<design.rows).map { design[$0, column] }) }
  }

  /// `W K r = W X q` for a face.
  package func image(of face: UnitFace<Engine>, in division: Division<Engine>) throws -> [Element] {
    let design = try division.design(of: face)
    return product(try division.problem.metric.applied(to: design), gradient(design))
  }

  /// A matrix times a vector.
  package func product(_ matrix: Engine.RationalMatrix, _ vector: [Element]) -> [Element] {
    (0..<matrix.rows).map { row in
      vector.indices.reduce(field.zero) {
        matrix[row, $1] == 0 ? $0 : field.add($0, field.scale(vector[$1], by: matrix[row, $1]))
      }
    }
  }

  /// The nonnegative solutions of `Σ_l s_l W K_l r = λ (W y − r)` on maximal independent sets of the given `W K_l r`,
  /// sorted by support, and the rank of all of them.
  ///
  /// - Throws: `Interruption`.
  package func polytope(
    ofImages images: [[Element]], division: Division<Engine>, control: Control = Control()
  ) throws -> (rank: Int, vertices: [[Element]]) {
    let right = scaledDifference(division)
    let rank = try field.spans(images, [], control: control).rank
    guard let subsets = StratumIndex(count: images.count, maximumSize: rank) else { return (rank, []) }
    var vertices: [[Element]] = []
    for number in 0..<subsets.total {
      let basis = subsets[number]
      guard basis.count == rank else { continue }
      // Normal equations: the system is consistent, the columns independent or not.
      let matrix = try basis.map { i in try basis.map { try inner(images[i], images[$0], control) } }
      let values = try basis.map { try inner(images[$0], right, control) }
      guard let solution = try field.solve(matrix, values, control: control),
        try solution.allSatisfy({ try field.sign($0) >= 0 })
      else { continue }
      var vertex = images.map { _ in field.zero }
      for (index, position) in basis.enumerated() { vertex[position] = solution[index] }
      if !vertices.contains(vertex) { vertices.append(vertex) }
    }
    return (rank, vertices)
  }

  /// `λ (W y − r)`.
  package func scaledDifference(_ division: Division<Engine>) -> [Element] {
    zip(division.moments.weightedTargets, residual).map { target, value in
      field.scale(field.subtract(field.constant(target), value), by: division.problem.ridge)
    }
  }

  package func inner(_ left: [Element], _ right: [Element], _ control: Control) throws -> Element {
    try zip(left, right).reduce(field.zero) { sum, factors in
      try control.check()
      return field.add(sum, field.multiply(factors.0, factors.1))
    }
  }
}
