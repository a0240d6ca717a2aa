import Algebra

extension SparseTerms {
  /// The product. Cost: a heap with a row for each term of the shorter factor.
  static func multiply(_ left: SparseTerms, _ right: SparseTerms) -> SparseTerms {
    guard !left.isZero, !right.isZero else { return SparseTerms(left.layout) }
    let degree = left.totalDegree + right.totalDegree
    let layout = MonomialLayout(
      variables: left.layout.variables, order: left.layout.order, degree: degree)
    let (short, long) = left.count <= right.count ? (left, right) : (right, left)
    let (x, y) = (short.packed(layout), long.packed(layout))
    if x.count == 1 { return y.multiplied(byTerm: x) }
    let width = layout.width
    var (product, heap) = (SparseTerms(layout), ProductHeap(layout))
    product.coefficients.reserveCapacity(x.count + y.count)
    x.monomials.withUnsafeBufferPointer { xBuffer in
      y.monomials.withUnsafeBufferPointer { yBuffer in
        guard let xs = xBuffer.baseAddress, let ys = yBuffer.baseAddress else { return }
        withUnsafeTemporaryAllocation(of: UInt.self, capacity: width) { key in
          guard let top = key.baseAddress else { return }
          heap.insert(.init(row: 0, place: 0), xs, ys)
          while !heap.isEmpty {
            heap.copyTop(to: top)
            var sum = CoefficientSum()
            while !heap.isEmpty, heap.compareTop(top) == 0 {
              let entry = heap.removeTop()
              sum.add(x.coefficients[entry.row], times: y.coefficients[entry.place])
              if entry.place == 0, entry.row + 1 < x.count {
                heap.insert(.init(row: entry.row + 1, place: 0), xs + (entry.row + 1) * width, ys)
              }
              if entry.place + 1 < y.count {
                heap.insert(
                  .init(row: entry.row, place: entry.place + 1), xs + entry.row * width,
                  ys + (entry.place + 1) * width)
              }
            }
            product.append(top, sum.value)
          }
        }
      }
    }
    return product
  }

  /// The product with a single term in the same layout.
  private func multiplied(byTerm term: SparseTerms) -> SparseTerms {
    let width = layout.width
    var monomials = monomials
    for index in monomials.indices { monomials[index] &+= term.monomials[index % width] }
    let factor = term.coefficients[0]
    return SparseTerms(
      layout, monomials: monomials,
      coefficients: factor == 1 ? coefficients : coefficients.map { $0 * factor })
  }

  /// Cost: repeated squaring.
  func power(_ exponent: Int) -> SparseTerms {
    var (result, square, rest): (SparseTerms?, SparseTerms, Int) = (nil, self, exponent)
    while rest > 0 {
      if rest & 1 == 1 { result = result.map { Self.multiply($0, square) } ?? square }
      rest >>= 1
      if rest > 0 { square = Self.multiply(square, square) }
    }
    return result ?? .constant(1, variables: layout.variables, order: layout.order)
  }
}

/// A sum of products, kept in two machine words as long as it fits.
struct CoefficientSum {
  private var short: Int128 = 0
  private var long: SwiftEngine.Integer = 0

  @inline(__always)
  mutating func add(_ left: SwiftEngine.Integer, times right: SwiftEngine.Integer) {
    if left.large == nil, right.large == nil {
      let (high, low) = left.word.multipliedFullWidth(by: right.word)
      let product = Int128(high) << 64 | Int128(low)
      let (sum, overflow) = short.addingReportingOverflow(product)
      if !overflow {
        short = sum
        return
      }
    }
    long += left * right
  }

  var value: SwiftEngine.Integer {
    let rest = SwiftEngine.Integer(short)
    return long.isZero ? rest : long + rest
  }
}
