#ifndef CK_MULTIVERSION_H
#define CK_MULTIVERSION_H

#include <stdint.h>
#include <string.h>

// One copy of each kernel per generation of the instruction set, chosen when the program starts.
#if defined(__x86_64__) && defined(__linux__) && !defined(__SANITIZE_THREAD__) \
  && !(defined(__has_feature) && __has_feature(thread_sanitizer))
#define CK_MULTIVERSION __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CK_MULTIVERSION
#endif

// Before loops over arrays that have to stay in registers.
#define CK_UNROLL _Pragma("clang loop unroll(full)")

typedef uint64_t v8u64 __attribute__((vector_size(64)));
typedef uint32_t v8u32 __attribute__((vector_size(32)));
typedef uint32_t v16u32 __attribute__((vector_size(64)));

// The same without alignment, for access to memory.
typedef uint64_t v8u64_unaligned __attribute__((vector_size(64), aligned(4)));
typedef uint32_t v8u32_unaligned __attribute__((vector_size(32), aligned(4)));

// Macros rather than functions: a function that takes vectors would have one calling convention for all
// versions of its callers, which the compiler refuses.

#define CK_LOW 0xffffffffull

#define ck_load(address) ((v8u64)*(const v8u64_unaligned *)(address))
#define ck_store(address, value) ((void)(*(v8u64_unaligned *)(address) = (value)))
#define ck_widen(address) __builtin_convertvector(*(const v8u32_unaligned *)(address), v8u64)
#define ck_narrow(address, value) \
  ((void)(*(v8u32_unaligned *)(address) = __builtin_convertvector((value), v8u32)))
#define ck_broadcast(word) ((v8u64){0} + (uint64_t)(word))
// A 32-bit word in the lower halves and anything in the upper halves: a factor for ck_multiply. Filling both
// halves lets the compiler broadcast straight from memory.
#define ck_broadcast_factor(word) ((v8u64)((v16u32){0} + (uint32_t)(word)))

// 32-bit by 32-bit products.
#define ck_multiply(a, b) (((a) & CK_LOW) * ((b) & CK_LOW))

// a - m where a is at least m, else a: for unsigned words the smaller of both.
#define ck_subtract_once(a, m)                           \
  ({                                                     \
    v8u64 minuend = (a);                                 \
    __builtin_elementwise_min(minuend, minuend - (m));   \
  })

// sum + product, kept below the square of the prime.
#define ck_accumulate(sum, product, square) ck_subtract_once((sum) + (product), square)

// sum + a * b + c * d, kept below twice the square of the prime. Uses `twoSquares`.
#define ck_accumulate_pair(sum, a, b, c, d) \
  ck_subtract_once((sum) + ck_multiply(a, b) + ck_multiply(c, d), twoSquares)

// Montgomery reduction (Math. Comp. 44, 1985): divides by 2^32 modulo p what is below 2^32 p.
#define ck_montgomery(a, p, negatedInverse)                          \
  ({                                                                 \
    v8u64 dividend = (a);                                            \
    v8u64 quotient = ck_multiply(dividend, negatedInverse);          \
    ck_subtract_once((dividend + ck_multiply(quotient, p)) >> 32, p); \
  })

// The constants of the fields, in local variables.
#define CK_LOAD_FIELDS(fields)                                                                          \
  const v8u64 p = ck_load((fields)->prime), square = ck_load((fields)->square);                         \
  const v8u64 inverse = ck_load((fields)->negatedInverse), radix = ck_load((fields)->radixSquared);     \
  const uint32_t two = (fields)->two;                                                                   \
  (void)square

// Residues of words below 2^32 p, such as twice the square of p: one Montgomery reduction divides by 2^32, another one
// multiplies by it. Uses what CK_LOAD_FIELDS declares.
#define ck_residue(a)                                                                         \
  ({                                                                                          \
    v8u64 word = (a);                                                                         \
    two ? word & 1                                                                            \
        : ck_montgomery(ck_multiply(ck_montgomery(word, p, inverse), radix), p, inverse);     \
  })

#define ck_is_zero(a)                          \
  ({                                           \
    v8u64 tested = (a);                        \
    __builtin_reduce_or(tested) == 0;          \
  })

#endif
