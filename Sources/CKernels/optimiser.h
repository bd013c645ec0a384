#ifndef BPB_OPTIMISER_H
#define BPB_OPTIMISER_H

#include "lanes.h"

static void adamw(
  ptrdiff_t n, const bpb_adamw *step, const float *gradient, float *w, float *m, float *v) {
  const bpb_adamw s = *step;
  const float first_part = 1.0f - s.beta1, second_part = 1.0f - s.beta2;
  const float inverse1 = 1.0f / s.correction1, inverse2 = 1.0f / s.correction2;
  BPB_EACH_SIXTEEN(
    n, i, count,
    v16 g = v16_load_part(gradient + i, count) * s.gradient_scale;
    v16 mean = v16_fma(v16_all(s.beta1), v16_load_part(m + i, count), first_part * g);
    v16 square = v16_fma(v16_all(s.beta2), v16_load_part(v + i, count), second_part * g * g);
    v16 weight = v16_load_part(w + i, count);
    v16 direction = mean * inverse1 / (v16_sqrt(square * inverse2) + s.epsilon);
    direction = v16_fma(v16_all(s.decay), weight, direction);
    v16_store_part(m + i, mean, count);
    v16_store_part(v + i, square, count);
    v16_store_part(w + i, v16_fma(v16_all(-s.rate), direction, weight), count));
}

#endif
