import Algebra

/// A commutative algebra over Q whose elements are plain values: what the equations of a stratum are written
/// in, once for polynomials and once for numbers.
package protocol CommutativeAlgebra {
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
package struct PolynomialAlgebra<Engine: AlgebraEngine>: CommutativeAlgebra {
  package typealias Element = Engine.Polynomial

  package let ring: Engine.PolynomialRing

  package init(ring: Engine.PolynomialRing) {
    self.ring = ring
  }

  package func constant(_ value: Engine.Rational) -> Element { ring.constant(value) }
  package func add(_ left: Element, _ right: Element) throws -> Element { try left.adding(right) }
  package func subtract(_ left: Element, _ right: Element) throws -> Element { try left.subtracting(right) }
  package func multiply(_ left: Element, _ right: Element) throws -> Element {
    try left.multiplied(by: right)
  }
  package func scale(_ element: Element, by factor: Engine.Rational) -> Element { element.scaled(by: factor) }
}
