/// The monomials of the elements of a basis, by which bases modulo different primes are compared.
struct BasisShape: Hashable, Sendable {
  private let counts: [Int]
  private let monomials: [[UInt64]]

  var termCount: Int { counts.reduce(0, +) }

  init(_ basis: [ModularPolynomial], layout: MonomialLayout) {
    counts = basis.map(\.count)
    monomials = basis.map { Array(UnsafeBufferPointer(start: $0.monomials, count: $0.count * layout.words)) }
  }

  /// Whether the basis, in the same layout, has these monomials.
  func fits(_ basis: [ModularPolynomial]) -> Bool {
    basis.map(\.count) == counts
      && zip(basis, monomials).allSatisfy { element, expected in
        UnsafeBufferPointer(start: element.monomials, count: expected.count).elementsEqual(expected)
      }
  }
}
