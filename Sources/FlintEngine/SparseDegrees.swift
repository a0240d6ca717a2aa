import Algebra
import CFLINT

/// Refuses polynomials that FLINT would make dense vectors of beyond all memory.
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

  init(_ polynomial: FlintEngine.Polynomial) {
    let count = polynomial.ring.variables.count
    degrees = polynomial.ring.variables.indices.map(polynomial.degree(in:))
    guard (degrees.max() ?? 0) > Self.limit else {
      shifts = Array(repeating: 0, count: count)
      strides = Array(repeating: 1, count: count)
      return
    }
    let (shift, stride) = (FmpzVector(count: count), FmpzVector(count: count))
    polynomial.read { polynomial, context in
      fmpz_mpoly_deflation(
        shift.start, stride.start, fmpq_mpoly_zpoly_ref(polynomial, context), &context.pointee.zctx)
    }
    shifts = (0..<count).map { fmpz_get_si(shift.start + $0) }
    strides = (0..<count).map { fmpz_get_si(stride.start + $0) }
  }

  /// - Throws: `AlgebraError.tooLarge`.
  static func checkSpread(of polynomial: FlintEngine.Polynomial, for operation: String) throws {
    let shape = SparseDegrees(polynomial)
    for (degree, shift) in zip(shape.degrees, shape.shifts) where degree - shift > limit {
      throw AlgebraError.tooLarge("the degree \(degree) for \(operation)")
    }
  }

  /// As `checkSpread`, but for an operation that commutes with replacing `x` by `x^k` in all polynomials.
  ///
  /// - Parameter keepsShifts: whether the least exponents count, too.
  static func checkJointly(
    _ polynomials: [FlintEngine.Polynomial], keepsShifts: Bool, for operation: String
  ) throws {
    let shapes = polynomials.map { SparseDegrees($0) }
    for variable in shapes.first?.degrees.indices ?? 0..<0 {
      var stride = 0
      for shape in shapes {
        stride = gcd(stride, shape.strides[variable])
        if keepsShifts { stride = gcd(stride, shape.shifts[variable]) }
      }
      for shape in shapes {
        let spread = shape.degrees[variable] - (keepsShifts ? 0 : shape.shifts[variable])
        guard spread / max(stride, 1) <= limit else {
          throw AlgebraError.tooLarge("the degree \(shape.degrees[variable]) for \(operation)")
        }
      }
    }
  }

  private static func gcd(_ a: Int, _ b: Int) -> Int { Int(n_gcd(UInt(abs(a)), UInt(abs(b)))) }
}
