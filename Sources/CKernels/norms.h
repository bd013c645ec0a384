#ifndef BPB_NORMS_H
#define BPB_NORMS_H

#include "lanes.h"

// A gain that is NULL multiplies by 1.
BPB_INLINE v16 gain_part(const float *gain, ptrdiff_t i, ptrdiff_t count) {
  return gain ? v16_load_part(gain + i, count) : v16_all(1.0f);
}

static void rms_norm(
  ptrdiff_t rows, ptrdiff_t columns, const float *x, const float *gain, float *y, float *inverse) {
  for (ptrdiff_t row = 0; row < rows; row++, x += columns, y += columns) {
    v16 squares = {0};
    BPB_EACH_SIXTEEN(
      columns, i, count,
      v16 part = v16_load_part(x + i, count);
      squares = v16_fma(part, part, squares));
    const float factor = 1.0f / float_sqrt(v16_sum(squares) / (float)columns + 1e-6f);
    inverse[row] = factor;
    BPB_EACH_SIXTEEN(
      columns, i, count,
      v16 normal = v16_load_part(x + i, count) * factor;
      v16_store_part(y + i, normal * gain_part(gain, i, count), count));
  }
}

// With n = x / rms and e = dy gain: dx = (e - n mean(e n)) / rms, d_gain = dy n.
static void rms_norm_backward(
  ptrdiff_t rows, ptrdiff_t columns, const float *x, const float *gain, const float *inverse,
  const float *dy, float *dx, float *d_gain) {
  for (ptrdiff_t row = 0; row < rows; row++, x += columns, dy += columns, dx += columns) {
    const float factor = inverse[row];
    v16 products = {0};
    BPB_EACH_SIXTEEN(
      columns, i, count,
      v16 normal = v16_load_part(x + i, count) * factor;
      v16 incoming = v16_load_part(dy + i, count);
      products = v16_fma(incoming * gain_part(gain, i, count), normal, products);
      if (gain) v16_store_part(
        d_gain + i, v16_fma(incoming, normal, v16_load_part(d_gain + i, count)), count));
    const float mean = v16_sum(products) / (float)columns;
    BPB_EACH_SIXTEEN(
      columns, i, count,
      v16 normal = v16_load_part(x + i, count) * factor;
      v16 error = v16_load_part(dy + i, count) * gain_part(gain, i, count);
      v16 slope = v16_fma(-normal, v16_all(mean), error);
      v16_store_part(dx + i, v16_fma(slope, v16_all(factor), v16_load_part(dx + i, count)), count));
  }
}

static void layer_norm(
  ptrdiff_t rows, ptrdiff_t columns, const float *x, const float *gain, const float *shift, float *y,
  float *statistics) {
  for (ptrdiff_t row = 0; row < rows; row++, x += columns, y += columns) {
    v16 sum = {0}, squares = {0};
    BPB_EACH_SIXTEEN(columns, i, count, sum += v16_load_part(x + i, count));
    const float mean = v16_sum(sum) / (float)columns;
    BPB_EACH_SIXTEEN(
      columns, i, count,
      v16 distance = v16_first(count, v16_load_part(x + i, count) - mean, v16_all(0.0f));
      squares = v16_fma(distance, distance, squares));
    const float factor = 1.0f / float_sqrt(v16_sum(squares) / (float)columns + 1e-5f);
    statistics[2 * row] = mean;
    statistics[2 * row + 1] = factor;
    BPB_EACH_SIXTEEN(
      columns, i, count,
      v16 normal = (v16_load_part(x + i, count) - mean) * factor;
      v16 result = v16_fma(normal, gain_part(gain, i, count), v16_load_part(shift + i, count));
      v16_store_part(y + i, result, count));
  }
}

// With n = (x - mean) / deviation and e = dy gain: dx = (e - mean(e) - n mean(e n)) / deviation, d_gain = dy n,
// d_shift = dy.
static void layer_norm_backward(
  ptrdiff_t rows, ptrdiff_t columns, const float *x, const float *gain, const float *statistics,
  const float *dy, float *dx, float *d_gain, float *d_shift) {
  for (ptrdiff_t row = 0; row < rows; row++, x += columns, dy += columns, dx += columns) {
    const float mean = statistics[2 * row], factor = statistics[2 * row + 1];
    v16 errors = {0}, products = {0};
    BPB_EACH_SIXTEEN(
      columns, i, count,
      v16 normal = (v16_load_part(x + i, count) - mean) * factor;
      v16 incoming = v16_load_part(dy + i, count);
      v16 error = incoming * gain_part(gain, i, count);
      errors += error;
      products = v16_fma(error, normal, products);
      v16_store_part(d_gain + i, v16_fma(incoming, normal, v16_load_part(d_gain + i, count)), count);
      v16_store_part(d_shift + i, v16_load_part(d_shift + i, count) + incoming, count));
    const float mean_error = v16_sum(errors) / (float)columns;
    const float mean_product = v16_sum(products) / (float)columns;
    BPB_EACH_SIXTEEN(
      columns, i, count,
      v16 normal = (v16_load_part(x + i, count) - mean) * factor;
      v16 error = v16_load_part(dy + i, count) * gain_part(gain, i, count) - mean_error;
      v16 slope = v16_fma(-normal, v16_all(mean_product), error);
      v16_store_part(dx + i, v16_fma(slope, v16_all(factor), v16_load_part(dx + i, count)), count));
  }
}

#endif
