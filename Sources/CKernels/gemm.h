#ifndef BPB_GEMM_H
#define BPB_GEMM_H

#include "activations.h"
#include "pack.h"
#include "tile.h"

// How a product is cut: k into blocks, whose sums return to memory; columns into blocks that stay in the
// second-level cache while all rows pass over them; rows into groups of at most a strip's width, for which A is
// packed unless its rows lie in memory (a strip is as wide as a cache line, so that each is read once); and a
// group into tiles, which stay in registers for a panel.
enum {
  BPB_STEPS_IN_BLOCK = 512,
  BPB_FLOATS_IN_BLOCK = 128 * 1024,
  BPB_NARROW = 16,
  // Rows of a group that is not packed: as many whole tiles as are no more than a strip.
  BPB_WHOLE_TILES = BPB_STRIP / BPB_TILE_ROWS * BPB_TILE_ROWS,
};

// Tiles by their rows: of all columns that registers have room for, and of sixteen.
typedef struct {
  const bpb_tile_function *whole, *narrow;
} bpb_tiles;

// What factors are made of, once packed: words of 32 bits with one or more elements of k.
typedef struct {
  ptrdiff_t k_in_word;
  __typeof__(&pack_strip) pack_strip;
  bpb_tiles packed;
  // For rows of A as they are, or NULL.
  bpb_tiles strided;
} bpb_format;

static const bpb_format float_format = {
  1, pack_strip, {packed_tiles, packed_narrow_tiles}, {strided_tiles, strided_narrow_tiles}};

// Rows of a product, and elements of its k from `from` on.
typedef struct {
  const bpb_gemm *whole;
  ptrdiff_t row, rows, from, k;
  // A of these rows and elements, and the functions for it as it is there, packed or not.
  const float *a;
  ptrdiff_t a_row;
  bpb_tiles tiles;
} bpb_group;

static const float bpb_zeros[BPB_ROW_COLUMNS];

BPB_INLINE ptrdiff_t least(ptrdiff_t a, ptrdiff_t b) { return a < b ? a : b; }

// Rows of a panel that hold k elements.
BPB_INLINE ptrdiff_t steps_of(const bpb_format *format, ptrdiff_t k) {
  return (k + format->k_in_word - 1) / format->k_in_word;
}

// Where sums go: into `sums` if these are kept, and into C otherwise.
BPB_INLINE float *sums_of(const bpb_gemm *g) { return g->sums ? g->sums : g->c; }

// Where the group's sums of column j start, and the distance of their rows there.
BPB_INLINE const float *start_of(const bpb_group *r, ptrdiff_t j, ptrdiff_t *row) {
  const bpb_gemm *g = r->whole;
  *row = g->c_row;
  if (r->from > 0) return sums_of(g) + r->row * g->c_row + j;
  if (g->accumulate) return g->c + r->row * g->c_row + j;
  *row = 0;
  return g->bias ? g->bias + j : bpb_zeros;
}

// The tiles of a group, as equal in height as can be; `t` is all of them in one.
BPB_INLINE void run_tiles(const bpb_group *r, const bpb_tile_function *functions, bpb_tile t) {
  const ptrdiff_t tiles = (r->rows + BPB_TILE_ROWS - 1) / BPB_TILE_ROWS;
  ptrdiff_t left = r->rows;
  for (ptrdiff_t n = tiles; n > 0; n--) {
    const ptrdiff_t rows = left / n;
    functions[rows](&t);
    t.a += rows * t.a_row;
    t.start += rows * t.start_row;
    t.out += rows * t.out_row;
    left -= rows;
  }
}

// Where sums start from C, those of the next tiles are on their way while these are computed.
BPB_INLINE void prefetch_start(const bpb_group *r, const bpb_tile *t) {
  if (t->start_row == 0) return;
  for (ptrdiff_t i = 0; i < r->rows; i++)
    for (ptrdiff_t j = 0; j < BPB_TILE_COLUMNS; j += 16)
      __builtin_prefetch(t->start + i * t->start_row + BPB_TILE_COLUMNS + j);
}

// Fewer columns than a tile's pass through a buffer.
BPB_INLINE void run_tiles_of_part(const bpb_group *r, bpb_tile t, ptrdiff_t columns) {
  float buffer[BPB_STRIP][BPB_TILE_COLUMNS] = {{0}};
  const size_t size = (size_t)columns * sizeof(float);
  for (ptrdiff_t i = 0; i < r->rows; i++) memcpy(buffer[i], t.start + i * t.start_row, size);
  bpb_tile buffered = t;
  buffered.start = buffered.out = buffer[0];
  buffered.start_row = buffered.out_row = BPB_TILE_COLUMNS;
  run_tiles(r, columns > BPB_NARROW ? r->tiles.whole : r->tiles.narrow, buffered);
  for (ptrdiff_t i = 0; i < r->rows; i++) memcpy(t.out + i * t.out_row, buffer[i], size);
}

// All tiles of the group from column j on, in one.
BPB_INLINE bpb_tile tiles_at(const bpb_format *format, const bpb_group *r, ptrdiff_t j) {
  const bpb_gemm *g = r->whole;
  bpb_tile t = {.a = r->a, .a_row = r->a_row, .out_row = g->c_row};
  t.steps = steps_of(format, r->k);
  t.b = g->b + j / BPB_PANEL * BPB_PANEL * steps_of(format, g->k) + j % BPB_PANEL +
        steps_of(format, r->from) * BPB_PANEL;
  t.start = start_of(r, j, &t.start_row);
  t.out = sums_of(g) + r->row * g->c_row + j;
  return t;
}

// The group's sums of columns j ..< end.
BPB_INLINE void sum_columns(const bpb_format *format, const bpb_group *r, ptrdiff_t j, ptrdiff_t end) {
  if (r->rows == 1 && r->tiles.whole == strided_tiles)
    for (; end - j >= BPB_ROW_COLUMNS; j += BPB_ROW_COLUMNS) {
      const bpb_tile t = tiles_at(format, r, j);
      row_tile(&t, steps_of(format, r->whole->k) * BPB_PANEL);
    }
  for (; j < end; j += BPB_TILE_COLUMNS) {
    const bpb_tile t = tiles_at(format, r, j);
    if (j + BPB_TILE_COLUMNS < end) prefetch_start(r, &t);
    if (end - j >= BPB_TILE_COLUMNS)
      run_tiles(r, r->tiles.whole, t);
    else if (end - j == BPB_NARROW)
      run_tiles(r, r->tiles.narrow, t);
    else
      run_tiles_of_part(r, t, end - j);
  }
}

// The group's columns j ..< end of C from their sums, if these are complete and C does not hold them already.
BPB_INLINE void finish(const bpb_group *r, ptrdiff_t j, ptrdiff_t end) {
  const bpb_gemm *g = r->whole;
  if (r->from + r->k < g->k || (!g->activation && !g->sums)) return;
  for (ptrdiff_t i = r->row; i < r->row + r->rows; i++)
    activate(g->activation, end - j, sums_of(g) + i * g->c_row + j, g->c + i * g->c_row + j);
}

// Columns j ..< end, elements from ..< from + k of k, all rows.
static void gemm_block(
  const bpb_format *format, const bpb_gemm *g, ptrdiff_t j, ptrdiff_t end, ptrdiff_t from, ptrdiff_t k) {
  const int packs = g->a_column != 1 || !format->strided.whole;
  const ptrdiff_t most = packs ? BPB_STRIP : BPB_WHOLE_TILES;
  float packed[BPB_STRIP * BPB_STEPS_IN_BLOCK];
  bpb_group r = {.whole = g, .from = from, .k = k};
  for (ptrdiff_t n = (g->m + most - 1) / most; n > 0; n--) {
    r.rows = (g->m - r.row) / n;
    r.a = g->a + r.row * g->a_row + from * g->a_column;
    r.a_row = g->a_row;
    r.tiles = format->strided;
    if (packs) {
      format->pack_strip(k, least(g->m - r.row, BPB_STRIP), r.a, g->a_column, g->a_row, packed, BPB_STRIP);
      r.a = packed;
      r.a_row = 1;
      r.tiles = format->packed;
    }
    sum_columns(format, &r, j, end);
    finish(&r, j, end);
    r.row += r.rows;
  }
}

static void gemm_of_format(const bpb_format *format, const bpb_gemm *g) {
  ptrdiff_t from = 0;
  do {
    const ptrdiff_t k = least(g->k - from, BPB_STEPS_IN_BLOCK * format->k_in_word);
    const ptrdiff_t columns = BPB_FLOATS_IN_BLOCK / (steps_of(format, k) + !k) / BPB_PANEL * BPB_PANEL;
    for (ptrdiff_t j = 0; j < g->n; j += columns)
      gemm_block(format, g, j, least(g->n, j + columns), from, k);
    from += k;
  } while (from < g->k);
}

static void gemm(const bpb_gemm *g) { gemm_of_format(&float_format, g); }

#endif
