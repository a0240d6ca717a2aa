import Algebra

extension SignSymmetricPoints {
  /// Whether the squares of the units of generating classes are independent in K modulo squares, where
  /// K = Q[θ]/(factor).
  ///
  /// A product of them that were a square in K would be one modulo every prime of K. At primes of degree one,
  /// which are simple roots of the factor modulo q, squares are told by Legendre's symbol: symbols that span the
  /// whole space show independence, and symbols that do not after many primes make dependence likely.
  func hasIndependentSquareRoots(_ factor: [WideInteger], units: [UInt64: Int]) throws -> Bool {
    // Units of classes that generate all others.
    var span: Set<UInt64> = [SignGrading.invariant]
    var generators: [Int] = []
    for own in quotient.classSequence where !span.contains(own) {
      guard let unit = units[own] else { continue }
      generators.append(unit)
      span.formUnion(span.map { quotient.grading.product($0, own) })
    }
    var symbols: [UInt64] = []
    for index in 0..<Self.attempts where symbols.count < generators.count {
      for algebra in algebras[index].algebras.compactMap({ $0 }) where symbols.count < generators.count {
        try control.check()
        guard let root = simpleRoot(of: factor, in: algebra.field),
          let symbol = symbol(root, of: generators, in: algebra)
        else { continue }
        // Echelon form over F_2.
        let rest = symbols.reduce(symbol) { min($0, $0 ^ $1) }
        if rest != 0 { symbols.append(rest) }
      }
    }
    return symbols.count == generators.count
  }

  /// Batches of eight primes, most of which have a root.
  private static var attempts: Int { 8 }

  /// A simple root of a polynomial in the prime field.
  private func simpleRoot(of polynomial: [WideInteger], in field: PrimeField) -> UInt32? {
    let univariate = ModularUnivariate(field: field)
    let residues = polynomial.map { $0.residue(modulo: field.prime) }
    guard residues.last != 0, let root = univariate.root(of: residues) else { return nil }
    let quotient = univariate.divide(residues, by: [field.negate(root), 1]).quotient
    return value(of: quotient, at: root, field) == 0 ? nil : root
  }

  private func value(of polynomial: [UInt32], at point: UInt32, _ field: PrimeField) -> UInt32 {
    polynomial.reversed().reduce(0) { field.add(field.multiply($0, point), $1) }
  }

  /// For each unit one bit: whether its square is no square at the root; `nil` where a square vanishes.
  private func symbol(_ root: UInt32, of units: [Int], in algebra: GradedAlgebra) -> UInt64? {
    let field = algebra.field
    // An eigenvector: every invariant element multiplies it by its value at the root.
    guard let eigenvector = cofactorValue(of: [field.negate(root), 1], in: algebra),
      let place = eigenvector.words.firstIndex(where: { $0 != 0 })
    else { return nil }
    var symbol: UInt64 = 0
    for (i, unit) in units.enumerated() {
      let image = square(ofStandardMonomial: unit, times: eigenvector, in: algebra)
      let value = field.multiply(image.words[place], field.inverse(eigenvector.words[place]))
      guard value != 0 else { return nil }
      if field.power(value, (field.prime - 1) / 2) != 1 { symbol |= 1 << UInt64(i) }
    }
    return symbol
  }
}
