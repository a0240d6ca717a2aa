/// The first stage of the decision for a stratum: floating point, and yet every rejection is a proof.
///
/// A stratum is rejected if the safe ball around its residual proves that a unit would be dead
/// (`|g_l| < λ`), that the hidden weight of a unit does not lie in its face (two walls disagree about the
/// sign of its output weight), or that a kink's one-sided derivative is negative. Everything else is left
/// open. The verdict depends on the stratum alone, not on what was decided before it.
///
/// One instance serves one thread. Strata come as a common prefix and a last face; what is computed for the
/// prefix serves all of them.
package final class StratumFilter {
  /// What keeps the memory of `tables`.
  package let owner: FilterTables
  package let tables: FilterTables.View
  package let workspace: GroupLassoWorkspace
  let sharp: SharpBounds
  package let faces: UnsafeMutablePointer<Int>
  /// `h_l` and `M_fᵀ r` for the kink conditions.
  private let weights: UnsafeMutablePointer<Double>
  package let moment: UnsafeMutablePointer<Double>
  /// `Aᵀ f` for the form `f` of a kink.
  package let formProducts: UnsafeMutablePointer<Double>
  package let scratch: UnsafeMutablePointer<Double>
  package private(set) var prefixCount = 0
  package private(set) var prefixBall: SafeBall?
  private let prefixShares: UnsafeMutablePointer<Double>
  package let prefixCoordinates: UnsafeMutablePointer<Double>
  private var prefixIsImpossible = false
  package private(set) var prefixIsTame = true
  /// `A_fᵀ r` for the columns of all faces.
  package let allGradients: UnsafeMutablePointer<Double>
  /// Rows of the Gram matrix for the columns of the prefix, where the tables do not keep all.
  private var prefixRows: UnsafeMutablePointer<Double>?
  private var prefixRowsOf: [Int] = []

  private static let maximumIterations = 24
  private static let patientIterations = 500

  package init(tables owner: FilterTables, maximumFaces: Int) {
    self.owner = owner
    let tables = owner.view
    self.tables = tables
    let widest = tables.faces.map(\.dimension).max() ?? 1
    let capacity = max(1, min(maximumFaces, tables.faceCount))
    workspace = GroupLassoWorkspace(maximumFaces: capacity, maximumColumns: capacity * widest)
    workspace.ridge = tables.ridge
    workspace.targetSquare = tables.targetSquare
    sharp = SharpBounds(workspace, tables)
    faces = .allocate(capacity: capacity)
    weights = .allocate(capacity: max(1, capacity * tables.dimension))
    moment = .allocate(capacity: max(1, tables.dimension))
    scratch = .allocate(capacity: max(1, 2 * tables.dimension * tables.dimension))
    formProducts = .allocate(capacity: max(1, capacity * widest))
    prefixShares = .allocate(capacity: capacity)
    allGradients = .allocate(capacity: max(1, tables.totalColumns))
    prefixCoordinates = .allocate(capacity: capacity * widest)
    if tables.gram == nil {
      prefixRows = .allocate(capacity: capacity * widest * tables.totalColumns)
    }
  }

  deinit {
    faces.deallocate()
    scratch.deallocate()
    weights.deallocate()
    moment.deallocate()
    formProducts.deallocate()
    prefixShares.deallocate()
    allGradients.deallocate()
    prefixCoordinates.deallocate()
    prefixRows?.deallocate()
  }

  /// Prepares for the strata that consist of these faces and one more.
  ///
  /// - Parameter only: if given, the only faces that will be asked for.
  package func begin(prefix: [Int], only: [Int]? = nil) {
    prefixCount = prefix.count
    prefixIsImpossible = prefix.contains { tables.faces[$0].neverOccupied }
    prefixIsTame = tables.isTame && prefix.allSatisfy { tables.faces[$0].isTame }
    prefixBall = nil
    guard !prefixIsImpossible else { return }
    for (index, face) in prefix.enumerated() { faces[index] = face }
    if let only {
      fillPrefixRows(prefix, for: prefix + only)
    } else if let prefixRows, prefixRowsOf != prefix {
      var target = prefixRows
      for (index, face) in prefix.enumerated() {
        let size = tables.faces[face].dimension * tables.totalColumns
        if index >= prefixRowsOf.count || prefixRowsOf[..<index] != prefix[..<index]
          || prefixRowsOf[index] != face
        {
          owner.fillGramRows(of: face, into: target, from: 0)
        }
        target += size
      }
      prefixRowsOf = prefix
    }
    workspace.faceCount = 0
    workspace.columnCount = 0
    for index in 0..<prefixCount { append(faceAt: index) }
    guard prefixCount > 0 else { return }
    for index in 0..<prefixCount { workspace.shares[index] = 0 }
    workspace.evaluate()
    var iteration = 0
    while iteration < Self.maximumIterations, workspace.improve(), !isConverged { iteration += 1 }
    prefixBall = SafeBall(workspace, tables, faces: faces)
    for index in 0..<prefixCount { prefixShares[index] = workspace.shares[index] }
    for column in 0..<workspace.columnCount { prefixCoordinates[column] = workspace.coordinates[column] }
  }

  /// Fills the parts of `prefixRows` that belong to some faces, unless all rows are kept.
  private func fillPrefixRows(_ prefix: [Int], for others: [Int]) {
    guard let prefixRows else { return }
    prefixRowsOf = []
    var target = prefixRows
    for face in prefix {
      for other in others {
        owner.fillBlock(
          face, other, into: target + tables.faces[other].offset, stride: tables.totalColumns, scratch)
      }
      target += tables.faces[face].dimension * tables.totalColumns
    }
  }

  /// Whether the stratum of the prefix and this face is rejected, with proof.
  package func rejects(last face: Int) -> Bool {
    faces[prefixCount] = face
    if prefixIsImpossible || tables.faces[face].neverOccupied { return true }
    workspace.faceCount = prefixCount
    workspace.columnCount = workspace.blockStart[prefixCount]
    guard prefixIsTame, tables.faces[face].isTame else { return false }
    if let prefixBall, isDeadBesidePrefix(face, prefixBall) { return true }
    appendLast()
    sharp.begin(faces: faces)
    for iteration in 1...Self.maximumIterations {
      let improved = workspace.improve()
      let ball = SafeBall(workspace, tables, faces: faces)
      if isRejected(by: ball) { return true }
      let isLast = !improved || iteration == Self.maximumIterations || isConverged
      if isLast, isKinkViolated(by: ball) { return true }
      if isLast || isNear, isRejectedSharply(isLast: isLast) { return true }
      if isLast { return false }
    }
    return false
  }

  /// Whether the point is good enough for sharp bounds: gradients of alive units are about as long as the ridge, or
  /// what is missing hardly moves the solution.
  private var isNear: Bool {
    for index in 0..<workspace.faceCount where workspace.shares[index] > 0 {
      let missing = abs(workspace.norms[index] - workspace.ridge)
      if missing <= 0.25 * workspace.ridge { continue }
      var least = Double.infinity
      for i in workspace.blockStart[index]..<workspace.blockStart[index + 1] {
        least = min(least, workspace.gram[i * (workspace.maximumColumns + 1)])
      }
      if !(missing <= 1e-4 * workspace.shares[index] * least) { return false }
    }
    return true
  }

  /// An approximate minimiser for the last stratum, one share for each face, found with more patience than a
  /// verdict needs. Empty if the stratum contains a face that is never occupied.
  package func minimiser() -> [Double] {
    guard !prefixIsImpossible, !tables.faces[faces[prefixCount]].neverOccupied else { return [] }
    if workspace.faceCount != prefixCount + 1 { appendLast() }
    var iteration = 0
    while iteration < Self.patientIterations, !isConverged, workspace.improve() { iteration += 1 }
    return (0..<workspace.faceCount).map { workspace.shares[$0] }
  }

  // MARK: - Verdicts

  /// At the residual of the prefix alone the last unit's `|g|` is less than λ: then that residual is also the
  /// stratum's, and the unit is dead.
  private func isDeadBesidePrefix(_ face: Int, _ ball: SafeBall) -> Bool {
    let data = tables.faces[face]
    var square = 0.0
    for i in 0..<data.dimension {
      var sum = tables.products[data.offset + i]
      for index in 0..<prefixCount {
        let other = tables.faces[faces[index]]
        for j in 0..<other.dimension {
          sum -=
            entry(of: index, row: j, column: data.offset + i)
            * prefixCoordinates[workspace.blockStart[index] + j]
        }
      }
      square += sum * sum
    }
    let norm = square.squareRoot() + 2 * ball.roundingScale * data.scale
    return ball.centreFactor * norm + data.norm * ball.radius < workspace.ridge * (1 - 8 * 0x1p-53)
  }

  package func isRejected(by ball: SafeBall) -> Bool {
    for index in 0..<workspace.faceCount {
      let data = tables.faces[faces[index]]
      let error = ball.roundingScale * data.scale
      let upper = ball.centreFactor * (workspace.norms[index] + error) + data.norm * ball.radius
      if upper < workspace.ridge * (1 - 8 * 0x1p-53) { return true }
      if case .contradiction = outputSign(of: index, ball) { return true }
    }
    return false
  }

  /// What the walls of a face say about the sign of its output weight.
  private func outputSign(of index: Int, _ ball: SafeBall) -> OutputSign {
    let data = tables.faces[faces[index]]
    let block = workspace.blockStart[index]
    var signs = WallSigns()
    for wall in data.walls {
      let form = tables.walls[wall]
      var value = 0.0
      for i in 0..<data.dimension {
        value += tables.formStorage[form.start + i] * workspace.gradients[block + i]
      }
      let error =
        2 * ball.roundingScale * data.scale + form.error * workspace.norms[index] + form.norm * ball.radius
      signs.add(ball.centreFactor * value, error: error)
    }
    return signs.verdict
  }

  private func isKinkViolated(by ball: SafeBall) -> Bool {
    var hasWeights = false
    for index in 0..<workspace.faceCount {
      let data = tables.faces[faces[index]]
      guard !data.kinks.isEmpty, case .certain(let sign) = outputSign(of: index, ball) else { continue }
      if !hasWeights {
        computeWeights()
        hasWeights = true
      }
      computeMoment(of: faces[index])
      for number in data.kinks {
        let kink = tables.kinks[number]
        let error = ball.roundingScale * kink.errorFactor + kink.norm * ball.radius
        if sign * ball.centreFactor * kinkValue(kink) > error { return true }
      }
    }
    return false
  }

  /// The value of the form at a kink, after `computeMoment(of:)` for its face.
  func kinkValue(_ kink: FilterTables.Kink) -> Double {
    var value = 0.0
    for column in 0..<tables.dimension {
      value += tables.formStorage[kink.start + column] * moment[column]
    }
    for position in kink.rows {
      let term = tables.kinkRows[position]
      value += term.coefficient * residual(at: term.row)
    }
    return value
  }

  /// Whether the lengths of the gradients are right, as far as they can be told.
  private var isConverged: Bool {
    var magnitude: Double?
    for index in 0..<workspace.faceCount {
      let difference = workspace.norms[index] - workspace.ridge
      let error = workspace.shares[index] > 0 ? abs(difference) : difference
      if error <= 1e-12 * workspace.ridge { continue }
      let size = magnitude ?? fittedMagnitude
      magnitude = size
      if !(error <= noise(of: index, size)) { return false }
    }
    return true
  }

  /// `|y| + Σ α_i |c_i|`, with `α_i` the scales of the columns.
  private var fittedMagnitude: Double {
    var sum = tables.targetNorm
    for index in 0..<workspace.faceCount {
      let block = workspace.blockStart[index]
      let offset = tables.faces[faces[index]].offset - block
      for i in block..<workspace.blockStart[index + 1] {
        sum += tables.columnScales[offset + i] * abs(workspace.coordinates[i])
      }
    }
    return sum
  }

  /// About the rounding error of the length of a gradient.
  private func noise(of index: Int, _ magnitude: Double) -> Double {
    let block = workspace.blockStart[index]
    let offset = tables.faces[faces[index]].offset - block
    var sum = 0.0
    for i in block..<workspace.blockStart[index + 1] {
      let error = 8 * 0x1p-53 * tables.columnScales[offset + i] * magnitude
      sum += (abs(workspace.gradients[i]) + error) * error
    }
    return sum / workspace.norms[index]
  }

  /// `h_l = Q_l c_l` for all faces of the stratum.
  func computeWeights() {
    for index in 0..<workspace.faceCount {
      let data = tables.faces[faces[index]]
      for column in 0..<tables.dimension {
        var sum = 0.0
        for i in 0..<data.dimension {
          sum +=
            data.basis[column * data.dimension + i] * workspace.coordinates[workspace.blockStart[index] + i]
        }
        weights[index * tables.dimension + column] = sum
      }
    }
  }

  /// `M_fᵀ r = M_fᵀ W y − Σ_l M_fᵀ W M_l h_l`.
  func computeMoment(of face: Int) {
    let size = tables.dimension
    for column in 0..<size { moment[column] = tables.targetMoments[face * size + column] }
    for index in 0..<workspace.faceCount {
      owner.moments.secondMoments(face, faces[index], into: scratch)
      for i in 0..<size {
        for j in 0..<size { moment[i] -= scratch[i * size + j] * weights[index * size + j] }
      }
    }
  }

  /// `r_row`, with `r = W (y − Σ_l M_l h_l)`.
  private func residual(at row: Int) -> Double {
    var value = tables.targets[row]
    for index in 0..<workspace.faceCount {
      value -= owner.moments.change(at: row, by: faces[index], weights + index * tables.dimension)
    }
    return value
  }

  // MARK: - Assembling the stratum

  /// An entry of the Gram matrix in a row of the prefix.
  private func entry(of prefixIndex: Int, row: Int, column: Int) -> Double {
    prefixRow(prefixIndex, row)[column]
  }

  /// The row of the Gram matrix for a column of a face of the prefix.
  package func prefixRow(_ prefixIndex: Int, _ row: Int) -> UnsafeMutablePointer<Double> {
    if let gram = tables.gram {
      return gram + (tables.faces[faces[prefixIndex]].offset + row) * tables.totalColumns
    }
    guard let prefixRows else { preconditionFailure("rows are kept where the matrix is not") }
    return prefixRows + (workspace.blockStart[prefixIndex] + row) * tables.totalColumns
  }

  /// Adds the last face, with the prefix's minimiser as starting point.
  private func appendLast() {
    append(faceAt: prefixCount)
    for index in 0..<prefixCount { workspace.shares[index] = prefixShares[index] }
    workspace.shares[prefixCount] = 0
    workspace.evaluate()
  }

  /// Adds the face at this position to the workspace's problem.
  private func append(faceAt position: Int) {
    let data = tables.faces[faces[position]]
    let start = workspace.columnCount
    let stride = workspace.maximumColumns
    workspace.blockStart[position] = start
    workspace.blockStart[position + 1] = start + data.dimension
    for i in 0..<data.dimension { workspace.products[start + i] = tables.products[data.offset + i] }
    for other in 0..<position {
      for i in 0..<data.dimension {
        for j in workspace.blockStart[other]..<workspace.blockStart[other + 1] {
          let value = entry(of: other, row: j - workspace.blockStart[other], column: data.offset + i)
          workspace.gram[(start + i) * stride + j] = value
          workspace.gram[j * stride + start + i] = value
        }
      }
    }
    appendDiagonalBlock(data, face: faces[position], start: start)
    workspace.faceCount = position + 1
    workspace.columnCount = start + data.dimension
  }

  private func appendDiagonalBlock(_ data: FilterTables.FaceData, face: Int, start: Int) {
    let stride = workspace.maximumColumns
    if let gram = tables.gram {
      for i in 0..<data.dimension {
        for j in 0..<data.dimension {
          workspace.gram[(start + i) * stride + start + j] =
            gram[(data.offset + i) * tables.totalColumns + data.offset + j]
        }
      }
      return
    }
    owner.fillBlock(face, face, into: workspace.gram + start * stride + start, stride: stride, scratch)
  }
}
