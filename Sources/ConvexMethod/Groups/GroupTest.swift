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
  private let tables: FilterTables
  private let moments: FaceMoments
  private let ridge: Double
  private let targetNorm: Double
  /// `1 − α`.
  private let bend: Double
  private let slope: Double
  private let epsilon: Double

  private(set) var count = 0
  private let units: UnsafeMutablePointer<Cell>
  private let signs: UnsafeMutablePointer<Double>
  /// After `isExcluded`, how much each unit adds to the bounds that are in the way.
  let contributions: UnsafeMutablePointer<Double>

  private struct ZoneRow {
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
  private let zone: UnsafeMutablePointer<ZoneRow>
  private var zoneCount = 0
  /// For every row of the zone `(W p_l)_i` and `(W q_l)_i`, `(W ψ_l)_i`, and the coefficient of `Δ r_i` in equation `l`.
  private let images: UnsafeMutablePointer<Double>
  private let normalImages: UnsafeMutablePointer<Double>
  private let projected: UnsafeMutablePointer<Double>
  private let coefficients: UnsafeMutablePointer<Double>

  // Matrices of `mostUnits` columns.
  private let gram: UnsafeMutablePointer<Double>
  private let mixed: UnsafeMutablePointer<Double>
  private let normal: UnsafeMutablePointer<Double>
  private let inverse: UnsafeMutablePointer<Double>
  private let projector: UnsafeMutablePointer<Double>
  private let reduced: UnsafeMutablePointer<Double>
  private let defect: UnsafeMutablePointer<Double>
  private let system: UnsafeMutablePointer<Double>
  private let work: UnsafeMutablePointer<Double>
  // Vectors.
  private let products: UnsafeMutablePointer<Double>
  private let normalProducts: UnsafeMutablePointer<Double>
  private let amplitudes: UnsafeMutablePointer<Double>
  private let deviations: UnsafeMutablePointer<Double>
  private let most: UnsafeMutablePointer<Double>
  private let constants: UnsafeMutablePointer<Double>
  private let bends: UnsafeMutablePointer<Double>
  private let kinks: UnsafeMutablePointer<Double>
  private let weights: UnsafeMutablePointer<Double>
  private let shares: UnsafeMutablePointer<Double>
  private let preconditioner: UnsafeMutablePointer<Double>
  private let rates: UnsafeMutablePointer<Double>
  private let solver: UnsafeMutablePointer<Double>
  private let known: UnsafeMutablePointer<Double>
  private let factors: UnsafeMutablePointer<Double>
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
    let size = Self.mostUnits
    for i in 0..<count {
      for j in 0..<count {
        work[i * size + j] = gram[i * size + j]
        inverse[i * size + j] = i == j ? 1 : 0
      }
    }
    return eliminate(work, inverse)
  }

  /// Applies the inverse of a matrix, which is destroyed, to all columns of another; false if it is nearly singular.
  private func eliminate(_ matrix: UnsafeMutablePointer<Double>, _ right: UnsafeMutablePointer<Double>)
    -> Bool
  {
    let size = Self.mostUnits
    for k in 0..<count {
      var pivot = k
      for i in (k + 1)..<max(k + 1, count)
      where matrix[i * size + k].magnitude > matrix[pivot * size + k].magnitude {
        pivot = i
      }
      if pivot != k {
        for j in 0..<count {
          (matrix[k * size + j], matrix[pivot * size + j]) = (matrix[pivot * size + j], matrix[k * size + j])
          (right[k * size + j], right[pivot * size + j]) = (right[pivot * size + j], right[k * size + j])
        }
      }
      let value = matrix[k * size + k]
      guard value.magnitude > 0 else { return false }
      let scale = 1 / value
      for j in k..<count { matrix[k * size + j] *= scale }
      for j in 0..<count { right[k * size + j] *= scale }
      for i in 0..<count where i != k {
        let factor = matrix[i * size + k]
        guard factor != 0 else { continue }
        for j in k..<count { matrix[i * size + j] -= factor * matrix[k * size + j] }
        for j in 0..<count { right[i * size + j] -= factor * right[k * size + j] }
      }
    }
    return true
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

  /// The coefficients of the bounds of `T` but for what depends on the signs: `d ≤ … + rates d + system |T|`.
  private func fillRates() {
    let size = Self.mostUnits
    for l in 0..<count {
      var (constant, weight) = (0.0, 0.0)
      for j in 0..<count {
        let factor = inverse[l * size + j].magnitude
        constant += factor * ridge * (bends[j] + epsilon)
        weight += factor * units[j].scale
      }
      for m in 0..<count {
        var (product, rest) = (0.0, l == m ? 1.0 : 0)
        for j in 0..<count {
          product += inverse[l * size + j] * mixed[j * size + m]
          rest -= inverse[l * size + j] * gram[j * size + m]
        }
        system[l * size + m] =
          product.magnitude * units[m].spread + rest.magnitude + epsilon * weight * magnitude(m)
        rates[l * size + m] = 0
      }
      constants[l] = constant + epsilon * weight * targetNorm
    }
    for index in 0..<zoneCount {
      let entry = zone[index]
      let start = index * size
      let jump = (entry.middle.magnitude + entry.half) * entry.along.magnitude
      for l in 0..<count {
        if entry.error > 0 {
          var sum = 0.0
          for j in 0..<count { sum += inverse[l * size + j] * images[start + j] }
          system[l * size + entry.unit] += entry.error * sum.magnitude
        }
        let factor = inverse[l * size + entry.unit].magnitude * jump
        factors[start + l] = factor
        constants[l] += factor * epsilon * entry.root * targetNorm
        for m in 0..<count {
          rates[l * size + m] += factor * images[start + m].magnitude
          system[l * size + m] += factor * residualRate(index, m)
        }
      }
    }
  }

  /// Sets `rates` to `B` and `solver` to about `(I − B)⁻¹`; false if there is no such matrix.
  private func invertRates() -> Bool {
    let size = Self.mostUnits
    for l in 0..<count {
      for m in 0..<count {
        rates[l * size + m] += system[l * size + m]
        work[l * size + m] = (l == m ? 1 : 0) - rates[l * size + m]
        solver[l * size + m] = l == m ? 1 : 0
      }
    }
    guard eliminate(work, solver) else { return false }
    // The inverse has no negative entry.
    for l in 0..<count { for m in 0..<count where !(solver[l * size + m] >= 0) { return false } }
    return true
  }

  /// Sets `amplitudes` to `T⁰`, `deviations` to `D`, `most` to bounds of `|T|`; false if there are none.
  private func boundAmplitudes() -> Bool {
    let size = Self.mostUnits
    for l in 0..<count {
      var amplitude = 0.0
      for j in 0..<count { amplitude += inverse[l * size + j] * (products[j] - ridge * signs[j]) }
      amplitudes[l] = amplitude
    }
    for l in 0..<count {
      var sum = constants[l]
      for m in 0..<count { sum += system[l * size + m] * amplitudes[m].magnitude }
      known[l] = sum
    }
    for index in 0..<zoneCount {
      let start = index * size
      var residual = tables.view.targets[zone[index].row]
      for m in 0..<count { residual -= amplitudes[m] * images[start + m] }
      zone[index].residual = residual
      for l in 0..<count { known[l] += factors[start + l] * residual.magnitude }
    }
    for l in 0..<count {
      var sum = 0.0
      for m in 0..<count { sum += solver[l * size + m] * known[m] }
      deviations[l] = sum * (1 + 1e-6)
    }
    for l in 0..<count {
      var sum = known[l]
      for m in 0..<count { sum += rates[l * size + m] * deviations[m] }
      guard deviations[l] > 0, sum * (1 + 1e-9) < deviations[l] else { return false }
      most[l] = amplitudes[l].magnitude + deviations[l]
    }
    return true
  }

  /// Times `|T_m|` at least the size of unit `m`'s outputs, in the scale of rounding errors.
  @inline(__always)
  private func magnitude(_ m: Int) -> Double { units[m].scale + units[m].spread * units[m].normalScale }

  /// Times `|T_m|` at least how far the directions and the kinks of unit `m` change the residual at a row of a zone.
  @inline(__always)
  private func residualRate(_ index: Int, _ m: Int) -> Double {
    let root = zone[index].root
    return units[m].spread * normalImages[index * Self.mostUnits + m].magnitude
      + root * (kinks[m] + epsilon * magnitude(m))
  }

  /// Whether a linear combination of the equations across cannot hold.
  private func isContradictory() -> Bool {
    for m in 0..<count { contributions[m] = 0 }
    for l in 0..<count {
      for m in 0..<count { weights[m] = l == m ? 1 : 0 }
      if isContradictory(weights) { return true }
    }
    guard count > 1 else { return false }
    // The combinations in which one of the `x` is left: rows of the inverse of the Jacobian matrix.
    let size = Self.mostUnits
    for l in 0..<count {
      for m in 0..<count {
        work[l * size + m] = reduced[l * size + m] * amplitudes[m] + (l == m ? ridge * signs[m] : 0)
        preconditioner[l * size + m] = l == m ? 1 : 0
      }
    }
    guard eliminate(work, preconditioner) else { return false }
    for l in 0..<count where isContradictory(preconditioner + l * size) { return true }
    return false
  }

  private func isContradictory(_ weights: UnsafePointer<Double>) -> Bool {
    let size = Self.mostUnits
    var (value, bound, scale, total) = (0.0, 0.0, 0.0, 0.0)
    var magnitude = targetNorm
    for m in 0..<count { magnitude += most[m] * self.magnitude(m) }
    for l in 0..<count where weights[l] != 0 {
      let weight = weights[l]
      var (left, length, coefficient) = (normalProducts[l], units[l].normalScale, 1.0)
      for j in 0..<count {
        let factor = projector[l * size + j]
        left -= factor * (products[j] - ridge * signs[j])
        length += factor.magnitude * units[j].scale
        coefficient += factor.magnitude
      }
      value += weight * left
      scale += weight.magnitude * length
      total += weight.magnitude * coefficient
    }
    bound += epsilon * (scale * magnitude + ridge * total)
    for m in 0..<count {
      var (rate, rest, along) = (0.0, 0.0, 0.0)
      for l in 0..<count {
        rate += weights[l] * reduced[l * size + m]
        rest += weights[l] * defect[l * size + m]
        along += weights[l] * projector[l * size + m]
      }
      let slopes =
        (rate * amplitudes[m] + weights[m] * ridge * signs[m]).magnitude + rate.magnitude * deviations[m]
      let part = slopes * units[m].spread
      shares[m] = part
      bound +=
        part + rest.magnitude * most[m] + weights[m].magnitude * ridge * units[m].spread * bends[m]
        + along.magnitude * ridge * bends[m]
    }
    for index in 0..<zoneCount {
      let entry = zone[index]
      let start = index * size
      var (psi, coefficient) = (0.0, 0.0)
      for l in 0..<count {
        psi += weights[l] * projected[start + l]
        coefficient += weights[l] * coefficients[start + l]
      }
      var uncertainty = epsilon * entry.root * targetNorm
      for m in 0..<count {
        uncertainty += images[start + m].magnitude * deviations[m] + residualRate(index, m) * most[m]
      }
      let change = most[entry.unit] * entry.error / 2
      value -= signs[entry.unit] * (bend < 0 ? -change : change) * psi
      value += entry.middle * entry.residual * coefficient
      let part =
        change * psi.magnitude + coefficient.magnitude
        * (entry.half * (entry.residual.magnitude + uncertainty) + entry.middle.magnitude * uncertainty)
      shares[entry.unit] += part
      bound += part
    }
    if value.magnitude > bound * (1 + 1e-9) { return true }
    let ratio = 1 / bound
    for m in 0..<count { contributions[m] += shares[m] * ratio }
    return false
  }
}
