#ifndef BPB_ELEMENTWISE_H
#define BPB_ELEMENTWISE_H

#include "lanes.h"

static void add(ptrdiff_t n, const float *x, float *y) {
  BPB_EACH_SIXTEEN(
    n, i, count, v16_store_part(y + i, v16_load_part(y + i, count) + v16_load_part(x + i, count), count));
}

static void scale(ptrdiff_t n, float a, float *y) {
  BPB_EACH_SIXTEEN(n, i, count, v16_store_part(y + i, a * v16_load_part(y + i, count), count));
}

static void blend(ptrdiff_t n, float a, const float *x, float b, float *y) {
  BPB_EACH_SIXTEEN(
    n, i, count,
    v16 scaled = b * v16_load_part(y + i, count);
    v16_store_part(y + i, v16_fma(v16_all(a), v16_load_part(x + i, count), scaled), count));
}

static void add_rows(ptrdiff_t rows, ptrdiff_t columns, const float *dy, ptrdiff_t dy_row, float *sums) {
  BPB_EACH_SIXTEEN(
    columns, i, count,
    v16 sum = v16_load_part(sums + i, count);
    for (ptrdiff_t row = 0; row < rows; row++) sum += v16_load_part(dy + row * dy_row + i, count);
    v16_store_part(sums + i, sum, count));
}

// The sum of all lanes as the same tree as `v16_sum`.
BPB_INLINE double d16_sum(d16 x) {
  for (int half = 8; half > 0; half /= 2)
    for (int i = 0; i < half; i++) x[i] += x[i + half];
  return x[0];
}

static float dot(ptrdiff_t n, const float *x, const float *y) {
  v16 sum = {0};
  BPB_EACH_SIXTEEN(n, i, count, sum = v16_fma(v16_load_part(x + i, count), v16_load_part(y + i, count), sum));
  return v16_sum(sum);
}

static double square_sum(ptrdiff_t n, const float *x) {
  d16 sum = {0};
  // The square of a float is exact in double, so this is the same with and without fma.
  BPB_EACH_SIXTEEN(
    n, i, count,
    d16 wide = __builtin_convertvector(v16_load_part(x + i, count), d16);
    sum += wide * wide);
  return d16_sum(sum);
}

static int32_t has_non_finite(ptrdiff_t n, const float *x) {
  const i16 exponent = i16_all(0x7f800000);
  i16 found = {0};
  BPB_EACH_SIXTEEN(n, i, count, found |= ((i16)v16_load_part(x + i, count) & exponent) == exponent);
  for (int lane = 0; lane < 16; lane++)
    if (found[lane]) return 1;
  return 0;
}

// The finaliser of MurmurHash3 (Appleby, 2011): each bit of x moves each bit of the result about half of the time.
BPB_INLINE w16 w16_mix(w16 x) {
  x = (x ^ (x >> 16)) * 0x85ebca6bu;
  x = (x ^ (x >> 13)) * 0xc2b2ae35u;
  return x ^ (x >> 16);
}

// SplitMix64's mixing function (Steele, Lea and Flood, 2014).
BPB_INLINE uint64_t mixed_seed(uint64_t seed) {
  uint64_t z = seed + 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

// Sixteen random words for the elements from `index`.
BPB_INLINE w16 dropout_words(uint64_t seed, uint64_t index) {
  const w16 lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  w16 words = w16_mix((lane + (uint32_t)index) ^ (uint32_t)seed);
  return w16_mix(words + (uint32_t)((seed + index) >> 32));
}

static void dropout(ptrdiff_t n, uint64_t seed, uint32_t threshold, float keep_scale, float *x) {
  const uint64_t mixed = mixed_seed(seed);
  BPB_EACH_SIXTEEN(
    n, i, count,
    i16 kept = (i16)(dropout_words(mixed, (uint64_t)i) >= threshold);
    v16 scaled = keep_scale * v16_load_part(x + i, count);
    v16_store_part(x + i, v16_select(kept, scaled, v16_all(0.0f)), count));
}

#endif
