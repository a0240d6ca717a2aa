import Algebra

extension CoefficientLifting.Batch {
  /// The residues of `termCount` terms modulo the next eight primes for each thread, found prime by prime.
  ///
  /// - Parameter residues: those modulo one prime, or `nil` if it is unfit; called from several threads.
  static func next(
    from supply: inout PrimeSupply, termCount: Int, control: Control,
    residues: @Sendable (PrimeField) throws -> [UInt32]?
  ) throws -> [CoefficientLifting.Batch] {
    let fields = (0..<control.threads * FieldLanes.count).map { _ in supply.next() }
    let results = concurrentMap(count: fields.count, threads: control.threads) { item in
      Result { try residues(fields[item]) }
    }
    return try stride(from: 0, to: fields.count, by: FieldLanes.count).map { first in
      var words = [UInt32](repeating: 0, count: FieldLanes.count * termCount)
      var good: [Int] = []
      for lane in 0..<FieldLanes.count {
        guard let residues = try results[first + lane].get() else { continue }
        good.append(lane)
        for (term, value) in residues.enumerated() { words[FieldLanes.count * term + lane] = value }
      }
      return CoefficientLifting.Batch(
        words: words, lanes: FieldLanes(Array(fields[first..<first + FieldLanes.count])), good: good)
    }
  }
}

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

extension [ModularPolynomial] {
  /// The coefficients of all terms, element by element.
  var coefficients: [UInt32] {
    flatMap { UnsafeBufferPointer(start: $0.coefficients, count: $0.count) }
  }

  func deallocate() {
    for polynomial in self { polynomial.deallocate() }
  }
}
