import Algebra

/// The monomials of the reduced basis of a component, the same modulo all fit primes.
struct ComponentShape {
  private struct Element {
    enum Lead {
      /// A standard monomial of the ideal.
      case standard(Int)
      /// A border monomial of the ideal, the leading one of an element of its basis.
      case border(Int)
    }
    var lead: Lead
    var exponents: [UInt32]
    /// Standard monomials of the tail, descending.
    var tail: [Int]
  }

  private let quotient: GradedQuotient
  private var elements: [Element] = []

  var termCount: Int { elements.reduce(0) { $0 + 1 + $1.tail.count } }

  init(_ component: ModularComponent, quotient: GradedQuotient) {
    self.quotient = quotient
    var leads: [[UInt32]] = []
    func isMinimal(_ exponents: [UInt32]) -> Bool {
      !leads.contains { lead in lead.indices.allSatisfy { lead[$0] <= exponents[$0] } }
    }
    for (number, exponents) in quotient.standardMonomials.enumerated() {
      guard let values = Self.standardTail(number, component, quotient), isMinimal(exponents) else {
        continue
      }
      leads.append(exponents)
      elements.append(
        Element(
          lead: .standard(number), exponents: exponents,
          tail: Self.support(values, quotient.classes[number], quotient)))
    }
    let leading = quotient.basis.leadingExponents
    for (number, monomial) in quotient.border.enumerated() {
      guard case .element(let element) = monomial.origin, isMinimal(leading[element]) else { continue }
      let values = Self.borderTail(number, component, quotient)
      elements.append(
        Element(
          lead: .border(number), exponents: leading[element],
          tail: Self.support(values, monomial.classOfMonomial, quotient)))
    }
    elements.sort {
      quotient.basis.order.compare($0.exponents.map(Int.init), $1.exponents.map(Int.init)) < 0
    }
  }

  private static func support(_ values: [UInt32], _ own: UInt64, _ quotient: GradedQuotient) -> [Int] {
    quotient.members(own).enumerated().reversed().compactMap { values[$0] == 0 ? nil : $1 }
  }

  /// The tail of the relation that expresses a standard monomial by smaller ones; `nil` if there is none.
  private static func standardTail(
    _ number: Int, _ component: ModularComponent, _ quotient: GradedQuotient
  ) -> [UInt32]? {
    let place = quotient.places[number]
    guard let relations = component.relations[quotient.classes[number]] else {
      return [UInt32](repeating: 0, count: component.algebra.stride)
    }
    guard var row = relations.rows[place] else { return nil }
    row[place] = 0
    return row
  }

  /// The tail of an element of the ideal's basis, reduced.
  private static func borderTail(
    _ number: Int, _ component: ModularComponent, _ quotient: GradedQuotient
  ) -> [UInt32] {
    var values = Array(component.algebra.normalForm(ofBorder: number))
    guard let relations = component.relations[quotient.border[number].classOfMonomial] else {
      return [UInt32](repeating: 0, count: values.count)
    }
    relations.reduce(&values)
    let field = component.algebra.field
    return values.map(field.negate)
  }

  /// The coefficients of all terms, or `nil` if the component modulo this prime has other monomials.
  func residues(_ component: ModularComponent) -> [UInt32]? {
    var result: [UInt32] = []
    result.reserveCapacity(termCount)
    for element in elements {
      let values: [UInt32]?
      switch element.lead {
      case .standard(let number): values = Self.standardTail(number, component, quotient)
      case .border(let number): values = Self.borderTail(number, component, quotient)
      }
      guard var values else { return nil }
      result.append(1)
      for number in element.tail {
        result.append(values[quotient.places[number]])
        values[quotient.places[number]] = 0
      }
      guard values.allSatisfy({ $0 == 0 }) else { return nil }
    }
    return result
  }

  /// The basis modulo the prime from which the shape was taken.
  ///
  /// - Throws: `ExponentOverflow`.
  func polynomials(
    _ component: ModularComponent, layout: MonomialLayout, field: PrimeField
  ) throws -> [ModularPolynomial] {
    guard let residues = residues(component) else {
      preconditionFailure("the shape was taken from this component")
    }
    var next = 0
    return try elements.map { element in
      var polynomial = SparsePolynomial<UInt32>(variableCount: layout.variableCount)
      for exponents in [element.exponents] + element.tail.map({ quotient.standardMonomials[$0] }) {
        polynomial.append(exponents: exponents, coefficient: residues[next])
        next += 1
      }
      guard let packed = try ModularPolynomial.monic(polynomial, layout: layout, field: field) else {
        preconditionFailure("elements of a basis are not zero")
      }
      return packed
    }
  }
}
