extension Words {
  /// From so many words on, three products of half the size are cheaper than one.
  private static let karatsubaLimit = 28

  /// The product of n and m words, n + m words that must not overlap the factors. Cost: schoolbook for short
  /// factors, else Karatsuba and Ofman's method (Soviet Physics Doklady 7, 1963).
  static func multiply(_ r: Target, _ x: Source, _ n: Int, _ y: Source, _ m: Int) {
    if n < m { return multiply(r, y, m, x, n) }
    guard m > 0 else {
      r.update(repeating: 0, count: n)
      return
    }
    if m < karatsubaLimit {
      multiplyShort(r, x, n, y, m)
    } else if n == m {
      multiplyBalanced(r, x, y, n)
    } else {
      multiplyUnbalanced(r, x, n, y, m)
    }
  }

  @inline(__always)
  private static func multiplyShort(_ r: Target, _ x: Source, _ n: Int, _ y: Source, _ m: Int) {
    r[n] = multiply(r, x, n, by: y[0])
    for i in 1..<max(m, 1) { r[n + i] = addProduct(r + i, x, n, by: y[i]) }
  }

  /// Cuts the longer factor into pieces of the shorter one's length.
  private static func multiplyUnbalanced(_ r: Target, _ x: Source, _ n: Int, _ y: Source, _ m: Int) {
    r.update(repeating: 0, count: n + m)
    withUnsafeTemporaryAllocation(of: UInt.self, capacity: 2 * m) { scratch in
      guard let piece = scratch.baseAddress else { return }
      var start = 0
      while start < n {
        let length = min(m, n - start)
        multiply(piece, x + start, length, y, m)
        // What is above the piece's place is still zero, so that the carry stays inside.
        _ = add(r + start, piece, length + m, r + start, min(length + m, m))
        start += length
      }
    }
  }

  private static func multiplyBalanced(_ r: Target, _ x: Source, _ y: Source, _ n: Int) {
    if n < karatsubaLimit { return multiplyShort(r, x, n, y, n) }
    let low = n / 2
    let high = n - low
    multiplyBalanced(r, x, y, low)
    multiplyBalanced(r + 2 * low, x + low, y + low, high)
    withUnsafeTemporaryAllocation(of: UInt.self, capacity: 6 * high + 2) { scratch in
      guard let start = scratch.baseAddress else { return }
      let (first, second, product, sum) = (start, start + high, start + 2 * high, start + 4 * high)
      // (x₁ − x₀)(y₁ − y₀) = x₁y₁ + x₀y₀ − (x₁y₀ + x₀y₁).
      let isFirstNegative = subtractMagnitudes(first, x + low, high, x, low)
      let isSecondNegative = subtractMagnitudes(second, y + low, high, y, low)
      multiplyBalanced(product, first, second, high)
      sum[2 * high] = add(sum, r + 2 * low, 2 * high, r, 2 * low)
      if isFirstNegative == isSecondNegative {
        sum[2 * high] &-= subtract(sum, sum, 2 * high, product, 2 * high)
      } else {
        sum[2 * high] &+= add(sum, sum, 2 * high, product, 2 * high)
      }
      let length = count(sum, 2 * high + 1)
      _ = add(r + low, r + low, 2 * n - low, sum, min(length, 2 * n - low))
    }
  }

  /// `|x − y|` for n ≥ m words, n words; returns whether the difference is negative.
  private static func subtractMagnitudes(
    _ r: Target, _ x: Source, _ n: Int, _ y: Source, _ m: Int
  ) -> Bool {
    let (xCount, yCount) = (count(x, n), count(y, m))
    if compare(x, xCount, y, yCount) >= 0 {
      _ = subtract(r, x, n, y, m)
      return false
    }
    // x is smaller, so that it has no words above y's.
    _ = subtract(r, y, m, x, min(xCount, m))
    (r + m).update(repeating: 0, count: n - m)
    return true
  }
}
