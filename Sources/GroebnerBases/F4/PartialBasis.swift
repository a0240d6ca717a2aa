import CKernels

/// The polynomials found so far: the inputs first, then every element of the growing basis.
///
/// An element is *redundant* once a later one has a leading monomial that divides its own; it then takes part
/// in pairs that exist already, but neither in new ones nor in reductions.
final class PartialBasis {
  let layout: MonomialLayout
  private(set) var polynomials: [ModularPolynomial] = []
  private(set) var isRedundant: [Bool] = []
  /// Degree at which the element was found ("sugar", Giovini et al., ISSAC 1991); equals the degree of its
  /// leading monomial in homogeneous computations.
  private(set) var sugar: [Int] = []
  /// Numbers of the elements that are basis elements and not redundant, and their leading monomials word by
  /// word for the divisor search.
  private(set) var reducers: [Int] = []
  private var leadColumns: [GrowableBuffer<UInt64>]
  private var leadPointers: UnsafeMutablePointer<UnsafePointer<UInt64>?>

  init(layout: MonomialLayout) {
    self.layout = layout
    leadColumns = (0..<layout.words).map { _ in GrowableBuffer(capacity: 64) }
    leadPointers = .allocate(capacity: layout.words)
    leadPointers.initialize(repeating: nil, count: layout.words)
  }

  deinit {
    for polynomial in polynomials { polynomial.deallocate() }
    leadPointers.deallocate()
  }

  var count: Int { polynomials.count }

  @inline(__always)
  func lead(_ number: Int) -> UnsafeMutablePointer<UInt64> { polynomials[number].monomials }

  /// Stores a polynomial that is no reducer: an input.
  func appendInput(_ polynomial: ModularPolynomial) {
    polynomials.append(polynomial)
    isRedundant.append(true)
    sugar.append(0)
  }

  /// Adds an element and marks those that it makes redundant.
  func appendElement(_ polynomial: ModularPolynomial, sugar elementSugar: Int) {
    let number = polynomials.count
    polynomials.append(polynomial)
    isRedundant.append(false)
    sugar.append(elementSugar)
    let newLead = polynomial.monomials
    var kept = 0
    for position in 0..<reducers.count {
      let other = reducers[position]
      if layout.divides(newLead, lead(other)) {
        isRedundant[other] = true
      } else {
        reducers[kept] = other
        for w in 0..<layout.words { leadColumns[w][kept] = leadColumns[w][position] }
        kept += 1
      }
    }
    reducers.removeSubrange(kept...)
    // An element below an existing one is redundant from the start.
    if kept > 0, firstDivisor(of: newLead) != nil {
      isRedundant[number] = true
      truncateLeads(to: kept)
      return
    }
    truncateLeads(to: kept)
    reducers.append(number)
    for w in 0..<layout.words { leadColumns[w].append(newLead[w]) }
    refreshPointers()
  }

  private func truncateLeads(to kept: Int) {
    for w in 0..<layout.words { leadColumns[w].count = kept }
    refreshPointers()
  }

  private func refreshPointers() {
    for w in 0..<layout.words { leadPointers[w] = UnsafePointer(leadColumns[w].base) }
  }

  /// The first reducer whose leading monomial divides the given one.
  @inline(__always)
  func firstDivisor(of monomial: UnsafePointer<UInt64>) -> Int? {
    let found = ck_first_divisor(leadPointers, 0, reducers.count, monomial, layout.guards, layout.words)
    return found < reducers.count ? reducers[found] : nil
  }
}
