import CKernels

/// The critical pairs that are still to be treated, kept small by the criteria of Gebauer and Möller
/// (J. Symb. Comp. 6, 1988, doi:10.1016/S0747-7171(88)80048-8).
final class CriticalPairs {
  struct Pair {
    var left: UInt32
    var right: UInt32
    /// The degree by which pairs are selected.
    var degree: Int32
  }

  private let layout: MonomialLayout
  /// Select by sugar rather than by the degree of the least common multiple.
  private let usesSugar: Bool
  private(set) var pairs = GrowableBuffer<Pair>(capacity: 256)
  /// The least common multiple of pair i, `layout.words` words.
  private(set) var multiples: GrowableBuffer<UInt64>
  // Scratch for one update: multiples with the new element, sorted candidates, the minimal ones.
  private let newMultiples: GrowableBuffer<UInt64>
  private var candidates: [(element: Int, degree: Int)] = []
  private var minimal: [GrowableBuffer<UInt64>]
  private var minimalPointers: UnsafeMutablePointer<UnsafePointer<UInt64>?>

  init(layout: MonomialLayout, usesSugar: Bool) {
    self.layout = layout
    self.usesSugar = usesSugar
    multiples = GrowableBuffer(capacity: 256 * layout.words)
    newMultiples = GrowableBuffer(capacity: 256)
    minimal = (0..<layout.words).map { _ in GrowableBuffer(capacity: 64) }
    minimalPointers = .allocate(capacity: layout.words)
  }

  deinit { minimalPointers.deallocate() }

  var count: Int { pairs.count }

  /// The least degree of a pair.
  var leastDegree: Int? {
    guard count > 0 else { return nil }
    var least = pairs[0].degree
    for i in 1..<count { least = min(least, pairs[i].degree) }
    return Int(least)
  }

  func removeAll() {
    pairs.count = 0
    multiples.count = 0
  }

  /// Removes the pairs of this degree and hands each to the body with its least common multiple.
  func take(degree: Int, _ body: (Pair, UnsafePointer<UInt64>) -> Void) {
    let words = layout.words
    for i in 0..<count where pairs[i].degree == degree { body(pairs[i], multiples.base + i * words) }
    filter { pairs[$0].degree != degree }
  }

  /// Removes what has become superfluous with the element `new`, and adds the pairs it forms; called before
  /// the element is appended to the basis. False if an exponent overflows.
  func update(
    with polynomial: ModularPolynomial, number new: Int, sugar newSugar: Int, in basis: PartialBasis
  )
    -> Bool
  {
    let words = layout.words
    let lead = polynomial.monomials
    newMultiples.count = 0
    newMultiples.reserve(words * new)
    for other in 0..<new {
      let place = newMultiples.base + other * words
      guard layout.leastCommonMultiple(basis.lead(other), lead, into: place) else { return false }
    }
    removeChained(by: lead)
    addMinimal(lead: lead, number: new, sugar: newSugar, in: basis)
    return true
  }

  /// Criterion B: a pair is superfluous if the new leading monomial divides its multiple, and the multiples
  /// of both elements with the new one are different from it.
  private func removeChained(by lead: UnsafePointer<UInt64>) {
    let words = layout.words
    filter { i in
      let multiple = multiples.base + i * words
      guard layout.divides(lead, multiple) else { return true }
      return layout.areEqual(newMultiples.base + Int(pairs[i].left) * words, multiple)
        || layout.areEqual(newMultiples.base + Int(pairs[i].right) * words, multiple)
    }
  }

  private func filter(_ isKept: (Int) -> Bool) {
    let words = layout.words
    var kept = 0
    for i in 0..<count where isKept(i) {
      if kept != i {
        pairs[kept] = pairs[i]
        for w in 0..<words { multiples[kept * words + w] = multiples[i * words + w] }
      }
      kept += 1
    }
    pairs.count = kept
    multiples.count = kept * words
  }

  /// Criteria M and F, and the product criterion: among the new multiples only the minimal ones count, one
  /// pair for each, and none where coprime leading monomials have this multiple.
  private func addMinimal(
    lead: UnsafePointer<UInt64>, number new: Int, sugar newSugar: Int, in basis: PartialBasis
  ) {
    let words = layout.words
    candidates.removeAll(keepingCapacity: true)
    for other in basis.reducers {
      candidates.append((other, layout.degree(newMultiples.base + other * words)))
    }
    candidates.sort { ($0.degree, $0.element) < ($1.degree, $1.element) }
    for w in 0..<words { minimal[w].count = 0 }
    var owners: [(element: Int, isCoprime: Bool)] = []
    for (other, _) in candidates {
      let multiple = newMultiples.base + other * words
      for w in 0..<words { minimalPointers[w] = UnsafePointer(minimal[w].base) }
      let divisor = ck_first_divisor(minimalPointers, 0, owners.count, multiple, layout.guards, words)
      if divisor < owners.count {
        // An equal multiple: coprime leading monomials speak for all pairs that share it.
        let isEqual = (0..<words).allSatisfy { minimal[$0][divisor] == multiple[$0] }
        if isEqual, !owners[divisor].isCoprime, layout.areCoprime(basis.lead(other), lead) {
          owners[divisor].isCoprime = true
        }
        continue
      }
      for w in 0..<words { minimal[w].append(multiple[w]) }
      owners.append((other, layout.areCoprime(basis.lead(other), lead)))
    }
    let leadDegree = layout.degree(lead)
    for (other, isCoprime) in owners where !isCoprime {
      let multiple = newMultiples.base + other * words
      var degree = layout.degree(multiple)
      if usesSugar {
        let rest = degree
        degree = max(
          rest - leadDegree + newSugar, rest - layout.degree(basis.lead(other)) + basis.sugar[other])
      }
      pairs.append(Pair(left: UInt32(other), right: UInt32(new), degree: Int32(clamping: degree)))
      multiples.append(from: multiple, count: words)
    }
  }
}
