/// A polynomial over a prime field with packed monomials in descending order, at fixed addresses.
///
/// Owned by whoever created it; `deallocate` frees it.
struct ModularPolynomial {
  let count: Int
  let coefficients: UnsafeMutablePointer<UInt32>
  let monomials: UnsafeMutablePointer<UInt64>

  init(count: Int, words: Int) {
    self.count = count
    coefficients = .allocate(capacity: max(count, 1))
    monomials = .allocate(capacity: max(count * words, 1))
  }

  func copy(words: Int) -> ModularPolynomial {
    let copy = ModularPolynomial(count: count, words: words)
    copy.coefficients.update(from: coefficients, count: count)
    copy.monomials.update(from: monomials, count: count * words)
    return copy
  }

  func deallocate() {
    coefficients.deallocate()
    monomials.deallocate()
  }
}

extension [ModularPolynomial] {
  /// The coefficients of all terms, element by element.
  var coefficients: [UInt32] {
    flatMap { UnsafeBufferPointer(start: $0.coefficients, count: $0.count) }
  }

  func deallocate() {
    for polynomial in self { polynomial.deallocate() }
  }
}
