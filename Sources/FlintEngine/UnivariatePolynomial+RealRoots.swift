import Algebra
import CFLINT

extension FlintEngine: RootIsolatingEngine {
  package typealias Coefficients = FmpzVector

  package static func dyadic(_ integer: Integer, exponent: Int) -> Rational {
    let number = Rational(integer)
    return number.read { x in
      Rational {
        if exponent >= 0 {
          fmpq_mul_2exp($0, x, UInt(exponent))
        } else {
          fmpq_div_2exp($0, x, exponent.magnitude)
        }
      }
    }
  }

  package static func shifted(_ integer: Integer, by bits: Int) -> Integer {
    integer.read { x in
      Integer {
        if bits >= 0 { fmpz_mul_2exp($0, x, UInt(bits)) } else { fmpz_fdiv_q_2exp($0, x, bits.magnitude) }
      }
    }
  }

  package static func simplestRational(from lower: Rational, to upper: Rational) -> Rational {
    lower.read { x in upper.read { y in Rational { fmpq_simplest_between($0, x, y) } } }
  }
}

extension FlintEngine.UnivariatePolynomial {
  /// Cost: see `RootIsolation`; then evaluations whose number is logarithmic in the bits that `width` asks for.
  public func isolatedRealRoots(
    width: FlintEngine.Rational?, control: Control
  ) throws -> [IsolatingInterval<FlintEngine.Rational>] {
    try FlintEngine.isolatedRealRoots(of: self, width: width, control: control)
  }

  /// Cost: evaluations whose number is logarithmic in the wanted bits.
  public func refined(
    _ interval: IsolatingInterval<FlintEngine.Rational>, width: FlintEngine.Rational, control: Control
  ) throws -> IsolatingInterval<FlintEngine.Rational> {
    try FlintEngine.refined(interval, of: self, width: width, control: control)
  }

  public func pseudoRemainder(
    dividingBy divisor: FlintEngine.UnivariatePolynomial
  ) throws -> (remainder: FlintEngine.UnivariatePolynomial, scale: FlintEngine.Integer) {
    guard !divisor.isZero else { throw AlgebraError.divisionByZero }
    var power: UInt = 0
    let remainder = read { x in divisor.read { y in Self { fmpz_poly_pseudo_rem($0, &power, x, y) } } }
    return (remainder, try divisor.coefficient(divisor.degree).power(Int(power)))
  }
}
