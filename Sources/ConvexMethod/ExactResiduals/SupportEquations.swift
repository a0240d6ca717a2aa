import Algebra
import RealSolving

/// The equations of a support with independent `K_l r`, in as few unknowns as they can be written with.
///
/// With a rational basis `B_l` of each face's span the unknowns are the coordinates `h_l` of the effective
/// weights (`B_l h_l = a_l w_l`) and the shares `s_l`. The residual `r = W (y − Σ M_l B_l h_l)` is linear in them, and
/// so is `c_l = N_l⁻¹ (M_l B_l)ᵀ r` with `N_l = B_lᵀ B_l`, the coordinates of `q_l`. The equations are
///
///     λ h_l = s_l c_l,    c_lᵀ N_l c_l = λ²,
///
/// and their consequences `h_lᵀ N_l c_l = λ s_l`, `h_lᵀ N_l h_l = s_l²`, which spare a Gröbner basis some work.
package struct SupportEquations<Engine: AlgebraEngine> {
  package typealias Rational = Engine.Rational
  package typealias Matrix = Engine.RationalMatrix

  private let system: StratumSystem<Engine>
  /// `W M_l B_l`, `n × k_l`.
  private let images: [Matrix]
  /// `N_l`.
  private let metrics: [Matrix]
  /// `N_l⁻¹ (M_l B_l)ᵀ`, `k_l × n`.
  private let duals: [Matrix]
  /// `duals[l] · W y`, and `duals[l] · W M_m B_m`.
  private let constants: [Matrix]
  private let couplings: [[Matrix]]
  private let ridgeIsUnknown: Bool

  /// - Parameter ridgeIsUnknown: whether the ridge is one more unknown, the last one.
  package init(_ system: StratumSystem<Engine>, support: [Int], ridgeIsUnknown: Bool = false) throws {
    self.system = system
    self.ridgeIsUnknown = ridgeIsUnknown
    let bases = support.map { system.basis($0) }
    let designs = try zip(support, bases).map { try system.design($0).multiplied(by: $1) }
    images = try designs.map { try system.division.problem.metric.applied(to: $0) }
    metrics = try bases.map { try $0.transposed.multiplied(by: $0) }
    let images = images
    duals = try zip(metrics, designs).map { try $0.inverse().multiplied(by: $1.transposed) }
    let targets = try system.targets()
    constants = try duals.map { try $0.multiplied(by: targets) }
    couplings = try duals.map { dual in try images.map { try dual.multiplied(by: $0) } }
  }

  /// `Σ k_l`, the number of unknowns before the shares.
  package var weightCount: Int { images.reduce(0) { $0 + $1.columns } }

  /// Names of all unknowns: weights, then shares, then the ridge if it is one.
  package var variables: [String] {
    (0..<weightCount).map { "h\($0 + 1)" } + images.indices.map { "s\($0 + 1)" }
      + (ridgeIsUnknown ? ["k"] : [])
  }

  /// `λ`.
  private func ridge<A: CommutativeAlgebra>(in algebra: A, at unknowns: [A.Element]) -> A.Element
  where A.Rational == Rational {
    ridgeIsUnknown ? unknowns[unknowns.count - 1] : algebra.constant(system.ridge)
  }

  /// `h_l` among all unknowns.
  private func weights<Element>(_ l: Int, of unknowns: [Element]) -> ArraySlice<Element> {
    let start = images[..<l].reduce(0) { $0 + $1.columns }
    return unknowns[start..<(start + images[l].columns)]
  }

  /// The left-hand sides, which vanish at the point.
  package func equations<A: CommutativeAlgebra>(
    in algebra: A, at unknowns: [A.Element]
  ) throws -> [A.Element] where A.Rational == Rational {
    var equations: [A.Element] = []
    let ridge = ridge(in: algebra, at: unknowns)
    let ridgeSquare = try algebra.multiply(ridge, ridge)
    for l in images.indices {
      let weight = Array(weights(l, of: unknowns))
      let share = unknowns[weightCount + l]
      let gradient = try gradientCoordinates(l, in: algebra, at: unknowns)
      for (h, c) in zip(weight, gradient) {
        equations.append(try algebra.subtract(algebra.multiply(h, ridge), algebra.multiply(share, c)))
      }
      func inner(_ left: [A.Element], _ right: [A.Element]) throws -> A.Element {
        try self.inner(metrics[l], left, right, in: algebra)
      }
      equations += try [
        algebra.subtract(inner(gradient, gradient), ridgeSquare),
        algebra.subtract(inner(weight, gradient), algebra.multiply(share, ridge)),
        algebra.subtract(inner(weight, weight), algebra.multiply(share, share)),
      ]
    }
    return equations
  }

  /// The left-hand side of one more equation.
  package func leftHandSide<A: CommutativeAlgebra>(
    of equation: ResidualEquation<Engine>, in algebra: A, at unknowns: [A.Element]
  ) throws -> A.Element where A.Rational == Rational {
    switch equation {
    case .vanishes(let form):
      return try value(
        Matrix(rows: 1, columns: form.count, entries: form), in: algebra, at: unknowns)[0]
    case .attains(let face):
      let gradient = try value(system.division.design(of: face).transposed, in: algebra, at: unknowns)
      let ridge = ridge(in: algebra, at: unknowns)
      let start = try algebra.subtract(algebra.constant(0), algebra.multiply(ridge, ridge))
      return try gradient.reduce(start) { try algebra.add($0, algebra.multiply($1, $1)) }
    }
  }

  /// The residual, length `n`.
  package func residual<A: CommutativeAlgebra>(
    in algebra: A, at unknowns: [A.Element]
  ) throws -> [A.Element] where A.Rational == Rational {
    try value(Matrix.identity(system.rowCount), in: algebra, at: unknowns)
  }

  /// `rows · r`.
  private func value<A: CommutativeAlgebra>(
    _ rows: Matrix, in algebra: A, at unknowns: [A.Element]
  ) throws -> [A.Element] where A.Rational == Rational {
    try difference(
      rows.multiplied(by: system.targets()), images.map { try rows.multiplied(by: $0) }, in: algebra,
      at: unknowns)
  }

  /// `c_l`.
  private func gradientCoordinates<A: CommutativeAlgebra>(
    _ l: Int, in algebra: A, at unknowns: [A.Element]
  ) throws -> [A.Element] where A.Rational == Rational {
    try difference(constants[l], couplings[l], in: algebra, at: unknowns)
  }

  /// `constant − Σ_m factors[m] h_m`.
  private func difference<A: CommutativeAlgebra>(
    _ constant: Matrix, _ factors: [Matrix], in algebra: A, at unknowns: [A.Element]
  ) throws -> [A.Element] where A.Rational == Rational {
    try (0..<constant.rows).map { row in
      var value = algebra.constant(constant[row, 0])
      for (m, factor) in factors.enumerated() {
        for (column, weight) in weights(m, of: unknowns).enumerated() where factor[row, column] != 0 {
          value = try algebra.subtract(value, algebra.scale(weight, by: factor[row, column]))
        }
      }
      return value
    }
  }

  private func inner<A: CommutativeAlgebra>(
    _ metric: Matrix, _ left: [A.Element], _ right: [A.Element], in algebra: A
  ) throws -> A.Element where A.Rational == Rational {
    var sum = algebra.constant(0)
    for i in left.indices {
      for j in right.indices where metric[i, j] != 0 {
        sum = try algebra.add(sum, algebra.scale(algebra.multiply(left[i], right[j]), by: metric[i, j]))
      }
    }
    return sum
  }
}
