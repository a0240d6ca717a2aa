import Algebra

/// A commutative algebra over Q whose elements are plain values: what the equations of a stratum are written
/// in, once for polynomials and once for numbers.
protocol CommutativeAlgebra {
  associatedtype Rational
  associatedtype Element

  func constant(_ value: Rational) -> Element
  func add(_ left: Element, _ right: Element) throws -> Element
  func subtract(_ left: Element, _ right: Element) throws -> Element
  func multiply(_ left: Element, _ right: Element) throws -> Element
  func scale(_ element: Element, by factor: Rational) -> Element
}

extension NumberField: CommutativeAlgebra {}

/// A ring of polynomials over Q.
struct PolynomialAlgebra<Engine: AlgebraEngine>: CommutativeAlgebra {
  typealias Element = Engine.Polynomial

  let ring: Engine.PolynomialRing

  func constant(_ value: Engine.Rational) -> Element { ring.constant(value) }
  func add(_ left: Element, _ right: Element) throws -> Element { try left.adding(right) }
  func subtract(_ left: Element, _ right: Element) throws -> Element { try left.subtracting(right) }
  func multiply(_ left: Element, _ right: Element) throws -> Element { try left.multiplied(by: right) }
  func scale(_ element: Element, by factor: Engine.Rational) -> Element { element.scaled(by: factor) }
}
