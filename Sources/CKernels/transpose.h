#ifndef BPB_TRANSPOSE_H
#define BPB_TRANSPOSE_H

#include "lanes.h"

// Two rows and a list of 32 lanes, sixteen for each of the two results.
#define BPB_SHUFFLE_PAIR(a, b, low, high)                        \
  do {                                                           \
    const v16 first = a, second = b;                             \
    a = __builtin_shufflevector(first, second, BPB_LANES low);   \
    b = __builtin_shufflevector(first, second, BPB_LANES high);  \
  } while (0)
#define BPB_LANES(...) __VA_ARGS__

// Elements of two rows in turn, within each quarter.
#define BPB_ZIP_SINGLES(a, b)                                                 \
  BPB_SHUFFLE_PAIR(                                                           \
    a, b, (0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29),         \
    (2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31))
// Pairs of elements of two rows in turn, within each quarter.
#define BPB_ZIP_PAIRS(a, b)                                                   \
  BPB_SHUFFLE_PAIR(                                                           \
    a, b, (0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29),         \
    (2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31))
// The even quarters of two rows, and the odd ones.
#define BPB_PART_QUARTERS(a, b)                                               \
  BPB_SHUFFLE_PAIR(                                                           \
    a, b, (0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27),         \
    (4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31))

// Row i, lane j becomes row j, lane i. Each step is one instruction a row, within quarters or of whole quarters.
BPB_INLINE void transpose16(v16 rows[16]) {
#pragma unroll
  for (int i = 0; i < 16; i += 2) BPB_ZIP_SINGLES(rows[i], rows[i + 1]);
#pragma unroll
  for (int i = 0; i < 16; i += 4) {
    BPB_ZIP_PAIRS(rows[i], rows[i + 2]);
    BPB_ZIP_PAIRS(rows[i + 1], rows[i + 3]);
  }
  // Quarter l of row 4 i + j now holds column 4 l + j', where j' is j with its two bits swapped, of rows
  // 4 i ... 4 i + 3: four transpositions of four by four quarters are left.
  v16 columns[16];
#pragma unroll
  for (int j = 0; j < 4; j++) {
    v16 a = rows[j], b = rows[4 + j], c = rows[8 + j], d = rows[12 + j];
    BPB_PART_QUARTERS(a, b);
    BPB_PART_QUARTERS(c, d);
    BPB_PART_QUARTERS(a, c);
    BPB_PART_QUARTERS(b, d);
    const int column = (j & 1) << 1 | j >> 1;
    columns[column] = a;
    columns[column + 4] = b;
    columns[column + 8] = c;
    columns[column + 12] = d;
  }
#pragma unroll
  for (int j = 0; j < 16; j++) rows[j] = columns[j];
}

// A block of a [n][n] from row i and column j on, turned over, becomes that from row j and column i on.
BPB_INLINE void mirror_block(ptrdiff_t n, float *a, ptrdiff_t i, ptrdiff_t j, ptrdiff_t rows) {
  v16 block[16];
#pragma unroll
  for (int k = 0; k < 16; k++) block[k] = k < rows ? v16_load(a + (i + k) * n + j) : (v16){0};
  transpose16(block);
#pragma unroll
  for (int k = 0; k < 16; k++) v16_store_part(a + (j + k) * n + i, block[k], rows);
}

static void mirror(ptrdiff_t n, float *a) {
  for (ptrdiff_t i = 16; i < n; i += 16)
    for (ptrdiff_t j = 0; j < i; j += 16) mirror_block(n, a, i, j, n - i < 16 ? n - i : 16);
}

#endif
