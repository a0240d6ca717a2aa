import Algebra

/// How exponent vectors are packed into machine words.
///
/// Every exponent and every degree that the order needs has a field of its own, whose top bit (the *guard*)
/// is clear. All fields are linear in the exponents, so a product is the sum of the words; a guard bit that
/// becomes set is an overflow. Fields are placed from the top of word 0 downwards in the sequence in which
/// the order looks at them; fields that the order reads backwards are complemented for comparison only.
/// After the exponents comes the total degree, where the order does not start with it.
final class MonomialLayout: @unchecked Sendable {
  /// Bits of an exponent's field, guard included. Degrees have twice as many (at most 32).
  enum ExponentWidth: Int, CaseIterable {
    case narrow = 8
    case medium = 16
    case wide = 32

    var next: ExponentWidth? {
      switch self {
      case .narrow: .medium
      case .medium: .wide
      case .wide: nil
      }
    }
  }

  struct Field {
    var word: Int
    var shift: Int
    var width: Int

    var mask: UInt64 { ((1 << UInt64(width)) - 1) << UInt64(shift) }
  }

  /// A field that holds the sum of `weight · exponent` over some variables.
  private struct DegreeField {
    var field: Field
    var weights: [(variable: Int, weight: Int)]
  }

  /// A field that holds the sum of some exponents, which are added word by word.
  private struct PlainDegree {
    var field: Field
    /// The exponents' fields, one word for each word of a packed vector.
    var summands: UnsafeMutablePointer<UInt64>
  }

  /// All variables, a homogenising one and tags included.
  let variableCount: Int
  let order: MonomialOrder
  let tags: Int
  /// The exponents of tags.
  private let tagBits: [UInt64]
  let width: ExponentWidth
  /// Words of a packed vector.
  let words: Int
  /// The guard bits of every word.
  let guards: UnsafeMutablePointer<UInt64>
  /// The bits that are complemented before words are compared as unsigned numbers.
  let complements: UnsafeMutablePointer<UInt64>
  /// Guard bits and value bits of the exponent fields alone.
  private let exponentGuards: UnsafeMutablePointer<UInt64>
  private let exponentValues: UnsafeMutablePointer<UInt64>
  private let exponents: [Field]
  private let degrees: [DegreeField]
  private let plainDegrees: UnsafeMutableBufferPointer<PlainDegree>
  private let weightedDegrees: [DegreeField]
  private let totalDegree: Field

  /// - Parameters:
  ///   - order: of all variables but the added ones.
  ///   - homogenising: the last variable makes polynomials homogeneous: the total degree comes before the
  ///     order, so that setting that variable to one keeps leading monomials of homogeneous polynomials.
  ///   - tags: the last so many variables mark the components of a module, below everything else; they are
  ///     never part of a leading monomial.
  init(
    order: MonomialOrder, variableCount allVariables: Int, width: ExponentWidth, homogenising: Bool = false,
    tags: Int = 0
  ) {
    let variableCount = allVariables - (homogenising ? 1 : 0) - tags
    precondition(variableCount >= 1)
    var placement = Placement(exponentWidth: width.rawValue)
    let all = (0..<variableCount).map { (variable: $0, weight: 1) }
    let firstTag = allVariables - tags
    // Whatever is not tagged comes before all that is.
    if tags > 0 {
      placement.addDegree((firstTag..<allVariables).map { (variable: $0, weight: 1) }, isComplemented: true)
    }
    if homogenising { placement.addDegree((0...variableCount).map { (variable: $0, weight: 1) }) }
    switch order {
    case .degreeReverseLexicographic:
      placement.addDegree(all)
      placement.addExponents((0..<variableCount).reversed(), isComplemented: true)
    case .degreeLexicographic:
      placement.addDegree(all)
      placement.addExponents(Array(0..<variableCount), isComplemented: false)
    case .lexicographic:
      placement.addExponents(Array(0..<variableCount), isComplemented: false)
      placement.addDegree(all)
    case .elimination(let count):
      let split = min(max(count, 0), variableCount)
      placement.addDegree(Array(all[..<split]))
      placement.addExponents((0..<split).reversed(), isComplemented: true)
      placement.addDegree(Array(all[split...]))
      placement.addExponents((split..<variableCount).reversed(), isComplemented: true)
      placement.addDegree(all)
    case .weighted(let weights):
      placement.addDegree(zip(0..., weights).map { (variable: $0, weight: $1) })
      placement.addExponents((0..<variableCount).reversed(), isComplemented: true)
      placement.addDegree(all)
    }
    if homogenising { placement.addExponents([variableCount], isComplemented: false) }
    placement.addExponents(Array(firstTag..<allVariables), isComplemented: false)
    if tags > 0 || homogenising { placement.addDegree((0..<firstTag).map { (variable: $0, weight: 1) }) }
    self.variableCount = allVariables
    self.order = order
    self.width = width
    self.tags = tags
    words = placement.word + 1
    guards = .allocate(capacity: words)
    complements = .allocate(capacity: words)
    exponentGuards = .allocate(capacity: words)
    exponentValues = .allocate(capacity: words)
    for pointer in [guards, complements, exponentGuards, exponentValues] {
      pointer.initialize(repeating: 0, count: words)
    }
    var exponents = [Field](repeating: Field(word: 0, shift: 0, width: 0), count: allVariables)
    var tagBits = [UInt64](repeating: 0, count: words)
    for (variable, field, isComplemented) in placement.exponents {
      if variable >= firstTag { tagBits[field.word] |= field.mask }
      exponents[variable] = field
      let top: UInt64 = 1 << UInt64(field.shift + field.width - 1)
      guards[field.word] |= top
      exponentGuards[field.word] |= top
      exponentValues[field.word] |= field.mask & ~top
      if isComplemented { complements[field.word] |= field.mask }
    }
    for degree in placement.degrees {
      guards[degree.field.word] |= 1 << UInt64(degree.field.shift + degree.field.width - 1)
      if degree.isComplemented { complements[degree.field.word] |= degree.field.mask }
    }
    self.exponents = exponents
    let degrees = placement.degrees.map { DegreeField(field: $0.field, weights: $0.weights) }
    let isPlain = { (degree: DegreeField) in degree.weights.allSatisfy { $0.weight == 1 } }
    let plain = degrees.filter(isPlain)
    plainDegrees = .allocate(capacity: plain.count)
    for (number, degree) in plain.enumerated() {
      let summands = UnsafeMutablePointer<UInt64>.allocate(capacity: words)
      summands.initialize(repeating: 0, count: words)
      for (variable, _) in degree.weights { summands[exponents[variable].word] |= exponents[variable].mask }
      plainDegrees.initializeElement(at: number, to: PlainDegree(field: degree.field, summands: summands))
    }
    weightedDegrees = degrees.filter { !isPlain($0) }
    self.degrees = degrees
    self.tagBits = tagBits
    guard let total = plain.last(where: { $0.weights.count == firstTag }) else {
      preconditionFailure("every layout has the total degree")
    }
    totalDegree = total.field
  }

  deinit {
    guards.deallocate()
    complements.deallocate()
    exponentGuards.deallocate()
    exponentValues.deallocate()
    for degree in plainDegrees { degree.summands.deallocate() }
    plainDegrees.deallocate()
  }

  /// Hands out fields from the top of word 0 downwards; no field crosses a word.
  private struct Placement {
    let exponentWidth: Int
    var word = 0
    var freeBits = 64
    var exponents: [(variable: Int, field: Field, isComplemented: Bool)] = []
    var degrees: [(field: Field, weights: [(variable: Int, weight: Int)], isComplemented: Bool)] = []

    mutating func place(_ width: Int) -> Field {
      if freeBits < width {
        word += 1
        freeBits = 64
      }
      freeBits -= width
      return Field(word: word, shift: freeBits, width: width)
    }

    mutating func addExponents(_ variables: [Int], isComplemented: Bool) {
      for variable in variables { exponents.append((variable, place(exponentWidth), isComplemented)) }
    }

    mutating func addDegree(_ weights: [(variable: Int, weight: Int)], isComplemented: Bool = false) {
      degrees.append((place(min(2 * exponentWidth, 32)), weights, isComplemented))
    }
  }
}

extension MonomialLayout {
  /// Writes the packed form; false if an exponent or a degree does not fit.
  func pack(_ exponentVector: UnsafePointer<UInt32>, into packed: UnsafeMutablePointer<UInt64>) -> Bool {
    for w in 0..<words { packed[w] = 0 }
    for variable in 0..<variableCount {
      let field = exponents[variable]
      let value = UInt64(exponentVector[variable])
      guard value >> UInt64(field.width - 1) == 0 else { return false }
      packed[field.word] |= value << UInt64(field.shift)
    }
    for degree in degrees {
      var sum: UInt64 = 0
      for (variable, weight) in degree.weights {
        let (product, overflow) = UInt64(exponentVector[variable]).multipliedReportingOverflow(
          by: UInt64(weight))
        let (next, carry) = sum.addingReportingOverflow(product)
        guard !overflow, !carry else { return false }
        sum = next
      }
      guard sum >> UInt64(degree.field.width - 1) == 0 else { return false }
      packed[degree.field.word] |= sum << UInt64(degree.field.shift)
    }
    return true
  }

  func unpack(_ packed: UnsafePointer<UInt64>, into exponentVector: UnsafeMutablePointer<UInt32>) {
    for variable in 0..<variableCount {
      let field = exponents[variable]
      exponentVector[variable] = UInt32(
        truncatingIfNeeded: (packed[field.word] & field.mask) >> UInt64(field.shift))
    }
  }

  /// Whether packed forms are the same in both layouts, of which none is homogenising.
  func packsLike(_ other: MonomialLayout) -> Bool {
    order == other.order && variableCount == other.variableCount && width == other.width && tags == other.tags
      && words == other.words
  }

  @inline(__always)
  func degree(_ packed: UnsafePointer<UInt64>) -> Int {
    Int(truncatingIfNeeded: (packed[totalDegree.word] & totalDegree.mask) >> UInt64(totalDegree.shift))
  }

  /// Whether it is the monomial without variables.
  func isOne(_ packed: UnsafePointer<UInt64>) -> Bool { (0..<words).allSatisfy { packed[$0] == 0 } }

  /// Whether the monomial belongs to a component of the module.
  func isTagged(_ packed: UnsafePointer<UInt64>) -> Bool {
    guard tags > 0 else { return false }
    return (0..<words).contains { packed[$0] & tagBits[$0] != 0 }
  }

  /// Whether `left` divides `right`.
  @inline(__always)
  func divides(_ left: UnsafePointer<UInt64>, _ right: UnsafePointer<UInt64>) -> Bool {
    for w in 0..<words where ~((right[w] | guards[w]) &- left[w]) & guards[w] != 0 { return false }
    return true
  }

  @inline(__always)
  func areEqual(_ left: UnsafePointer<UInt64>, _ right: UnsafePointer<UInt64>) -> Bool {
    for w in 0..<words where left[w] != right[w] { return false }
    return true
  }

  /// Whether `left` is greater than `right` in the order.
  @inline(__always)
  func isGreater(_ left: UnsafePointer<UInt64>, _ right: UnsafePointer<UInt64>) -> Bool {
    for w in 0..<words where left[w] != right[w] {
      return left[w] ^ complements[w] > right[w] ^ complements[w]
    }
    return false
  }

  /// Whether the monomials have no variable in common.
  @inline(__always)
  func areCoprime(_ left: UnsafePointer<UInt64>, _ right: UnsafePointer<UInt64>) -> Bool {
    for w in 0..<words {
      // The guard of a field survives iff the exponent is at least one.
      let ones = exponentGuards[w] >> UInt64(width.rawValue - 1)
      let inLeft = ((left[w] | exponentGuards[w]) &- ones) & exponentGuards[w]
      let inRight = ((right[w] | exponentGuards[w]) &- ones) & exponentGuards[w]
      if inLeft & inRight != 0 { return false }
    }
    return true
  }

  /// Writes the least common multiple; false if a degree overflows.
  @inline(__always)
  func leastCommonMultiple(
    _ left: UnsafePointer<UInt64>, _ right: UnsafePointer<UInt64>, into result: UnsafeMutablePointer<UInt64>
  ) -> Bool {
    let shift = UInt64(width.rawValue - 1)
    for w in 0..<words {
      let (a, b, top) = (left[w], right[w], exponentGuards[w])
      let leftWins = ((a & exponentValues[w] | top) &- (b & exponentValues[w])) & top
      let mask = leftWins &- (leftWins >> shift)
      result[w] = (a & mask | b & ~mask) & exponentValues[w]
    }
    return setDegrees(result)
  }

  /// Fills the degree fields of a vector that has only its exponents; false on overflow.
  @inline(__always)
  private func setDegrees(_ packed: UnsafeMutablePointer<UInt64>) -> Bool {
    for degree in plainDegrees {
      var sum: UInt64 = 0
      for w in 0..<words { sum &+= sumOfFields(packed[w] & degree.summands[w]) }
      guard sum >> UInt64(degree.field.width - 1) == 0 else { return false }
      packed[degree.field.word] |= sum << UInt64(degree.field.shift)
    }
    return weightedDegrees.isEmpty || setWeightedDegrees(packed)
  }

  /// The sum of a word's exponent fields; those of degrees are zero. Adds neighbours, whose guard bits leave room.
  @inline(__always)
  private func sumOfFields(_ word: UInt64) -> UInt64 {
    switch width {
    case .narrow:
      let pairs = (word & 0x00FF_00FF_00FF_00FF) &+ (word >> 8 & 0x00FF_00FF_00FF_00FF)
      return (pairs &* 0x0001_0001_0001_0001) >> 48
    case .medium:
      let pairs = (word & 0x0000_FFFF_0000_FFFF) &+ (word >> 16 & 0x0000_FFFF_0000_FFFF)
      return (pairs & 0xFFFF_FFFF) &+ pairs >> 32
    case .wide: return (word & 0xFFFF_FFFF) &+ word >> 32
    }
  }

  private func setWeightedDegrees(_ packed: UnsafeMutablePointer<UInt64>) -> Bool {
    for degree in weightedDegrees {
      var sum: UInt64 = 0
      for (variable, weight) in degree.weights {
        let field = exponents[variable]
        let exponent = (packed[field.word] & field.mask) >> UInt64(field.shift)
        let (product, overflow) = exponent.multipliedReportingOverflow(by: UInt64(weight))
        guard !overflow else { return false }
        sum &+= product
      }
      guard sum >> UInt64(degree.field.width - 1) == 0 else { return false }
      packed[degree.field.word] |= sum << UInt64(degree.field.shift)
    }
    return true
  }
}
