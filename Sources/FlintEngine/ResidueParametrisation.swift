import Algebra
import CFLINT

extension FlintEngine {
  /// Cost: Berlekamp and Massey's algorithm, then a product for each coordinate.
  public static func residueParametrisation(
    prime: UInt32, moments: [UInt32], coordinateMoments: [[UInt32]], testsSquarefree: Bool
  ) -> ResidueParametrisation {
    let modulus = mp_limb_t(prime)
    let (minimal, previous) = recurrence(moments, modulus)
    let derivative = ResiduePolynomial(modulus) { nmod_poly_derivative($0, minimal.pointer) }
    var isSquarefree: Bool?
    if testsSquarefree {
      let common = ResiduePolynomial(modulus) { nmod_poly_gcd($0, minimal.pointer, derivative.pointer) }
      isSquarefree = common.length <= 1
    }
    var numerators: [[UInt32]] = []
    if minimal.length > 1, !coordinateMoments.isEmpty {
      let inverse = inverse(of: numerator(of: moments, minimal), from: previous, modulo: minimal)
      let factor = product(inverse, derivative, modulo: minimal)
      numerators = coordinateMoments.map { values in
        product(numerator(of: values, minimal), factor, modulo: minimal).residues
      }
    }
    return ResidueParametrisation(
      minimalPolynomial: minimal.residues, isSquarefree: isSquarefree, numerators: numerators)
  }

  /// The monic denominator of the moments' generating series, and the denominator of the last fraction before
  /// it in the continued fraction.
  private static func recurrence(
    _ moments: [UInt32], _ modulus: mp_limb_t
  ) -> (minimal: ResiduePolynomial, previous: ResiduePolynomial) {
    var state = nmod_berlekamp_massey_struct()
    nmod_berlekamp_massey_init(&state, modulus)
    defer { nmod_berlekamp_massey_clear(&state) }
    nmod_berlekamp_massey_add_points(&state, moments.map(mp_limb_t.init), moments.count)
    _ = nmod_berlekamp_massey_reduce(&state)
    return (
      ResiduePolynomial(modulus) { nmod_poly_make_monic($0, nmod_berlekamp_massey_V_poly(&state)) },
      ResiduePolynomial(modulus) { nmod_poly_set($0, &state.V0) }
    )
  }

  /// The inverse of the numerator that belongs to the minimal polynomial: neighbouring fractions a/m and b/n
  /// of a continued fraction have a constant determinant `a n − b m`.
  private static func inverse(
    of numerator: ResiduePolynomial, from previous: ResiduePolynomial, modulo minimal: ResiduePolynomial
  ) -> ResiduePolynomial {
    let determinant = product(numerator, previous, modulo: minimal)
    return ResiduePolynomial(minimal.modulus) { result in
      if determinant.length == 1 {
        let constant = nmod_poly_get_coeff_ui(determinant.pointer, 0)
        nmod_poly_scalar_mul_nmod(result, previous.pointer, n_invmod(constant, minimal.modulus))
      } else {
        _ = nmod_poly_invmod(result, numerator.pointer, minimal.pointer)
      }
    }
  }

  /// The polynomial part of `minimal · Σ moments[k] z^(−k−1)`.
  private static func numerator(of moments: [UInt32], _ minimal: ResiduePolynomial) -> ResiduePolynomial {
    let degree = minimal.length - 1
    let reversed = ResiduePolynomial(minimal.modulus, residues: moments.prefix(degree).reversed())
    return ResiduePolynomial(minimal.modulus) {
      nmod_poly_mul($0, minimal.pointer, reversed.pointer)
      nmod_poly_shift_right($0, $0, degree)
    }
  }

  private static func product(
    _ left: ResiduePolynomial, _ right: ResiduePolynomial, modulo modulus: ResiduePolynomial
  ) -> ResiduePolynomial {
    ResiduePolynomial(modulus.modulus) {
      nmod_poly_mulmod($0, left.pointer, right.pointer, modulus.pointer)
    }
  }

  public static func evaluate(_ polynomials: [UnivariatePolynomial], at point: Ball) -> [Ball] {
    polynomials.map { polynomial in
      point.read { x in
        polynomial.read { f in
          Ball(precision: point.precision) { arb_fmpz_poly_evaluate_arb($0, f, x, point.precision) }
        }
      }
    }
  }
}

/// Owns an `nmod_poly`; never leaves the call that makes it.
private final class ResiduePolynomial {
  let pointer: UnsafeMutablePointer<nmod_poly_struct>
  let modulus: mp_limb_t

  init(_ modulus: mp_limb_t) {
    self.modulus = modulus
    pointer = .allocate(capacity: 1)
    nmod_poly_init(pointer, modulus)
  }

  convenience init(_ modulus: mp_limb_t, _ compute: (UnsafeMutablePointer<nmod_poly_struct>) -> Void) {
    self.init(modulus)
    compute(pointer)
  }

  convenience init(_ modulus: mp_limb_t, residues: some BidirectionalCollection<UInt32>) {
    self.init(modulus)
    // From the top, so that the length is right at once.
    for (index, residue) in residues.enumerated().reversed() {
      nmod_poly_set_coeff_ui(pointer, index, mp_limb_t(residue))
    }
  }

  deinit {
    nmod_poly_clear(pointer)
    pointer.deallocate()
  }

  var length: Int { nmod_poly_length(pointer) }

  var residues: [UInt32] { (0..<length).map { UInt32(nmod_poly_get_coeff_ui(pointer, $0)) } }
}
