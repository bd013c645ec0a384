#ifndef BPB_BF16_H
#define BPB_BF16_H

#include "gemm.h"

// Products of factors rounded to bfloat16, to nearest even, by AVX512_BF16: a word holds elements 2p (low half)
// and 2p + 1 of k, and one instruction adds both products to a float. Included inside a target attribute of its own.

typedef uint16_t u16x32 __attribute__((vector_size(64)));

BPB_INLINE v16 v16_dot_bf16(v16 a, v16 b, v16 sum) {
  return (v16)_mm512_dpbf16_ps((__m512)sum, (__m512bh)a, (__m512bh)b);
}

// Sixteen and sixteen floats as 32 bfloat16, in order.
BPB_INLINE u16x32 rounded_bf16(v16 low, v16 high) {
  return (u16x32)_mm512_cvtne2ps_pbh((__m512)high, (__m512)low);
}

// Words of one element each of `even` and `odd`.
BPB_INLINE v16 words_bf16(v16 even, v16 odd) {
  const u16x32 both = rounded_bf16(even, odd);
  return (v16)__builtin_shufflevector(
    both, both, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13,
    29, 14, 30, 15, 31);
}

BPB_INLINE void pack_rows_bf16(
  ptrdiff_t k, ptrdiff_t count, const float *from, ptrdiff_t row, float *strip, ptrdiff_t step) {
  for (ptrdiff_t p = 0; p < k; p += 2) {
    __builtin_prefetch(from + p * row + step);
    __builtin_prefetch(from + (p + 1) * row + step);
    const v16 even = v16_load_part(from + p * row, count);
    const v16 odd = p + 1 < k ? v16_load_part(from + (p + 1) * row, count) : (v16){0};
    v16_store(strip + p / 2 * step, words_bf16(even, odd));
  }
}

// At most 32 rows.
BPB_INLINE void pack_columns_bf16(
  ptrdiff_t k, ptrdiff_t count, const float *from, ptrdiff_t column, float *strip, ptrdiff_t step) {
  v16 block[16];
#pragma unroll
  for (int j = 0; j < 16; j++) {
    const float *rows = from + j * column;
    const v16 low = j < count ? v16_load_part(rows, k) : (v16){0};
    const v16 high = j < count && k > 16 ? v16_load_part(rows + 16, k - 16) : (v16){0};
    block[j] = (v16)rounded_bf16(low, high);
  }
  transpose16(block);
#pragma unroll
  for (int i = 0; i < 16; i++)
    if (2 * i < k) v16_store(strip + i * step, block[i]);
}

BPB_INLINE void pack_elements_bf16(
  ptrdiff_t k, ptrdiff_t count, const float *from, ptrdiff_t row, ptrdiff_t column, float *strip,
  ptrdiff_t step) {
  for (ptrdiff_t p = 0; p < k; p += 2) {
    float rows[2][16] = {{0}};
    for (ptrdiff_t i = 0; i < 2 && p + i < k; i++)
      for (ptrdiff_t j = 0; j < 16 && j < count; j++) rows[i][j] = from[(p + i) * row + j * column];
    v16_store(strip + p / 2 * step, words_bf16(v16_load(rows[0]), v16_load(rows[1])));
  }
}

static void pack_strip_bf16(
  ptrdiff_t k, ptrdiff_t count, const float *from, ptrdiff_t row, ptrdiff_t column, float *strip,
  ptrdiff_t step) {
  pack_strip_by(
    pack_rows_bf16, pack_elements_bf16, pack_columns_bf16, 2, k, count, from, row, column, strip, step);
}

static void pack_bf16(
  ptrdiff_t k, ptrdiff_t n, const float *b, ptrdiff_t b_row, ptrdiff_t b_column, uint16_t *packed) {
  pack_panels(k, n, b, b_row, b_column, (float *)packed, 2, pack_strip_bf16);
}

BPB_TILES(bf16_tile, BPB_TILE_VECTORS, 1, BPB_STRIP, v16_dot_bf16)
BPB_TILES(bf16_narrow_tile, 1, 1, BPB_STRIP, v16_dot_bf16)

static const bpb_format bf16_format = {2, pack_strip_bf16, {bf16_tiles, bf16_narrow_tiles}, {NULL, NULL}};

static void gemm_bf16(const bpb_gemm *g) { gemm_of_format(&bf16_format, g); }

#endif
