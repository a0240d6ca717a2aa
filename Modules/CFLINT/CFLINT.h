/* FLINT (2.9, or 3 and later), GMP and Arb, with functions in place of the macros and variables that Swift
   cannot import. */
#ifndef CFLINT_H
#define CFLINT_H

#include <gmp.h>
/* Every header that is used: FLINT 2.9 includes transitively what FLINT 3 does not. */
#include <flint/flint.h>
#include <flint/ulong_extras.h>
#include <flint/fmpz.h>
#include <flint/fmpq.h>
#include <flint/fmpz_mat.h>
#include <flint/fmpq_mat.h>
#include <flint/fmpz_vec.h>
#include <flint/fmpz_poly.h>
#include <flint/nmod_poly.h>
#include <flint/fmpz_poly_factor.h>
#include <flint/fmpz_mpoly.h>
#include <flint/fmpz_mpoly_factor.h>
#include <flint/fmpq_mpoly.h>
#include <flint/fmpq_mpoly_factor.h>

#if !defined(__FLINT_RELEASE) || __FLINT_RELEASE < 20900
#error "FLINT 2.9 or later is needed"
#endif

/* FLINT 3 contains Arb; before, it was a library of its own. */
#if __has_include(<flint/arb_fmpz_poly.h>)
#include <flint/arf.h>
#include <flint/arb.h>
#include <flint/arb_mat.h>
#include <flint/arb_poly.h>
#include <flint/arb_fmpz_poly.h>
#define CFLINT_ARB_IS_SEPARATE 0
#else
#include <arf.h>
#include <arb.h>
#include <arb_mat.h>
#include <arb_poly.h>
#include <arb_fmpz_poly.h>
#define CFLINT_ARB_IS_SEPARATE 1
#endif

/* Versions */

static inline const char *cflint_header_version(void) { return FLINT_VERSION; }
static inline const char *cflint_library_version(void) { return flint_version; }
static inline const char *cflint_gmp_library_version(void) { return gmp_version; }

/* NULL where Arb is a part of FLINT. */
static inline const char *cflint_arb_header_version(void) {
#if CFLINT_ARB_IS_SEPARATE
  return ARB_VERSION;
#else
  return NULL;
#endif
}

static inline const char *cflint_arb_library_version(void) {
#if CFLINT_ARB_IS_SEPARATE
  return arb_version;
#else
  return NULL;
#endif
}

/* Which values own heap memory: the others may be copied and dropped like plain words. */

static inline int cflint_fmpz_is_big(fmpz x) { return COEFF_IS_MPZ(x); }

static inline int cflint_arb_is_big(const arb_struct *x) {
  return ARF_HAS_PTR(arb_midref(x)) || COEFF_IS_MPZ(ARF_EXP(arb_midref(x)))
         || COEFF_IS_MPZ(MAG_EXP(arb_radref(x)));
}

/* The limbs of an integer for which cflint_fmpz_is_big holds, and their number. */
static inline const mp_limb_t *cflint_fmpz_limbs(fmpz x, slong *count) {
  *count = mpz_size(COEFF_TO_PTR(x));
  return mpz_limbs_read(COEFF_TO_PTR(x));
}

/* Entries and parts behind macros */

static inline fmpq *cflint_fmpq_mat_entry(const fmpq_mat_struct *m, slong i, slong j) {
  return fmpq_mat_entry(m, i, j);
}
static inline arb_struct *cflint_arb_mat_entry(const arb_mat_struct *m, slong i, slong j) {
  return arb_mat_entry(m, i, j);
}

static inline const arf_struct *cflint_arb_mid(const arb_struct *x) { return arb_midref(x); }
static inline const mag_struct *cflint_arb_rad(const arb_struct *x) { return arb_radref(x); }

/* Whether a finite ball's binary exponents (of midpoint, its lowest bit, and radius) are at most `limit` in
   absolute value. */
static inline int cflint_arb_exponents_are_moderate(const arb_struct *x, slong limit) {
  const arf_struct *mid = arb_midref(x);
  const mag_struct *rad = arb_radref(x);
  int mid_fits = arf_is_zero(mid)
                 || (arf_cmpabs_2exp_si(mid, limit) <= 0 && arf_cmpabs_2exp_si(mid, -limit) >= 0
                     && arf_bits(mid) <= limit);
  int rad_fits = mag_is_zero(rad) || (mag_cmp_2exp_si(rad, limit) <= 0 && mag_cmp_2exp_si(rad, -limit) >= 0);
  return mid_fits && rad_fits;
}

/* Whether every exponent of the polynomial is surely less than 2^bits, by the width of its packed fields. */
static inline int cflint_fmpq_mpoly_fields_fit(const fmpq_mpoly_struct *f, slong bits) {
  return (slong)f->zpoly->bits <= bits;
}

#endif
