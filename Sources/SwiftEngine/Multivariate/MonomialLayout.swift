import Algebra

/// How monomials are packed into words so that their order is that of the words, and their product the sum.
///
/// A monomial becomes fields that are compared one after the other: the exponents for the lexicographic order, led
/// by the degree for the degree lexicographic one; for the degree reverse lexicographic order the degrees in all
/// variables, in all but the last, and so on. The first field is in the topmost bits of the first word.
struct MonomialLayout: Equatable, Sendable {
  let variables: Int
  let order: MonomialOrder
  /// Of each field.
  let bits: Int
  /// Words of a monomial.
  let width: Int
  private let fieldsPerWord: Int

  /// A layout in which all fields of a monomial of this total degree fit.
  init(variables: Int, order: MonomialOrder, degree: Int) {
    self.variables = variables
    self.order = order
    let needed = 64 - UInt(max(degree, 1)).leadingZeroBitCount
    bits = [4, 8, 12, 16, 21, 32].first { needed <= $0 } ?? 64
    fieldsPerWord = 64 / bits
    let fields = order == .degreeLexicographic ? variables + 1 : variables
    width = (fields + fieldsPerWord - 1) / fieldsPerWord
  }

  @inline(__always)
  private func set(_ field: Int, to value: Int, in words: UnsafeMutablePointer<UInt>) {
    words[field / fieldsPerWord] |= UInt(value) << UInt(64 - bits * (field % fieldsPerWord + 1))
  }

  @inline(__always)
  private func field(_ field: Int, of words: UnsafePointer<UInt>) -> Int {
    let word = words[field / fieldsPerWord] >> UInt(64 - bits * (field % fieldsPerWord + 1))
    return Int(bits == 64 ? word : word & ((1 << UInt(bits)) - 1))
  }

  /// Writes the monomial into zeros.
  func pack(_ exponents: some RandomAccessCollection<Int>, into words: UnsafeMutablePointer<UInt>) {
    let first = exponents.startIndex
    func exponent(_ variable: Int) -> Int { exponents[exponents.index(first, offsetBy: variable)] }
    switch order {
    case .degreeReverseLexicographic:
      var sum = 0
      for variable in 0..<variables {
        sum += exponent(variable)
        set(variables - 1 - variable, to: sum, in: words)
      }
    case .degreeLexicographic:
      set(0, to: exponents.reduce(0, +), in: words)
      for variable in 0..<variables { set(variable + 1, to: exponent(variable), in: words) }
    default:
      for variable in 0..<variables { set(variable, to: exponent(variable), in: words) }
    }
  }

  @inline(__always)
  func exponent(of variable: Int, in words: UnsafePointer<UInt>) -> Int {
    switch order {
    case .degreeReverseLexicographic:
      let sum = field(variables - 1 - variable, of: words)
      return variable == 0 ? sum : sum - field(variables - variable, of: words)
    case .degreeLexicographic: return field(variable + 1, of: words)
    default: return field(variable, of: words)
    }
  }

  func totalDegree(_ words: UnsafePointer<UInt>) -> Int {
    switch order {
    case .degreeReverseLexicographic, .degreeLexicographic: field(0, of: words)
    default: (0..<variables).reduce(0) { $0 + field($1, of: words) }
    }
  }

  /// −1, 0 or 1.
  @inline(__always)
  func compare(_ left: UnsafePointer<UInt>, _ right: UnsafePointer<UInt>) -> Int {
    for word in 0..<width where left[word] != right[word] { return left[word] < right[word] ? -1 : 1 }
    return 0
  }

  /// Whether the second monomial divides the first.
  @inline(__always)
  func divides(_ dividend: UnsafePointer<UInt>, by divisor: UnsafePointer<UInt>) -> Bool {
    for variable in 0..<variables
    where exponent(of: variable, in: dividend) < exponent(of: variable, in: divisor) { return false }
    return true
  }
}
