import Algebra

/// The ring modulo a zero-dimensional ideal over Q with sign symmetries, as a sum of one space for each class
/// of standard monomials; with a plan by which products with variables are found modulo primes.
final class GradedQuotient: @unchecked Sendable {
  // Immutable after the initialiser.
  let basis: GroebnerBasis
  let grading: SignGrading
  let standardMonomials: [[UInt32]]
  /// The standard monomials of each class, ascending.
  private(set) var members: [UInt64: [Int]] = [:]
  /// For each standard monomial its class and its place in it.
  private(set) var classes: [UInt64] = []
  private(set) var places: [Int] = []
  /// Classes by the first of their standard monomials.
  private(set) var classSequence: [UInt64] = []
  let variableClasses: [UInt64]
  /// For each variable and standard monomial the standard monomial that the product is, or
  /// −1 − (its number in the border).
  private(set) var images: [[Int]] = []
  /// Products that are not standard monomials, ascending.
  private(set) var border: [BorderMonomial] = []
  let table = DigitTable()

  struct BorderMonomial {
    enum Origin {
      /// The leading monomial of an element of the basis.
      case element(Int)
      /// The product of a variable and an earlier one.
      case product(variable: Int, other: Int)
    }
    var origin: Origin
    var classOfMonomial: UInt64
  }

  /// For each element of the basis the standard monomials of its tail.
  private(set) var tails: [[Int]] = []

  /// `nil` without sign symmetries.
  init?(_ basis: GroebnerBasis, standardMonomials: [[UInt32]]) {
    guard let grading = SignGrading(basis), grading.rank > 0 else { return nil }
    let n = basis.variableCount
    self.basis = basis
    self.grading = grading
    self.standardMonomials = standardMonomials
    variableClasses = (0..<n).map { variable in
      grading.classOfMonomial((0..<n).map { $0 == variable ? 1 : 0 })
    }
    for (i, monomial) in standardMonomials.enumerated() {
      let own = grading.classOfMonomial(monomial)
      if members[own] == nil { classSequence.append(own) }
      classes.append(own)
      places.append(members[own, default: []].count)
      members[own, default: []].append(i)
    }
    let number = Dictionary(uniqueKeysWithValues: standardMonomials.enumerated().map { ($1, $0) })
    planProducts(number)
    let packed = basis.packed
    for element in 0..<basis.count {
      let terms = packed.starts[element]..<packed.starts[element + 1]
      for term in terms { table.append(packed.coefficient(term)) }
      tails.append(
        terms.dropFirst().map { term in
          guard let place = number[packed.exponents(ofTerms: term..<term + 1)] else {
            preconditionFailure("tails of a reduced basis consist of standard monomials")
          }
          return place
        })
    }
  }

  private func planProducts(_ number: [[UInt32]: Int]) {
    let n = basis.variableCount
    var products: Set<[UInt32]> = []
    for monomial in standardMonomials {
      for variable in 0..<n {
        let product = monomial.raised(variable)
        if number[product] == nil { products.insert(product) }
      }
    }
    let sorted = products.sorted { basis.order.compare($0.map(Int.init), $1.map(Int.init)) < 0 }
    let borderNumber = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, $0) })
    let elements = Dictionary(uniqueKeysWithValues: basis.leadingExponents.enumerated().map { ($1, $0) })
    border = sorted.map { monomial in
      if let element = elements[monomial] {
        return BorderMonomial(
          origin: .element(element), classOfMonomial: grading.classOfMonomial(monomial))
      }
      for variable in 0..<n where monomial[variable] > 0 {
        if let other = borderNumber[monomial.lowered(variable)] {
          return BorderMonomial(
            origin: .product(variable: variable, other: other),
            classOfMonomial: grading.classOfMonomial(monomial))
        }
      }
      preconditionFailure("a border monomial that leads no element is a multiple of another one")
    }
    images = (0..<n).map { variable in
      standardMonomials.map { monomial in
        let product = monomial.raised(variable)
        if let place = number[product] { return place }
        guard let place = borderNumber[product] else { preconditionFailure("the border is complete") }
        return -1 - place
      }
    }
  }

  var dimension: Int { standardMonomials.count }

  /// The standard monomials of a class.
  func members(_ classOfMonomial: UInt64) -> [Int] { members[classOfMonomial] ?? [] }
}

extension [UInt32] {
  fileprivate func raised(_ variable: Int) -> [UInt32] {
    var result = self
    result[variable] += 1
    return result
  }

  fileprivate func lowered(_ variable: Int) -> [UInt32] {
    var result = self
    result[variable] -= 1
    return result
  }
}
