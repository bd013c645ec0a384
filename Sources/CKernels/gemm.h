#ifndef BPB_GEMM_H
#define BPB_GEMM_H

#include "activations.h"
#include "transpose.h"

static void pack(ptrdiff_t k, ptrdiff_t n, const float *b, ptrdiff_t b_row, ptrdiff_t b_column, float *packed) {
  for (ptrdiff_t panel = 0; panel < n; panel += BPB_PANEL)
    for (ptrdiff_t p = 0; p < k; p++)
      for (ptrdiff_t j = panel; j < panel + BPB_PANEL; j++)
        *packed++ = j < n ? b[p * b_row + j * b_column] : 0;
}

// Sixteen columns of a row.
BPB_INLINE void gemm_sixteen(const bpb_gemm *g, ptrdiff_t i, ptrdiff_t j, ptrdiff_t count) {
  const float *b = g->b + j / BPB_PANEL * BPB_PANEL * g->k + j % BPB_PANEL;
  float *c = g->c + i * g->c_row + j;
  v16 sum = {0};
  if (g->accumulate)
    sum = v16_load_part(c, count);
  else if (g->bias)
    sum = v16_load_part(g->bias + j, count);
  for (ptrdiff_t p = 0; p < g->k; p++)
    sum = v16_fma(v16_all(g->a[i * g->a_row + p * g->a_column]), v16_load(b + p * BPB_PANEL), sum);
  if (g->sums) v16_store_part(g->sums + i * g->c_row + j, sum, count);
  v16_store_part(c, sum, count);
}

static void gemm(const bpb_gemm *g) {
  for (ptrdiff_t i = 0; i < g->m; i++) {
    for (ptrdiff_t j = 0; j < g->n; j += 16) gemm_sixteen(g, i, j, g->n - j < 16 ? g->n - j : 16);
    if (g->activation) {
      float *row = g->c + i * g->c_row;
      activate(g->activation, g->n, row, row);
    }
  }
}

#endif
