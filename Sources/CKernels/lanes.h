#ifndef BPB_LANES_H
#define BPB_LANES_H

// What the kernels need of sixteen lanes beyond loads, sums and fma: the last elements of a row, choices
// between lanes, and wider and integer lanes.

#include <string.h>

#include "vector.h"

typedef uint32_t w16 __attribute__((vector_size(64)));
typedef double d16 __attribute__((vector_size(128)));

/// Runs the statements for each group of sixteen elements, from element `i`, and then for the `count` that are
/// left over. In the loop `count` is the constant 16, so that what it decides costs nothing.
#define BPB_EACH_SIXTEEN(n, i, count, ...)       \
  do {                                           \
    ptrdiff_t i = 0;                             \
    {                                            \
      const ptrdiff_t count = 16;                \
      for (; i + count <= (n); i += count) {     \
        __VA_ARGS__;                             \
      }                                          \
    }                                            \
    if (i < (n)) {                               \
      const ptrdiff_t count = (n)-i;             \
      __VA_ARGS__;                               \
    }                                            \
  } while (0)

// The first `count` of sixteen elements; the other lanes are 0.
BPB_INLINE v16 v16_load_part(const float *p, ptrdiff_t count) {
  if (count >= 16) return v16_load(p);
  float lanes[16] = {0};
  memcpy(lanes, p, (size_t)count * sizeof(float));
  return v16_load(lanes);
}

BPB_INLINE void v16_store_part(float *p, v16 x, ptrdiff_t count) {
  if (count >= 16) {
    v16_store(p, x);
    return;
  }
  float lanes[16];
  v16_store(lanes, x);
  memcpy(p, lanes, (size_t)count * sizeof(float));
}

// Eight elements, and the same eight again.
BPB_INLINE v16 v16_twice(const float *p) {
  v8 half;
  memcpy(&half, p, sizeof half);
  return __builtin_shufflevector(half, half, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
}

BPB_INLINE i16 i16_all(int32_t x) { return (i16){x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x}; }

// a where the mask's lane is all ones, b where it is 0.
BPB_INLINE v16 v16_select(i16 mask, v16 a, v16 b) { return (v16)((mask & (i16)a) | (~mask & (i16)b)); }
BPB_INLINE i16 i16_select(i16 mask, i16 a, i16 b) { return (mask & a) | (~mask & b); }

// The larger of each pair; b where they are equal or either is not a number.
BPB_INLINE v16 v16_max(v16 a, v16 b) { return v16_select(a > b, a, b); }
// The smaller of each pair; b where they are equal or either is not a number.
BPB_INLINE v16 v16_min(v16 a, v16 b) { return v16_select(a < b, a, b); }

// The first `count` lanes of x, none or all of them where that is below 0 or above 16; the others are those
// of `rest`.
BPB_INLINE v16 v16_below(ptrdiff_t count, v16 x, v16 rest) {
  const i16 lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  return v16_select(lane < i16_all((int32_t)count), x, rest);
}

// The same where `count` is mostly the constant 16.
BPB_INLINE v16 v16_first(ptrdiff_t count, v16 x, v16 rest) {
  return count >= 16 ? x : v16_below(count, x, rest);
}

// The largest lane.
BPB_INLINE float v16_largest(v16 x) {
  x = v16_max(x, __builtin_shufflevector(x, x, 8, 9, 10, 11, 12, 13, 14, 15, -1, -1, -1, -1, -1, -1, -1, -1));
  x = v16_max(x, __builtin_shufflevector(x, x, 4, 5, 6, 7, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1));
  x = v16_max(x, __builtin_shufflevector(x, x, 2, 3, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1));
  return x[0] > x[1] ? x[0] : x[1];
}

// Division and square roots are those of IEEE 754, so they have the same bits everywhere.
BPB_INLINE v16 v16_sqrt(v16 x) { return __builtin_elementwise_sqrt(x); }
BPB_INLINE float float_sqrt(float x) { return __builtin_elementwise_sqrt(x); }

#endif
