#ifndef BPB_PACK_H
#define BPB_PACK_H

#include "transpose.h"

// A factor is packed as strips of sixteen columns, k rows each: the strips of B in pairs, which are panels, and
// those of A turned over, for a few rows at a time. `row` and `column` are the distances in the factor; `step` is
// that of the strip's rows. Of its columns `count` exist; the others become 0.

// Rows in memory. What the next strip or panel reads is on its way meanwhile, since the distance between rows is
// often one that caches are bad at and prefetchers do not see.
BPB_INLINE void pack_rows(
  ptrdiff_t k, ptrdiff_t count, const float *from, ptrdiff_t row, float *strip, ptrdiff_t step) {
  for (ptrdiff_t p = 0; p < k; p++) {
    __builtin_prefetch(from + p * row + step);
    v16_store(strip + p * step, v16_load_part(from + p * row, count));
  }
}

// Sixteen rows at most, of columns that lie in memory as rows: turned over in registers.
BPB_INLINE void pack_columns(
  ptrdiff_t k, ptrdiff_t count, const float *from, ptrdiff_t column, float *strip, ptrdiff_t step) {
  v16 block[16];
#pragma unroll
  for (int j = 0; j < 16; j++) block[j] = j < count ? v16_load_part(from + j * column, k) : (v16){0};
  transpose16(block);
#pragma unroll
  for (int i = 0; i < 16; i++)
    if (i < k) v16_store(strip + i * step, block[i]);
}

BPB_INLINE void pack_elements(
  ptrdiff_t k, ptrdiff_t count, const float *from, ptrdiff_t row, ptrdiff_t column, float *strip,
  ptrdiff_t step) {
  for (ptrdiff_t p = 0; p < k; p++)
    for (ptrdiff_t j = 0; j < 16; j++)
      strip[p * step + j] = j < count ? from[p * row + j * column] : 0;
}

// Packs a strip in the way that suits its distances: its rows are in memory, or nothing is, or its columns are, of
// which sixteen rows of the strip are turned over at a time. Each row holds `k_in_row` elements of k.
BPB_INLINE void pack_strip_by(
  __typeof__(&pack_rows) pack_rows, __typeof__(&pack_elements) pack_elements,
  __typeof__(&pack_columns) pack_columns, ptrdiff_t k_in_row, ptrdiff_t k, ptrdiff_t count, const float *from,
  ptrdiff_t row, ptrdiff_t column, float *strip, ptrdiff_t step) {
  const ptrdiff_t at_once = 16 * k_in_row;
  if (column == 1 && count >= 16)
    pack_rows(k, 16, from, row, strip, step);
  else if (column == 1)
    pack_rows(k, count, from, row, strip, step);
  else if (row != 1)
    pack_elements(k, count, from, row, column, strip, step);
  else {
    ptrdiff_t p = 0;
    if (count >= 16)
      for (; p + at_once <= k; p += at_once)
        pack_columns(at_once, 16, from + p, column, strip + p / k_in_row * step, step);
    for (; p < k; p += at_once)
      pack_columns(k - p < at_once ? k - p : at_once, count, from + p, column, strip + p / k_in_row * step, step);
  }
}

static void pack_strip(
  ptrdiff_t k, ptrdiff_t count, const float *from, ptrdiff_t row, ptrdiff_t column, float *strip,
  ptrdiff_t step) {
  pack_strip_by(pack_rows, pack_elements, pack_columns, 1, k, count, from, row, column, strip, step);
}

// Packs all of B, with the strips that `pack_strip` makes of `k_in_row` elements of k a row.
BPB_INLINE void pack_panels(
  ptrdiff_t k, ptrdiff_t n, const float *b, ptrdiff_t b_row, ptrdiff_t b_column, float *packed,
  ptrdiff_t k_in_row, __typeof__(&pack_strip) pack_strip) {
  // Where rows lie in memory few are taken at a time, so that their pages are not left and entered again for
  // each panel.
  const ptrdiff_t at_once = b_column == 1 ? 8 * k_in_row : k, panel_rows = (k + k_in_row - 1) / k_in_row;
  for (ptrdiff_t p = 0; p < k; p += at_once)
    for (ptrdiff_t j = 0; j < n; j += BPB_PANEL)
      for (ptrdiff_t half = 0; half < BPB_PANEL; half += 16) {
        const ptrdiff_t count = n - j - half;
        // A half without a column is filled from what is never read.
        const float *from = b + p * b_row + (count > 0 ? j + half : 0) * b_column;
        float *strip = packed + j * panel_rows + p / k_in_row * BPB_PANEL + half;
        pack_strip(
          k - p < at_once ? k - p : at_once, count < 0 ? 0 : count, from, b_row, b_column, strip, BPB_PANEL);
      }
}

static void pack(ptrdiff_t k, ptrdiff_t n, const float *b, ptrdiff_t b_row, ptrdiff_t b_column, float *packed) {
  pack_panels(k, n, b, b_row, b_column, packed, 1, pack_strip);
}

#endif
