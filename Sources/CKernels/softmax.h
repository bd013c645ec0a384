#ifndef BPB_SOFTMAX_H
#define BPB_SOFTMAX_H

#include "transcendental.h"

// A row for the softmax of scale * x, where scale is positive, in three steps: `whole` elements, a multiple of
// sixteen, and then a tail of blocks of sixteen, of which only the first `seen` elements count and the others
// become 0.
typedef struct {
  float *x;
  ptrdiff_t whole;
  float *tail;
  ptrdiff_t tail_length, seen;
} bpb_logits;

BPB_INLINE float largest_of(bpb_logits row) {
  v16 largest = v16_all(-__builtin_inff());
  const v16 lowest = largest;
  for (ptrdiff_t i = 0; i < row.whole; i += 16) largest = v16_max(v16_load(row.x + i), largest);
  for (ptrdiff_t i = 0; i < row.tail_length; i += 16)
    largest = v16_max(v16_below(row.seen - i, v16_load(row.tail + i), lowest), largest);
  return v16_largest(largest);
}

// Leaves e^(scale (x - largest)), as powers of two, and gives their sum.
BPB_INLINE float power_sum(bpb_logits row, float scale, float largest) {
  const v16 factor = v16_all(scale * BPB_LOG2_E);
  v16 sum = {0};
  for (ptrdiff_t i = 0; i < row.whole; i += 16) {
    v16 power = v16_power_of_two((v16_load(row.x + i) - largest) * factor);
    v16_store(row.x + i, power);
    sum += power;
  }
  for (ptrdiff_t i = 0; i < row.tail_length; i += 16) {
    v16 power = v16_power_of_two((v16_load(row.tail + i) - largest) * factor);
    power = v16_below(row.seen - i, power, v16_all(0.0f));
    v16_store(row.tail + i, power);
    sum += power;
  }
  return v16_sum(sum);
}

BPB_INLINE void scale_row(bpb_logits row, float factor) {
  for (ptrdiff_t i = 0; i < row.whole; i += 16) v16_store(row.x + i, v16_load(row.x + i) * factor);
  for (ptrdiff_t i = 0; i < row.tail_length; i += 16) v16_store(row.tail + i, v16_load(row.tail + i) * factor);
}

static void softmax(ptrdiff_t rows, ptrdiff_t columns, float *logits) {
  const ptrdiff_t whole = columns / 16 * 16, rest = columns - whole;
  for (ptrdiff_t i = 0; i < rows; i++, logits += columns) {
    float tail[16];
    const bpb_logits row = {.x = logits, .whole = whole, .tail = tail, .tail_length = rest ? 16 : 0, .seen = rest};
    if (rest) v16_store(tail, v16_load_part(logits + whole, rest));
    scale_row(row, 1.0f / power_sum(row, 1.0f, largest_of(row)));
    if (rest) v16_store_part(logits + whole, v16_load(tail), rest);
  }
}

// The powers of 256 logits, in registers where there are enough: e^(x - largest).
typedef struct {
  v16 powers[16];
  float largest;
  float sum;
} bpb_powers;

BPB_INLINE bpb_powers powers_of(const v16 logits[16]) {
  bpb_powers result;
  v16 largest = logits[0];
#pragma unroll
  for (int i = 1; i < 16; i++) largest = v16_max(logits[i], largest);
  result.largest = v16_largest(largest);
  v16 sum = {0};
#pragma unroll
  for (int i = 0; i < 16; i++) {
    result.powers[i] = v16_power_of_two((logits[i] - result.largest) * BPB_LOG2_E);
    sum += result.powers[i];
  }
  result.sum = v16_sum(sum);
  return result;
}

// Leaves the sum of the powers in `sum`, the target's logit less the largest in `shifted`.
BPB_INLINE void softmax_loss_row(float *logits, uint8_t target, float scale, float *sum, float *shifted) {
  v16 x[16];
#pragma unroll
  for (int i = 0; i < 16; i++) x[i] = v16_load(logits + 16 * i);
  const bpb_powers row = powers_of(x);
  *sum = row.sum;
  *shifted = logits[target] - row.largest;
  if (scale == 0.0f) return;
  const float inverse = 1.0f / row.sum;
#pragma unroll
  for (int i = 0; i < 16; i++) v16_store(logits + 16 * i, row.powers[i] * (inverse * scale));
  const float probability = v16_power_of_two(v16_all(*shifted * BPB_LOG2_E))[0] * inverse;
  logits[target] = (probability - 1.0f) * scale;
}

static void softmax_loss(
  ptrdiff_t rows, float *logits, const uint8_t *targets, float scale, float *losses) {
  // Sixteen rows share one logarithm.
  BPB_EACH_SIXTEEN(
    rows, first, count,
    float sums[16] = {0};
    float shifted[16] = {0};
    for (ptrdiff_t i = 0; i < count; i++)
      softmax_loss_row(logits + 256 * (first + i), targets[first + i], scale, sums + i, shifted + i);
    v16_store_part(losses + first, v16_log(v16_load(sums)) - v16_load(shifted), count));
}

// A finite logit for each that differences of can be taken: no number counts as the smallest.
BPB_INLINE v16 legal_logits(v16 x) {
  const v16 largest = v16_all(0x1p126f);
  return v16_min(v16_max(x, -largest), largest);
}

// The place of the largest frequency, the first of equals.
BPB_INLINE int32_t place_of_largest(const i16 frequencies[16]) {
  i16 largest = frequencies[0];
#pragma unroll
  for (int i = 1; i < 16; i++) largest = i16_select(frequencies[i] > largest, frequencies[i], largest);
  int32_t most = largest[0];
  for (int lane = 1; lane < 16; lane++) most = largest[lane] > most ? largest[lane] : most;
  const i16 lane = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
  i16 places = i16_all(256);
#pragma unroll
  for (int i = 15; i >= 0; i--) places = i16_select(frequencies[i] == most, lane + 16 * i, places);
  int32_t place = places[0];
  for (int j = 1; j < 16; j++) place = places[j] < place ? places[j] : place;
  return place;
}

// 1 for each and the rest by probability, rounded down. What rounding leaves goes to the likeliest; so does what
// the probabilities' own rounding may have given out too much: a few tens of the 2^24 at most.
static void frequencies(ptrdiff_t rows, const float *logits, uint32_t *frequencies) {
  for (ptrdiff_t row = 0; row < rows; row++, logits += 256, frequencies += 256) {
    v16 x[16];
#pragma unroll
    for (int i = 0; i < 16; i++) x[i] = legal_logits(v16_load(logits + 16 * i));
    const bpb_powers powers = powers_of(x);
    const float inverse = 1.0f / powers.sum;
    i16 shares[16], sum = {0};
#pragma unroll
    for (int i = 0; i < 16; i++) {
      v16 probability = powers.powers[i] * inverse;
      shares[i] = __builtin_convertvector(probability * (float)((1 << 24) - 256), i16) + 1;
      sum += shares[i];
      memcpy(frequencies + 16 * i, &shares[i], sizeof shares[i]);
    }
    int32_t left = 1 << 24;
    for (int lane = 0; lane < 16; lane++) left -= sum[lane];
    frequencies[place_of_largest(shares)] += (uint32_t)left;
  }
}

#endif
