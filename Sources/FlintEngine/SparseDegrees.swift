import Algebra
import CFLINT

/// Refuses polynomials that FLINT would turn into dense vectors beyond all memory.
///
/// What counts is the degree after powers of variables are divided out and, where that is allowed, after
/// `x^k` is taken as a variable if no other powers of `x` occur.
struct SparseDegrees {
  /// The greatest degree that is passed on.
  static let limit = 1 << 22

  private let degrees: [Int]
  /// The least exponent of each variable, and the greatest common divisor of the differences of exponents.
  private let shifts: [Int]
  private let strides: [Int]

  private init(_ polynomial: FlintEngine.Polynomial) {
    let variables = polynomial.ring.variables.indices
    let (shift, stride) = (FmpzVector(count: variables.count), FmpzVector(count: variables.count))
    polynomial.read { polynomial, context in
      fmpz_mpoly_deflation(
        shift.start, stride.start, fmpq_mpoly_zpoly_ref(polynomial, context), &context.pointee.zctx)
    }
    degrees = variables.map(polynomial.degree(in:))
    shifts = variables.map { fmpz_get_si(shift.start + $0) }
    strides = variables.map { fmpz_get_si(stride.start + $0) }
  }

  /// Checks the operand of an operation that goes through all degrees.
  ///
  /// - Throws: `AlgebraError.tooLarge`.
  static func check(_ polynomial: FlintEngine.Polynomial, for operation: String) throws {
    guard polynomial.hasHighDegree else { return }
    let shape = SparseDegrees(polynomial)
    for (degree, shift) in zip(shape.degrees, shape.shifts) where degree - shift > limit {
      throw AlgebraError.tooLarge("the degree \(degree) for \(operation)")
    }
  }

  /// Checks the operands of a greatest common divisor, which commutes with replacing `x` by `x^k`.
  ///
  /// - Throws: `AlgebraError.tooLarge`.
  static func checkDivisor(_ left: FlintEngine.Polynomial, _ right: FlintEngine.Polynomial) throws {
    guard left.hasHighDegree || right.hasHighDegree else { return }
    let shapes = [SparseDegrees(left), SparseDegrees(right)]
    for variable in left.ring.variables.indices {
      let stride = shapes.reduce(0) { gcd($0, $1.strides[variable]) }
      for shape in shapes where (shape.degrees[variable] - shape.shifts[variable]) / max(stride, 1) > limit {
        throw AlgebraError.tooLarge("the degree \(shape.degrees[variable]) for a greatest common divisor")
      }
    }
  }

  /// Checks the operands of a division; variables that are not in a divisor stay as they are in the quotient.
  ///
  /// - Parameter isExact: whether powers of variables may be divided out of the dividend first.
  /// - Throws: `AlgebraError.tooLarge`.
  static func checkDivision(
    of dividend: FlintEngine.Polynomial, by divisors: [FlintEngine.Polynomial], isExact: Bool
  ) throws {
    guard dividend.hasHighDegree, divisors.contains(where: { $0.termCount > 1 }) else { return }
    let shape = SparseDegrees(dividend)
    let divisorShapes = divisors.map { SparseDegrees($0) }
    for variable in dividend.ring.variables.indices
    where divisorShapes.contains(where: { $0.degrees[variable] > 0 }) {
      let stride = ([shape] + divisorShapes).reduce(0) { stride, shape in
        let joint = gcd(stride, shape.strides[variable])
        return isExact ? joint : gcd(joint, shape.shifts[variable])
      }
      let spread = shape.degrees[variable] - (isExact ? shape.shifts[variable] : 0)
      guard spread / max(stride, 1) <= limit else {
        throw AlgebraError.tooLarge("the degree \(shape.degrees[variable]) for a division")
      }
    }
  }

  private static func gcd(_ a: Int, _ b: Int) -> Int { Int(n_gcd(a.magnitude, b.magnitude)) }
}

extension FlintEngine.Polynomial {
  fileprivate var hasHighDegree: Bool {
    ring.variables.indices.contains { degree(in: $0) > SparseDegrees.limit }
  }
}
