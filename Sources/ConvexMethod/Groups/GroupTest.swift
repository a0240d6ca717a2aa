import Strata

/// Proves of groups of strata in the plane (`D = 2`) that they hold no local minimum.
///
/// A *group* is a list of units, each with a cell of directions (see `PlanarCells`) and the sign of its output weight. A
/// unit may be *thick*: any number of units of the network with one output sign and directions in one cell.
///
/// **What a local minimum satisfies.** Let all units of the network be alive there, `u_j` the direction of a hidden
/// weight, `σ_j` the sign of the output weight, `s_j > 0` their product's absolute value, `φ(u)_i = σ(⟨u, z_i⟩)` and
/// `r = W (y − Σ_j σ_j s_j φ(u_j))`. As the one-sided derivatives are not negative, there are numbers `e_ji` with
/// `Σ_i e_ji r_i z_i = λ σ_j u_j`, where `e_ji` is the slope of the activation at `⟨u_j, z_i⟩`, or lies between its two
/// slopes where that product is zero. Moreover `|r|` is at most `|y|` in the norm that belongs to `W`
/// (`r = Wρ` with `|ρ|_W ≤ |y|_W`), because zero weights are no better.
///
/// **Theorem.** Let a thick unit `l` with centre `c`, `c'` at a right angle to it, spread `τ` and centre face `f`, whose
/// pattern gives `p_l = M_f c`, `q_l = M_f c'`, contain the units `j ∈ J`. Then there are `T_l` with `σ_l T_l > 0`,
/// `|x_l| ≤ τ_l`, `κ_li` and `Δ_li` for the rows `i` of its zone (those of the rays in the cell), and `γ_l`, with
///
///     r = W (y − Σ_l T_l (p_l + x_l q_l + (1 − α) κ_l)),
///     ⟨p_l, r⟩ + Σ_i Δ_li r_i ⟨z_i, c⟩  = λ σ_l γ_l,          1/√(1 + τ²) ≤ γ_l ≤ 1,
///     ⟨q_l, r⟩ + Σ_i Δ_li r_i ⟨z_i, c'⟩ = λ σ_l ζ_l,          |ζ_l| ≤ τ_l.
///
/// `0 ≤ κ_li ≤ max(0, τ_l |⟨z_i, c'⟩| − |⟨z_i, c⟩|)` if `f` has at row `i` the sign of `⟨z_i, c⟩` (else the last term has
/// the other sign), and `Δ_li` lies between 0 and `α − 1` where `f` is positive, between 0 and `1 − α` where it is
/// negative. If the cell is a single ray, `κ = 0` and `Δ` lies between 1 and `α`.
///
/// *Proof.* `u_j = (c + x_j c') / √(1 + x_j²)` with `|x_j| ≤ τ`, and `σ(⟨c + x_j c', z_i⟩)` is the `i`-th entry of
/// `M_f (c + x_j c')` plus `(1 − α)` times how far the product lies on the other side of zero than `f`; that is zero
/// outside of the zone. Put `T_l = σ_l Σ_j s_j / √(1 + x_j²)`, and `x_l`, `κ_l`, `Δ_l` the means of the `x_j` and so on
/// with the weights `s_j / √(1 + x_j²)`. The equations are the means of the components along `c` and `c'` of
/// those of the units, as `⟨u_j, c⟩ = 1/√(1 + x_j²)`, `⟨u_j, c'⟩ = x_j/√(1 + x_j²)`. ∎
///
/// The equations are linear in `T` and `X = T x`: there is no remainder of a Taylor series to be bounded. Let
/// `G = (⟨p_l, p_m⟩)`, `K = (⟨p_l, q_m⟩)`, `Q = (⟨q_l, q_m⟩)`, `b = (⟨p_l, y⟩)`, `b' = (⟨q_l, y⟩)`, inner products in
/// the metric `W`. For *any* matrices `H` and `C` (here `H ≈ G⁻¹`, `C = KᵀH`), with `π_l = Σ_j H_lj p_j` and
/// `ψ_l = q_l − Σ_j C_lj p_j`, the equations give
///
///     T_l = (H(b − λσ))_l + Σ_j H_lj λσ_j (1 − γ_j) − (HK X)_l − Σ_m T_m ⟨π_l, ε_m⟩ + Σ_j H_lj Z_j + ((I − HG) T)_l,
///     b'_l − Σ_j C_lj (b_j − λσ_j) = Σ_m (Q − CK)_lm X_m + Σ_m (Kᵀ − CG)_lm T_m + Σ_m T_m ⟨ψ_l, ε_m⟩
///                                    − Z'_l + Σ_j C_lj Z_j + λσ_l ζ_l + λ Σ_j C_lj σ_j (1 − γ_j),
///
/// with `ε = (1 − α) κ` and the sums `Z`, `Z'` over the zones. The group is excluded if
/// 1. a unit is dead: `|⟨p_l, r⟩| + |Z_l|` is less than `λ/√(1 + τ²)` for all `r` with `|ρ|_W ≤ |y|_W`;
/// 2. two units of opposite signs lie in one cell: then `|Z_l − Z_m|` would be at least `2λ/√(1 + τ²)`;
/// 3. the first equations give a `T_l` of the wrong sign;
/// 4. a linear combination of the second ones does not hold for any `T`, `X`, `κ`, `Δ`.
///
/// **The bounds of `T`.** By the first equations the numbers `d_l = |T_l − T⁰_l|`, `T⁰ = H(b − λσ)`, satisfy
/// `d ≤ v + B d` with a vector `v ≥ 0` and a matrix `B ≥ 0`, as `|T_m| ≤ |T⁰_m| + d_m` and `|X_m| ≤ τ_m |T_m|`. If
/// `v + B D < D` for a vector `D`, then `d ≤ D`: `B D < D` with `D > 0` makes the powers of `B` converge to zero, so that
/// `(I − B)⁻¹ = Σ Bᵏ ≥ 0`, hence `d ≤ (I − B)⁻¹ v ≤ D`. For a singular `G` there is no such `D`, and no verdict.
///
/// **Rounding.** All moments are off by at most `ε` times the scales of their factors (`scale`, `normalScale` of cells:
/// every column has its own, so that changes of units do no harm; see `FaceMoments`). Sums over a zone of a product of two
/// factors are off by at most `ε` times the norms of both, by Cauchy and Schwarz. So with `N = |y| + Σ |T_m| (scale_m +
/// τ_m normalScale_m)` an equation of the first kind is off by at most `ε (scale_l N + λ)`, one of the second kind by
/// `ε (normalScale_l N + λ)`. `ε` is so much more than the roundings of these sums that it covers those of the bounds
/// themselves. A NaN makes every comparison false, so it never leads to a verdict.
///
/// Cost: `O(m³)` and `O(m²)` for every row of a zone; zones of many rows are not looked at row by row.
final class GroupTest {
  typealias Cell = PlanarCells.Cell

  static let mostUnits = 6
  /// A group with more rows in a zone only undergoes the first two tests.
  static let mostZoneRows = 8

  private let cells: PlanarCells
  let tables: FilterTables
  private let moments: FaceMoments
  let ridge: Double
  let targetNorm: Double
  /// `1 − α`.
  let bend: Double
  private let slope: Double
  let epsilon: Double

  private(set) var count = 0
  let units: UnsafeMutablePointer<Cell>
  let signs: UnsafeMutablePointer<Double>
  /// After `isExcluded`, how much each unit adds to the bounds that are in the way.
  let contributions: UnsafeMutablePointer<Double>

  struct ZoneRow {
    var unit: Int
    var row: Int
    /// `⟨z_i, c⟩`, `⟨z_i, c'⟩`.
    var along: Double
    var across: Double
    /// The greatest `|1 − α| κ`.
    var error: Double
    /// The middle and half the width of the interval of `Δ`.
    var middle: Double
    var half: Double
    /// About `r_i`, at the centres.
    var residual: Double
    var root: Double
  }
  let zone: UnsafeMutablePointer<ZoneRow>
  var zoneCount = 0
  /// For every row of the zone `(W p_l)_i` and `(W q_l)_i`, `(W ψ_l)_i`, and the coefficient of `Δ r_i` in equation `l`.
  let images: UnsafeMutablePointer<Double>
  let normalImages: UnsafeMutablePointer<Double>
  let projected: UnsafeMutablePointer<Double>
  let coefficients: UnsafeMutablePointer<Double>

  // Matrices of `mostUnits` columns.
  let gram: UnsafeMutablePointer<Double>
  let mixed: UnsafeMutablePointer<Double>
  private let normal: UnsafeMutablePointer<Double>
  let inverse: UnsafeMutablePointer<Double>
  let projector: UnsafeMutablePointer<Double>
  let reduced: UnsafeMutablePointer<Double>
  let defect: UnsafeMutablePointer<Double>
  let system: UnsafeMutablePointer<Double>
  let work: UnsafeMutablePointer<Double>
  // Vectors.
  let products: UnsafeMutablePointer<Double>
  let normalProducts: UnsafeMutablePointer<Double>
  let amplitudes: UnsafeMutablePointer<Double>
  let deviations: UnsafeMutablePointer<Double>
  let most: UnsafeMutablePointer<Double>
  let constants: UnsafeMutablePointer<Double>
  let bends: UnsafeMutablePointer<Double>
  let kinks: UnsafeMutablePointer<Double>
  let weights: UnsafeMutablePointer<Double>
  let shares: UnsafeMutablePointer<Double>
  let preconditioner: UnsafeMutablePointer<Double>
  let rates: UnsafeMutablePointer<Double>
  let solver: UnsafeMutablePointer<Double>
  let known: UnsafeMutablePointer<Double>
  let factors: UnsafeMutablePointer<Double>
  private let scratch: UnsafeMutablePointer<Double>
  private let allocations: [UnsafeMutablePointer<Double>]

  init(cells: PlanarCells, tables: FilterTables) {
    self.cells = cells
    self.tables = tables
    moments = tables.moments
    ridge = tables.view.ridge
    targetNorm = tables.view.targetNorm
    slope = tables.moments.slope
    bend = 1 - tables.moments.slope
    epsilon = 4 * tables.view.rounding(columns: 2 * Self.mostUnits) + 0x1p-42
    let size = Self.mostUnits
    var all: [UnsafeMutablePointer<Double>] = []
    func allocate(_ capacity: Int) -> UnsafeMutablePointer<Double> {
      let pointer = UnsafeMutablePointer<Double>.allocate(capacity: capacity)
      pointer.initialize(repeating: 0, count: capacity)
      all.append(pointer)
      return pointer
    }
    let rows = size * Self.mostZoneRows
    (images, normalImages) = (allocate(rows * size), allocate(rows * size))
    (projected, coefficients) = (allocate(rows * size), allocate(rows * size))
    (gram, mixed, normal) = (allocate(size * size), allocate(size * size), allocate(size * size))
    (inverse, projector, reduced) = (allocate(size * size), allocate(size * size), allocate(size * size))
    (defect, system, work) = (allocate(size * size), allocate(size * size), allocate(2 * size * size))
    (products, normalProducts, amplitudes) = (allocate(size), allocate(size), allocate(size))
    (deviations, most, constants) = (allocate(size), allocate(size), allocate(size))
    (bends, kinks, weights) = (allocate(size), allocate(size), allocate(size))
    (shares, preconditioner) = (allocate(size), allocate(size * size))
    (rates, solver) = (allocate(size * size), allocate(size * size))
    (known, factors) = (allocate(size), allocate(rows * size))
    (contributions, scratch, signs) = (allocate(size), allocate(4), allocate(size))
    zone = .allocate(capacity: rows)
    units = .allocate(capacity: size)
    allocations = all
  }

  deinit {
    for pointer in allocations { pointer.deallocate() }
    zone.deallocate()
    units.deallocate()
  }

  func begin() { count = 0 }

  /// Adds a unit; see `prepare`.
  func add(_ cell: Cell) {
    units[count] = cell
    count += 1
  }

  /// Whether units of opposite signs with directions in one cell are excluded.
  func isOpposed(_ cell: Cell) -> Bool {
    guard cell.isNarrow else { return false }
    let jump =
      bend.magnitude * cells.square(cell.rays, cell.x, cell.y, scale: cell.scale).squareRoot() * targetNorm
    let least = 2 * ridge / (1 + cell.spread * cell.spread).squareRoot()
    return jump * (1 + epsilon) + epsilon * cell.scale * targetNorm < least * (1 - epsilon)
  }

  /// What the tests know of a group whatever the output signs are.
  enum Preparation {
    case excluded
    /// `isExcluded` tells more.
    case ready
    /// Nothing is known but that the first two tests fail.
    case unknown
  }

  /// Prepares the tests of the units that were added.
  func prepare() -> Preparation {
    for unit in 0..<count where !units[unit].isNarrow { return .unknown }
    fillMoments()
    var isSmall = true
    for unit in 0..<count {
      if isDead(unit) { return .excluded }
      isSmall = isSmall && cells.rowsOfRays(units[unit].rays).count <= Self.mostZoneRows
    }
    guard isSmall, invert() else { return .unknown }
    fillProjection()
    fillZone()
    fillRates()
    return invertRates() ? .ready : .unknown
  }

  enum Outcome {
    case excluded
    /// `contributions` tells which cells are too wide.
    case open
    /// There are no bounds of the amplitudes.
    case unknown
  }

  /// Whether the group of the units that were prepared, with these output signs, holds no local minimum.
  ///
  /// - Parameter isNegative: for each unit.
  func outcome(_ isNegative: (Int) -> Bool) -> Outcome {
    for unit in 0..<count { signs[unit] = isNegative(unit) ? -1 : 1 }
    guard boundAmplitudes() else { return .unknown }
    for unit in 0..<count where signs[unit] * amplitudes[unit] + deviations[unit] < 0 { return .excluded }
    return isContradictory() ? .excluded : .open
  }

  private func fillMoments() {
    let size = Self.mostUnits
    for l in 0..<count {
      let left = units[l]
      let target = tables.view.targetMoments + 2 * left.face
      products[l] = left.x * target[0] + left.y * target[1]
      normalProducts[l] = left.x * target[1] - left.y * target[0]
      for m in l..<count {
        let right = units[m]
        moments.secondMoments(left.face, right.face, into: scratch)
        // Times c and c' of the right unit.
        let (a, b) = (
          scratch[0] * right.x + scratch[1] * right.y, scratch[2] * right.x + scratch[3] * right.y
        )
        let (c, d) = (
          scratch[1] * right.x - scratch[0] * right.y, scratch[3] * right.x - scratch[2] * right.y
        )
        let square = left.x * a + left.y * b
        gram[l * size + m] = square
        gram[m * size + l] = square
        mixed[l * size + m] = left.x * c + left.y * d
        mixed[m * size + l] = left.x * b - left.y * a
        let normalSquare = left.x * d - left.y * c
        normal[l * size + m] = normalSquare
        normal[m * size + l] = normalSquare
      }
      bends[l] = 1 - 1 / (1 + left.spread * left.spread).squareRoot()
    }
  }

  private func isDead(_ unit: Int) -> Bool {
    let cell = units[unit]
    let slack = epsilon * cell.scale
    let length = (max(0, gram[unit * Self.mostUnits + unit]) + slack * cell.scale).squareRoot()
    let jump =
      cell.isRay
      ? 0 : bend.magnitude * cells.square(cell.rays, cell.x, cell.y, scale: cell.scale).squareRoot()
    return (length + jump + slack) * targetNorm * (1 + epsilon) < ridge * (1 - bends[unit]) * (1 - epsilon)
  }

  /// Sets `inverse` to about `G⁻¹`.
  private func invert() -> Bool {
    work.update(from: gram, count: Self.mostUnits * count)
    return invertApproximately(work, into: inverse, size: count, stride: Self.mostUnits)
  }

  /// `C`, `Q − CK` and `Kᵀ − CG`.
  private func fillProjection() {
    let size = Self.mostUnits
    for l in 0..<count {
      for j in 0..<count {
        var sum = 0.0
        for k in 0..<count { sum += mixed[k * size + l] * inverse[k * size + j] }
        projector[l * size + j] = sum
      }
    }
    for l in 0..<count {
      for m in 0..<count {
        var (square, rest) = (normal[l * size + m], mixed[m * size + l])
        for j in 0..<count {
          square -= projector[l * size + j] * mixed[j * size + m]
          rest -= projector[l * size + j] * gram[j * size + m]
        }
        reduced[l * size + m] = square
        defect[l * size + m] = rest
      }
    }
  }

  private func fillZone() {
    let size = Self.mostUnits
    zoneCount = 0
    for unit in 0..<count {
      let cell = units[unit]
      var square = 0.0
      for position in cells.rowsOfRays(cell.rays) {
        let row = cells.rows[position]
        let (a, b) = (moments.vectors[2 * row], moments.vectors[2 * row + 1])
        let along = a * cell.x + b * cell.y
        let across = b * cell.x - a * cell.y
        let weight = moments.weight(row)
        var entry = ZoneRow(
          unit: unit, row: row, along: along, across: across, error: 0, middle: (1 + slope) / 2,
          half: bend.magnitude / 2, residual: 0, root: weight.squareRoot())
        if !cell.isRay {
          let sign: Double = moments.slope(of: cell.face, at: row) == 1 ? 1 : -1
          entry.error = bend.magnitude * max(0, cell.spread * across.magnitude - sign * along)
          entry.middle = -sign * bend / 2
          square += weight * entry.error * entry.error
        }
        let start = zoneCount * size
        for l in 0..<count {
          let other = units[l]
          scratch[0] = other.x
          scratch[1] = other.y
          let image = moments.change(at: row, by: other.face, scratch)
          scratch[0] = -other.y
          scratch[1] = other.x
          images[start + l] = image
          normalImages[start + l] = moments.change(at: row, by: other.face, scratch)
        }
        for l in 0..<count {
          var sum = normalImages[start + l]
          for j in 0..<count { sum -= projector[l * size + j] * images[start + j] }
          projected[start + l] = sum
          coefficients[start + l] = (l == unit ? across : 0) - projector[l * size + unit] * along
        }
        zone[zoneCount] = entry
        zoneCount += 1
      }
      kinks[unit] = square.squareRoot()
    }
  }
}
