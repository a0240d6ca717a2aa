import Algebra
import FlintEngine
import RealSolving
import Testing

/// Arithmetic, signs and linear algebra in real number fields.
@Suite("Number fields")
struct NumberFieldTests {
  typealias Field = NumberField<FlintEngine>
  typealias Rational = FlintEngine.Rational
  typealias Ball = FlintEngine.Ball

  /// `Q(∛2)`, with enclosures by bisection.
  private static func cubicField() throws -> Field {
    try Field(modulus: [-2, 0, 0, 1]) { precision in
      var (lower, upper) = (Rational(1), Rational(2))
      let half = try Rational(numerator: 1, denominator: 2)
      for _ in 0..<precision {
        let middle = (lower + upper) * half
        if middle * middle * middle < 2 { lower = middle } else { upper = middle }
      }
      return Ball(lower: lower, upper: upper, precision: precision)
    }
  }

  /// `Q(√2 + √3)`, with minimal polynomial `t⁴ − 10 t² + 1`.
  private static func quarticField() throws -> Field {
    try Field(modulus: [1, 0, -10, 0, 1]) { precision in
      Ball(Rational(2), precision: precision).squareRoot(clampingAtZero: false)
        + Ball(Rational(3), precision: precision).squareRoot(clampingAtZero: false)
    }
  }

  private static func fields() throws -> [(Field, root: Double)] {
    [
      (try cubicField(), 1.2599210498948732), (try quarticField(), 3.1462643699419726),
      // The rationals themselves, as Q(5/3).
      (
        try Field(modulus: [-5, 3]) {
          Ball(try Rational(numerator: 5, denominator: 3), precision: $0)
        }, 5.0 / 3
      ),
    ]
  }

  private func random(_ field: Field, _ generator: inout SeededGenerator) throws -> Field.Element {
    Field.Element(
      coefficients: try (0..<field.degree).map { _ in
        try Rational(
          numerator: .init(Int.random(in: -9...9, using: &generator)),
          denominator: .init(Int.random(in: 1...4, using: &generator)))
      })
  }

  private func value(_ element: Field.Element, at root: Double) -> Double {
    element.coefficients.reversed().reduce(0) { $0 * root + $1.doubleValue }
  }

  @Test func fieldLaws() throws {
    var generator = SeededGenerator(seed: 3)
    for (field, root) in try Self.fields() {
      #expect(abs(try field.ball(field.generator, precision: 100).approximation - root) < 1e-14)
      for _ in 0..<20 {
        let (a, b, c) = (
          try random(field, &generator), try random(field, &generator), try random(field, &generator)
        )
        #expect(field.multiply(a, b) == field.multiply(b, a))
        #expect(field.multiply(field.multiply(a, b), c) == field.multiply(a, field.multiply(b, c)))
        #expect(
          field.multiply(a, field.add(b, c)) == field.add(field.multiply(a, b), field.multiply(a, c)))
        #expect(field.subtract(field.add(a, b), b) == a)
        #expect(field.multiply(a, field.constant(1)) == a)
        #expect(field.scale(a, by: 3) == field.multiply(a, field.constant(3)))
        if !a.isZero {
          #expect(field.multiply(a, try field.inverse(a)) == field.constant(1))
        }
        let product = value(a, at: root) * value(b, at: root)
        #expect(abs(value(field.multiply(a, b), at: root) - product) < 1e-10 * (1 + abs(product)))
      }
      #expect(throws: AlgebraError.divisionByZero) { try field.inverse(field.zero) }
    }
  }

  @Test func signsAreThoseOfTheRealNumbers() throws {
    var generator = SeededGenerator(seed: 4)
    for (field, root) in try Self.fields() {
      #expect(try field.sign(field.zero) == 0)
      for _ in 0..<40 {
        let element = try random(field, &generator)
        let number = value(element, at: root)
        guard abs(number) > 1e-9 else { continue }
        #expect(try field.sign(element) == (number > 0 ? 1 : -1))
      }
    }
  }

  /// `∛2` minus a rational number that agrees with it to two hundred digits.
  @Test func signsOfTinyNumbers() throws {
    let field = try Self.cubicField()
    let (lower, upper) = try field.ball(field.generator, precision: 700).bounds()
    #expect(try field.sign(field.subtract(field.generator, field.constant(lower))) == 1)
    #expect(try field.sign(field.subtract(field.generator, field.constant(upper))) == -1)
  }

  @Test func linearAlgebra() throws {
    var generator = SeededGenerator(seed: 5)
    for (field, _) in try Self.fields() {
      for size in 1...3 {
        let matrix = try (0..<size).map { _ in try (0..<size).map { _ in try random(field, &generator) } }
        let solution = try (0..<size).map { _ in try random(field, &generator) }
        func image(_ row: [Field.Element]) -> Field.Element {
          zip(row, solution).reduce(field.zero) { field.add($0, field.multiply($1.0, $1.1)) }
        }
        #expect(try field.solve(matrix, matrix.map(image)) == solution)
        // A row that depends on the others makes the system singular.
        let dependent =
          matrix.dropLast() + [size == 1 ? [field.zero] : matrix[0].map { field.scale($0, by: 2) }]
        #expect(try field.solve(Array(dependent), Array(repeating: field.zero, count: size)) == nil)
      }
      let (first, second) = (
        try (0..<4).map { _ in try random(field, &generator) },
        try (0..<4).map { _ in try random(field, &generator) }
      )
      // An irrational combination of the two.
      let combined = zip(first, second).map {
        field.add(field.multiply(field.generator, $0), field.scale($1, by: -3))
      }
      let outside = zip(combined, [1, 0, 0, 0]).map { field.add($0, field.constant(Rational($1))) }
      let spans = try field.spans(
        [first, second], [combined, outside, first, first.map { _ in field.zero }])
      #expect(spans.rank == 2)
      #expect(spans.contained == [true, false, true, true])
      #expect(try field.spans([first, second, combined], []).rank == 2)
      #expect(try field.spans([], [first]).contained == [false])
    }
  }
}
