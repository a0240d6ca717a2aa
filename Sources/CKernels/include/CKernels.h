#ifndef CKERNELS_H
#define CKERNELS_H

// Loops over contiguous words that deserve the vector instructions of the CPU at run time. Nothing here
// allocates, fails or knows what a polynomial is.

#include <stddef.h>
#include <stdint.h>

// Number of values that are worked on side by side: eight rows modulo one prime, or one row modulo eight primes.
#define CK_LANES 8

// The constants of eight prime fields, one for each lane (equal ones where eight rows share a prime).
// For odd p: negated inverse of p modulo 2^32, and 2^64 modulo p. The prime 2 has `two` set in all lanes.
typedef struct {
  uint64_t prime[CK_LANES];
  uint64_t square[CK_LANES];
  uint64_t negatedInverse[CK_LANES];
  uint64_t radixSquared[CK_LANES];
  uint32_t two;
} CKFields;

// Accumulators: `lanes[CK_LANES * column + lane]`, each below the square of its prime.

// A sparse row with a pivot in its first entry: `coefficients` holds one word per entry, or CK_LANES words per
// entry where the lanes are primes.
// Columns are 16-bit words in `shortColumns` where that is not null.
typedef struct {
  const uint32_t *columns;
  const uint16_t *shortColumns;
  const uint32_t *coefficients;
  uint32_t count;
} CKRow;

// accumulators += multipliers[lane] * row, the same row for all lanes.
void ck_add_row(uint64_t *accumulators, CKRow row, const uint64_t *multipliers, const CKFields *fields);

// Adds a row to a single lane that holds zeros in all columns of the row.
void ck_place_row(uint64_t *accumulators, CKRow row, uint32_t lane);

// Places a row whose coefficients differ by lane.
void ck_place_lanes(uint64_t *accumulators, CKRow row);

// Eliminates the columns first..<last by the pivot rows (monic, `pivots[c]` has its first entry in column c),
// the same rows for all lanes.
void ck_eliminate_rows(
  uint64_t *accumulators, const CKRow *pivots, uint32_t first, uint32_t last, const CKFields *fields);

// The same for pivot rows with CK_LANES coefficients per entry.
void ck_eliminate_lanes(
  uint64_t *accumulators, const CKRow *pivots, uint32_t first, uint32_t last, const CKFields *fields);

// values[CK_LANES * column + lane] of the columns count.. are given; those of the columns before become such that
// every pivot row has the scalar product zero with the values. The same rows for all lanes, 32-bit columns.
void ck_project_pivots(uint32_t *values, const CKRow *pivots, uint32_t count, const CKFields *fields);

// projection[lane] = the scalar product of the row and the values of the lane.
void ck_project_row(const uint32_t *values, CKRow row, uint32_t *projection, const CKFields *fields);

// Reduces `count` columns fully and writes lane l to rows[l].
void ck_split_lanes(const uint64_t *accumulators, size_t count, uint32_t *const *rows, const CKFields *fields);

// Reduces `count` columns fully, CK_LANES words per column.
void ck_pack_lanes(const uint64_t *accumulators, size_t count, uint32_t *packed, const CKFields *fields);

// targets[i] += sum over j of multipliers[i * sourceCount + j] * sources[j], for dense rows of `count` words
// (a multiple of 16), starting at column `from` (a multiple of 16).
void ck_add_dense(
  uint32_t *const *targets, size_t targetCount, const uint32_t *const *sources, size_t sourceCount,
  const uint32_t *multipliers, size_t from, size_t count, const CKFields *fields);

// row[from..<count] *= factor.
void ck_scale_dense(uint32_t *row, uint32_t factor, size_t from, size_t count, const CKFields *fields);

// The sum of left[i] * right[i], below 2^64 and congruent modulo the prime (the same in all lanes).
uint64_t ck_dense_dot(const uint32_t *left, const uint32_t *right, size_t count, const CKFields *fields);

// results[i] = the sum of rows[i * stride + j] * vector[j] modulo the prime (the same in all lanes), reduced. The
// stride is a multiple of 16.
void ck_dense_dots(
  uint32_t *results, const uint32_t *rows, size_t rowCount, size_t stride, const uint32_t *vector,
  const CKFields *fields);

// The same as ck_add_dense with CK_LANES words per column, multipliers[CK_LANES * (i * sourceCount + j) + lane].
void ck_add_dense_lanes(
  uint32_t *const *targets, size_t targetCount, const uint32_t *const *sources, size_t sourceCount,
  const uint32_t *multipliers, size_t from, size_t count, const CKFields *fields);

void ck_scale_dense_lanes(
  uint32_t *row, const uint32_t *factors, size_t from, size_t count, const CKFields *fields);

// The first index i in from..<count such that the packed exponent vector number i divides `monomial`, or
// `count`. Word w of number i is divisors[w][i]; `guards[w]` has the top bit of every field, clear in all
// exponent vectors.
size_t ck_first_divisor(
  const uint64_t *const *divisors, size_t from, size_t count, const uint64_t *monomial, const uint64_t *guards,
  size_t words);

// The smallest index i in from..<count with words[i] != 0, or count.
size_t ck_first_nonzero(const uint32_t *words, size_t from, size_t count);

// Sorts `count` numbers `ids` by descending keys; key i has `words` words, keys[i * words ...], which are
// compared after exclusive or with `complements`, the first word first. `scratch` has room for `count` ids.
void ck_sort_monomials(
  uint32_t *ids, uint32_t *scratch, size_t count, const uint64_t *keys, const uint64_t *complements, size_t words);

// sum += factor * x on `count` words; the word that is carried out.
uint64_t ck_words_add_product(uint64_t *sum, const uint64_t *x, size_t count, uint64_t factor);

// difference -= factor * x on `count` words; the word that is borrowed.
uint64_t ck_words_subtract_product(uint64_t *difference, const uint64_t *x, size_t count, uint64_t factor);

// The residues of a number of `count` words modulo eight primes; powers[CK_LANES * i + l] is 2^(32 i) modulo prime l for
// i < 2 count.
void ck_residue_lanes(
  const uint64_t *words, size_t count, const uint32_t *powers, uint32_t *residues, const CKFields *fields);

// products[CK_LANES * i + l] = words[CK_LANES * i + l] * factors[l], reduced.
void ck_multiply_lanes(
  uint32_t *products, const uint32_t *words, const uint32_t *factors, size_t count, const CKFields *fields);

#endif
