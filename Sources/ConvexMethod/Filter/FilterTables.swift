import Algebra
import Strata

/// Floating-point data of all unit faces, with what is needed to bound every rounding error.
///
/// With an orthonormal basis `Q_f` of a face's span (`D × k_f`) let `A_f = M_f Q_f` (`n × k_f`) and
/// `b_f = A_fᵀ y`, inner products in the metric `W` of the squared error. The group lasso of a stratum lives in the coordinates `c_f ∈ R^{k_f}`, `h_f = Q_f c_f`, and
/// all it needs is the Gram matrix of the columns of its faces, `A_fᵀ W A_g = Q_fᵀ (M_fᵀ W M_g) Q_g`. (So everything is as for
/// `W = I` with `W^½ A_f` and `W^½ y`, of which the residual is `W^(−½) r`. The scale of rounding errors is that of the
/// greater metric `Ω`, and of `y` that of `W`.)
///
/// The bases are correctly rounded from balls; every other number here is computed in doubles. Throughout
/// the filter, `rounding(columns:)` bounds the relative rounding error in the sense of `SafeBall`.
///
/// What is read for every stratum lies in memory of its own and not in arrays, whose reference counts all threads
/// would write to.
package final class FilterTables: @unchecked Sendable {
  /// One face's numbers.
  package struct FaceData {
    package let dimension: Int
    /// Position of the first column of `A_f` among the columns of all faces.
    package let offset: Int
    /// `Q_f`, row major, `D × k_f`.
    package let basis: UnsafeMutablePointer<Double>
    /// At least `(Σ ω_i e_i² |z_i|²)^½`: the scale of rounding errors in `A_f`.
    package let scale: Double
    /// At least the spectral norm of `A_f`.
    package let norm: Double
    package let walls: Range<Int>
    package let kinks: Range<Int>
    /// Exactly known: no hidden weight of a critical point lies in this face, because the form that ought
    /// to have a sign at one of its walls vanishes identically.
    package let neverOccupied: Bool
    /// Whether its numbers are far from underflow and overflow, as the error bounds require.
    package let isTame: Bool
  }

  /// The form `ω · g_f` of the sign condition `σ · ω · g_f > 0` at a wall, with `|ω| = 1`.
  package struct Wall {
    /// Where its `k_f` coefficients start in `formStorage`.
    package let start: Int
    /// At least its norm as a functional of the residual.
    package let norm: Double
    /// At least the error of the coefficients, as a vector.
    package let error: Double
  }

  /// The form of the condition `σ (⟨v, M_fᵀ r⟩ + Σ_{i in Z} σ(⟨v, z_i⟩) r_i) ≤ 0` at a kink.
  package struct Kink {
    /// Where `v`, `D` numbers, starts in `formStorage`.
    package let start: Int
    /// The rows `i` on whose hyperplanes the face lies, where `σ(⟨v, z_i⟩)` is not zero: positions in `kinkRows`.
    package let rows: Range<Int>
    /// At least its norm as a functional of the residual.
    package let norm: Double
    /// Times `ε S` (see `SafeBall`) at least the error of the computed value.
    package let errorFactor: Double
    /// The same with the `S` of `SharpBounds`, which knows the size of every column.
    package let columnErrorFactor: Double
  }

  /// A row `i` and `σ(⟨v, z_i⟩)`.
  package struct KinkRow {
    package let row: Int
    package let coefficient: Double
  }

  /// Plain numbers and addresses: what is read for every stratum. Valid as long as the tables are.
  package struct View {
    package let rows: Int
    package let dimension: Int
    package let faceCount: Int
    package let totalColumns: Int
    package let ridge: Double
    package let faces: UnsafeBufferPointer<FaceData>
    /// `W y`.
    package let targets: UnsafeBufferPointer<Double>
    /// At least `|y|`.
    package let targetNorm: Double
    package let targetSquare: Double
    /// Whether targets and ridge are far from underflow and overflow; otherwise no verdict is to be trusted.
    package let isTame: Bool
    /// `M_fᵀ y` for all faces, `D` numbers each.
    package let targetMoments: UnsafeMutablePointer<Double>
    /// `A_fᵀ y` for all faces in a row.
    package let products: UnsafeMutablePointer<Double>
    /// For each column of an `A_f` at least the norm of the column of `|M_f| |Q_f|`: the scale of its rounding errors.
    package let columnScales: UnsafeBufferPointer<Double>
    package let walls: UnsafeBufferPointer<Wall>
    package let kinks: UnsafeBufferPointer<Kink>
    package let kinkRows: UnsafeBufferPointer<KinkRow>
    package let formStorage: UnsafeBufferPointer<Double>
    /// The Gram matrix of all columns if it is small enough to be kept.
    package let gram: UnsafeMutablePointer<Double>?
    fileprivate let baseRounding: Double

    /// The relative rounding unit of all bounds for strata whose faces have this many columns together.
    package func rounding(columns: Int) -> Double { baseRounding + 4 * 0x1p-53 * Double(columns) }
  }

  package let view: View
  package let moments: FaceMoments
  private let bases: [UnsafeMutablePointer<Double>]

  /// The Gram matrix is kept up to this many columns (128 MiB).
  private static let largestKeptGram = 4096

  package init<Engine: AlgebraEngine>(_ division: Division<Engine>, control: Control) throws {
    let problem = division.problem
    let (n, size) = (problem.rowCount, problem.weightDimension)
    let moments = try FaceMoments(division)
    self.moments = moments
    // Sums over rows are accurate to the last bit or two in the plane; else their error grows with n.
    let baseRounding =
      4 * 0x1p-53 * Double((moments.isPlanar ? 0 : n) + size * size + 16 + moments.extraRoundings)
    var builder = FaceDataBuilder(division, moments: moments, rounding: baseRounding)
    var faces: [FaceData] = []
    for face in division.faces {
      try control.check()
      faces.append(try builder.data(of: face))
    }
    bases = builder.bases.compactMap { $0 }
    let columns = builder.offset
    let targets = division.moments.weightedTargets.map(\.doubleValue)
    let targetSquare = division.moments.targetSquare.doubleValue
    let targetNorm = targetSquare.squareRoot() * (1 + baseRounding)
    let ridge = problem.ridge.doubleValue
    view = View(
      rows: n, dimension: size, faceCount: faces.count, totalColumns: columns, ridge: ridge,
      faces: .copy(of: faces), targets: .copy(of: targets), targetNorm: targetNorm,
      targetSquare: targetSquare,
      isTame: Self.isTame(ridge) && (Self.isTame(targetNorm) || division.moments.targetSquare == 0),
      targetMoments: .allocate(capacity: max(faces.count * size, 1)),
      products: .allocate(capacity: max(columns, 1)), columnScales: .copy(of: builder.columnScales),
      walls: .copy(of: builder.walls), kinks: .copy(of: builder.kinks),
      kinkRows: .copy(of: builder.kinkRows), formStorage: .copy(of: builder.forms),
      gram: columns <= Self.largestKeptGram ? .allocate(capacity: max(columns * columns, 1)) : nil,
      baseRounding: baseRounding)
    fillProducts(moments.prepare(targets))
    try fillGram(control)
  }

  /// Fills `targetMoments` and `products`.
  private func fillProducts(_ targets: FaceMoments.Values) {
    let size = view.dimension
    for (face, data) in view.faces.enumerated() {
      let moment = view.targetMoments + face * size
      moments.firstMoment(face, targets, into: moment)
      for column in 0..<data.dimension {
        view.products[data.offset + column] = (0..<size).reduce(0.0) {
          $0 + moment[$1] * data.basis[$1 * data.dimension + column]
        }
      }
    }
  }

  /// Fills `gram`, if it is kept.
  private func fillGram(_ control: Control) throws {
    let columns = view.totalColumns
    // A small matrix is filled before another thread is awake.
    let threads = columns < 512 ? 1 : control.threads
    try concurrently(count: view.faceCount, threads: threads) { next in
      guard let gram = view.gram else { return }
      while let face = next() {
        try control.check()
        let data = view.faces[face]
        fillGramRows(of: face, into: gram + data.offset * columns, from: face)
        // The matrix is symmetric: only columns from the diagonal on were computed.
        for row in data.offset..<(data.offset + data.dimension) {
          for column in row..<columns { gram[column * columns + row] = gram[row * columns + column] }
        }
      }
    }
  }

  deinit {
    view.faces.deallocate()
    view.targets.deallocate()
    view.targetMoments.deallocate()
    view.products.deallocate()
    view.columnScales.deallocate()
    view.walls.deallocate()
    view.kinks.deallocate()
    view.kinkRows.deallocate()
    view.formStorage.deallocate()
    view.gram?.deallocate()
    for basis in bases { basis.deallocate() }
  }

  /// Products of two such numbers, and their errors, are far from the ends of the range of doubles.
  package static func isTame(_ number: Double) -> Bool { number > 1e-60 && number < 1e60 }

  /// Computes the rows of the Gram matrix that belong to a face, for the columns of all faces from `first`
  /// on; `rows` points to `k_f` rows of `totalColumns` numbers.
  package func fillGramRows(of face: Int, into rows: UnsafeMutablePointer<Double>, from first: Int) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * view.dimension * view.dimension) { scratch in
      guard let scratch = scratch.baseAddress else { return }
      for other in first..<view.faceCount {
        fillBlock(face, other, into: rows + view.faces[other].offset, stride: view.totalColumns, scratch)
      }
    }
  }

  /// The block `A_fᵀ A_g` of the Gram matrix.
  package func fillBlock(
    _ face: Int, _ other: Int, into target: UnsafeMutablePointer<Double>, stride: Int,
    _ scratch: UnsafeMutablePointer<Double>
  ) {
    let dimension = view.dimension
    let (left, right) = (view.faces[face], view.faces[other])
    let half = scratch + dimension * dimension
    moments.secondMoments(face, other, into: scratch)
    for i in 0..<dimension {
      for j in 0..<right.dimension {
        var sum = 0.0
        for l in 0..<dimension { sum += scratch[i * dimension + l] * right.basis[l * right.dimension + j] }
        half[i * right.dimension + j] = sum
      }
    }
    for i in 0..<left.dimension {
      for j in 0..<right.dimension {
        var sum = 0.0
        for l in 0..<dimension { sum += left.basis[l * left.dimension + i] * half[l * right.dimension + j] }
        target[i * stride + j] = sum
      }
    }
  }
}
