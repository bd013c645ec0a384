#ifndef BPB_TILE_H
#define BPB_TILE_H

#include "vector.h"

// A tile of C, whose sums stay in registers while k passes. Each sum is one chain of fma, from where it
// starts to the last k, so neither the size of tiles nor where k is cut changes a bit.
typedef struct {
  // Rows of the panel b, and columns of a.
  ptrdiff_t steps;
  const float *a;
  ptrdiff_t a_row;
  const float *b;
  const float *start;
  ptrdiff_t start_row;
  float *out;
  ptrdiff_t out_row;
} bpb_tile;

typedef void (*bpb_tile_function)(const bpb_tile *);

enum {
  // Columns of a tile.
  BPB_TILE_COLUMNS = 16 * BPB_TILE_VECTORS,
  BPB_ROW_COLUMNS = 16 * BPB_ROW_VECTORS,
  // Distance between the columns of a packed A.
  BPB_STRIP = 16,
};

// `rows`, `vectors` and `a_column` are constants wherever this is inlined, `a_row` is one or the tile's.
// `multiply_add` is v16_fma, or what takes its place for factors that are not floats.
BPB_INLINE void tile_of(
  int rows, int vectors, const bpb_tile *t, ptrdiff_t a_row, ptrdiff_t a_column,
  v16 (*multiply_add)(v16, v16, v16)) {
  v16 sums[BPB_TILE_ROWS][BPB_TILE_VECTORS];
#pragma unroll
  for (int i = 0; i < rows; i++)
#pragma unroll
    for (int j = 0; j < vectors; j++) sums[i][j] = v16_load(t->start + i * t->start_row + 16 * j);
  const float *a = t->a, *b = t->b;
  float *const out = t->out;
  const ptrdiff_t out_row = t->out_row;
  for (ptrdiff_t step = t->steps; step > 0; step--) {
    v16 row[BPB_TILE_VECTORS];
#pragma unroll
    for (int j = 0; j < vectors; j++) row[j] = v16_load(b + 16 * j);
#pragma unroll
    for (int i = 0; i < rows; i++) {
      const v16 element = v16_all(a[i * a_row]);
#pragma unroll
      for (int j = 0; j < vectors; j++) sums[i][j] = multiply_add(element, row[j], sums[i][j]);
    }
    a += a_column;
    b += BPB_PANEL;
  }
#pragma unroll
  for (int i = 0; i < rows; i++)
#pragma unroll
    for (int j = 0; j < vectors; j++) v16_store(out + i * out_row + 16 * j, sums[i][j]);
}

// One function for each number of rows, and a table of them: tiles[rows].
#define BPB_ONE_TILE(name, rows, vectors, ...)                         \
  static void name##_##rows(const bpb_tile *t) {                       \
    if (rows <= BPB_TILE_ROWS) tile_of(rows, vectors, t, __VA_ARGS__); \
  }
#define BPB_TILES(name, ...)                                                                            \
  BPB_ONE_TILE(name, 1, __VA_ARGS__)                                                                    \
  BPB_ONE_TILE(name, 2, __VA_ARGS__)                                                                    \
  BPB_ONE_TILE(name, 3, __VA_ARGS__)                                                                    \
  BPB_ONE_TILE(name, 4, __VA_ARGS__)                                                                    \
  BPB_ONE_TILE(name, 5, __VA_ARGS__)                                                                    \
  BPB_ONE_TILE(name, 6, __VA_ARGS__)                                                                    \
  BPB_ONE_TILE(name, 7, __VA_ARGS__)                                                                    \
  BPB_ONE_TILE(name, 8, __VA_ARGS__)                                                                    \
  BPB_ONE_TILE(name, 9, __VA_ARGS__)                                                                    \
  BPB_ONE_TILE(name, 10, __VA_ARGS__)                                                                   \
  BPB_ONE_TILE(name, 11, __VA_ARGS__)                                                                   \
  BPB_ONE_TILE(name, 12, __VA_ARGS__)                                                                   \
  BPB_ONE_TILE(name, 13, __VA_ARGS__)                                                                   \
  BPB_ONE_TILE(name, 14, __VA_ARGS__)                                                                   \
  static const bpb_tile_function name##s[] = {                                                          \
    NULL, name##_1, name##_2, name##_3, name##_4, name##_5, name##_6, name##_7, name##_8, name##_9,     \
    name##_10, name##_11, name##_12, name##_13, name##_14};

// One row of C, over so many panels that its chains, which an fma waits for, keep the processor busy; a panel has
// `panel` floats.
static void row_tile(const bpb_tile *t, ptrdiff_t panel) {
  v16 sums[BPB_ROW_VECTORS];
#pragma unroll
  for (int j = 0; j < BPB_ROW_VECTORS; j++) sums[j] = v16_load(t->start + 16 * j);
  const float *a = t->a, *b = t->b;
  for (ptrdiff_t step = t->steps; step > 0; step--, a++, b += BPB_PANEL) {
    const v16 element = v16_all(*a);
#pragma unroll
    for (int j = 0; j < BPB_ROW_VECTORS; j++)
      sums[j] = v16_fma(element, v16_load(b + j / 2 * panel + j % 2 * 16), sums[j]);
  }
#pragma unroll
  for (int j = 0; j < BPB_ROW_VECTORS; j++) v16_store(t->out + 16 * j, sums[j]);
}

// From an A that `pack_strip` packed, and from one whose rows are rows in memory.
BPB_TILES(packed_tile, BPB_TILE_VECTORS, 1, BPB_STRIP, v16_fma)
BPB_TILES(strided_tile, BPB_TILE_VECTORS, t->a_row, 1, v16_fma)
// The same of sixteen columns: what is left of widths that are no multiple of a tile's, and narrow heads.
BPB_TILES(packed_narrow_tile, 1, 1, BPB_STRIP, v16_fma)
BPB_TILES(strided_narrow_tile, 1, t->a_row, 1, v16_fma)

#endif
