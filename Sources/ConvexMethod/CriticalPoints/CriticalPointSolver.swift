import Algebra

/// Solves a stratum's equations by Newton's method in ball arithmetic and proves the solution by Krawczyk's
/// operator (R. Krawczyk 1969; Neumaier, *Interval Methods for Systems of Equations*, 1990, section 5.1).
package struct CriticalPointSolver<Engine: AlgebraEngine> {
  package typealias Ball = Engine.Ball
  package typealias BallMatrix = Engine.BallMatrix

  package let system: StratumSystem<Engine>
  package let support: [Int]
  package let precision: Int

  private let blocks: [[BallMatrix]]
  private let products: [BallMatrix]
  private let ridge: Ball
  private let zero: Ball

  package init(_ system: StratumSystem<Engine>, support: [Int], precision: Int) {
    self.system = system
    self.support = support
    self.precision = precision
    blocks = support.map { l in support.map { BallMatrix(system.blocks[l][$0], precision: precision) } }
    products = support.map { BallMatrix(system.products[$0], precision: precision) }
    ridge = Ball(system.ridge, precision: precision)
    zero = Ball(0.0, precision: precision)
  }

  /// Newton's method from the given shares, then the proof.
  ///
  /// - Returns: `nil` if no solution could be proved at this precision: Newton's method did not converge, or
  ///   the Jacobian is (nearly) singular because the `K_l r` are dependent.
  package func solve(from start: [Ball]) -> CriticalPoint<Engine>? {
    var shares = start.map { $0.withPrecision(precision).midpoint }
    for _ in 0..<60 {
      guard let state = evaluate(shares), let step = state.jacobian.midpoint.solve(state.defects) else {
        return nil
      }
      let size = zip(shares.indices, shares).map { index, share in
        abs(step[index, 0].approximation) / max(abs(share.approximation), .leastNormalMagnitude)
      }
      guard let largest = size.max(), largest.isFinite else { return nil }
      shares = shares.enumerated().map { ($1 - step[$0, 0]).midpoint }
      // The step doubles the number of correct bits, and so does the proof.
      if largest < Self.power(-precision / 4) { return prove(shares) }
    }
    return nil
  }

  /// Krawczyk's operator on a box around the approximate solution.
  private func prove(_ shares: [Ball]) -> CriticalPoint<Engine>? {
    let relativeRadius = Self.power(-precision * 3 / 8)
    let box = shares.map { share in
      share + Ball(abs(share.approximation) * relativeRadius, precision: precision) * unitInterval
    }
    guard let centre = evaluate(shares), let wide = evaluate(box),
      let preconditioner = centre.jacobian.midpoint.solve(
        BallMatrix.identity(support.count, precision: precision))
    else { return nil }
    let correction = preconditioner.midpoint * centre.defects
    let contraction =
      BallMatrix.identity(support.count, precision: precision) - preconditioner.midpoint * wide.jacobian
    let offsets = BallMatrix(
      rows: support.count, columns: 1, entries: zip(box, shares).map { $0 - $1 })
    let spread = contraction * offsets
    let image = shares.enumerated().map { $1 - correction[$0, 0] + spread[$0, 0] }
    guard zip(box, image).allSatisfy({ $0.containsInInterior($1) }) else { return nil }
    guard let solution = gradients(at: image) else { return nil }
    return criticalPoint(image, solution)
  }

  private var unitInterval: Ball { Ball(lower: -1, upper: 1, precision: precision) }

  private static func power(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: max(exponent, -1000), significand: 1)
  }

  private func criticalPoint(_ shares: [Ball], _ solution: BallMatrix) -> CriticalPoint<Engine> {
    let size = system.dimension
    let bySupport = support.indices.map { l in
      BallMatrix(rows: size, columns: 1, entries: (0..<size).map { solution[l * size + $0, 0] })
    }
    let residual = ImplicitResidual(
      division: system.division, precision: precision,
      terms: support.indices.map { index in
        (system.faces[support[index]], bySupport[index].scaled(by: shares[index] / ridge))
      })
    let gradients = system.faces.indices.map { position in
      if let index = support.firstIndex(of: position) { return bySupport[index] }
      return residual.gradient(of: system.faces[position])
    }
    return CriticalPoint(
      precision: precision, support: support, shares: shares, gradients: gradients, residual: residual)
  }

  // MARK: - Equations

  package struct State {
    /// `|q_l|² − λ²`, which is `−λ ∂G/∂s_l`.
    package let defects: BallMatrix
    /// Its derivatives by the shares.
    package let jacobian: BallMatrix
    /// `q_l`.
    package let gradients: [BallMatrix]
  }

  /// `λ I + C diag(s)`, of size `|T| D`.
  private func matrix(at shares: [Ball]) -> BallMatrix {
    let size = system.dimension
    var matrix = BallMatrix.identity(support.count * size, precision: precision).scaled(by: ridge)
    for l in support.indices {
      for m in support.indices {
        matrix.addBlock(blocks[l][m], scaledBy: shares[m], row: l * size, column: m * size)
      }
    }
    return matrix
  }

  private func gradients(at shares: [Ball]) -> BallMatrix? {
    let size = system.dimension
    var right = BallMatrix.zero(rows: support.count * size, columns: 1, precision: precision)
    for l in support.indices { right.addBlock(products[l], scaledBy: ridge, row: l * size, column: 0) }
    return matrix(at: shares).solve(right)
  }

  package func evaluate(_ shares: [Ball]) -> State? {
    let (count, size) = (support.count, system.dimension)
    guard let solution = gradients(at: shares) else { return nil }
    let vectors = (0..<count).map { l in
      BallMatrix(rows: size, columns: 1, entries: (0..<size).map { solution[l * size + $0, 0] })
    }
    var right = BallMatrix.zero(rows: count * size, columns: count, precision: precision)
    let minusOne = Ball(-1.0, precision: precision)
    for m in 0..<count {
      for l in 0..<count {
        right.addBlock(blocks[l][m] * vectors[m], scaledBy: minusOne, row: l * size, column: m)
      }
    }
    guard let derivatives = matrix(at: shares).solve(right) else { return nil }
    var defects = BallMatrix.zero(rows: count, columns: 1, precision: precision)
    var jacobian = BallMatrix.zero(rows: count, columns: count, precision: precision)
    let two = Ball(2.0, precision: precision)
    for l in 0..<count {
      defects[l, 0] = vectors[l].squaredNorm() - ridge * ridge
      for m in 0..<count {
        let product = (0..<size).reduce(zero) { sum, row in
          sum + vectors[l][row, 0] * derivatives[l * size + row, m]
        }
        jacobian[l, m] = two * product
      }
    }
    return State(defects: defects, jacobian: jacobian, gradients: vectors)
  }
}
