#ifndef BPB_VECTOR_H
#define BPB_VECTOR_H

// Included once by each instruction set's file, inside its target attribute, after BPB_HAS_FMA was.

#include "include/kernels.h"

#ifdef __FAST_MATH__
#error "the kernels promise the same bits everywhere, which fast-math breaks"
#endif
#pragma STDC FP_CONTRACT OFF
// How wide vectors are passed to functions differs between instruction sets. Here only functions that are
// always inlined take or return them.
#pragma clang diagnostic ignored "-Wpsabi"

#define BPB_INLINE static inline __attribute__((always_inline))

// Sixteen floats: one register with AVX-512, two with AVX2, four with NEON. Every kernel is written for
// sixteen lanes, which is why reductions give the same bits everywhere.
typedef float v16 __attribute__((vector_size(64)));
typedef float v16_unaligned __attribute__((vector_size(64), aligned(4), may_alias));
typedef int32_t i16 __attribute__((vector_size(64)));

BPB_INLINE v16 v16_load(const float *p) { return *(const v16_unaligned *)p; }
BPB_INLINE void v16_store(float *p, v16 x) { *(v16_unaligned *)p = x; }
BPB_INLINE v16 v16_all(float x) { return (v16){x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x}; }

#if BPB_HAS_FMA
// a b + c with one rounding.
BPB_INLINE v16 v16_fma(v16 a, v16 b, v16 c) { return __builtin_elementwise_fma(a, b, c); }
#else
#include "fma.h"
BPB_INLINE v16 v16_fma(v16 a, v16 b, v16 c) { return v16_exact_fma(a, b, c); }
#endif

typedef float v8 __attribute__((vector_size(32)));
typedef float v4 __attribute__((vector_size(16)));

// The sum of all lanes as a fixed tree: halves are added to halves.
BPB_INLINE float v16_sum(v16 x) {
  const v8 eight = __builtin_shufflevector(x, x, 0, 1, 2, 3, 4, 5, 6, 7) +
                   __builtin_shufflevector(x, x, 8, 9, 10, 11, 12, 13, 14, 15);
  const v4 four =
    __builtin_shufflevector(eight, eight, 0, 1, 2, 3) + __builtin_shufflevector(eight, eight, 4, 5, 6, 7);
  const v4 two = four + __builtin_shufflevector(four, four, 2, 3, 0, 1);
  return two[0] + two[1];
}

#endif
