#ifndef BPB_ACTIVATIONS_H
#define BPB_ACTIVATIONS_H

#include "transcendental.h"

// What gelu's sigmoid is taken of: x (1 + tanh u) / 2 = x sigmoid(2 u), u = sqrt(2/pi) (x + 0.044715 x^3).
BPB_INLINE v16 v16_gelu_argument(v16 x) {
  const float linear = 1.5957691216f;
  return x * v16_fma(v16_all(linear * 0.044715f), x * x, v16_all(linear));
}

BPB_INLINE v16 v16_activate(int32_t activation, v16 x) {
  switch (activation) {
    case BPB_RELU_SQUARED: {
      v16 kept = v16_max(v16_all(0.0f), x);
      return kept * kept;
    }
    case BPB_GELU:
      return x * v16_sigmoid(v16_gelu_argument(x));
    case BPB_TANH:
      return v16_tanh(x);
    default:
      return x;
  }
}

// The derivative at x.
BPB_INLINE v16 v16_activation_slope(int32_t activation, v16 x) {
  switch (activation) {
    case BPB_RELU_SQUARED:
      return 2.0f * v16_max(v16_all(0.0f), x);
    case BPB_GELU: {
      const float linear = 1.5957691216f;
      v16 s = v16_sigmoid(v16_gelu_argument(x));
      v16 slope = v16_fma(v16_all(3.0f * 0.044715f * linear), x * x, v16_all(linear));
      return v16_fma(x * s * (1.0f - s), slope, s);
    }
    case BPB_TANH: {
      v16 t = v16_tanh(x);
      return v16_fma(-t, t, v16_all(1.0f));
    }
    default:
      return v16_all(1.0f);
  }
}

// One loop for each activation, since `kind` is a constant in each.
BPB_INLINE void activate_kind(int32_t kind, ptrdiff_t n, const float *sums, float *y) {
  BPB_EACH_SIXTEEN(
    n, i, count, v16_store_part(y + i, v16_activate(kind, v16_load_part(sums + i, count)), count));
}

static void activate(int32_t activation, ptrdiff_t n, const float *sums, float *y) {
  switch (activation) {
    case BPB_RELU_SQUARED: return activate_kind(BPB_RELU_SQUARED, n, sums, y);
    case BPB_GELU: return activate_kind(BPB_GELU, n, sums, y);
    case BPB_TANH: return activate_kind(BPB_TANH, n, sums, y);
    default: return activate_kind(BPB_IDENTITY, n, sums, y);
  }
}

BPB_INLINE void activate_backward_kind(
  int32_t kind, ptrdiff_t n, const float *sums, const float *dy, float *dx) {
  BPB_EACH_SIXTEEN(
    n, i, count,
    v16 slope = v16_activation_slope(kind, v16_load_part(sums + i, count));
    v16_store_part(dx + i, v16_load_part(dy + i, count) * slope, count));
}

static void activate_backward(
  int32_t activation, ptrdiff_t n, const float *sums, const float *dy, float *dx) {
  switch (activation) {
    case BPB_RELU_SQUARED: return activate_backward_kind(BPB_RELU_SQUARED, n, sums, dy, dx);
    case BPB_GELU: return activate_backward_kind(BPB_GELU, n, sums, dy, dx);
    case BPB_TANH: return activate_backward_kind(BPB_TANH, n, sums, dy, dx);
    default: return activate_backward_kind(BPB_IDENTITY, n, sums, dy, dx);
  }
}

#endif
