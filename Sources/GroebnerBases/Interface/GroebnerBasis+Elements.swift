import Algebra

extension GroebnerBasis {
  /// A basis of elements that are known to be the reduced ones, with terms by descending monomials.
  ///
  /// - Throws: `AlgebraError.tooLarge`.
  init(
    elements: [SparsePolynomial<WideInteger>], order: MonomialOrder, variableCount: Int,
    characteristic: UInt32,
    guarantee: GroebnerOptions.Guarantee, primeCount: Int, seed: UInt64
  ) throws {
    let packed = try Self.withSufficientWidth(order: order, variableCount: variableCount) { layout in
      try PackedBasis(elements, layout: layout, isModular: characteristic != 0)
    }
    self.init(
      characteristic: characteristic, guarantee: guarantee, primeCount: primeCount, packed: packed,
      seed: seed)
  }

  /// Whether no monomial is a multiple of another element's leading one. Cost: a division of monomials for every
  /// term and element.
  var isReduced: Bool {
    let (layout, starts) = (packed.layout, packed.starts)
    return packed.monomials.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return true }
      return (0..<count).allSatisfy { element in
        let lead = base + starts[element] * layout.words
        return (0..<count).allSatisfy { other in
          other == element
            || (starts[other]..<starts[other + 1]).allSatisfy {
              !layout.divides(lead, base + $0 * layout.words)
            }
        }
      }
    }
  }
}

extension PackedBasis {
  /// Sorts the elements.
  ///
  /// - Parameter isModular: whether all coefficients are residues.
  /// - Throws: `ExponentOverflow` if an exponent does not fit the layout.
  fileprivate init(
    _ elements: [SparsePolynomial<WideInteger>], layout: MonomialLayout, isModular: Bool
  ) throws(ExponentOverflow) {
    var packed: [(monomials: [UInt64], coefficients: [WideInteger])] = []
    for element in elements {
      var monomials = [UInt64](repeating: 0, count: element.termCount * layout.words)
      let fits = monomials.withUnsafeMutableBufferPointer { target in
        element.exponents.withUnsafeBufferPointer { source in
          guard let target = target.baseAddress, let source = source.baseAddress else { return true }
          return (0..<element.termCount).allSatisfy {
            layout.pack(source + $0 * element.variableCount, into: target + $0 * layout.words)
          }
        }
      }
      guard fits else { throw ExponentOverflow() }
      packed.append((monomials, element.coefficients))
    }
    packed.sort { layout.isGreater($1.monomials, $0.monomials) }
    var starts = [0]
    for element in packed { starts.append((starts.last ?? 0) + element.coefficients.count) }
    let values = packed.lazy.flatMap(\.coefficients)
    let coefficients: Coefficients
    if isModular {
      coefficients = .residues(values.map { UInt32($0.words.first ?? 0) })
    } else {
      var integers = PackedIntegers()
      for value in values { integers.append(value) }
      coefficients = .integers(integers)
    }
    self.init(
      layout: layout, starts: starts, monomials: packed.flatMap(\.monomials), coefficients: coefficients)
  }
}
