#include "CKMultiversion.h"
#include "include/CKernels.h"

// sums += multipliers * row from the entry `start` on; `coefficient` is the vector of entry i.
#define ADD_ENTRIES(row, indices, start, multipliers, coefficient)                                \
  for (uint32_t i = (start); i < (row).count; ++i) {                                              \
    uint64_t *entry = accumulators + (size_t)CK_LANES * (row).indices[i];                         \
    ck_store(entry, ck_accumulate(ck_load(entry), ck_multiply(multipliers, coefficient), square)); \
  }

#define ADD_ROW(row, start, multipliers, coefficient)                      \
  if ((row).shortColumns) {                                                \
    ADD_ENTRIES(row, shortColumns, start, multipliers, coefficient)        \
  } else {                                                                 \
    ADD_ENTRIES(row, columns, start, multipliers, coefficient)             \
  }

#define SAME_FOR_ALL(row) ck_broadcast_factor((row).coefficients[i])
#define BY_LANE(row) ck_widen((row).coefficients + (size_t)CK_LANES * i)

CK_MULTIVERSION
void ck_add_row(uint64_t *accumulators, CKRow row, const uint64_t *multipliers, const CKFields *fields) {
  const v8u64 square = ck_load(fields->square), factors = ck_load(multipliers);
  ADD_ROW(row, 0, factors, SAME_FOR_ALL(row))
}

void ck_place_row(uint64_t *accumulators, CKRow row, uint32_t lane) {
  for (uint32_t i = 0; i < row.count; ++i) {
    accumulators[(size_t)CK_LANES * row.columns[i] + lane] = row.coefficients[i];
  }
}

CK_MULTIVERSION
void ck_place_lanes(uint64_t *accumulators, CKRow row) {
  for (uint32_t i = 0; i < row.count; ++i) {
    const size_t column = row.shortColumns ? row.shortColumns[i] : row.columns[i];
    ck_store(accumulators + CK_LANES * column, ck_widen(row.coefficients + (size_t)CK_LANES * i));
  }
}

#define ELIMINATE(coefficient)                                        \
  CK_LOAD_FIELDS(fields);                                             \
  for (uint32_t column = first; column < last; ++column) {            \
    uint64_t *place = accumulators + (size_t)CK_LANES * column;       \
    v8u64 value = ck_load(place);                                     \
    if (ck_is_zero(value)) continue;                                  \
    ck_store(place, (v8u64){0});                                      \
    value = ck_residue(value);                                        \
    if (ck_is_zero(value)) continue;                                  \
    const CKRow pivot = pivots[column];                               \
    const v8u64 factors = p - value;                                  \
    ADD_ROW(pivot, 1, factors, coefficient(pivot))                    \
  }

CK_MULTIVERSION
void ck_eliminate_rows(
  uint64_t *accumulators, const CKRow *pivots, uint32_t first, uint32_t last, const CKFields *fields) {
  ELIMINATE(SAME_FOR_ALL)
}

CK_MULTIVERSION
void ck_eliminate_lanes(
  uint64_t *accumulators, const CKRow *pivots, uint32_t first, uint32_t last, const CKFields *fields) {
  ELIMINATE(BY_LANE)
}

CK_MULTIVERSION
void ck_split_lanes(const uint64_t *accumulators, size_t count, uint32_t *const *rows, const CKFields *fields) {
  CK_LOAD_FIELDS(fields);
  for (size_t column = 0; column < count; ++column) {
    uint32_t lanes[CK_LANES];
    ck_narrow(lanes, ck_residue(ck_load(accumulators + CK_LANES * column)));
    for (int lane = 0; lane < CK_LANES; ++lane) rows[lane][column] = lanes[lane];
  }
}

CK_MULTIVERSION
void ck_pack_lanes(const uint64_t *accumulators, size_t count, uint32_t *packed, const CKFields *fields) {
  CK_LOAD_FIELDS(fields);
  for (size_t column = 0; column < count; ++column) {
    ck_narrow(
      packed + CK_LANES * column,
      ck_residue(ck_load(accumulators + CK_LANES * column)));
  }
}

// The sum of coefficients times values over a row's entries from `start` on. Sums stay below twice the square of
// the prime, which a residue may be taken of; two products are added before each subtraction.
#define PROJECT(row, start)                                                                                 \
  ({                                                                                                        \
    v8u64 first = {0}, second = {0};                                                                        \
    uint32_t i = (start);                                                                                   \
    for (; i + 4 <= (row).count; i += 4) {                                                                  \
      first = ck_accumulate_pair(first, FACTOR(row, i), VALUE(row, i), FACTOR(row, i + 1), VALUE(row, i + 1)); \
      second =                                                                                              \
        ck_accumulate_pair(second, FACTOR(row, i + 2), VALUE(row, i + 2), FACTOR(row, i + 3), VALUE(row, i + 3)); \
    }                                                                                                       \
    for (; i < (row).count; ++i) {                                                                          \
      first = ck_accumulate(first, ck_multiply(FACTOR(row, i), VALUE(row, i)), twoSquares);                 \
    }                                                                                                       \
    ck_residue(ck_subtract_once(first + second, twoSquares));                                               \
  })

#define FACTOR(row, i) ck_broadcast_factor((row).coefficients[i])
#define VALUE(row, i) ck_widen(values + (size_t)CK_LANES * (row).columns[i])

CK_MULTIVERSION
void ck_project_pivots(uint32_t *values, const CKRow *pivots, uint32_t count, const CKFields *fields) {
  CK_LOAD_FIELDS(fields);
  const v8u64 twoSquares = square + square;
  for (uint32_t column = count; column-- > 0;) {
    const CKRow pivot = pivots[column];
    ck_narrow(values + (size_t)CK_LANES * column, ck_subtract_once(p - PROJECT(pivot, 1), p));
  }
}

CK_MULTIVERSION
void ck_project_row(const uint32_t *values, CKRow row, uint32_t *projection, const CKFields *fields) {
  CK_LOAD_FIELDS(fields);
  const v8u64 twoSquares = square + square;
  ck_narrow(projection, PROJECT(row, 0));
}
