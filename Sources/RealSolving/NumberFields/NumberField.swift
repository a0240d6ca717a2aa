import Algebra

/// A real number field `Q(t)`: an irreducible polynomial and one of its real roots. Elements are the
/// polynomials in `t` below the degree, so an element is zero iff its coefficients are: equality is decided
/// by algebra, not by precision.
package struct NumberField<Engine: AlgebraEngine>: Sendable {
  package typealias Rational = Engine.Rational
  package typealias Ball = Engine.Ball

  /// An element by its coefficients, the constant one first; always `degree` of them.
  package struct Element: Sendable, Hashable {
    package var coefficients: [Rational]

    package init(coefficients: [Rational]) {
      self.coefficients = coefficients
    }
    package var isZero: Bool { coefficients.allSatisfy { $0 == 0 } }
  }

  /// The coefficients of the irreducible polynomial of `t`, the constant one first.
  package let modulus: [Rational]
  package var degree: Int { modulus.count - 1 }
  /// `t^degree` as an element.
  private let reduction: [Rational]
  private let integerModulus: Engine.UnivariatePolynomial
  /// Encloses `t` with a radius of about `2^−precision`.
  private let root: @Sendable (_ precision: Int) throws -> Ball

  /// - Parameters:
  ///   - modulus: the coefficients of an irreducible polynomial, the constant one first, not constant.
  ///   - root: encloses the same real root of it at any precision.
  package init(modulus: [Rational], root: @escaping @Sendable (Int) throws -> Ball) throws {
    precondition(modulus.count >= 2)
    self.modulus = modulus
    reduction = try modulus.dropLast().map { try -$0.divided(by: modulus[modulus.count - 1]) }
    integerModulus = try Engine.UnivariatePolynomial(clearing: modulus)
    self.root = root
  }

  package var zero: Element { Element(coefficients: Array(repeating: 0, count: degree)) }

  package func constant(_ value: Rational) -> Element {
    var element = zero
    element.coefficients[0] = value
    return element
  }

  /// `t`.
  package var generator: Element {
    if degree == 1 { return Element(coefficients: reduction) }
    var element = zero
    element.coefficients[1] = 1
    return element
  }

  package func add(_ left: Element, _ right: Element) -> Element {
    Element(coefficients: zip(left.coefficients, right.coefficients).map { $0 + $1 })
  }

  package func subtract(_ left: Element, _ right: Element) -> Element {
    Element(coefficients: zip(left.coefficients, right.coefficients).map { $0 - $1 })
  }

  package func scale(_ element: Element, by factor: Rational) -> Element {
    Element(coefficients: element.coefficients.map { $0 * factor })
  }

  /// Cost: one product of integer polynomials and one division, besides common denominators.
  package func multiply(_ left: Element, _ right: Element) -> Element {
    if degree == 1 { return constant(left.coefficients[0] * right.coefficients[0]) }
    do {
      let (first, second) = (
        try Engine.Rational.overCommonDenominator(left.coefficients),
        try Engine.Rational.overCommonDenominator(right.coefficients)
      )
      let product =
        Engine.UnivariatePolynomial(coefficients: first.numerators)
        * Engine.UnivariatePolynomial(coefficients: second.numerators)
      return try element(product, over: first.denominator * second.denominator)
    } catch {
      preconditionFailure("neither the modulus nor a denominator is zero: \(error)")
    }
  }

  /// The value of a polynomial at `t`, divided by a number.
  ///
  /// - Throws: `AlgebraError.divisionByZero`.
  package func element(
    _ polynomial: Engine.UnivariatePolynomial, over divisor: Engine.Integer = 1
  ) throws -> Element {
    let (remainder, scale) = try polynomial.pseudoRemainder(dividingBy: integerModulus)
    let denominator = divisor * scale
    var element = zero
    for (power, numerator) in remainder.coefficients.enumerated() {
      element.coefficients[power] = try Rational(numerator: numerator, denominator: denominator)
    }
    return element
  }

  private func multiplyByGenerator(_ element: Element) -> Element {
    let leading = element.coefficients[degree - 1]
    let shifted = Element(coefficients: [0] + element.coefficients.dropLast())
    guard leading != 0 else { return shifted }
    return add(shifted, Element(coefficients: reduction.map { $0 * leading }))
  }

  /// - Throws: `AlgebraError.divisionByZero`.
  package func inverse(_ element: Element) throws -> Element {
    guard !element.isZero else { throw AlgebraError.divisionByZero }
    // The matrix of multiplication by the element, column j for t^j.
    var matrix = Engine.RationalMatrix.zero(rows: degree, columns: degree)
    var column = element
    for j in 0..<degree {
      for i in 0..<degree { matrix[i, j] = column.coefficients[i] }
      column = multiplyByGenerator(column)
    }
    let one = try Engine.RationalMatrix(rows: degree, columns: 1, entries: constant(1).coefficients)
    return Element(coefficients: try matrix.solve(one).entries)
  }

  /// An enclosure of the real number that an element is.
  package func ball(_ element: Element, precision: Int) throws -> Ball {
    let point = try root(precision)
    return element.coefficients.reversed().reduce(Ball(0.0, precision: precision)) {
      $0 * point + Ball($1, precision: precision)
    }
  }

  /// −1, 0 or 1; proved. Precision is raised until the sign of an element that is not zero shows.
  package func sign(_ element: Element) throws -> Int {
    guard !element.isZero else { return 0 }
    var precision = 128
    while true {
      switch try ball(element, precision: precision).sign {
      case .positive: return 1
      case .negative: return -1
      case .zero, .unknown: precision *= 2
      }
      guard precision <= 1 << 20 else {
        throw AlgebraError.tooLarge("the sign of an algebraic number needs more than \(precision) bits")
      }
    }
  }

  /// The rank of a list of vectors, and whether each of `others` lies in their span.
  ///
  /// - Throws: `Interruption`.
  package func spans(
    _ vectors: [[Element]], _ others: [[Element]], control: Control = Control()
  ) throws -> (rank: Int, contained: [Bool]) {
    var echelon: [(pivot: Int, row: [Element])] = []
    func reduced(_ vector: [Element]) throws -> [Element] {
      var result = vector
      for (pivot, row) in echelon where !result[pivot].isZero {
        try control.check()
        let factor = result[pivot]
        for column in result.indices {
          result[column] = subtract(result[column], multiply(factor, row[column]))
        }
      }
      return result
    }
    for vector in vectors {
      let remainder = try reduced(vector)
      guard let pivot = remainder.firstIndex(where: { !$0.isZero }) else { continue }
      let scale = try inverse(remainder[pivot])
      echelon.append((pivot, remainder.map { multiply($0, scale) }))
    }
    return (echelon.count, try others.map { try reduced($0).allSatisfy(\.isZero) })
  }

  /// Solves a square system; `nil` if it is singular.
  ///
  /// - Throws: `Interruption`.
  package func solve(
    _ matrix: [[Element]], _ right: [Element], control: Control = Control()
  ) throws -> [Element]? {
    var rows = zip(matrix, right).map { $0 + [$1] }
    let size = rows.count
    for column in 0..<size {
      guard let pivot = (column..<size).first(where: { !rows[$0][column].isZero }) else { return nil }
      rows.swapAt(column, pivot)
      let scale = try inverse(rows[column][column])
      rows[column] = rows[column].map { multiply($0, scale) }
      for row in 0..<size where row != column && !rows[row][column].isZero {
        try control.check()
        let factor = rows[row][column]
        rows[row] = zip(rows[row], rows[column]).map { subtract($0, multiply(factor, $1)) }
      }
    }
    return rows.map { $0[size] }
  }
}
