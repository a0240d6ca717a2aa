import Algebra
import ConvexMethod
import LandscapeModel
import RealSolving
import Strata

/// What small noise and a small ridge do to an optimum, if its outputs are taken as noiseless data.
///
/// For small ridges `κ` the certificates `r/κ` converge to the one of least norm (that of `W⁺`, with the metric `W` of the
/// squared error) that attains `± 1` at the atoms. With `Γ` the columns `M_j b` for bases of the atoms' faces it is
/// the *pre-certificate* `p = W Γ (ΓᵀWΓ)⁻¹ Γᵀ r/λ`, provided that `|η_p| ≤ 1`; if not, further atoms appear for every small ridge. If
/// `|η_p| < 1` off the atoms and all one-sided derivatives are strict the atoms stay on their faces (implicit functions
/// in the optimality conditions), and `h_j = s_j c_j u_j` begins with `dh/dκ = −x` where `W Γ x = p`.
struct Stability<Engine: AlgebraEngine> {
  typealias Ball = Engine.Ball
  typealias Matrix = Engine.RationalMatrix

  private let optimum: SparseOptimum<Engine>
  /// Bases of the atoms' faces, each `D × k`.
  private let bases: [Matrix]
  /// `W Γ`, `n × Σ k`.
  private let columns: Matrix
  /// `(ΓᵀWΓ)⁻¹ Γᵀ`.
  private let inverse: Matrix

  /// - Returns: `nil` if the columns are dependent.
  init?(_ optimum: SparseOptimum<Engine>) throws {
    self.optimum = optimum
    let system = optimum.system
    bases = system.faces.indices.map { system.basis($0) }
    let parts = try bases.enumerated().map { try system.design($0).multiplied(by: $1).transposed }
    let rows = parts.flatMap(\.entries)
    let transposed = try Matrix(
      rows: rows.count / system.rowCount, columns: system.rowCount, entries: rows)
    columns = try system.division.problem.metric.applied(to: transposed.transposed)
    let gram = try transposed.multiplied(by: columns)
    guard gram.rank == gram.rows else { return nil }
    inverse = try gram.solve(transposed)
  }

  /// `x` at a point, in the order of the columns.
  private func coordinates(_ point: CriticalPoint<Engine>) -> Engine.BallMatrix {
    let ridge = Ball(optimum.system.ridge, precision: point.precision)
    let residual = Engine.BallMatrix(
      rows: optimum.system.rowCount, columns: 1,
      entries: (0..<optimum.system.rowCount).map { point.residual.value(at: $0) / ridge })
    return Engine.BallMatrix(inverse, precision: point.precision) * residual
  }

  /// `p = W Γ x`.
  func preCertificate(_ point: CriticalPoint<Engine>) -> Engine.BallMatrix {
    Engine.BallMatrix(columns, precision: point.precision) * coordinates(point)
  }

  /// The derivative of one atom's `h` by the ridge, at ridge zero, `D × 1`.
  func rate(of position: Int, _ point: CriticalPoint<Engine>) -> Engine.BallMatrix {
    let start = bases[..<position].reduce(0) { $0 + $1.columns }
    let all = coordinates(point)
    let own = Engine.BallMatrix(
      rows: bases[position].columns, columns: 1,
      entries: (0..<bases[position].columns).map { -all[start + $0, 0] })
    return Engine.BallMatrix(bases[position], precision: point.precision) * own
  }
}

/// Tells whether an optimum persists, and writes down how it changes.
struct StabilityWriter<Engine: AlgebraEngine> {
  typealias Ball = Engine.Ball

  let optimum: SparseOptimum<Engine>
  let numbers: RefinedOptimum<Engine>
  let scaling: Scaling<Engine>
  let search: DirectionSearch<Engine>
  let control: Control

  /// - Parameter isStrict: whether all extremal directions are strict.
  /// - Throws: `Interruption`, `AlgebraError`.
  func stability(isStrict: Bool, isUnique: Bool) throws -> InfiniteWidthResult.Stability {
    let isNondegenerate =
      isStrict && isUnique && optimum.point.support.count == optimum.extremal.count && !optimum.isZero
    guard isUnique, optimum.point.support.count == optimum.extremal.count, !optimum.isZero,
      let stability = try Stability(optimum)
    else { return InfiniteWidthResult.Stability(nondegenerate: isNondegenerate) }
    let balls = stability.preCertificate(optimum.point)
    let entries = (0..<balls.rows).map { balls[$0, 0] }
    let function = SphereFunction(
      search.rows, weights: entries.map(\.approximation),
      uncertainty: entries.reduce(0) { $0 + $1.approximationError } * (1 + 1e-10))
    let found = try search.candidates(
      function, .rising(from: 1 - 1e-9, fraction: 1, below: .infinity),
      skipping: Set(optimum.extremal.map(\.pattern)), control: control)
    let certificate = try PreCertificate(
      stability, optimum, candidates: found.candidates.map(\.signs), control: control)
    let persists = try certificate.persists()
    var result = InfiniteWidthResult.Stability(nondegenerate: isNondegenerate)
    result.persists = persists
    if persists == .no, let ratio = try numbers.enclosureIfKnown({ certificate.ratio($0.point) }) {
      result.preCertificateRatio = ratio
    } else if persists == .yes {
      result.preCertificateRatio = DecimalEnclosure(exact: "1")
    }
    if persists == .yes {
      result.rates = try optimum.extremal.indices.map { try rate(of: $0, stability) }
    }
    return result
  }

  private func rate(
    of position: Int, _ stability: Stability<Engine>
  ) throws -> InfiniteWidthResult.Stability.Rate {
    let sign = optimum.signs[position]
    /// `u` and `dh/dκ` times the sign.
    func parts(_ state: RefinedOptimum<Engine>.State) -> (unit: [Ball], change: [Ball], along: Ball) {
      let rate = stability.rate(of: position, state.point)
      let gradient = state.point.gradients[position]
      let unit = (0..<gradient.rows).map { row -> Ball in
        let value = gradient[row, 0] / state.ridge
        return sign > 0 ? value : -value
      }
      let change = (0..<rate.rows).map { sign > 0 ? rate[$0, 0] : -rate[$0, 0] }
      let along = zip(unit, change).reduce(Ball(0.0, precision: state.point.precision)) {
        $0 + $1.0 * $1.1
      }
      return (unit, change, along)
    }
    // An atom on a ray does not move.
    let isRay = optimum.extremal[position].dimension == 1
    return InfiniteWidthResult.Stability.Rate(
      direction: try (0..<optimum.division.problem.weightDimension).map { column in
        if isRay { return DecimalEnclosure(exact: "0") }
        return try numbers.enclosure(scaledBy: -scaling.ridgeExponent) { state in
          let (unit, change, along) = parts(state)
          return (change[column] - along * unit[column]) / state.masses[0][position]
        }
      },
      mass: try numbers.enclosure(scaledBy: scaling.shareExponent - scaling.ridgeExponent) {
        parts($0).along
      })
  }
}

/// The pre-certificate on the faces where it may reach one, and at the kinks of the atoms.
private struct PreCertificate<Engine: AlgebraEngine> {
  typealias Ball = Engine.Ball

  private let stability: Stability<Engine>
  private let optimum: SparseOptimum<Engine>
  private let division: Division<Engine>
  private let designs: [Engine.RationalMatrix]

  init(
    _ stability: Stability<Engine>, _ optimum: SparseOptimum<Engine>, candidates: [SignVector],
    control: Control
  ) throws {
    self.stability = stability
    self.optimum = optimum
    division = try Division(optimum.division.problem, faces: candidates, control: control)
    let division = self.division
    designs = try division.faces.map { try division.design(of: $0) }
  }

  /// Whether `|η_p| < 1` off the atoms, and all one-sided derivatives at the atoms are strict.
  func persists() throws -> Trilean {
    var isOpen = false
    for precision in CriticalPoint<Engine>.precisions {
      guard let point = optimum.point.refined(to: precision, in: optimum.system) else { continue }
      isOpen = false
      let certificate = stability.preCertificate(point)
      for (face, design) in zip(division.faces, designs) {
        switch standing(face, design, certificate) {
        case .yes: return .no
        case .undecided: isOpen = true
        case .no: break
        }
      }
      for (position, face) in optimum.extremal.enumerated() {
        for ray in face.kinkRays {
          let form = optimum.division.kinkForm(ray, on: face)
          switch value(of: form, certificate, precision).sign {
          case .unknown, .zero: isOpen = true
          case .positive: if optimum.signs[position] > 0 { return .no }
          case .negative: if optimum.signs[position] < 0 { return .no }
          }
        }
      }
      if !isOpen { return .yes }
    }
    return .undecided
  }

  /// Whether `|η_p| > 1` on a face.
  private func standing(
    _ face: UnitFace<Engine>, _ design: Engine.RationalMatrix, _ certificate: Engine.BallMatrix
  ) -> Trilean {
    let gradient = Engine.BallMatrix(design.transposed, precision: certificate.precision) * certificate
    let one = Ball(1.0, precision: certificate.precision)
    let defect = (gradient.squaredNorm() - one).sign
    if defect == .negative { return .no }
    var (positive, negative, unknown) = (false, false, false)
    for wall in face.walls {
      switch division.product(row: wall.row, gradient).sign {
      case .positive: if wall.sign > 0 { positive = true } else { negative = true }
      case .negative: if wall.sign > 0 { negative = true } else { positive = true }
      case .zero, .unknown: unknown = true
      }
      if positive, negative { return .no }
    }
    return defect == .positive && !unknown ? .yes : .undecided
  }

  /// The greatest `|q|` of the candidates with `± q` certainly in the face.
  func ratio(_ point: CriticalPoint<Engine>) -> Ball {
    let certificate = stability.preCertificate(point)
    var best = Ball(1.0, precision: point.precision)
    for (face, design) in zip(division.faces, designs) where standing(face, design, certificate) == .yes {
      let gradient = Engine.BallMatrix(design.transposed, precision: point.precision) * certificate
      let norm = gradient.squaredNorm().squareRoot(clampingAtZero: true)
      switch (norm - best).sign {
      case .positive: best = norm
      case .unknown: best = best.union(norm)
      case .zero, .negative: break
      }
    }
    return best
  }

  private func value(of form: [Engine.Rational], _ vector: Engine.BallMatrix, _ precision: Int) -> Ball {
    var sum = Ball(0.0, precision: precision)
    for (row, coefficient) in form.enumerated() where coefficient != 0 {
      sum = sum + Ball(coefficient, precision: precision) * vector[row, 0]
    }
    return sum
  }
}
