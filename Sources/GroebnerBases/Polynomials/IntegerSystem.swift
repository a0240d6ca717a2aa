import Algebra
import CKernels

/// Polynomials with integer coefficients, packed for one layout: terms in descending order, no monomial
/// twice, no zero coefficients, no zero polynomials.
final class IntegerSystem: @unchecked Sendable {
  struct Polynomial {
    /// `layout.words` words for each term.
    var monomials: [UInt64]
    var coefficients: [WideInteger]
  }

  let layout: MonomialLayout
  let polynomials: [Polynomial]

  /// - Throws: `ExponentOverflow` if an exponent does not fit the layout.
  init(_ system: [SparsePolynomial<WideInteger>], layout: MonomialLayout) throws(ExponentOverflow) {
    self.layout = layout
    var packed: [Polynomial] = []
    for polynomial in system {
      let result = try Self.pack(polynomial, layout: layout)
      if !result.coefficients.isEmpty { packed.append(result) }
    }
    polynomials = packed
  }

  private static func pack(
    _ polynomial: SparsePolynomial<WideInteger>, layout: MonomialLayout
  ) throws(ExponentOverflow) -> Polynomial {
    let (words, count) = (layout.words, polynomial.termCount)
    var packed = [UInt64](repeating: 0, count: count * words)
    var ids = (0..<UInt32(count)).map { $0 }
    var scratch = ids
    let fits = packed.withUnsafeMutableBufferPointer { packed in
      polynomial.exponents.withUnsafeBufferPointer { exponents in
        guard let target = packed.baseAddress, let source = exponents.baseAddress else { return true }
        guard
          (0..<count).allSatisfy({
            layout.pack(source + $0 * polynomial.variableCount, into: target + $0 * words)
          })
        else { return false }
        ck_sort_monomials(&ids, &scratch, count, target, layout.complements, words)
        return true
      }
    }
    guard fits else { throw ExponentOverflow() }
    var result = Polynomial(monomials: [], coefficients: [])
    for id in ids {
      let monomial = packed[Int(id) * words..<(Int(id) + 1) * words]
      let coefficient = polynomial.coefficients[Int(id)]
      if let last = result.coefficients.last, result.monomials.suffix(words) == monomial {
        result.coefficients[result.coefficients.count - 1] = last.adding(coefficient)
      } else {
        result.dropZeroAtEnd(words: words)
        result.monomials += monomial
        result.coefficients.append(coefficient)
      }
    }
    result.dropZeroAtEnd(words: words)
    return result
  }

  /// The monic polynomials modulo the prime, or `nil` if it divides a leading coefficient; with
  /// `keepingSupport` also if it divides any coefficient.
  func residues(modulo field: PrimeField, keepingSupport: Bool) -> [[UInt32]]? {
    var result: [[UInt32]] = []
    for polynomial in polynomials {
      var residues = polynomial.coefficients.map { $0.residue(modulo: field.prime) }
      guard residues[0] != 0, !keepingSupport || !residues.contains(0) else { return nil }
      let factor = field.inverse(residues[0])
      for i in residues.indices { residues[i] = field.multiply(residues[i], factor) }
      result.append(residues)
    }
    return result
  }

  /// The same as input for F4, which takes ownership.
  func modularPolynomials(_ residues: [[UInt32]]) -> [ModularPolynomial] {
    zip(polynomials, residues).map { polynomial, residues in
      let result = ModularPolynomial(count: residues.count, words: layout.words)
      for (term, value) in residues.enumerated() { result.coefficients[term] = value }
      for (word, value) in polynomial.monomials.enumerated() { result.monomials[word] = value }
      return result
    }
  }
}

extension IntegerSystem.Polynomial {
  fileprivate mutating func dropZeroAtEnd(words: Int) {
    guard let last = coefficients.last, last.isZero else { return }
    coefficients.removeLast()
    monomials.removeLast(words)
  }
}

extension WideInteger {
  /// The sum; needed only where an input repeats a monomial.
  func adding(_ other: WideInteger) -> WideInteger {
    let length = max(words.count, other.words.count) + 1
    func complement(_ value: WideInteger) -> [UInt64] {
      var result = value.words + [UInt64](repeating: 0, count: length - value.words.count)
      if value.isNegative { result.withUnsafeMutableBufferPointer { Self.negate($0) } }
      return result
    }
    var sum = complement(self)
    var carry: UInt64 = 0
    for (i, word) in complement(other).enumerated() {
      let (first, overflow1) = sum[i].addingReportingOverflow(word)
      let (second, overflow2) = first.addingReportingOverflow(carry)
      sum[i] = second
      carry = overflow1 || overflow2 ? 1 : 0
    }
    // A sign bit at the very top is free because of the additional word.
    let isNegative = sum[length - 1] >> 63 == 1
    if isNegative { sum.withUnsafeMutableBufferPointer { Self.negate($0) } }
    return WideInteger(isNegative: isNegative, words: sum)
  }

  private static func negate(_ buffer: UnsafeMutableBufferPointer<UInt64>) {
    guard let base = buffer.baseAddress else { return }
    WordArithmetic.negate(base, buffer.count)
  }
}
