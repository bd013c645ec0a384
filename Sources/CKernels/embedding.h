#ifndef BPB_EMBEDDING_H
#define BPB_EMBEDDING_H

#include "elementwise.h"

static void gather(
  ptrdiff_t rows, ptrdiff_t columns, const float *table, const uint8_t *ids, float *out, ptrdiff_t out_row) {
  for (ptrdiff_t row = 0; row < rows; row++)
    memcpy(out + row * out_row, table + ids[row] * columns, (size_t)columns * sizeof(float));
}

static void scatter(
  ptrdiff_t rows, ptrdiff_t columns, const uint8_t *ids, const float *d_out, ptrdiff_t d_out_row,
  float *d_table) {
  for (ptrdiff_t row = 0; row < rows; row++)
    add(columns, d_out + row * d_out_row, d_table + ids[row] * columns);
}

#endif
