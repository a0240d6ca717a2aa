import Algebra
import Strata

/// Prefix sums of numbers in double-double arithmetic.
package struct PrefixSums<Numbers: RandomAccessCollection<Double>> where Numbers.Index == Int {
  /// Terms per entry.
  package let width: Int
  package let high: Numbers
  package let low: Numbers

  /// The sum of the entries `from..<to`.
  @inline(__always)
  package func sum(_ term: Int, _ from: Int, _ to: Int) -> Double {
    (high[to * width + term] - high[from * width + term])
      + (low[to * width + term] - low[from * width + term])
  }
}

/// Sums over the rows on which faces of the plane are active, in doubles.
///
/// What is read for every pair of faces lies in memory of its own; see `FilterTables`.
package final class PlanarMoments: @unchecked Sendable {
  private let rows: [Int]
  private let count: Int
  private let positive: UnsafeBufferPointer<PlanarOrder.Arc>
  private let negative: UnsafeBufferPointer<PlanarOrder.Arc>
  /// `z_1², z_1 z_2, z_2²`, twice around.
  private let squares: PrefixSums<UnsafeBufferPointer<Double>>

  /// - Parameter squares: exact prefix sums; each is split into two doubles.
  package init<R: ExactRational>(_ order: PlanarOrder, squares: [[R]]) {
    rows = order.rows
    count = order.count
    var (high, low): ([Double], [Double]) = ([], [])
    for sum in squares.joined() {
      let parts = DoubleDouble(sum)
      high.append(parts.high)
      low.append(parts.low)
    }
    self.squares = PrefixSums(width: 3, high: .copy(of: high), low: .copy(of: low))
    positive = .copy(of: order.positive)
    negative = .copy(of: order.negative)
  }

  deinit {
    squares.high.deallocate()
    squares.low.deallocate()
    positive.deallocate()
    negative.deallocate()
  }

  /// `Σ_i e_i e'_i z_i z_iᵀ`, `2 × 2`.
  package func secondMoments(
    _ face: Int, _ other: Int, slope: Double, into target: UnsafeMutablePointer<Double>
  ) {
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
      sums.0 += weight * squares.sum(0, from, to)
      sums.1 += weight * squares.sum(1, from, to)
      sums.2 += weight * squares.sum(2, from, to)
    }
  }

  /// Prefix sums of `v_i z_i`, twice around, by compensated summation (Knuth's two-sum).
  package func prefixSums(of values: [Double], _ vectors: UnsafeMutablePointer<Double>) -> PrefixSums<
    [Double]
  > {
    var high = [Double](repeating: 0, count: 4 * count + 2)
    var low = high
    for position in 0..<(2 * count) {
      let row = rows[position < count ? position : position - count]
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
  package func firstMoment(
    _ face: Int, _ prefix: PrefixSums<[Double]>, slope: Double, into target: UnsafeMutablePointer<Double>
  ) {
    let (positive, negative) = (self.positive[face], self.negative[face])
    for column in 0..<2 {
      target[column] = prefix.sum(column, positive.start, positive.end)
      if slope != 0 { target[column] += slope * prefix.sum(column, negative.start, negative.end) }
    }
  }
}
