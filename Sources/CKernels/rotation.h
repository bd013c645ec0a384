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

static void rotate(
  ptrdiff_t rows, ptrdiff_t first, ptrdiff_t heads, ptrdiff_t head_width, float *x, ptrdiff_t x_row,
  const float *cosines, const float *sines, float direction) {
  const ptrdiff_t half = head_width / 2;
  for (ptrdiff_t row = 0; row < rows; row++) {
    const ptrdiff_t angles = (first + row) * half;
    for (ptrdiff_t head = 0; head < heads; head++)
      rotate_head(half, x + row * x_row + head * head_width, cosines + angles, sines + angles, direction);
  }
}

#endif
