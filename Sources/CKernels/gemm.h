#ifndef BPB_GEMM_H
#define BPB_GEMM_H

#include "activations.h"
#include "pack.h"
#include "tile.h"

enum {
  // Elements of k that are summed before the sums return to memory.
  BPB_K_BLOCK = 512,
  // Elements of B, half of a usual second-level cache, over which the rows of A pass.
  BPB_B_BLOCK = 128 * 1024,
  // Rows of A that are packed together: whole tiles, at most 16.
  BPB_GROUP_ROWS = BPB_A_PACKED / BPB_TILE_ROWS * BPB_TILE_ROWS,
  // With fewer panels packing A takes longer than it saves.
  BPB_PANELS_WORTH_PACKING = 3,
};

// A part of a product: rows, and elements of k from `from` on.
typedef struct {
  const bpb_gemm *whole;
  ptrdiff_t row, rows, from, k;
  // A of these rows, from element `from` on: packed, or as it is.
  const float *a;
  int a_is_packed;
} bpb_rows;

static const float bpb_zeros[BPB_PANEL];

// Where sums go: into `sums` if these are kept, and into C otherwise.
BPB_INLINE float *sums_of(const bpb_gemm *g) { return g->sums ? g->sums : g->c; }

// Where the sums of column j start from, for a part of k.
BPB_INLINE const float *start_of(const bpb_rows *r, ptrdiff_t j, ptrdiff_t *row) {
  const bpb_gemm *g = r->whole;
  *row = g->c_row;
  if (r->from > 0) return sums_of(g) + r->row * g->c_row + j;
  if (g->accumulate) return g->c + r->row * g->c_row + j;
  *row = 0;
  return g->bias ? g->bias + j : bpb_zeros;
}

BPB_INLINE void run_tile(const bpb_rows *r, bpb_tile *t) {
  // Tiles of equal height, or one less.
  const ptrdiff_t tiles = (r->rows + BPB_TILE_ROWS - 1) / BPB_TILE_ROWS;
  const float *start = t->start;
  float *out = t->out;
  for (ptrdiff_t n = 0, row = 0; n < tiles; n++) {
    const ptrdiff_t rows = (r->rows - row) / (tiles - n);
    t->a = r->a + row * (r->a_is_packed ? 1 : t->a_row);
    t->start = start + row * t->start_row;
    t->out = out + row * t->out_row;
    (r->a_is_packed ? packed_tiles : strided_tiles)[rows](t);
    row += rows;
  }
}

// The rows' sums of `columns` columns from j on; fewer than a whole step of columns pass through a buffer.
BPB_INLINE void gemm_columns(const bpb_rows *r, ptrdiff_t j, ptrdiff_t columns) {
  const bpb_gemm *g = r->whole;
  bpb_tile t = {.k = r->k, .a_row = g->a_row};
  t.b = g->b + j / BPB_PANEL * BPB_PANEL * g->k + r->from * BPB_PANEL + j % BPB_PANEL;
  t.start = start_of(r, j, &t.start_row);
  t.out = sums_of(g) + r->row * g->c_row + j;
  t.out_row = g->c_row;
  if (columns == 16 * BPB_TILE_VECTORS) {
    run_tile(r, &t);
    return;
  }
  float buffer[16][16 * BPB_TILE_VECTORS] = {{0}};
  for (ptrdiff_t i = 0; i < r->rows; i++)
    memcpy(buffer[i], t.start + i * t.start_row, (size_t)columns * sizeof(float));
  float *out = t.out;
  t.start = t.out = buffer[0];
  t.start_row = t.out_row = 16 * BPB_TILE_VECTORS;
  run_tile(r, &t);
  for (ptrdiff_t i = 0; i < r->rows; i++)
    memcpy(out + i * g->c_row, buffer[i], (size_t)columns * sizeof(float));
}

BPB_INLINE void finish(const bpb_rows *r, ptrdiff_t j, ptrdiff_t columns) {
  const bpb_gemm *g = r->whole;
  if (r->from + r->k < g->k || (!g->activation && !g->sums)) return;
  for (ptrdiff_t i = r->row; i < r->row + r->rows; i++)
    activate(g->activation, columns, sums_of(g) + i * g->c_row + j, g->c + i * g->c_row + j);
}

// Copies `rows` rows of A so that the elements of one column stand side by side.
static void pack_a(ptrdiff_t rows, ptrdiff_t k, const float *a, ptrdiff_t a_row, ptrdiff_t a_column, float *packed) {
  for (ptrdiff_t p = 0; p < k; p += 16) {
    const ptrdiff_t part = k - p < 16 ? k - p : 16;
    v16 block[16];
#pragma unroll
    for (int i = 0; i < 16; i++)
      block[i] = i < rows ? v16_load_part(a + i * a_row + p, part) : (v16){0};
    transpose16(block);
#pragma unroll
    for (int i = 0; i < 16; i++)
      v16_store(packed + (p + i) * BPB_A_PACKED, block[i]);
  }
  (void)a_column;
}

static void pack_group(const bpb_rows *r, float *packed) {
  const bpb_gemm *g = r->whole;
  const float *a = r->a;
  if (g->a_column == 1)
    pack_a(r->rows, r->k, a, g->a_row, 1, packed);
  else if (g->a_row == 1)
    for (ptrdiff_t p = 0; p < r->k; p++)
      v16_store(packed + p * BPB_A_PACKED, v16_load_part(a + p * g->a_column, g->m - r->row));
  else
    for (ptrdiff_t p = 0; p < r->k; p++)
      for (ptrdiff_t i = 0; i < r->rows; i++)
        packed[p * BPB_A_PACKED + i] = a[i * g->a_row + p * g->a_column];
}

// Columns `j` ..< `end` of a part of k.
static void gemm_block(const bpb_gemm *g, ptrdiff_t j, ptrdiff_t end, ptrdiff_t from, ptrdiff_t k) {
  const int packs = g->a_column != 1 || end - j >= BPB_PANELS_WORTH_PACKING * BPB_PANEL;
  float packed[BPB_A_PACKED * BPB_K_BLOCK];
  const ptrdiff_t groups = (g->m + BPB_GROUP_ROWS - 1) / BPB_GROUP_ROWS;
  for (ptrdiff_t n = 0, row = 0; n < groups; n++) {
    bpb_rows r = {.whole = g, .row = row, .rows = (g->m - row) / (groups - n), .from = from, .k = k};
    r.a = g->a + row * g->a_row + from * g->a_column;
    if (packs) {
      pack_group(&r, packed);
      r.a = packed;
      r.a_is_packed = 1;
    }
    for (ptrdiff_t column = j; column < end; column += 16 * BPB_TILE_VECTORS) {
      const ptrdiff_t columns = end - column < 16 * BPB_TILE_VECTORS ? end - column : 16 * BPB_TILE_VECTORS;
      gemm_columns(&r, column, columns);
      finish(&r, column, columns);
    }
    row += r.rows;
  }
}

static void gemm(const bpb_gemm *g) {
  ptrdiff_t from = 0;
  do {
    const ptrdiff_t k = g->k - from < BPB_K_BLOCK ? g->k - from : BPB_K_BLOCK;
    const ptrdiff_t panels = k ? BPB_B_BLOCK / (k * BPB_PANEL) : 1, step = panels * BPB_PANEL;
    for (ptrdiff_t j = 0; j < g->n; j += step)
      gemm_block(g, j, g->n - j < step ? g->n : j + step, from, k);
    from += k;
  } while (from < g->k);
}

#endif
