import Algebra

/// Prefix sums of numbers in double-double arithmetic.
struct PrefixSums: Sendable {
  /// Terms per entry.
  let width: Int
  let high: [Double]
  let low: [Double]

  /// The sum of the entries `from..<to`.
  @inline(__always)
  func sum(_ term: Int, _ from: Int, _ to: Int) -> Double {
    (high[to * width + term] - high[from * width + term])
      + (low[to * width + term] - low[from * width + term])
  }
}

/// Sums over the rows on which faces of the plane are active, in doubles.
///
/// What is read for every pair of faces lies in memory of its own; see `FilterTables`.
final class PlanarMoments: @unchecked Sendable {
  private let order: PlanarOrder
  private let count: Int
  private let positive: UnsafeMutableBufferPointer<PlanarOrder.Arc>
  private let negative: UnsafeMutableBufferPointer<PlanarOrder.Arc>
  /// `z_1², z_1 z_2, z_2²`, twice around.
  private let high: UnsafeMutableBufferPointer<Double>
  private let low: UnsafeMutableBufferPointer<Double>

  /// - Parameter squares: exact prefix sums; each is split into two doubles.
  init<R: ExactRational>(_ order: PlanarOrder, squares: [[R]]) {
    self.order = order
    count = order.count
    var (high, low): ([Double], [Double]) = ([], [])
    for sum in squares.joined() {
      let head = sum.doubleValue
      high.append(head)
      low.append(head.isFinite ? Self.rest(of: sum, head) : .nan)
    }
    self.high = Self.copy(high)
    self.low = Self.copy(low)
    positive = Self.copy(order.positive)
    negative = Self.copy(order.negative)
  }

  deinit {
    high.deallocate()
    low.deallocate()
    positive.deallocate()
    negative.deallocate()
  }

  private static func copy<Element>(_ elements: [Element]) -> UnsafeMutableBufferPointer<Element> {
    let copy = UnsafeMutableBufferPointer<Element>.allocate(capacity: elements.count)
    _ = copy.initialize(from: elements)
    return copy
  }

  @inline(__always)
  private func square(_ term: Int, _ from: Int, _ to: Int) -> Double {
    (high[3 * to + term] - high[3 * from + term]) + (low[3 * to + term] - low[3 * from + term])
  }

  /// `value − head`, rounded.
  private static func rest<R: ExactRational>(of value: R, _ head: Double) -> Double {
    guard head != 0 else { return value.doubleValue }
    // A double is an integer of at most 53 bits times a power of two.
    let digits = R(Int(head.significand * 0x1p52) * (head < 0 ? -1 : 1))
    guard let scale = try? R(2).power(Int(head.exponent) - 52) else { return .nan }
    return (value - digits * scale).doubleValue
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

  private func add(
    _ first: PlanarOrder.Arc, _ second: PlanarOrder.Arc, _ weight: Double,
    _ sums: inout (Double, Double, Double)
  ) {
    PlanarOrder.forEachCommonRange(first, second, count: count) { from, to in
      sums.0 += weight * square(0, from, to)
      sums.1 += weight * square(1, from, to)
      sums.2 += weight * square(2, from, to)
    }
  }

  /// Prefix sums of `v_i z_i`, twice around, by compensated summation (Knuth's two-sum).
  func prefixSums(of values: [Double], _ vectors: UnsafeMutablePointer<Double>) -> PrefixSums {
    var high = [Double](repeating: 0, count: 4 * order.count + 2)
    var low = high
    for position in 0..<(2 * order.count) {
      let row = order.rows[position < order.count ? position : position - order.count]
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
    let (positive, negative) = (order.positive[face], order.negative[face])
    for column in 0..<2 {
      target[column] = prefix.sum(column, positive.start, positive.end)
      if slope != 0 { target[column] += slope * prefix.sum(column, negative.start, negative.end) }
    }
  }
}
