import Algebra

/// The residual of a stratum as vectors over number fields, one for each block of the support.
///
/// A linear form in the residual that is touched by one block only has the same value at that block's
/// residual `y − Σ_{l in block} (s_l/λ) X_l q_l`. What depends on several blocks at once is not decided here.
struct ExactResidual<Engine: AlgebraEngine>: Sendable {
  typealias Element = NumberField<Engine>.Element

  /// The part of the residual that one block of the support determines.
  struct Block: Sendable {
    /// Positions in the stratum.
    let support: [Int]
    let field: NumberField<Engine>
    /// Length `n`.
    let residual: [Element]
  }

  private let system: StratumSystem<Engine>
  private let blocks: [Block]
  /// The residual `y`, for what no block touches.
  private let untouched: Block

  init(system: StratumSystem<Engine>, blocks: [Block]) throws {
    self.system = system
    self.blocks = blocks
    let field = try NumberField<Engine>(modulus: [-1, 1]) { Engine.Ball(1, precision: $0) }
    untouched = Block(
      support: [], field: field, residual: system.division.problem.targets.map { field.constant($0) })
  }

  /// The sign of a linear form in the residual; `nil` if it depends on several blocks.
  func sign(of form: [Engine.Rational]) throws -> Int? {
    let row = try Engine.RationalMatrix(rows: 1, columns: form.count, entries: form)
    guard let block = try block(touching: row) else { return nil }
    return try block.field.sign(block.value(of: form))
  }

  /// The sign of `|Xᵀ r|² − λ²` for a design matrix `X = M P`; `nil` if it depends on several blocks.
  func sign(ofDefect design: Engine.RationalMatrix) throws -> Int? {
    guard let block = try block(touching: design.transposed) else { return nil }
    let field = block.field
    let square = block.gradient(design).reduce(field.zero) { field.add($0, field.multiply($1, $1)) }
    return try field.sign(field.subtract(square, field.constant(system.ridge * system.ridge)))
  }

  /// Whether shares with all units alive exist for faces that are in equilibrium beside the support.
  enum Sharing {
    case positive
    case impossible
    case unknown
  }

  func sharing(of ties: [Int]) throws -> Sharing {
    // A face that acts on other outputs than the support does has to vanish by itself, as
    // `Σ s_l K_l r = 0` over such faces gives `Σ s_l |q_l|² = 0`.
    if try ties.contains(where: { try blockIndices(touching: system.design($0).transposed).isEmpty }) {
      return .impossible
    }
    guard let groups = try groups() else { return .unknown }
    var result = Sharing.positive
    for (block, positions) in groups {
      let images = try positions.map { block.image(of: try system.design($0)) }
      let tied = positions.indices.filter { ties.contains(positions[$0]) }
      let onSupport = positions.indices.filter { !tied.contains($0) }
      let contained = try block.field.spans(onSupport.map { images[$0] }, tied.map { images[$0] }).contained
      for (index, tie) in tied.enumerated() where !contained[index] {
        // Not even with the other ties: its share is determined, and zero.
        let others = images.indices.filter { $0 != tie }.map { images[$0] }
        if try !block.field.spans(others, [images[tie]]).contained[0] { return .impossible }
        result = .unknown
      }
      // A tied face in the span of the support can take a small share that the support makes up for.
    }
    return result
  }

  /// The vertices of the polytope of shares `{s ≥ 0 : Σ_l s_l K_l r = λ (y − r)}`, in the order of the
  /// stratum's faces, as balls; `nil` if blocks cannot be told apart.
  func vertices(precision: Int) throws -> [[Engine.Ball]]? {
    guard let groups = try groups() else { return nil }
    let zero = Engine.Ball(0.0, precision: precision)
    var vertices = [Array(repeating: zero, count: system.faces.count)]
    for (block, positions) in groups {
      let local = try block.vertices(of: positions.map { try system.design($0) }, system: system)
        .map { try $0.map { try block.field.ball($0, precision: precision) } }
      vertices = vertices.flatMap { vertex in
        local.map { shares in
          var combined = vertex
          for (index, position) in positions.enumerated() { combined[position] = shares[index] }
          return combined
        }
      }
    }
    return vertices
  }

  /// All faces of the stratum, by the block that they touch; `nil` if a face touches several.
  private func groups() throws -> [(block: Block, positions: [Int])]? {
    var positions = blocks.map { _ in [Int]() }
    for position in system.faces.indices {
      guard let index = try blockIndices(touching: system.design(position).transposed).onlyElement else {
        return nil
      }
      positions[index].append(position)
    }
    return Array(zip(blocks, positions))
  }

  private func block(touching rows: Engine.RationalMatrix) throws -> Block? {
    let indices = try blockIndices(touching: rows)
    if indices.isEmpty { return untouched }
    return indices.onlyElement.map { blocks[$0] }
  }

  private func blockIndices(touching rows: Engine.RationalMatrix) throws -> [Int] {
    try blocks.indices.filter { index in
      try blocks[index].support.contains { try !rows.multiplied(by: system.design($0)).isZero }
    }
  }
}

extension ExactResidual.Block {
  func value(of form: [Engine.Rational]) -> Element {
    zip(form, residual).reduce(field.zero) { sum, term in
      term.0 == 0 ? sum : field.add(sum, field.scale(term.1, by: term.0))
    }
  }

  typealias Element = NumberField<Engine>.Element

  /// `q = Xᵀ r`.
  func gradient(_ design: Engine.RationalMatrix) -> [Element] {
    (0..<design.columns).map { column in value(of: (0..<design.rows).map { design[$0, column] }) }
  }

  /// `K r = X q`.
  func image(of design: Engine.RationalMatrix) -> [Element] {
    let gradient = self.gradient(design)
    return (0..<design.rows).map { row in
      gradient.indices.reduce(field.zero) {
        design[row, $1] == 0 ? $0 : field.add($0, field.scale(gradient[$1], by: design[row, $1]))
      }
    }
  }

  /// The nonnegative solutions of `Σ_l s_l K_l r = λ (y − r)` on maximal independent sets of the given faces,
  /// sorted by support.
  func vertices(of designs: [Engine.RationalMatrix], system: StratumSystem<Engine>) throws -> [[Element]] {
    let images = designs.map { image(of: $0) }
    let right = zip(system.division.problem.targets, residual).map { target, value in
      field.scale(field.subtract(field.constant(target), value), by: system.ridge)
    }
    let rank = support.count
    guard let subsets = StratumIndex(count: images.count, maximumSize: rank) else { return [] }
    var vertices: [[Element]] = []
    for number in 0..<subsets.total {
      let basis = subsets[number]
      guard basis.count == rank else { continue }
      // Normal equations: the system is consistent, the columns independent or not.
      let matrix = basis.map { i in basis.map { j in inner(images[i], images[j]) } }
      guard let solution = try field.solve(matrix, basis.map { inner(images[$0], right) }),
        try solution.allSatisfy({ try field.sign($0) >= 0 })
      else { continue }
      var vertex = images.map { _ in field.zero }
      for (index, position) in basis.enumerated() { vertex[position] = solution[index] }
      if !vertices.contains(vertex) { vertices.append(vertex) }
    }
    return vertices
  }

  private func inner(_ left: [Element], _ right: [Element]) -> Element {
    zip(left, right).reduce(field.zero) { field.add($0, field.multiply($1.0, $1.1)) }
  }
}

extension Array {
  /// The element of an array with exactly one.
  fileprivate var onlyElement: Element? { count == 1 ? self[0] : nil }
}
