#include "CKMultiversion.h"
#include "include/CKernels.h"

// Columns that are finished for all rows before the next ones are looked at: several lines of the cache, so that
// the processor sees where each row goes on.
#define CK_STRIP 64
#define CK_LANE_STRIP 16

// Tiles of 16 columns of `height` target rows, held in registers while all sources pass by. Even and odd
// columns have accumulators of their own, because products take 64 bits; they stay below twice the square of the
// prime, so that two products are added before each subtraction.
#define CK_TILE(height)                                                                       \
  for (size_t column = start; column < end; column += 16) {                                   \
    v8u64 even[height], odd[height];                                                          \
    CK_UNROLL for (int i = 0; i < height; ++i) {                                              \
      v8u64 words = ck_load(targets[row + i] + column);                                       \
      even[i] = words & CK_LOW;                                                               \
      odd[i] = words >> 32;                                                                   \
    }                                                                                         \
    size_t j = 0;                                                                             \
    for (; j + 2 <= sourceCount; j += 2) {                                                    \
      const v8u64 words = ck_load(sources[j] + column), upper = words >> 32;                  \
      const v8u64 nextWords = ck_load(sources[j + 1] + column), nextUpper = nextWords >> 32;  \
      CK_UNROLL for (int i = 0; i < height; ++i) {                                            \
        const v8u64 factor = ck_broadcast_factor(multipliers[(row + i) * sourceCount + j]);   \
        const v8u64 next = ck_broadcast_factor(multipliers[(row + i) * sourceCount + j + 1]); \
        even[i] = ck_accumulate_pair(even[i], words, factor, nextWords, next);                \
        odd[i] = ck_accumulate_pair(odd[i], upper, factor, nextUpper, next);                  \
      }                                                                                       \
    }                                                                                         \
    if (j < sourceCount) {                                                                    \
      const v8u64 words = ck_load(sources[j] + column), upper = words >> 32;                  \
      CK_UNROLL for (int i = 0; i < height; ++i) {                                            \
        const v8u64 factor = ck_broadcast_factor(multipliers[(row + i) * sourceCount + j]);   \
        even[i] = ck_accumulate(even[i], ck_multiply(words, factor), twoSquares);             \
        odd[i] = ck_accumulate(odd[i], ck_multiply(upper, factor), twoSquares);               \
      }                                                                                       \
    }                                                                                         \
    CK_UNROLL for (int i = 0; i < height; ++i) {                                              \
      ck_store(targets[row + i] + column, ck_residue(even[i]) | (ck_residue(odd[i]) << 32));  \
    }                                                                                         \
  }

CK_MULTIVERSION
void ck_add_dense(
  uint32_t *const *targets, size_t targetCount, const uint32_t *const *sources, size_t sourceCount,
  const uint32_t *multipliers, size_t from, size_t count, const CKFields *fields) {
  CK_LOAD_FIELDS(fields);
  const v8u64 twoSquares = square + square;
  for (size_t start = from; start < count; start += CK_STRIP) {
    const size_t end = start + CK_STRIP < count ? start + CK_STRIP : count;
    size_t row = 0;
    for (; row + 8 <= targetCount; row += 8) CK_TILE(8)
    for (; row + 2 <= targetCount; row += 2) CK_TILE(2)
    for (; row < targetCount; ++row) CK_TILE(1)
  }
}

CK_MULTIVERSION
void ck_scale_dense(uint32_t *row, uint32_t factor, size_t from, size_t count, const CKFields *fields) {
  CK_LOAD_FIELDS(fields);
  v8u64 factors = ck_broadcast(factor);
  for (size_t column = from; column < count; column += CK_LANES) {
    ck_narrow(
      row + column, ck_residue(ck_multiply(ck_widen(row + column), factors)));
  }
}

CK_MULTIVERSION
uint64_t ck_dense_dot(const uint32_t *left, const uint32_t *right, size_t count, const CKFields *fields) {
  CK_LOAD_FIELDS(fields);
  v8u64 first = {0}, second = {0};
  size_t i = 0;
  for (; i + 2 * CK_LANES <= count; i += 2 * CK_LANES) {
    first = ck_accumulate(first, ck_multiply(ck_widen(left + i), ck_widen(right + i)), square);
    second = ck_accumulate(
      second, ck_multiply(ck_widen(left + i + CK_LANES), ck_widen(right + i + CK_LANES)), square);
  }
  const v8u64 lanes = ck_residue(first) + ck_residue(second);
  uint64_t sum = __builtin_reduce_add(lanes);
  for (; i < count; ++i) sum += (uint64_t)left[i] * right[i] % fields->prime[0];
  return sum;
}

// Two products at once are added to what is below twice the square of the prime: the sum is below 2^64.
#define CK_DOT_TILE(height)                                                                              \
  {                                                                                                      \
    v8u64 sums[height] = {0};                                                                            \
    for (size_t column = 0; column < stride; column += 16) {                                             \
      const v8u64 even = ck_load(vector + column), odd = even >> 32;                                     \
      for (int i = 0; i < height; ++i) {                                                                 \
        const v8u64 words = ck_load(rows + (row + i) * stride + column);                                 \
        sums[i] = ck_subtract_once(                                                                      \
          sums[i] + ck_multiply(words, even) + ck_multiply(words >> 32, odd), twice);                    \
      }                                                                                                  \
    }                                                                                                    \
    for (int i = 0; i < height; ++i) {                                                                   \
      const v8u64 lanes = ck_residue(ck_subtract_once(sums[i], square));                                 \
      results[row + i] = (uint32_t)(__builtin_reduce_add(lanes) % fields->prime[0]);                     \
    }                                                                                                    \
  }

CK_MULTIVERSION
void ck_dense_dots(
  uint32_t *results, const uint32_t *rows, size_t rowCount, size_t stride, const uint32_t *vector,
  const CKFields *fields) {
  CK_LOAD_FIELDS(fields);
  const v8u64 twice = square + square;
  size_t row = 0;
  for (; row + 4 <= rowCount; row += 4) CK_DOT_TILE(4)
  for (; row < rowCount; ++row) CK_DOT_TILE(1)
}

// The same with one vector for each column: tiles of `width` columns, as long as there are so many.
#define CK_LANE_TILE(height, width)                                                                                \
  for (; column + width <= end; column += width) {                                                                 \
    v8u64 sums[height][width];                                                                                     \
    CK_UNROLL for (int i = 0; i < height; ++i) {                                                                   \
      CK_UNROLL for (int c = 0; c < width; ++c) sums[i][c] = ck_widen(targets[row + i] + CK_LANES * (column + c)); \
    }                                                                                                              \
    size_t j = 0;                                                                                                  \
    for (; j + 2 <= sourceCount; j += 2) {                                                                         \
      v8u64 words[width], nextWords[width];                                                                        \
      CK_UNROLL for (int c = 0; c < width; ++c) {                                                                  \
        words[c] = ck_widen(sources[j] + CK_LANES * (column + c));                                                 \
        nextWords[c] = ck_widen(sources[j + 1] + CK_LANES * (column + c));                                         \
      }                                                                                                            \
      CK_UNROLL for (int i = 0; i < height; ++i) {                                                                 \
        const uint32_t *factors = multipliers + CK_LANES * ((row + i) * sourceCount + j);                          \
        const v8u64 factor = ck_widen(factors), next = ck_widen(factors + CK_LANES);                               \
        CK_UNROLL for (int c = 0; c < width; ++c) {                                                                \
          sums[i][c] = ck_accumulate_pair(sums[i][c], words[c], factor, nextWords[c], next);                       \
        }                                                                                                          \
      }                                                                                                            \
    }                                                                                                              \
    if (j < sourceCount) {                                                                                         \
      CK_UNROLL for (int i = 0; i < height; ++i) {                                                                 \
        const v8u64 factor = ck_widen(multipliers + CK_LANES * ((row + i) * sourceCount + j));                     \
        CK_UNROLL for (int c = 0; c < width; ++c) {                                                                \
          const v8u64 words = ck_widen(sources[j] + CK_LANES * (column + c));                                      \
          sums[i][c] = ck_accumulate(sums[i][c], ck_multiply(words, factor), twoSquares);                          \
        }                                                                                                          \
      }                                                                                                            \
    }                                                                                                              \
    CK_UNROLL for (int i = 0; i < height; ++i) {                                                                   \
      CK_UNROLL for (int c = 0; c < width; ++c) {                                                                  \
        ck_narrow(targets[row + i] + CK_LANES * (column + c), ck_residue(sums[i][c]));                             \
      }                                                                                                            \
    }                                                                                                              \
  }

#define CK_LANE_ROWS(height)      \
  {                               \
    size_t column = start;        \
    CK_LANE_TILE(height, 4)       \
    CK_LANE_TILE(height, 1)       \
  }

CK_MULTIVERSION
void ck_add_dense_lanes(
  uint32_t *const *targets, size_t targetCount, const uint32_t *const *sources, size_t sourceCount,
  const uint32_t *multipliers, size_t from, size_t count, const CKFields *fields) {
  CK_LOAD_FIELDS(fields);
  const v8u64 twoSquares = square + square;
  for (size_t start = from; start < count; start += CK_LANE_STRIP) {
    const size_t end = start + CK_LANE_STRIP < count ? start + CK_LANE_STRIP : count;
    size_t row = 0;
    for (; row + 4 <= targetCount; row += 4) CK_LANE_ROWS(4)
    for (; row < targetCount; ++row) CK_LANE_ROWS(1)
  }
}

CK_MULTIVERSION
void ck_scale_dense_lanes(
  uint32_t *row, const uint32_t *factors, size_t from, size_t count, const CKFields *fields) {
  CK_LOAD_FIELDS(fields);
  v8u64 factor = ck_widen(factors);
  for (size_t column = from; column < count; ++column) {
    uint32_t *place = row + CK_LANES * column;
    ck_narrow(place, ck_residue(ck_multiply(ck_widen(place), factor)));
  }
}

CK_MULTIVERSION
void ck_multiply_lanes(
  uint32_t *products, const uint32_t *words, const uint32_t *factors, size_t count, const CKFields *fields) {
  CK_LOAD_FIELDS(fields);
  const v8u64 factor = ck_widen(factors);
  for (size_t i = 0; i < count; ++i) {
    ck_narrow(products + CK_LANES * i, ck_residue(ck_multiply(ck_widen(words + CK_LANES * i), factor)));
  }
}
