import Algebra

/// Prefix sums of pairs or triples of numbers in double-double arithmetic.
struct PrefixSums {
  /// Terms per entry.
  let width: Int
  fileprivate let high: [Double]
  fileprivate let low: [Double]

  /// The sum of the entries `from..<to`.
  @inline(__always)
  func sum(_ term: Int, _ from: Int, _ to: Int) -> Double {
    (high[to * width + term] - high[from * width + term])
      + (low[to * width + term] - low[from * width + term])
  }
}

/// The rows of a problem in the plane, in the order of their angles, and the arcs of rows on which faces are
/// active.
final class PlanarRows: @unchecked Sendable {
  /// Consecutive rows `start ..< end` in cyclic order: `0 ≤ start < count`, `start ≤ end ≤ start + count`.
  private struct Arc {
    let start: Int
    let end: Int
  }

  /// Row numbers by angle; rows with `z = 0` are left out.
  private let order: [Int]
  private let positive: [Arc]
  private let negative: [Arc]
  /// `z_1², z_1 z_2, z_2²`, over the rows twice around.
  private let moments: PrefixSums

  init<R: ExactRational>(_ vectors: [[R]], signs: UnsafeMutablePointer<Int8>, faceCount: Int) {
    let n = vectors.count
    let order = Self.rowsByAngle(vectors)
    self.order = order
    func arc(_ face: Int, _ sign: Int8) -> Arc {
      let matches = order.indices.map { signs[face * n + order[$0]] == sign }
      let count = matches.count { $0 }
      // The first match whose predecessor does not match; the order is cyclic.
      let start = matches.indices.first { matches[$0] && !matches[($0 + order.count - 1) % order.count] } ?? 0
      return Arc(start: start, end: start + count)
    }
    positive = (0..<faceCount).map { arc($0, 1) }
    negative = (0..<faceCount).map { arc($0, -1) }
    // Exact sums, each split into two doubles.
    var sums: [R] = [0, 0, 0]
    var (high, low): ([Double], [Double]) = ([], [])
    func append() {
      for sum in sums {
        let head = sum.doubleValue
        high.append(head)
        low.append(head.isFinite ? Self.rest(of: sum, head) : .nan)
      }
    }
    append()
    for row in order + order {
      let (a, b) = (vectors[row][0], vectors[row][1])
      sums = [sums[0] + a * a, sums[1] + a * b, sums[2] + b * b]
      append()
    }
    moments = PrefixSums(width: 3, high: high, low: low)
  }

  /// `value − head`, rounded.
  private static func rest<R: ExactRational>(of value: R, _ head: Double) -> Double {
    guard head != 0 else { return value.doubleValue }
    let exponent = Int(head.exponent)
    // A double is an integer of at most 53 bits times a power of two.
    let digits = R(Int(head.significand * 0x1p52) * (head < 0 ? -1 : 1))
    guard let scale = try? R(2).power(exponent - 52) else { return .nan }
    return (value - digits * scale).doubleValue
  }

  /// The rows with `z ≠ 0`, by the angle of `z` from the positive first axis, then by number; exact.
  private static func rowsByAngle<R: ExactRational>(_ vectors: [[R]]) -> [Int] {
    func half(_ z: [R]) -> Int { z[1] > 0 || (z[1] == 0 && z[0] > 0) ? 0 : 1 }
    return vectors.indices.filter { vectors[$0].contains { $0 != 0 } }.sorted { i, j in
      let (a, b) = (vectors[i], vectors[j])
      if half(a) != half(b) { return half(a) < half(b) }
      let cross = a[0] * b[1] - a[1] * b[0]
      return cross == 0 ? i < j : cross > 0
    }
  }

  /// `Σ_i e_i e'_i z_i z_iᵀ`, `2 × 2`.
  func secondMoments(_ face: Int, _ other: Int, slope: Double, into target: UnsafeMutablePointer<Double>) {
    var sums = (0.0, 0.0, 0.0)
    add(positive[face], positive[other], 1, &sums)
    if slope != 0 {
      add(positive[face], negative[other], slope, &sums)
      add(negative[face], positive[other], slope, &sums)
      add(negative[face], negative[other], slope * slope, &sums)
    }
    target[0] = sums.0
    target[1] = sums.1
    target[2] = sums.1
    target[3] = sums.2
  }

  private func add(_ first: Arc, _ second: Arc, _ weight: Double, _ sums: inout (Double, Double, Double)) {
    for shift in [-order.count, 0, order.count] {
      let from = max(first.start, second.start + shift)
      let to = min(first.end, second.end + shift)
      guard from < to else { continue }
      sums.0 += weight * moments.sum(0, from, to)
      sums.1 += weight * moments.sum(1, from, to)
      sums.2 += weight * moments.sum(2, from, to)
    }
  }

  /// Prefix sums of `v_i z_i`, twice around, by compensated summation (Knuth's two-sum).
  func prefixSums(of values: [Double], _ vectors: UnsafeMutablePointer<Double>) -> PrefixSums {
    var high = [Double](repeating: 0, count: 4 * order.count + 2)
    var low = high
    for position in 0..<(2 * order.count) {
      let row = order[position < order.count ? position : position - order.count]
      for column in 0..<2 {
        let vector = vectors[2 * row + column]
        let product = values[row] * vector
        let error = (-product).addingProduct(values[row], vector)
        let before = high[2 * position + column]
        let sum = before + product
        let back = sum - before
        let lost = (before - (sum - back)) + (product - back)
        high[2 * position + column + 2] = sum
        low[2 * position + column + 2] = low[2 * position + column] + (lost + error)
      }
    }
    return PrefixSums(width: 2, high: high, low: low)
  }

  /// `Σ_i e_i v_i z_i`.
  func firstMoment(
    _ face: Int, _ prefix: PrefixSums, slope: Double, into target: UnsafeMutablePointer<Double>
  ) {
    for column in 0..<2 {
      var sum = prefix.sum(column, positive[face].start, positive[face].end)
      if slope != 0 { sum += slope * prefix.sum(column, negative[face].start, negative[face].end) }
      target[column] = sum
    }
  }
}
