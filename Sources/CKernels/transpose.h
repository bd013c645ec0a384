#ifndef BPB_TRANSPOSE_H
#define BPB_TRANSPOSE_H

#include "lanes.h"

// Swaps, in each pair of rows `distance` apart, the blocks of `distance` lanes off the diagonal.
#define BPB_SWAP_BLOCKS(rows, distance, low, high)                          \
  _Pragma("unroll") for (int i = 0; i < 16; i++) if (!(i & (distance))) {   \
    v16 upper = rows[i], lower = rows[i + (distance)];                      \
    rows[i] = __builtin_shufflevector(upper, lower, BPB_LANES low);         \
    rows[i + (distance)] = __builtin_shufflevector(upper, lower, BPB_LANES high); \
  }
#define BPB_LANES(...) __VA_ARGS__

// Row i, lane j becomes row j, lane i.
BPB_INLINE void transpose16(v16 rows[16]) {
  BPB_SWAP_BLOCKS(
    rows, 8, (0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23),
    (8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31))
  BPB_SWAP_BLOCKS(
    rows, 4, (0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27),
    (4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31))
  BPB_SWAP_BLOCKS(
    rows, 2, (0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29),
    (2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31))
  BPB_SWAP_BLOCKS(
    rows, 1, (0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30),
    (1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31))
}

#endif
