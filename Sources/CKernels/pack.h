#ifndef BPB_PACK_H
#define BPB_PACK_H

#include "transpose.h"

// Copies sixteen columns of B into half a panel, k rows of it; `count` columns exist, the others become 0.
// `pack` sees to it that nothing is read twice and that rows and columns of memory are read line by line.

// Rows of B are rows in memory.
BPB_INLINE void pack_rows(
  ptrdiff_t k, ptrdiff_t count, const float *b, ptrdiff_t b_row, float *packed) {
  for (ptrdiff_t p = 0; p < k; p++)
    v16_store(packed + p * BPB_PANEL, v16_load_part(b + p * b_row, count));
}

// Columns of B are rows in memory: sixteen by sixteen are turned over in registers.
BPB_INLINE void pack_columns(
  ptrdiff_t k, ptrdiff_t count, const float *b, ptrdiff_t b_column, float *packed) {
  for (ptrdiff_t p = 0; p < k; p += 16) {
    const ptrdiff_t rows = k - p < 16 ? k - p : 16;
    v16 block[16];
#pragma unroll
    for (int j = 0; j < 16; j++)
      block[j] = j < count ? v16_load_part(b + j * b_column + p, rows) : (v16){0};
    transpose16(block);
#pragma unroll
    for (int i = 0; i < 16; i++)
      if (i < rows) v16_store(packed + (p + i) * BPB_PANEL, block[i]);
  }
}

BPB_INLINE void pack_elements(
  ptrdiff_t k, ptrdiff_t count, const float *b, ptrdiff_t b_row, ptrdiff_t b_column, float *packed) {
  for (ptrdiff_t p = 0; p < k; p++)
    for (ptrdiff_t j = 0; j < 16; j++)
      packed[p * BPB_PANEL + j] = j < count ? b[p * b_row + j * b_column] : 0;
}

static void pack_sixteen(
  ptrdiff_t k, ptrdiff_t count, const float *b, ptrdiff_t b_row, ptrdiff_t b_column, float *packed) {
  if (count < 0) count = 0;
  if (b_column == 1 && count >= 16)
    pack_rows(k, 16, b, b_row, packed);
  else if (b_column == 1)
    pack_rows(k, count, b, b_row, packed);
  else if (b_row == 1)
    pack_columns(k, count, b, b_column, packed);
  else
    pack_elements(k, count, b, b_row, b_column, packed);
}

static void pack(ptrdiff_t k, ptrdiff_t n, const float *b, ptrdiff_t b_row, ptrdiff_t b_column, float *packed) {
  // Few rows at a time, so that the pages of wide rows are not left and entered again for each panel.
  const ptrdiff_t rows_at_once = b_column == 1 ? 16 : k;
  for (ptrdiff_t p = 0; p < k; p += rows_at_once) {
    const ptrdiff_t rows = k - p < rows_at_once ? k - p : rows_at_once;
    for (ptrdiff_t panel = 0; panel < n; panel += BPB_PANEL)
      for (ptrdiff_t j = panel; j < panel + BPB_PANEL; j += 16)
        pack_sixteen(
          rows, n - j < 16 ? n - j : 16, b + p * b_row + j * b_column, b_row, b_column,
          packed + panel * k + p * BPB_PANEL + j - panel);
  }
}

#endif
