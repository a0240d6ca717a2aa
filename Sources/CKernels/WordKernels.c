#include "CKMultiversion.h"
#include "include/CKernels.h"

uint64_t ck_words_add_product(uint64_t *sum, const uint64_t *x, size_t count, uint64_t factor) {
  unsigned __int128 carry = 0;
  for (size_t i = 0; i < count; ++i) {
    carry += (unsigned __int128)x[i] * factor + sum[i];
    sum[i] = (uint64_t)carry;
    carry >>= 64;
  }
  return (uint64_t)carry;
}

uint64_t ck_words_subtract_product(uint64_t *difference, const uint64_t *x, size_t count, uint64_t factor) {
  uint64_t borrow = 0;
  for (size_t i = 0; i < count; ++i) {
    const unsigned __int128 product = (unsigned __int128)x[i] * factor + borrow;
    const uint64_t low = (uint64_t)product;
    borrow = (uint64_t)(product >> 64) + (difference[i] < low);
    difference[i] -= low;
  }
  return borrow;
}

CK_MULTIVERSION
void ck_residue_lanes(
  const uint64_t *words, size_t count, const uint32_t *powers, uint32_t *residues, const CKFields *fields) {
  CK_LOAD_FIELDS(fields);
  // Halves of the products are summed apart: none of the sums overflows.
  v8u64 low = {0}, high = {0};
  for (size_t i = 0; i < 2 * count; ++i) {
    const uint32_t digit = (uint32_t)(words[i / 2] >> (i & 1 ? 32 : 0));
    const v8u64 product = ck_multiply(ck_broadcast(digit), ck_widen(powers + CK_LANES * i));
    low += product & CK_LOW;
    high += product >> 32;
  }
  const v8u64 upper = ck_residue(ck_residue(high) << 32);
  ck_narrow(residues, ck_subtract_once(upper + ck_residue(low), p));
}
