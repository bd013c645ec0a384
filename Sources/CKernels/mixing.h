#ifndef BPB_MIXING_H
#define BPB_MIXING_H

#include "vector.h"

// Integers alone, so that whatever the width of the registers, the bits are the same: sums of 32 bits do not depend on
// their order.

typedef int16_t s32 __attribute__((vector_size(64)));
typedef int16_t s32_unaligned __attribute__((vector_size(64), aligned(2), may_alias));
typedef int32_t w32 __attribute__((vector_size(128)));

BPB_INLINE s32 s32_load(const int16_t *p) { return *(const s32_unaligned *)p; }

#define BPB_EVEN 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30
#define BPB_ODD 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31

// x[2 j] y[2 j] + x[2 j + 1] y[2 j + 1]: one instruction where the processor has it.
BPB_INLINE i16 s32_pair_products(s32 x, s32 y) {
  const i16 x_even = __builtin_convertvector(__builtin_shufflevector(x, x, BPB_EVEN), i16);
  const i16 y_even = __builtin_convertvector(__builtin_shufflevector(y, y, BPB_EVEN), i16);
  const i16 x_odd = __builtin_convertvector(__builtin_shufflevector(x, x, BPB_ODD), i16);
  const i16 y_odd = __builtin_convertvector(__builtin_shufflevector(y, y, BPB_ODD), i16);
  return x_even * y_even + x_odd * y_odd;
}

// x y / 2^15, to the nearest, by the upper halves of 4 x y: x is within 8191.
BPB_INLINE s32 s32_scaled(s32 x, s32 y) {
  const w32 product = __builtin_convertvector(x * 4, w32) * __builtin_convertvector(y, w32);
  return (__builtin_convertvector(product >> 16, s32) + 1) >> 1;
}

static void mix(
  ptrdiff_t sets, ptrdiff_t inputs, const int16_t *x, const int16_t *const *weights, int32_t *sums) {
  for (ptrdiff_t set = 0; set < sets; set++) {
    i16 sum = {0};
    for (ptrdiff_t i = 0; i < inputs; i += 32)
      sum += s32_pair_products(s32_load(x + i), s32_load(weights[set] + i)) >> 8;
    sums[set] = __builtin_reduce_add(sum);
  }
}

static void mix_backward(
  ptrdiff_t sets, ptrdiff_t inputs, const int16_t *x, const int16_t *errors, int16_t *const *weights) {
  for (ptrdiff_t set = 0; set < sets; set++) {
    const s32 error = (s32){0} + errors[set];
    for (ptrdiff_t i = 0; i < inputs; i += 32) {
      const s32 step = s32_scaled(s32_load(x + i), error);
      *(s32_unaligned *)(weights[set] + i) =
        __builtin_elementwise_add_sat(s32_load(weights[set] + i), step);
    }
  }
}

#undef BPB_EVEN
#undef BPB_ODD

#endif
