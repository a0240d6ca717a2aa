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
