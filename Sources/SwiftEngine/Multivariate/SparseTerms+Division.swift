import Algebra

/// Multivariate division with a heap of the products of quotients and divisors.
struct SparseDivision {
  typealias Integer = SwiftEngine.Integer
  typealias Rational = SwiftEngine.Rational

  /// Quotients and remainders with more terms are refused.
  private static let termLimit = 1 << 22

  /// A quotient or remainder as it grows.
  struct Terms {
    var monomials: [UInt] = []
    var coefficients: [Rational] = []

    /// The same as integers over a common denominator.
    func over(_ layout: MonomialLayout) -> (terms: SparseTerms, denominator: Integer) {
      let denominator = Integer.leastCommonMultiple(of: coefficients.lazy.map(\.denominator))
      let integers = coefficients.map { $0.numerator(over: denominator) }
      return (SparseTerms(layout, monomials: monomials, coefficients: integers), denominator)
    }
  }

  let layout: MonomialLayout
  private(set) var quotients: [Terms]
  private(set) var remainder = Terms()

  /// What stops a division early.
  enum Requirement {
    /// Nothing: terms that no divisor divides go to the remainder.
    case none
    /// An integer quotient without remainder.
    case exact
  }

  /// - Parameters:
  ///   - divisors: not zero.
  ///   - requirement: `.exact` gives `nil` as soon as it cannot be met.
  /// - Throws: `AlgebraError.tooLarge` for millions of terms in the result, or an exponent above 2⁴⁰.
  init?(_ dividend: SparseTerms, by divisors: [SparseTerms], requiring requirement: Requirement) throws {
    // Degrees never grow in orders by degree, and never in exact division; in the lexicographic order they may.
    let isBounded = requirement == .exact || dividend.layout.order != .lexicographic
    let degree =
      isBounded ? ([dividend] + divisors).map(\.totalDegree).max() ?? 0 : Int.max
    layout = MonomialLayout(
      variables: dividend.layout.variables, order: dividend.layout.order, degree: max(degree, 0))
    let layout = layout
    let dividend = dividend.packed(layout)
    let divisors = divisors.map { $0.packed(layout) }
    quotients = divisors.map { _ in Terms() }
    var heap = ProductHeap(layout)
    // Which quotient, and which term of it, a row of the heap stands for.
    var rows: [(divisor: Int, term: Int)] = []
    let width = layout.width
    var key = [UInt](repeating: 0, count: width)
    var next = 0
    while next < dividend.count || !heap.isEmpty {
      // The greatest monomial that is left, and its coefficient.
      let order = dividend.monomials.withUnsafeBufferPointer { buffer in
        guard next < dividend.count, let start = buffer.baseAddress else { return 1 }
        return heap.isEmpty ? -1 : heap.compareTop(start + next * width)
      }
      var coefficient: Rational = 0
      key.withUnsafeMutableBufferPointer { buffer in
        guard let target = buffer.baseAddress else { return }
        if order <= 0 {
          for word in 0..<width { target[word] = dividend.monomials[next * width + word] }
          coefficient = Rational(dividend.coefficients[next])
          next += 1
        } else {
          heap.copyTop(to: target)
        }
        while !heap.isEmpty, heap.compareTop(target) == 0 {
          let entry = heap.removeTop()
          let (divisor, term) = rows[entry.row]
          coefficient =
            coefficient - quotients[divisor].coefficients[term]
            * Rational(divisors[divisor].coefficients[entry.place])
          insertProduct(&heap, entry.row, divisor, term, entry.place + 1, divisors[divisor])
        }
      }
      guard coefficient.signum() != 0 else { continue }
      let found = divisors.firstIndex { divisor in
        key.withUnsafeBufferPointer { key in
          divisor.monomials.withUnsafeBufferPointer { lead in
            guard let m = key.baseAddress, let l = lead.baseAddress else { return false }
            return layout.divides(m, by: l)
          }
        }
      }
      guard let index = found else {
        if requirement == .exact { return nil }
        remainder.monomials += key
        remainder.coefficients.append(coefficient)
        try Self.check(remainder)
        continue
      }
      let divisor = divisors[index]
      let lead = divisor.coefficients[0]
      let factor =
        lead == 1 ? coefficient : Rational(reducing: coefficient.numerator, coefficient.denominator * lead)
      if requirement == .exact, factor.denominator != 1 { return nil }
      for word in 0..<width { key[word] &-= divisor.monomials[word] }
      quotients[index].monomials += key
      quotients[index].coefficients.append(factor)
      try Self.check(quotients[index])
      if !isBounded { try checkExponents(key) }
      rows.append((index, quotients[index].coefficients.count - 1))
      insertProduct(&heap, rows.count - 1, index, rows[rows.count - 1].term, 1, divisor)
    }
  }

  private func insertProduct(
    _ heap: inout ProductHeap, _ row: Int, _ divisor: Int, _ term: Int, _ place: Int, _ terms: SparseTerms
  ) {
    guard place < terms.count else { return }
    quotients[divisor].monomials.withUnsafeBufferPointer { left in
      terms.monomials.withUnsafeBufferPointer { right in
        guard let x = left.baseAddress, let y = right.baseAddress else { return }
        heap.insert(.init(row: row, place: place), x + term * layout.width, y + place * layout.width)
      }
    }
  }

  private static func check(_ terms: Terms) throws {
    guard terms.coefficients.count <= termLimit else {
      throw AlgebraError.tooLarge("a division with more than 2^22 terms in the result")
    }
  }

  private func checkExponents(_ monomial: [UInt]) throws {
    let fits = monomial.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return true }
      return (0..<layout.variables).allSatisfy {
        layout.exponent(of: $0, in: start) <= SizeLimits.exponent
      }
    }
    guard fits else { throw AlgebraError.tooLarge("an exponent above 2^40") }
  }
}

extension SparseTerms {
  /// The quotient with integer coefficients by a divisor that is not zero; `nil` if there is none.
  func quotient(by divisor: SparseTerms) throws -> SparseTerms? {
    guard let division = try SparseDivision(self, by: [divisor], requiring: .exact) else { return nil }
    return division.quotients[0].over(division.layout).terms
  }
}
