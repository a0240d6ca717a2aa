import Algebra

/// A sparse polynomial with integer coefficients: packed monomials in decreasing order, none of them with the
/// coefficient zero.
struct SparseTerms: Sendable {
  typealias Integer = SwiftEngine.Integer

  let layout: MonomialLayout
  /// `layout.width` words for each term.
  var monomials: [UInt]
  var coefficients: [Integer]

  init(_ layout: MonomialLayout, monomials: [UInt] = [], coefficients: [Integer] = []) {
    self.layout = layout
    self.monomials = monomials
    self.coefficients = coefficients
  }

  var count: Int { coefficients.count }
  var isZero: Bool { coefficients.isEmpty }
  var isConstant: Bool { count == 0 || (count == 1 && monomials.allSatisfy { $0 == 0 }) }

  static func constant(_ value: Integer, variables: Int, order: MonomialOrder) -> SparseTerms {
    let layout = MonomialLayout(variables: variables, order: order, degree: 0)
    guard !value.isZero else { return SparseTerms(layout) }
    return SparseTerms(
      layout, monomials: Array(repeating: 0, count: layout.width), coefficients: [value])
  }

  /// The sum of the given terms, in any sequence, with repetitions.
  init(
    exponents: [[Int]], coefficients: [Integer], variables: Int, order: MonomialOrder
  ) {
    let degree = exponents.lazy.map { $0.reduce(0, +) }.max() ?? 0
    let layout = MonomialLayout(variables: variables, order: order, degree: degree)
    var packed = [UInt](repeating: 0, count: exponents.count * layout.width)
    packed.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      for (index, vector) in exponents.enumerated() {
        layout.pack(vector, into: start + index * layout.width)
      }
    }
    self.init(layout, unsorted: packed, coefficients)
  }

  /// Sorts terms and adds those with the same monomial.
  init(_ layout: MonomialLayout, unsorted packed: [UInt], _ list: [Integer]) {
    let width = layout.width
    self.init(layout)
    packed.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      let sorted = list.indices.sorted { layout.compare(start + $0 * width, start + $1 * width) > 0 }
      var index = 0
      while index < sorted.count {
        let place = start + sorted[index] * width
        var sum = list[sorted[index]]
        index += 1
        while index < sorted.count, layout.compare(place, start + sorted[index] * width) == 0 {
          sum += list[sorted[index]]
          index += 1
        }
        append(place, sum)
      }
    }
  }

  /// Appends a term that is smaller than all others, unless the coefficient is zero.
  @inline(__always)
  mutating func append(_ monomial: UnsafePointer<UInt>, _ coefficient: Integer) {
    guard !coefficient.isZero else { return }
    for word in 0..<layout.width { monomials.append(monomial[word]) }
    coefficients.append(coefficient)
  }

  func exponent(of variable: Int, inTerm index: Int) -> Int {
    monomials.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { layout.exponent(of: variable, in: $0 + index * layout.width) } ?? 0
    }
  }

  func exponents(ofTerm index: Int) -> [Int] {
    (0..<layout.variables).map { exponent(of: $0, inTerm: index) }
  }

  /// −1 for zero.
  func degree(in variable: Int) -> Int {
    (0..<count).reduce(-1) { max($0, exponent(of: variable, inTerm: $1)) }
  }

  /// −1 for zero.
  var totalDegree: Int {
    monomials.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return -1 }
      return (0..<count).reduce(-1) { max($0, layout.totalDegree(start + $1 * layout.width)) }
    }
  }

  /// The same polynomial in another layout of the same order.
  func packed(_ other: MonomialLayout) -> SparseTerms {
    guard other != layout else { return self }
    var packed = [UInt](repeating: 0, count: count * other.width)
    packed.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      for index in 0..<count { other.pack(exponents(ofTerm: index), into: start + index * other.width) }
    }
    return SparseTerms(other, monomials: packed, coefficients: coefficients)
  }

  /// Both in the greater one of their layouts.
  static func unified(_ left: SparseTerms, _ right: SparseTerms) -> (SparseTerms, SparseTerms) {
    left.layout.bits >= right.layout.bits
      ? (left, right.packed(left.layout)) : (left.packed(right.layout), right)
  }

  static func == (left: SparseTerms, right: SparseTerms) -> Bool {
    guard left.count == right.count, left.coefficients == right.coefficients else { return false }
    let (x, y) = unified(left, right)
    return x.monomials == y.monomials
  }

  func mapCoefficients(_ transform: (Integer) -> Integer) -> SparseTerms {
    SparseTerms(layout, monomials: monomials, coefficients: coefficients.map(transform))
  }

  /// The coefficients times a factor that is not zero.
  func scaled(by factor: Integer) -> SparseTerms { factor == 1 ? self : mapCoefficients { $0 * factor } }

  var negated: SparseTerms { mapCoefficients { -$0 } }

  func divided(byConstant divisor: Integer) -> SparseTerms {
    divisor == 1 ? self : mapCoefficients { $0.divided(by: divisor).quotient }
  }

  /// The greatest common divisor of the coefficients, with the sign of the leading one.
  var signedContent: Integer {
    let content = Integer.greatestCommonDivisor(of: coefficients)
    return coefficients.first?.isNegative == true ? -content : content
  }

  var primitivePart: SparseTerms { isZero ? self : divided(byConstant: signedContent) }

  /// `left · leftFactor + right · rightFactor`.
  static func combine(
    _ left: SparseTerms, _ leftFactor: Integer, _ right: SparseTerms, _ rightFactor: Integer
  ) -> SparseTerms {
    let (x, y) = unified(left.scaled(by: leftFactor), right.scaled(by: rightFactor))
    let width = x.layout.width
    var sum = SparseTerms(x.layout)
    sum.monomials.reserveCapacity(x.monomials.count + y.monomials.count)
    sum.coefficients.reserveCapacity(x.count + y.count)
    x.monomials.withUnsafeBufferPointer { xBuffer in
      y.monomials.withUnsafeBufferPointer { yBuffer in
        var (i, j) = (0, 0)
        while i < x.count || j < y.count {
          let order: Int =
            if i == x.count { -1 } else if j == y.count { 1 } else {
              if let a = xBuffer.baseAddress, let b = yBuffer.baseAddress {
                x.layout.compare(a + i * width, b + j * width)
              } else {
                0
              }
            }
          if order >= 0, let a = xBuffer.baseAddress {
            sum.append(
              a + i * width, order == 0 ? x.coefficients[i] + y.coefficients[j] : x.coefficients[i])
            i += 1
            if order == 0 { j += 1 }
          } else if let b = yBuffer.baseAddress {
            sum.append(b + j * width, y.coefficients[j])
            j += 1
          }
        }
      }
    }
    return sum
  }
}
