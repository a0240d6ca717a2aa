#include "CKMultiversion.h"
#include "include/CKernels.h"

// A field of m is at least the field of d iff its guard bit survives in (m | guards) - d.
static inline int divides(
  const uint64_t *const *divisors, size_t i, const uint64_t *monomial, const uint64_t *guards, size_t words) {
  uint64_t missing = 0;
  for (size_t w = 0; w < words; ++w) {
    missing |= ~((monomial[w] | guards[w]) - divisors[w][i]) & guards[w];
  }
  return missing == 0;
}

CK_MULTIVERSION
size_t ck_first_divisor(
  const uint64_t *const *divisors, size_t from, size_t count, const uint64_t *monomial, const uint64_t *guards,
  size_t words) {
  size_t i = from;
  for (; i + CK_LANES <= count; i += CK_LANES) {
    v8u64 missing = {0};
    for (size_t w = 0; w < words; ++w) {
      v8u64 difference = (monomial[w] | guards[w]) - ck_load(divisors[w] + i);
      missing |= ~difference & guards[w];
    }
    // Lanes that miss nothing become all ones.
    v8u64 found = (v8u64)(missing == 0);
    if (ck_is_zero(found)) continue;
    for (size_t lane = 0; lane < CK_LANES; ++lane) {
      if (found[lane]) return i + lane;
    }
  }
  for (; i < count; ++i) {
    if (divides(divisors, i, monomial, guards, words)) return i;
  }
  return count;
}

CK_MULTIVERSION
size_t ck_first_nonzero(const uint32_t *words, size_t from, size_t count) {
  size_t i = from;
  for (; i + 16 <= count; i += 16) {
    if (!ck_is_zero(ck_load(words + i))) break;
  }
  for (; i < count; ++i) {
    if (words[i]) return i;
  }
  return count;
}

static int comes_before(
  uint32_t left, uint32_t right, const uint64_t *keys, const uint64_t *complements, size_t words) {
  for (size_t w = 0; w < words; ++w) {
    uint64_t a = keys[words * left + w] ^ complements[w], b = keys[words * right + w] ^ complements[w];
    if (a != b) return a > b;
  }
  return 0;
}

// Merge sort from the bottom.
static void sort_few_monomials(
  uint32_t *ids, uint32_t *scratch, size_t count, const uint64_t *keys, const uint64_t *complements,
  size_t words) {
  uint32_t *from = ids, *to = scratch;
  for (size_t length = 1; length < count; length *= 2) {
    for (size_t start = 0; start < count; start += 2 * length) {
      size_t middle = start + length < count ? start + length : count;
      size_t end = middle + length < count ? middle + length : count;
      size_t left = start, right = middle;
      for (size_t i = start; i < end; ++i) {
        int takes_right =
          right < end
          && (left == middle || comes_before(from[right], from[left], keys, complements, words));
        to[i] = takes_right ? from[right++] : from[left++];
      }
    }
    uint32_t *swap = from;
    from = to;
    to = swap;
  }
  if (from != ids) memcpy(ids, from, count * sizeof *ids);
}

// Radix sort from the last byte to the first; bytes that all keys share are skipped.
void ck_sort_monomials(
  uint32_t *ids, uint32_t *scratch, size_t count, const uint64_t *keys, const uint64_t *complements,
  size_t words) {
  // The tables of counts do not pay for few.
  if (count < 128) {
    sort_few_monomials(ids, scratch, count, keys, complements, words);
    return;
  }
  uint32_t *from = ids, *to = scratch;
  for (size_t w = words; w-- > 0;) {
    uint64_t any = 0, all = ~0ull;
    for (size_t i = 0; i < count; ++i) {
      uint64_t key = keys[words * ids[i] + w];
      any |= key;
      all &= key;
    }
    uint64_t varying = any & ~all;
    for (unsigned shift = 0; shift < 64; shift += 8) {
      if (((varying >> shift) & 0xff) == 0) continue;
      size_t starts[257] = {0};
      for (size_t i = 0; i < count; ++i) {
        uint64_t key = ~(keys[words * from[i] + w] ^ complements[w]);
        ++starts[((key >> shift) & 0xff) + 1];
      }
      for (int b = 0; b < 256; ++b) starts[b + 1] += starts[b];
      for (size_t i = 0; i < count; ++i) {
        uint64_t key = ~(keys[words * from[i] + w] ^ complements[w]);
        to[starts[(key >> shift) & 0xff]++] = from[i];
      }
      uint32_t *swap = from;
      from = to;
      to = swap;
    }
  }
  if (from != ids) memcpy(ids, from, count * sizeof *ids);
}
