#ifndef BPB_TILE_H
#define BPB_TILE_H

#include "vector.h"

// A tile of C, whose sums stay in registers while k passes. Each sum is one chain of fma, from where it
// starts to p = k - 1, so neither the size of tiles nor where k is cut changes a bit.
typedef struct {
  ptrdiff_t k;
  const float *a;
  ptrdiff_t a_row;
  const float *b;
  const float *start;
  ptrdiff_t start_row;
  float *out;
  ptrdiff_t out_row;
} bpb_tile;

// Distance between columns of a packed A.
enum { BPB_A_PACKED = 16 };

// `rows`, `a_row` and `a_column` are constants wherever this is inlined, or a_row is the tile's.
BPB_INLINE void tile_of(int rows, const bpb_tile *t, ptrdiff_t a_row, ptrdiff_t a_column) {
  v16 sums[BPB_TILE_ROWS][BPB_TILE_VECTORS];
#pragma unroll
  for (int i = 0; i < rows; i++)
#pragma unroll
    for (int j = 0; j < BPB_TILE_VECTORS; j++) sums[i][j] = v16_load(t->start + i * t->start_row + 16 * j);
  const float *a = t->a, *b = t->b;
  for (ptrdiff_t p = t->k; p > 0; p--) {
    v16 columns[BPB_TILE_VECTORS];
#pragma unroll
    for (int j = 0; j < BPB_TILE_VECTORS; j++) columns[j] = v16_load(b + 16 * j);
#pragma unroll
    for (int i = 0; i < rows; i++) {
      const v16 element = v16_all(a[i * a_row]);
#pragma unroll
      for (int j = 0; j < BPB_TILE_VECTORS; j++) sums[i][j] = v16_fma(element, columns[j], sums[i][j]);
    }
    a += a_column;
    b += BPB_PANEL;
  }
#pragma unroll
  for (int i = 0; i < rows; i++)
#pragma unroll
    for (int j = 0; j < BPB_TILE_VECTORS; j++) v16_store(t->out + i * t->out_row + 16 * j, sums[i][j]);
}

#define BPB_TILE(rows)                                                                              \
  static void packed_tile_##rows(const bpb_tile *t) {                                               \
    if (rows <= BPB_TILE_ROWS) tile_of(rows, t, 1, BPB_A_PACKED);                                   \
  }                                                                                                 \
  static void strided_tile_##rows(const bpb_tile *t) {                                              \
    if (rows <= BPB_TILE_ROWS) tile_of(rows, t, t->a_row, 1);                                       \
  }
BPB_TILE(1) BPB_TILE(2) BPB_TILE(3) BPB_TILE(4) BPB_TILE(5) BPB_TILE(6) BPB_TILE(7)
BPB_TILE(8) BPB_TILE(9) BPB_TILE(10) BPB_TILE(11) BPB_TILE(12) BPB_TILE(13) BPB_TILE(14)
#undef BPB_TILE

typedef void (*bpb_tile_function)(const bpb_tile *);

// Tiles of 1 ... BPB_TILE_ROWS rows.
static const bpb_tile_function packed_tiles[] = {
  NULL, packed_tile_1, packed_tile_2, packed_tile_3, packed_tile_4, packed_tile_5, packed_tile_6, packed_tile_7,
  packed_tile_8, packed_tile_9, packed_tile_10, packed_tile_11, packed_tile_12, packed_tile_13, packed_tile_14};
static const bpb_tile_function strided_tiles[] = {
  NULL, strided_tile_1, strided_tile_2, strided_tile_3, strided_tile_4, strided_tile_5, strided_tile_6,
  strided_tile_7, strided_tile_8, strided_tile_9, strided_tile_10, strided_tile_11, strided_tile_12,
  strided_tile_13, strided_tile_14};

#endif
