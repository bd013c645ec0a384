#ifndef BPB_ATTENTION_FEW_H
#define BPB_ATTENTION_FEW_H

// Attention of one or a few queries, straight from the keys and values: nothing is packed. The same bits as the
// blocked path of attention.h, by the same chains.

#include "softmax.h"
#include "transpose.h"

// The scores of sixteen keys, of which `count` exist.
BPB_INLINE v16 scores_of_sixteen(
  ptrdiff_t width, const float *q, const float *keys, ptrdiff_t k_row, ptrdiff_t count) {
  v16 score = {0};
  for (ptrdiff_t d = 0; d < width; d += 16) {
    const ptrdiff_t part = width - d < 16 ? width - d : 16;
    v16 block[16];
#pragma unroll
    for (int j = 0; j < 16; j++)
      block[j] = v16_load_part(keys + (j < count ? j : count - 1) * k_row + d, part);
    transpose16(block);
    if (part == 16) {
#pragma unroll
      for (int j = 0; j < 16; j++) score = v16_fma(v16_all(q[d + j]), block[j], score);
    } else {
      for (int j = 0; j < part; j++) score = v16_fma(v16_all(q[d + j]), block[j], score);
    }
  }
  return score;
}

// out = the sum over keys of p[key] * values[key], one chain.
BPB_INLINE void mix_values(
  ptrdiff_t seen, ptrdiff_t width, const float *p, const float *values, ptrdiff_t v_row, float *out) {
  BPB_EACH_SIXTEEN(
    width, d, count, v16 sum = {0};
    for (ptrdiff_t j = 0; j < seen; j++) sum =
      v16_fma(v16_all(p[j]), v16_load_part(values + j * v_row + d, count), sum);
    v16_store_part(out + d, sum, count));
}

// The scores of a query that sees `seen` keys, in a row where `whole` elements, a multiple of sixteen, are seen for
// sure and nothing beyond `end` was written.
BPB_INLINE bpb_logits seen_logits(float *row, ptrdiff_t whole, ptrdiff_t seen, ptrdiff_t end) {
  return (bpb_logits){
    .x = row, .whole = whole, .tail = row + whole, .tail_length = (end - whole + 15) / 16 * 16, .seen = seen - whole};
}

static void attention_few(const bpb_attention *s, ptrdiff_t head) {
  const ptrdiff_t width = s->head_width, column = head * width;
  const float scale = s->scale * BPB_LOG2_E;
  for (ptrdiff_t i = 0; i < s->queries; i++) {
    const ptrdiff_t seen = s->first + i + 1;
    float *row = s->probabilities + (head * s->queries + i) * s->probability_row;
    for (ptrdiff_t j = 0; j < seen; j += 16)
      v16_store(
        row + j, scores_of_sixteen(
                   width, s->q + i * s->q_row + column, s->k + j * s->k_row + column, s->k_row, seen - j));
    const bpb_logits logits = seen_logits(row, seen / 16 * 16, seen, seen);
    scale_row(logits, 1.0f / power_sum(logits, scale, largest_scaled(logits, scale)));
    mix_values(seen, width, row, s->v + column, s->v_row, s->out + i * s->out_row + column);
  }
}

#endif
