/// One stratum's group lasso in double-double arithmetic: its minimiser by Newton's method on the units that are alive.
///
/// Half the objective, `½|y − A c|² + λ Σ |c_l|` in the metric `W` of the squared error, has the gradient
/// `ξ_l = λ c_l/|c_l| − g_l`, `g = AᵀW(y − A c)`, in the coordinates of an alive unit (`c_l ≠ 0`), and the Hessian
/// `K = AᵀWA + diag((λ/|c_l|) P_l)`, with `P_l` the projection
/// orthogonal to `c_l`. Units whose coordinates dwindle are taken out, those with `|g_l| > λ` are put back.
final class PreciseStratum {
  let tables: PreciseTables
  let rows: Int
  let stride: Int
  private(set) var faces: [Int] = []
  private(set) var data: [PreciseTables.Face] = []
  private(set) var blockStart = [0]
  /// Faces that were met before, and how many numbers they hold.
  private var known: [Int: PreciseTables.Face] = [:]
  private var knownNumbers = 0

  /// The columns of `A` and of `W A`, each of them `rows` numbers.
  private let columns: UnsafeMutablePointer<DoubleDouble>
  let images: UnsafeMutablePointer<DoubleDouble>
  /// `AᵀWA` and `AᵀWy`.
  let gram: UnsafeMutablePointer<DoubleDouble>
  let products: UnsafeMutablePointer<DoubleDouble>
  let coordinates: UnsafeMutablePointer<DoubleDouble>
  /// `g`.
  let gradients: UnsafeMutablePointer<DoubleDouble>
  /// `ξ` for alive units.
  let defects: UnsafeMutablePointer<DoubleDouble>
  /// `|c_l|`.
  let norms: UnsafeMutablePointer<DoubleDouble>
  /// The Hessian of the alive units, packed, and its Cholesky factor with an inverted diagonal.
  let hessian: UnsafeMutablePointer<DoubleDouble>
  let factor: UnsafeMutablePointer<DoubleDouble>
  private let step: UnsafeMutablePointer<DoubleDouble>
  private let start: UnsafeMutablePointer<DoubleDouble>
  private(set) var isAlive: [Bool] = []
  /// The columns of the alive units.
  private(set) var alive: [Int] = []

  private static let mostSteps = 60
  private static let mostShrinks = 4
  /// 32 MiB.
  private static let mostKnownNumbers = 1 << 21

  init(_ tables: PreciseTables, maximumFaces: Int) {
    self.tables = tables
    rows = tables.targets.count
    let view = tables.doubles.view
    stride = max(1, maximumFaces * (view.faces.map(\.dimension).max() ?? 1))
    columns = .allocate(capacity: max(1, stride * rows))
    images = .allocate(capacity: max(1, stride * rows))
    gram = .allocate(capacity: stride * stride)
    hessian = .allocate(capacity: stride * stride)
    factor = .allocate(capacity: stride * stride)
    products = .allocate(capacity: stride)
    coordinates = .allocate(capacity: stride)
    gradients = .allocate(capacity: stride)
    defects = .allocate(capacity: stride)
    step = .allocate(capacity: stride)
    start = .allocate(capacity: stride)
    norms = .allocate(capacity: max(1, maximumFaces))
  }

  deinit {
    for pointer in [
      columns, images, gram, hessian, factor, products, coordinates, gradients, defects, step, start, norms,
    ] {
      pointer.deallocate()
    }
  }

  var columnCount: Int { blockStart[faces.count] }

  func block(_ index: Int) -> Range<Int> { blockStart[index]..<blockStart[index + 1] }

  /// Makes this the stratum; what it has in common with the one before is kept.
  ///
  /// - Throws: `AlgebraError`.
  func load(_ list: some Collection<Int>) throws {
    let common = zip(list, faces).prefix { $0 == $1 }.count
    faces.removeLast(faces.count - common)
    data.removeLast(data.count - common)
    blockStart.removeLast(blockStart.count - common - 1)
    for face in list.dropFirst(common) { try append(face) }
  }

  private func append(_ face: Int) throws {
    let entry = try faceData(face)
    let first = columnCount
    for (i, value) in entry.columns.enumerated() { columns[first * rows + i] = value }
    for (i, value) in entry.images.enumerated() { images[first * rows + i] = value }
    for i in first..<(first + entry.dimension) {
      let column = columns + i * rows
      tables.targets.withUnsafeBufferPointer { targets in
        products[i] = targets.baseAddress.map { dot(column, $0, rows) } ?? .zero
      }
      for j in 0...i {
        gram[i * stride + j] = dot(column, images + j * rows, rows)
        gram[j * stride + i] = gram[i * stride + j]
      }
    }
    faces.append(face)
    data.append(entry)
    blockStart.append(first + entry.dimension)
  }

  private func faceData(_ face: Int) throws -> PreciseTables.Face {
    if let entry = known[face] { return entry }
    let entry = try tables.face(face)
    knownNumbers += (2 * entry.dimension + entry.kinks.count) * rows
    if knownNumbers > Self.mostKnownNumbers { (known, knownNumbers) = ([:], 0) }
    known[face] = entry
    return entry
  }

  // MARK: - The minimiser

  /// Minimises from these coordinates, a unit with only zeros being dead; if that fails, from zero.
  ///
  /// - Returns: whether a point was found at which alive units have a defect near the rounding errors and the others a
  ///   gradient of at most `λ`.
  func minimise(from point: UnsafePointer<Double>) -> Bool {
    let isFinite = (0..<columnCount).allSatisfy { point[$0].isFinite }
    if isFinite, solve(from: (0..<columnCount).map { DoubleDouble(point[$0]) }) { return true }
    return solve(from: Array(repeating: .zero, count: columnCount))
  }

  private func solve(from point: [DoubleDouble]) -> Bool {
    isAlive = faces.indices.map { block($0).contains { point[$0].high != 0 } }
    for i in 0..<columnCount { coordinates[i] = point[i] }
    var visited: Set<[Bool]> = []
    var reweightings = 0
    while true {
      guard descend(after: reweightings), visited.insert(isAlive).inserted else { return false }
      guard let missing = mostMissing() else { return true }
      guard revive(missing) else { return false }
      reweightings = 3
    }
  }

  /// Newton's method, with steps cut off before a unit turns around.
  ///
  /// - Parameter reweightings: the number of steps of reweighting to begin with.
  /// - Returns: whether it converged. A unit that dwindles is dead then.
  private func descend(after reweightings: Int) -> Bool {
    var shrinks = faces.map { _ in 0 }
    setAlive()
    evaluate()
    for _ in 0..<reweightings {
      guard reweight() else { return false }
    }
    var before = Double.infinity
    for _ in 0..<Self.mostSteps {
      if alive.isEmpty { return true }
      guard factoriseHessian() else { return false }
      for i in alive { step[i] = -defects[i] }
      solve()
      var size = 0.0
      var length = DoubleDouble.one
      for index in faces.indices where isAlive[index] {
        size = max(size, (inner(step, step, index).squareRoot / norms[index]).high)
        let inward = -inner(coordinates, step, index) / norms[index]
        guard inward.high > 0.9 * norms[index].high else { continue }
        let part = DoubleDouble(0.9) * norms[index] / inward
        if length > part { length = part }
        shrinks[index] += 1
      }
      if let dwindling = faces.indices.first(where: { isAlive[$0] && shrinks[$0] > Self.mostShrinks }) {
        for i in block(dwindling) { coordinates[i] = .zero }
        isAlive[dwindling] = false
        setAlive()
        evaluate()
        before = .infinity
        continue
      }
      move(length, isTrusted: size <= 0x1p-20)
      // In units of the coordinates themselves, whatever those of the data are.
      if size <= 0x1p-50 || (size <= 0x1p-20 && size >= 0.25 * before) { return true }
      before = size
    }
    return false
  }

  /// Moves along the step, less far if the objective rises again by then, unless that is lost in rounding.
  private func move(_ longest: DoubleDouble, isTrusted: Bool) {
    var length = longest
    for i in alive { start[i] = coordinates[i] }
    let slope = alive.reduce(DoubleDouble.zero) { $0 + defects[$1] * step[$1] }.high
    for _ in 0..<12 {
      for i in alive { coordinates[i] = start[i] + length * step[i] }
      evaluate()
      let reached = alive.reduce(DoubleDouble.zero) { $0 + defects[$1] * step[$1] }.high
      if isTrusted || reached <= -0.9 * slope { return }
      length = length * DoubleDouble(0.25)
    }
  }

  /// The minimiser of `½|y − A c|² + ½ Σ λ|c_l|²/|c⁰_l|`, which lies above the objective and touches it at the point
  /// `c⁰`: it always descends.
  private func reweight() -> Bool {
    guard factoriseHessian(isReweighted: true) else { return false }
    for i in alive { step[i] = products[i] }
    solve()
    for i in alive { coordinates[i] = step[i] }
    evaluate()
    return true
  }

  private func setAlive() {
    alive = faces.indices.filter { isAlive[$0] }.flatMap { Array(block($0)) }
  }

  /// Sets `gradients`, and `norms` and `defects` of alive units, for the coordinates.
  private func evaluate() {
    for i in 0..<columnCount {
      var sum = products[i]
      for j in alive { sum -= gram[i * stride + j] * coordinates[j] }
      gradients[i] = sum
    }
    for index in faces.indices where isAlive[index] {
      norms[index] = inner(coordinates, coordinates, index).squareRoot
      let factor = tables.ridge / norms[index]
      for i in block(index) { defects[i] = factor * coordinates[i] - gradients[i] }
    }
  }

  private func inner(
    _ left: UnsafePointer<DoubleDouble>, _ right: UnsafePointer<DoubleDouble>, _ index: Int
  ) -> DoubleDouble {
    dot(left + blockStart[index], right + blockStart[index], block(index).count)
  }

  /// The dead unit whose gradient exceeds the ridge most.
  private func mostMissing() -> Int? {
    let dead = faces.indices.filter {
      !isAlive[$0] && inner(gradients, gradients, $0) > tables.ridge * tables.ridge
    }
    return dead.max { inner(gradients, gradients, $0).high < inner(gradients, gradients, $1).high }
  }

  /// Gives a dead unit the best multiple of its gradient as coordinates.
  private func revive(_ index: Int) -> Bool {
    let norm = inner(gradients, gradients, index).squareRoot
    var curvature = DoubleDouble.zero
    for i in block(index) {
      for j in block(index) { curvature += gradients[i] * gram[i * stride + j] * gradients[j] }
    }
    let length = (norm - tables.ridge) / curvature * norm
    guard length.high > 0, length.high.isFinite else { return false }
    for i in block(index) { coordinates[i] = length * gradients[i] }
    isAlive[index] = true
    return true
  }

  // MARK: - The Hessian

  /// Sets `hessian` and `factor` for the alive units; false if it is too nearly singular.
  ///
  /// - Parameter isReweighted: with the identity in place of the projections.
  func factoriseHessian(isReweighted: Bool = false) -> Bool {
    let count = alive.count
    for (row, i) in alive.enumerated() {
      for (column, j) in alive.enumerated() { hessian[row * stride + column] = gram[i * stride + j] }
    }
    var first = 0
    for index in faces.indices where isAlive[index] {
      let curvature = tables.ridge / norms[index]
      let size = block(index).count
      for row in 0..<size {
        if isReweighted {
          hessian[(first + row) * (stride + 1)] += curvature
          continue
        }
        let direction = coordinates[blockStart[index] + row] / norms[index]
        for column in 0..<size {
          let other = coordinates[blockStart[index] + column] / norms[index]
          let entry = (first + row) * stride + first + column
          hessian[entry] += curvature * ((row == column ? .one : .zero) - direction * other)
        }
      }
      first += size
    }
    for i in 0..<count {
      for j in 0...i {
        var sum = hessian[i * stride + j]
        for l in 0..<j { sum -= factor[i * stride + l] * factor[j * stride + l] }
        if j < i {
          factor[i * stride + j] = sum * factor[j * stride + j]
        } else {
          guard sum.high > 0 else { return false }
          factor[i * stride + i] = .one / sum.squareRoot
        }
      }
    }
    return true
  }

  /// Solves with the factorised matrix, in place in `step`.
  private func solve() {
    let count = alive.count
    for (row, i) in alive.enumerated() {
      var sum = step[i]
      for l in 0..<row { sum -= factor[row * stride + l] * step[alive[l]] }
      step[i] = sum * factor[row * stride + row]
    }
    for row in Swift.stride(from: count - 1, through: 0, by: -1) {
      var sum = step[alive[row]]
      for l in (row + 1)..<max(row + 1, count) { sum -= factor[l * stride + row] * step[alive[l]] }
      step[alive[row]] = sum * factor[row * stride + row]
    }
  }
}
