import Algebra
import CFLINT

extension FlintEngine {
  /// Cost: quasi-linear in the number of moments after Berlekamp and Massey's algorithm.
  public static func residueParametrisation(
    prime: UInt32, moments: [UInt32], coordinateMoments: [[UInt32]]
  ) -> ResidueParametrisation {
    let modulus = ResiduePolynomial.modulus(prime)
    let minimal = minimalPolynomial(moments, modulus)
    let derivative = ResiduePolynomial(modulus) { nmod_poly_derivative($0, minimal.pointer) }
    let common = ResiduePolynomial(modulus) { nmod_poly_gcd($0, minimal.pointer, derivative.pointer) }
    let isSquarefree = common.length <= 1
    var numerators: [[UInt32]]?
    let inverse = ResiduePolynomial(modulus)
    let denominator = numerator(of: moments, minimal)
    if isSquarefree, minimal.length > 1,
      nmod_poly_invmod(inverse.pointer, denominator.pointer, minimal.pointer) != 0
    {
      let factor = product(inverse, derivative, modulo: minimal)
      numerators = coordinateMoments.map { values in
        product(numerator(of: values, minimal), factor, modulo: minimal).residues
      }
    }
    return ResidueParametrisation(
      minimalPolynomial: minimal.residues, isSquarefree: isSquarefree, numerators: numerators)
  }

  private static func minimalPolynomial(_ moments: [UInt32], _ modulus: mp_limb_t) -> ResiduePolynomial {
    var state = nmod_berlekamp_massey_struct()
    nmod_berlekamp_massey_init(&state, modulus)
    defer { nmod_berlekamp_massey_clear(&state) }
    nmod_berlekamp_massey_add_points(&state, moments.map(mp_limb_t.init), moments.count)
    _ = nmod_berlekamp_massey_reduce(&state)
    return ResiduePolynomial(modulus) { nmod_poly_make_monic($0, nmod_berlekamp_massey_V_poly(&state)) }
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

  static func modulus(_ prime: UInt32) -> mp_limb_t { mp_limb_t(prime) }

  init(_ modulus: mp_limb_t) {
    self.modulus = modulus
    pointer = .allocate(capacity: 1)
    nmod_poly_init(pointer, modulus)
  }

  convenience init(_ modulus: mp_limb_t, _ compute: (UnsafeMutablePointer<nmod_poly_struct>) -> Void) {
    self.init(modulus)
    compute(pointer)
  }

  convenience init(_ modulus: mp_limb_t, residues: some Collection<UInt32>) {
    self.init(modulus)
    nmod_poly_fit_length(pointer, residues.count)
    for (index, residue) in residues.enumerated() {
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
