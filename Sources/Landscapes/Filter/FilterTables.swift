import Algebra

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Floating-point data of all unit faces, with what is needed to bound every rounding error.
///
/// With an orthonormal basis `Q_f` of a face's span (`D × k_f`) let `A_f = M_f Q_f` (`n × k_f`) and
/// `b_f = A_fᵀ y`. The group lasso of a stratum lives in the coordinates `c_f ∈ R^{k_f}`, `h_f = Q_f c_f`, and
/// all it needs is the Gram matrix of the columns of its faces.
///
/// The bases are correctly rounded from balls; every other number here is computed in doubles. Throughout
/// the filter, `rounding(size)` bounds the relative rounding error in the sense of `SafeBall`.
final class FilterTables: @unchecked Sendable {
  /// One face's numbers. Pointers are into storage owned by the tables.
  struct FaceData {
    let dimension: Int
    /// Position of the first column of `A_f` among the columns of all faces.
    let offset: Int
    let flat: Int
    /// At least `(Σ e_i² |z_i|²)^½`: the scale of rounding errors in `A_f`.
    let scale: Double
    /// At least the spectral norm of `A_f`.
    let norm: Double
    let wallStart: Int
    let wallCount: Int
    let kinkStart: Int
    let kinkCount: Int
    /// Exactly known: no hidden weight of a critical point lies in this face, because the form that ought
    /// to have a sign at one of its walls vanishes identically.
    let neverOccupied: Bool
    /// Whether its numbers are far from underflow and overflow, as the error bounds require.
    let isTame: Bool
  }

  /// A linear form in the residual, given in the coordinates of one face or of the residual itself.
  struct Form {
    /// Where its coefficients start in `formStorage`.
    let start: Int
    /// At least its norm as a functional of the residual.
    let norm: Double
    /// At least the error of the (normalised) coefficients, as a vector.
    let error: Double
  }

  let rows: Int
  let faceCount: Int
  let totalColumns: Int
  let ridge: Double
  let faces: [FaceData]
  let targets: UnsafeMutablePointer<Double>
  /// At least `|y|`.
  let targetNorm: Double
  let targetSquare: Double
  /// `A_fᵀ y` for all faces in a row.
  let products: UnsafeMutablePointer<Double>
  /// Wall forms, `k_f` numbers each: the sign condition at wall `ω` reads `σ · ω · g_f > 0`.
  let walls: [Form]
  /// Kink forms, `n` numbers each: the condition at `ψ` reads `σ · ψ · r ≤ 0`.
  let kinks: [Form]
  private(set) var formStorage: UnsafeMutablePointer<Double>
  /// Whether targets and ridge are far from underflow and overflow; otherwise no verdict is to be trusted.
  let isTame: Bool
  /// The Gram matrix of all columns if it is small enough to be kept.
  let gram: UnsafeMutablePointer<Double>?
  private let slopes: UnsafeMutablePointer<Double>
  private let flatProducts: [[Double]]
  private let baseRounding: Double

  /// The Gram matrix is kept up to this many columns (128 MiB).
  private static let largestKeptGram = 4096

  init<Engine: AlgebraEngine>(_ division: Division<Engine>, control: Control) throws {
    let problem = division.problem
    let n = problem.rowCount
    let dimension = problem.weightDimension
    rows = n
    faceCount = division.faces.count
    ridge = problem.ridge.doubleValue
    targets = .allocate(capacity: max(n, 1))
    for (row, target) in problem.targets.enumerated() { targets[row] = target.doubleValue }
    baseRounding = 4 * 0x1p-53 * Double(n + dimension * dimension + 16)
    targetSquare = (0..<n).reduce(0) { [targets] in $0 + targets[$1] * targets[$1] }
    targetNorm = targetSquare.squareRoot() * (1 + baseRounding)
    isTame =
      Self.isTame(ridge) && (Self.isTame(targetNorm) || problem.targets.allSatisfy { $0 == 0 })

    let vectors = problem.vectors.map { $0.map(\.doubleValue) }
    let slope = problem.activation.slope.doubleValue
    slopes = .allocate(capacity: max(n * faceCount, 1))
    var flatProducts: [[Double]] = Array(repeating: [], count: division.arrangement.flats.count)
    var flatBases: [[Double]] = flatProducts
    var faces: [FaceData] = []
    var walls: [Form] = []
    var kinks: [Form] = []
    var forms: [Double] = []
    var offset = 0
    for face in division.faces {
      try control.check()
      let k = face.dimension
      if flatBases[face.flat].isEmpty {
        let basis = Self.orthonormalBasis(
          of: division.arrangement.flats[face.flat].projector, dimension: k, engine: Engine.self)
        flatBases[face.flat] = basis
        flatProducts[face.flat] = Self.product(vectors, basis, columns: k)
      }
      let basis = flatBases[face.flat]
      let rowSlopes = slopes + face.index * n
      for row in 0..<n {
        rowSlopes[row] =
          switch face.signs.map({ $0[row] }) ?? 1 {
          case 1: 1
          case -1: slope
          default: 0
          }
      }
      let columns = Self.scaledRows(flatProducts[face.flat], by: rowSlopes, rows: n, columns: k)
      let scale = Self.scale(vectors, slopes: rowSlopes) * (1 + baseRounding)
      let error = baseRounding * Double(k) * scale
      let norm = columns.reduce(0) { $0 + $1 * $1 }.squareRoot() * (1 + baseRounding) + error
      let (wallStart, kinkStart) = (walls.count, kinks.count)
      var neverOccupied = false
      for wall in face.walls {
        var form = (0..<k).map { column in
          Double(wall.sign)
            * (0..<dimension).reduce(0) { $0 + vectors[wall.row][$1] * basis[$1 * k + column] }
        }
        let length = form.reduce(0) { $0 + $1 * $1 }.squareRoot()
        if length > 0 { form = form.map { $0 / length } }
        let formNorm = (0..<n).reduce(0.0) { sum, row in
          let value = (0..<k).reduce(0) { $0 + columns[row * k + $1] * form[$1] }
          return sum + value * value
        }.squareRoot()
        if !(formNorm > 4 * error),
          division.formVanishes(at: wall.row, on: face)
        {
          neverOccupied = true
        }
        let vectorNorm = vectors[wall.row].reduce(0) { $0 + $1 * $1 }.squareRoot()
        walls.append(
          Form(
            start: forms.count, norm: formNorm * (1 + baseRounding) + error,
            error: baseRounding * (1 + vectorNorm / length)))
        forms += form
      }
      for ray in face.kinkRays {
        var form = division.kinkForm(ray, on: face).map(\.doubleValue)
        let length = form.reduce(0) { $0 + $1 * $1 }.squareRoot()
        if length > 0 { form = form.map { $0 / length } }
        kinks.append(
          Form(start: forms.count, norm: length > 0 ? 1 + baseRounding : 0, error: baseRounding))
        forms += form
      }
      faces.append(
        FaceData(
          dimension: k, offset: offset, flat: face.flat, scale: scale, norm: norm,
          wallStart: wallStart, wallCount: face.walls.count, kinkStart: kinkStart,
          kinkCount: face.kinkRays.count, neverOccupied: neverOccupied,
          isTame: Self.isTame(scale)))
      offset += k
    }
    self.faces = faces
    self.walls = walls
    self.kinks = kinks
    self.flatProducts = flatProducts
    totalColumns = offset
    formStorage = .allocate(capacity: max(forms.count, 1))
    formStorage.initialize(from: forms, count: forms.count)
    products = .allocate(capacity: max(offset, 1))
    gram =
      offset <= Self.largestKeptGram ? .allocate(capacity: max(offset * offset, 1)) : nil
    for face in 0..<faceCount {
      let columns = self.columns(of: face)
      let k = faces[face].dimension
      for column in 0..<k {
        products[faces[face].offset + column] =
          (0..<n).reduce(0) { [targets] in $0 + columns[$1 * k + column] * targets[$1] }
      }
    }
    if let gram {
      for face in 0..<faceCount {
        try control.check()
        fillGramRows(of: face, into: gram + faces[face].offset * offset, from: face)
        // The matrix is symmetric: only columns from the diagonal on were computed.
        for row in faces[face].offset..<(faces[face].offset + faces[face].dimension) {
          for column in row..<offset { gram[column * offset + row] = gram[row * offset + column] }
        }
      }
    }
  }

  deinit {
    targets.deallocate()
    products.deallocate()
    formStorage.deallocate()
    slopes.deallocate()
    gram?.deallocate()
  }

  /// The relative rounding unit of all bounds for strata whose faces have this many columns together.
  func rounding(columns: Int) -> Double { baseRounding + 4 * 0x1p-53 * Double(columns) }

  /// `A_f`, row major, `n × k_f`.
  func columns(of face: Int) -> [Double] {
    Self.scaledRows(
      flatProducts[faces[face].flat], by: slopes + face * rows, rows: rows, columns: faces[face].dimension)
  }

  /// Computes the rows of the Gram matrix that belong to a face, for the columns of all faces from `first`
  /// on; `rows` points to `k_f` rows of `totalColumns` numbers.
  func fillGramRows(of face: Int, into rows: UnsafeMutablePointer<Double>, from first: Int) {
    let k = faces[face].dimension
    let n = self.rows
    let left = columns(of: face)
    for other in first..<faceCount {
      let l = faces[other].dimension
      let otherSlopes = slopes + other * n
      let target = rows + faces[other].offset
      for i in 0..<k { for j in 0..<l { target[i * totalColumns + j] = 0 } }
      flatProducts[faces[other].flat].withUnsafeBufferPointer { right in
        left.withUnsafeBufferPointer { left in
          for row in 0..<n where otherSlopes[row] != 0 {
            let slope = otherSlopes[row]
            for i in 0..<k {
              let factor = left[row * k + i] * slope
              for j in 0..<l { target[i * totalColumns + j] += factor * right[row * l + j] }
            }
          }
        }
      }
    }
  }

  // MARK: - Preparation

  /// Products of two such numbers, and their errors, are far from the ends of the range of doubles.
  private static func isTame(_ number: Double) -> Bool { number > 1e-60 && number < 1e60 }

  /// An orthonormal basis of the image of a projector, `D × k` row major, each number correctly rounded.
  private static func orthonormalBasis<Engine: AlgebraEngine>(
    of projector: Engine.RationalMatrix, dimension k: Int, engine: Engine.Type
  ) -> [Double] {
    let precision = 256
    let size = projector.columns
    let (form, pivots) = projector.reducedRowEchelonForm()
    precondition(pivots.count == k, "the rank of a face's projector is its dimension")
    var basis: [[Engine.Ball]] = []
    for row in 0..<k {
      var vector = (0..<size).map { Engine.Ball(form[row, $0], precision: precision) }
      for other in basis {
        let product = zip(vector, other).reduce(Engine.Ball(0.0, precision: precision)) { $0 + $1.0 * $1.1 }
        vector = zip(vector, other).map { $0 - product * $1 }
      }
      let square = vector.reduce(Engine.Ball(0.0, precision: precision)) { $0 + $1 * $1 }
      let norm = square.squareRoot(clampingAtZero: false)
      basis.append(vector.map { $0 / norm })
    }
    return (0..<size).flatMap { row in (0..<k).map { basis[$0][row].approximation } }
  }

  private static func product(_ vectors: [[Double]], _ basis: [Double], columns k: Int) -> [Double] {
    vectors.flatMap { vector in
      (0..<k).map { column in
        vector.indices.reduce(0) { $0 + vector[$1] * basis[$1 * k + column] }
      }
    }
  }

  private static func scaledRows(
    _ matrix: [Double], by slopes: UnsafeMutablePointer<Double>, rows: Int, columns: Int
  ) -> [Double] {
    var result = matrix
    for row in 0..<rows {
      for column in 0..<columns { result[row * columns + column] *= slopes[row] }
    }
    return result
  }

  private static func scale(_ vectors: [[Double]], slopes: UnsafeMutablePointer<Double>) -> Double {
    var sum = 0.0
    for (row, vector) in vectors.enumerated() {
      sum += slopes[row] * slopes[row] * vector.reduce(0) { $0 + $1 * $1 }
    }
    return sum.squareRoot()
  }
}
