import Algebra
import RealSolving

/// A real number field: every sign is known.
struct FieldArithmetic<Engine: AlgebraEngine>: PointArithmetic {
  typealias Rational = Engine.Rational
  typealias Scalar = NumberField<Engine>.Element

  let field: NumberField<Engine>

  func constant(_ value: Rational) -> Scalar { field.constant(value) }
  func sum(_ left: Scalar, _ right: Scalar) -> Scalar { field.add(left, right) }
  func difference(_ left: Scalar, _ right: Scalar) -> Scalar { field.subtract(left, right) }
  func product(_ left: Scalar, _ right: Scalar) -> Scalar { field.multiply(left, right) }

  func quotient(_ left: Scalar, _ right: Scalar) throws -> Scalar {
    field.multiply(left, try field.inverse(right))
  }

  func sign(_ value: Scalar) throws -> Int? { try field.sign(value) }
  /// All pivots are as good.
  func size(_ value: Scalar) -> Double { value.isZero ? 0 : 1 }
}
