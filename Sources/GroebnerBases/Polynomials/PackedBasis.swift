import Algebra

/// The elements of a basis, packed: monomials as the layout packs them, coefficients side by side.
public struct PackedBasis: Sendable {
  enum Coefficients: Sendable {
    case residues([UInt32])
    case integers(PackedIntegers)
  }

  let layout: MonomialLayout
  /// Where each element's terms start; one more entry at the end.
  let starts: [Int]
  let monomials: [UInt64]
  let coefficients: Coefficients

  init(layout: MonomialLayout, starts: [Int], monomials: [UInt64], coefficients: Coefficients) {
    self.layout = layout
    self.starts = starts
    self.monomials = monomials
    self.coefficients = coefficients
  }

  init(_ polynomials: [ModularPolynomial], layout: MonomialLayout, coefficients: Coefficients) {
    var starts = [0]
    var monomials: [UInt64] = []
    monomials.reserveCapacity(layout.words * polynomials.reduce(0) { $0 + $1.count })
    for polynomial in polynomials {
      starts.append((starts.last ?? 0) + polynomial.count)
      monomials.append(
        contentsOf: UnsafeBufferPointer(start: polynomial.monomials, count: polynomial.count * layout.words))
    }
    self.init(layout: layout, starts: starts, monomials: monomials, coefficients: coefficients)
  }

  var count: Int { starts.count - 1 }
  var termCount: Int { starts[count] }

  func exponents(ofTerms terms: Range<Int>) -> [UInt32] {
    let n = layout.variableCount
    return [UInt32](unsafeUninitializedCapacity: n * terms.count) { buffer, initialized in
      monomials.withUnsafeBufferPointer { monomials in
        guard let target = buffer.baseAddress, let source = monomials.baseAddress else { return }
        for (position, term) in terms.enumerated() {
          layout.unpack(source + term * layout.words, into: target + position * n)
        }
      }
      initialized = n * terms.count
    }
  }

  func coefficient(_ term: Int) -> WideInteger {
    switch coefficients {
    case .residues(let residues): WideInteger(Int(residues[term]))
    case .integers(let integers): integers[term]
    }
  }

  func polynomial(_ element: Int) -> SparsePolynomial<WideInteger> {
    let terms = starts[element]..<starts[element + 1]
    return SparsePolynomial(
      variableCount: layout.variableCount, exponents: exponents(ofTerms: terms),
      coefficients: terms.map(coefficient))
  }

  func text(_ element: Int, variables: [String]) -> String {
    var writer = PolynomialTextWriter(variables: variables)
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: layout.variableCount) { vector in
      monomials.withUnsafeBufferPointer { monomials in
        guard let target = vector.baseAddress, let base = monomials.baseAddress else { return }
        for term in starts[element]..<starts[element + 1] {
          layout.unpack(base + term * layout.words, into: target)
          let exponents = UnsafeBufferPointer(vector)
          switch coefficients {
          case .residues(let residues):
            withUnsafePointer(to: UInt64(residues[term])) {
              writer.append(
                isNegative: false, magnitude: UnsafeBufferPointer(start: $0, count: 1), exponents: exponents)
            }
          case .integers(let integers):
            integers.magnitude(term).withUnsafeBufferPointer {
              writer.append(isNegative: integers.isNegative(term), magnitude: $0, exponents: exponents)
            }
          }
        }
      }
    }
    return writer.text
  }
}
