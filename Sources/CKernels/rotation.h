#ifndef BPB_ROTATION_H
#define BPB_ROTATION_H

#include "lanes.h"

// One head of one row: the pairs (x[d], x[d + half]).
BPB_INLINE void rotate_head(
  ptrdiff_t half, float *x, const float *cosines, const float *sines, float direction) {
  BPB_EACH_SIXTEEN(
    half, d, count,
    v16 cosine = v16_load_part(cosines + d, count);
    v16 sine = v16_load_part(sines + d, count) * direction;
    v16 low = v16_load_part(x + d, count);
    v16 high = v16_load_part(x + half + d, count);
    v16_store_part(x + d, v16_fma(low, cosine, -(high * sine)), count);
    v16_store_part(x + half + d, v16_fma(high, cosine, low * sine), count));
}

// A head of sixteen is one vector: its halves change places for the products with the sines.
BPB_INLINE void rotate_sixteen(
  ptrdiff_t heads, float *x, const float *cosines, const float *sines, float direction) {
  const v16 signs = {-1, -1, -1, -1, -1, -1, -1, -1, 1, 1, 1, 1, 1, 1, 1, 1};
  const v16 cosine = v16_twice(cosines), sine = v16_twice(sines) * direction;
  for (ptrdiff_t head = 0; head < heads; head++, x += 16) {
    const v16 whole = v16_load(x);
    const v16 turned =
      __builtin_shufflevector(whole, whole, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
    v16_store(x, v16_fma(whole, cosine, turned * sine * signs));
  }
}

static void rotate(
  ptrdiff_t rows, ptrdiff_t first, ptrdiff_t heads, ptrdiff_t head_width, float *x, ptrdiff_t x_row,
  const float *cosines, const float *sines, float direction) {
  const ptrdiff_t half = head_width / 2;
  for (ptrdiff_t row = 0; row < rows; row++) {
    const ptrdiff_t angles = (first + row) * half;
    if (half == 8) {
      rotate_sixteen(heads, x + row * x_row, cosines + angles, sines + angles, direction);
      continue;
    }
    for (ptrdiff_t head = 0; head < heads; head++)
      rotate_head(half, x + row * x_row + head * head_width, cosines + angles, sines + angles, direction);
  }
}

#endif
