import Algebra
import ConvexMethod

/// All vertices of a bounded polytope `{x = start + changes · t, x ≥ 0}` if each of them is simple: found along the edges
/// in doubles, with bounds for all rounding errors.
///
/// A set of as many zeros as there are parameters is a simple vertex where all other entries are certainly positive. One
/// that differs in one zero from another is the other end of an edge, so that every vertex is found.
struct SimpleVertices {
  struct Vertex {
    /// The positions of the zeros, ascending.
    let zeros: [Int]
    /// All entries, those of the zeros exactly 0.
    let values: [Double]
  }

  private(set) var vertices: [Vertex] = []
  /// At least the error of any value.
  private(set) var error = 0.0

  /// `start` and `changes`, row major, with bounds of their errors.
  private let start: [(value: Double, error: Double)]
  private let changes: [(value: Double, error: Double)]
  private let count: Int

  /// - Parameters:
  ///   - first: the zeros of a vertex.
  ///   - most: the greatest number of vertices.
  /// - Returns: `nil` if there are more, or one of them is not certainly simple.
  /// - Throws: `Interruption`.
  init?<Ball: RealBall>(
    start: [Ball], changes: [[Ball]], first zeros: [Int], most: Int, control: Control
  ) throws {
    self.start = start.map { ($0.approximation, $0.approximationError) }
    self.changes = changes.flatMap { $0.map { ($0.approximation, $0.approximationError) } }
    count = zeros.count
    guard let first = vertex(zeros) else { return nil }
    var known: Set<[Int]> = [zeros]
    var open = [first]
    while let (vertex, inverse, error) = open.popLast() {
      try control.check()
      guard vertices.count < most else { return nil }
      vertices.append(vertex)
      self.error = max(self.error, error)
      for released in 0..<count {
        guard let next = otherEnd(of: vertex, releasing: released, inverse) else { return nil }
        guard known.insert(next).inserted else { continue }
        guard let neighbour = self.vertex(next) else { return nil }
        open.append(neighbour)
      }
    }
    vertices.sort { $1.zeros.lexicographicallyPrecedes($0.zeros) }
  }

  /// Far more than the rounding error of a sum of the terms of one row, relative to that of their absolute values.
  private var unit: Double { 0x1p-52 * Double(count + 8) }

  /// The vertex with these zeros, an approximate inverse of their rows, and a bound of the errors of its values; `nil` if
  /// another value is not certainly positive.
  private func vertex(_ zeros: [Int]) -> (vertex: Vertex, inverse: [Double], error: Double)? {
    let matrix = zeros.flatMap { row in (0..<count).map { changes[row * count + $0].value } }
    guard let inverse = approximateInverse(matrix, size: count) else { return nil }
    // |1 − B A| and |B| applied to the errors of A, row by row.
    var contraction = 0.0
    for row in 0..<count {
      var (sum, sizes) = ([Double](repeating: 0, count: count), [Double](repeating: 0, count: count))
      sum[row] = -1
      var error = 0.0
      for k in 0..<count {
        let factor = inverse[row * count + k]
        for column in 0..<count {
          sum[column] += factor * matrix[k * count + column]
          sizes[column] += (factor * matrix[k * count + column]).magnitude
          error += factor.magnitude * changes[zeros[k] * count + column].error
        }
      }
      contraction = max(
        contraction, sum.reduce(error) { $0 + $1.magnitude } + unit * sizes.reduce(1) { $0 + $1 })
    }
    guard contraction < 0.5 else { return nil }
    let parameters = (0..<count).map { row in
      (0..<count).reduce(0.0) { $0 - inverse[row * count + $1] * start[zeros[$1]].value }
    }
    let defects = zeros.map { row -> Double in
      let (value, error) = self.value(row, parameters)
      return value.magnitude + error
    }
    let distance =
      (0..<count).reduce(0.0) { largest, row in
        max(largest, (0..<count).reduce(0.0) { $0 + inverse[row * count + $1].magnitude * defects[$1] })
      } / (1 - contraction) * (1 + unit)
    var values = [Double](repeating: 0, count: start.count)
    var largest = 0.0
    for position in start.indices where !zeros.contains(position) {
      var (value, error) = self.value(position, parameters)
      for column in 0..<count {
        error +=
          (changes[position * count + column].value.magnitude + changes[position * count + column].error)
          * distance
      }
      error *= 1 + unit
      guard value > error else { return nil }
      values[position] = value
      largest = max(largest, error)
    }
    return (Vertex(zeros: zeros, values: values), inverse, largest)
  }

  /// An entry for given parameters, with a bound of its error.
  private func value(_ position: Int, _ parameters: [Double]) -> (Double, Double) {
    var (value, size, error) = (start[position].value, start[position].value.magnitude, start[position].error)
    for column in 0..<count {
      let change = changes[position * count + column]
      value += change.value * parameters[column]
      size += (change.value * parameters[column]).magnitude
      error += change.error * parameters[column].magnitude
    }
    return (value, error + unit * size)
  }

  /// The zeros where the edge ends on which one of them grows.
  private func otherEnd(of vertex: Vertex, releasing released: Int, _ inverse: [Double]) -> [Int]? {
    var best: (position: Int, length: Double)?
    for position in start.indices where vertex.values[position] > 0 {
      var rate = 0.0
      var size = 0.0
      for column in 0..<count {
        let term = changes[position * count + column].value * inverse[column * count + released]
        rate += term
        size += term.magnitude
      }
      guard rate < -unit * size else { continue }
      let length = vertex.values[position] / -rate
      if length < best?.length ?? .infinity { best = (position, length) }
    }
    guard let best else { return nil }
    var next = vertex.zeros
    next[released] = best.position
    return next.sorted()
  }
}
