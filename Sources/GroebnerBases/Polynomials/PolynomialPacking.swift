import Algebra
import CKernels

extension ModularPolynomial {
  /// The monic multiple of a polynomial with residues as coefficients, sorted, repeated monomials added; `nil`
  /// for zero.
  ///
  /// - Throws: `ExponentOverflow` if an exponent does not fit the layout.
  static func monic(
    _ polynomial: SparsePolynomial<UInt32>, layout: MonomialLayout, field: PrimeField
  ) throws(ExponentOverflow) -> ModularPolynomial? {
    let words = layout.words
    let count = polynomial.termCount
    let packed = GrowableBuffer<UInt64>(capacity: count * words)
    packed.count = count * words
    let fits = polynomial.exponents.withUnsafeBufferPointer { exponents in
      guard let base = exponents.baseAddress else { return true }
      return (0..<count).allSatisfy {
        layout.pack(base + $0 * polynomial.variableCount, into: packed.base + $0 * words)
      }
    }
    guard fits else { throw ExponentOverflow() }
    let ids = GrowableBuffer<UInt32>(capacity: 2 * count)
    for id in 0..<count { ids.append(UInt32(id)) }
    ck_sort_monomials(ids.base, ids.base + count, count, packed.base, layout.complements, words)
    var terms: [(id: Int, coefficient: UInt32)] = []
    for position in 0..<count {
      let id = Int(ids[position])
      let value = polynomial.coefficients[id] % field.prime
      if let last = terms.last, layout.areEqual(packed.base + last.id * words, packed.base + id * words) {
        terms[terms.count - 1].coefficient = field.add(last.coefficient, value)
      } else {
        if terms.last?.coefficient == 0 { terms.removeLast() }
        terms.append((id, value))
      }
    }
    if terms.last?.coefficient == 0 { terms.removeLast() }
    guard let first = terms.first else { return nil }
    let factor = field.inverse(first.coefficient)
    let result = ModularPolynomial(count: terms.count, words: words)
    for (term, (id, coefficient)) in terms.enumerated() {
      result.coefficients[term] = field.multiply(coefficient, factor)
      (result.monomials + term * words).update(from: packed.base + id * words, count: words)
    }
    return result
  }

  func unpacked(layout: MonomialLayout) -> SparsePolynomial<UInt32> {
    let n = layout.variableCount
    let exponents = [UInt32](unsafeUninitializedCapacity: count * n) { buffer, initialized in
      if let base = buffer.baseAddress {
        for term in 0..<count { layout.unpack(monomials + term * layout.words, into: base + term * n) }
      }
      initialized = count * n
    }
    return SparsePolynomial(
      variableCount: n, exponents: exponents,
      coefficients: Array(UnsafeBufferPointer(start: coefficients, count: count)))
  }
}

extension [ModularPolynomial] {
  /// Packs the elements of a basis, which are not zero.
  ///
  /// - Throws: `ExponentOverflow` if an exponent does not fit the layout.
  init(
    packing elements: [SparsePolynomial<UInt32>], layout: MonomialLayout, field: PrimeField
  ) throws(ExponentOverflow) {
    self = []
    for element in elements {
      guard let polynomial = try ModularPolynomial.monic(element, layout: layout, field: field) else {
        preconditionFailure("elements of a basis are not zero")
      }
      append(polynomial)
    }
  }
}
