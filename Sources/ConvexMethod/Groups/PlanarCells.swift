import Algebra
import LandscapeModel
import Strata

/// The faces of the plane (`D = 2`) in their order around the circle of directions, and the *cells* of directions that
/// consecutive faces make up.
///
/// Faces have *positions*: rays and the open arcs between them in turn. A cell is a range of positions; its closure is
/// the arc between two rays. What is read for every group lies in memory of its own; see `FilterTables`.
package final class PlanarCells: @unchecked Sendable {
  /// Some consecutive faces.
  package struct Cell {
    package let positions: Range<Int>
    /// A vector `c` of length one, up to rounding, in the middle; a face whose closure contains it or nearly so, an
    /// open arc unless the cell is a single ray.
    let x: Double
    let y: Double
    let face: Int
    /// Every direction in the closure of the cell is that of a vector `c + x c'` with `c'` at a right angle to `c` and
    /// `|x| ≤ spread`.
    let spread: Double
    /// The rays among the faces; see `rowsOfRays`.
    let rays: Range<Int>
    let isRay: Bool
    /// At least the lengths of `|c|` and `|c'|` in the scales of the columns (`Σ_j |c_j| α_j`).
    let scale: Double
    let normalScale: Double
    /// Whether the cell is narrow enough for `c` and `spread` to be of use.
    let isNarrow: Bool
  }

  /// The numbers of the faces by their positions.
  private let faces: UnsafeBufferPointer<Int>
  /// Rays are numbered on from turn to turn; `first + p` is twice the number of the ray at position `p`, plus one, or
  /// twice the number of the ray that ends the arc there.
  private let first: Int
  /// The unit vector along each ray.
  private let directions: UnsafeBufferPointer<(x: Double, y: Double)>
  /// The number of rays in half a turn.
  private let lineCount: Int
  /// `rows[starts[r]..<starts[r + 1]]` are the data rows whose hyperplane contains ray `r`.
  private let starts: UnsafeBufferPointer<Int>
  let rows: UnsafeBufferPointer<Int>
  /// `Σ ω z zᵀ` over the rows of all rays before a ray: three numbers each.
  private let squares: UnsafeBufferPointer<Double>
  private let columnScales: (x: Double, y: Double)

  package var faceCount: Int { faces.count }

  /// The cosine of the widest angle of a cell with a middle.
  private static let widest = -0.8
  private static let unit = 0x1p-53

  /// - Returns: `nil` unless this is about a plane with faces that follow each other around the circle.
  package init?<Engine: AlgebraEngine>(_ division: Division<Engine>, _ tables: FilterTables) {
    let (problem, moments) = (division.problem, tables.moments)
    guard problem.weightDimension == 2, division.planar != nil, division.arrangement.rank == 2,
      tables.view.isTame, moments.columnSquares.allSatisfy(FilterTables.isTame)
    else { return nil }
    let slope = problem.activation.slope.doubleValue
    let circle = PlanarDirections(
      problem.vectors,
      rows: DirectionRows(
        vectors: problem.vectors.map { $0.map(\.doubleValue) }, dimension: 2, slope: slope)
    ).circle
    var numbers: [SignVector: Int] = [:]
    for face in division.faces { if let signs = face.signs { numbers[signs] = face.index } }
    // An arc, then the ray at its end.
    let around: [Int?] = circle.flatMap { [numbers[$0.arc], numbers[$0.ray]] }
    // Behind the faces on which a unit is dead, or those that others stand for, if there are any.
    let start =
      around.indices.first { around[$0] != nil && around[$0 == 0 ? around.count - 1 : $0 - 1] == nil } ?? 0
    let inOrder = (0..<around.count).map { around[(start + $0) % around.count] }
    let kept = inOrder.prefix { $0 != nil }.compactMap { $0 }
    guard kept.count == division.faces.count, kept.count > 1 else { return nil }
    faces = .copy(of: kept)
    // One turn ahead, so that there is a ray before the first arc.
    first = start + around.count
    let turns = 3
    var (rows, starts, squares): ([Int], [Int], [Double]) = ([], [0], [0, 0, 0])
    var directions: [(x: Double, y: Double)] = []
    for _ in 0..<turns {
      for step in circle {
        directions.append((step.direction[0], step.direction[1]))
        var sums = Array(squares.suffix(3))
        for row in step.rows {
          let (a, b, weight) = (moments.vectors[2 * row], moments.vectors[2 * row + 1], moments.weight(row))
          sums[0] += weight * a * a
          sums[1] += weight * a * b
          sums[2] += weight * b * b
        }
        rows += step.rows
        starts.append(rows.count)
        squares += sums
      }
    }
    self.rows = .copy(of: rows)
    self.starts = .copy(of: starts)
    self.squares = .copy(of: squares)
    self.directions = .copy(of: directions)
    lineCount = circle.count / 2
    let steepest = max(1, slope.magnitude)
    columnScales = (
      steepest * moments.columnSquares[0].squareRoot(), steepest * moments.columnSquares[1].squareRoot()
    )
  }

  deinit {
    faces.deallocate()
    directions.deallocate()
    starts.deallocate()
    rows.deallocate()
    squares.deallocate()
  }

  /// The number of the face at a position.
  package func face(at position: Int) -> Int { faces[position] }

  /// The data rows of consecutive rays, as positions in `rows`.
  @inline(__always)
  func rowsOfRays(_ rays: Range<Int>) -> Range<Int> { starts[rays.lowerBound]..<starts[rays.upperBound] }

  /// At least `Σ ω ⟨v, z⟩²` over the rows of consecutive rays, for a vector with this scale.
  func square(_ rays: Range<Int>, _ x: Double, _ y: Double, scale: Double) -> Double {
    guard !rays.isEmpty else { return 0 }
    let (from, to) = (3 * rays.lowerBound, 3 * rays.upperBound)
    let sum =
      (squares[to] - squares[from]) * x * x + 2 * (squares[to + 1] - squares[from + 1]) * x * y
      + (squares[to + 2] - squares[from + 2]) * y * y
    // Three turns of the rows' sums, each number off by as many roundings as there are terms.
    return max(0, sum) + 16 * Double(rows.count + 16) * Self.unit * scale * scale
  }

  /// The cell of consecutive faces, at least one.
  package func cell(_ positions: Range<Int>) -> Cell {
    let (low, high) = (first + positions.lowerBound, first + positions.upperBound)
    let rays = (low >> 1)..<(high >> 1)
    let (left, right) = ((low - 1) >> 1, (high - 1) >> 1)
    let isRay = positions.count == 1 && low & 1 == 1
    let (start, end) = (directions[left], directions[right])
    // More than half a turn, and ends that are nearly opposite, have no middle.
    let isNarrow = right - left < lineCount && start.x * end.x + start.y * end.y > Self.widest
    var (x, y) = (start.x + end.x, start.y + end.y)
    let length = (x * x + y * y).squareRoot()
    if isNarrow { (x, y) = (x / length, y / length) }
    var face = positions.lowerBound
    if !isRay {
      let middle = isNarrow ? ray(behind: x, y, in: left...right) : (left + right) / 2
      face = 2 * min(max(middle, (low + 1) >> 1), (high - 1) >> 1) - first
    }
    return Cell(
      positions: positions, x: x, y: y, face: faces[face],
      spread: isNarrow ? max(tangent(start, x, y), tangent(end, x, y)) : .infinity, rays: rays, isRay: isRay,
      scale: x.magnitude * columnScales.x + y.magnitude * columnScales.y,
      normalScale: y.magnitude * columnScales.x + x.magnitude * columnScales.y, isNarrow: isNarrow)
  }

  /// At least the absolute value of the tangent of the angle from `(x, y)` to a direction, and more than zero.
  private func tangent(_ direction: (x: Double, y: Double), _ x: Double, _ y: Double) -> Double {
    let (left, right) = (direction.y * x, direction.x * y)
    let along = direction.x * x + direction.y * y
    // Errors of the direction and of the four operations.
    return ((left - right).magnitude + 16 * Self.unit * (left.magnitude + right.magnitude)) / along
      * (1 + 64 * Self.unit)
  }

  /// The first ray that is not on the right of `(x, y)`.
  private func ray(behind x: Double, _ y: Double, in range: ClosedRange<Int>) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if x * directions[middle].y < y * directions[middle].x { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Where the faces of a cell, at least two, are cut in two: before the ray that is nearest to the middle.
  func cut(_ cell: Cell) -> Int {
    let (low, high) = (first + cell.positions.lowerBound, first + cell.positions.upperBound)
    let (left, right) = ((low - 1) >> 1, (high - 1) >> 1)
    // Rays strictly behind the first position.
    let (from, to) = ((low + 1) >> 1, (high >> 1) - 1)
    guard from <= to else { return cell.positions.lowerBound + 1 }
    guard cell.isNarrow else { return 2 * min(max((left + right) / 2, from), to) + 1 - first }
    func distance(_ ray: Int) -> Double {
      (cell.x * directions[ray].y - cell.y * directions[ray].x).magnitude
    }
    var best = min(max(ray(behind: cell.x, cell.y, in: left...right), from), to)
    if best > from, distance(best - 1) < distance(best) { best -= 1 }
    return 2 * best + 1 - first
  }
}
