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
  BPB_EACH_SIXTEEN(
    width, d, part,
    v16 block[16];
    _Pragma("unroll")
    for (int j = 0; j < 16; j++) block[j] = v16_load_part(keys + (j < count ? j : count - 1) * k_row + d, part);
    transpose16(block);
    _Pragma("unroll")
    for (int j = 0; j < part; j++) score = v16_fma(v16_all(q[d + j]), block[j], score));
  return score;
}

BPB_INLINE void scores_of_all(
  ptrdiff_t seen, ptrdiff_t width, const float *q, const float *keys, ptrdiff_t k_row, float *scores) {
  BPB_EACH_SIXTEEN(
    seen, j, count, v16_store(scores + j, scores_of_sixteen(width, q, keys + j * k_row, k_row, count)));
}

// out = the sum over keys of p[key] * values[key], one chain, for `heads` heads at once: a constant, at most 4, so
// that chains overlap.
BPB_INLINE void mix_values(
  int heads, ptrdiff_t seen, ptrdiff_t width, const float *p, ptrdiff_t p_head, const float *values,
  ptrdiff_t v_row, float *out) {
  BPB_EACH_SIXTEEN(
    width, d, count,
    v16 sums[4] = {{0}};
    for (ptrdiff_t j = 0; j < seen; j++) {
      _Pragma("unroll")
      for (int head = 0; head < heads; head++) {
        const v16 value = v16_load_part(values + j * v_row + head * width + d, count);
        sums[head] = v16_fma(v16_all(p[head * p_head + j]), value, sums[head]);
      }
    }
    _Pragma("unroll")
    for (int head = 0; head < heads; head++) v16_store_part(out + head * width + d, sums[head], count));
}

// The scores of a query that sees `seen` keys, in a row where `whole` elements, a multiple of sixteen, are seen for
// sure and nothing beyond `end` was written.
BPB_INLINE bpb_logits seen_logits(float *row, ptrdiff_t whole, ptrdiff_t seen, ptrdiff_t end) {
  return (bpb_logits){
    .x = row, .whole = whole, .tail = row + whole, .tail_length = (end - whole + 15) / 16 * 16, .seen = seen - whole};
}

// One query, all heads.
static void attention_one(const bpb_attention *s, ptrdiff_t i) {
  const ptrdiff_t width = s->head_width, seen = s->first + i + 1, p_head = s->queries * s->probability_row;
  float *p = s->probabilities + i * s->probability_row, *out = s->out + i * s->out_row;
  for (ptrdiff_t head = 0; head < s->heads; head++) {
    float *row = p + head * p_head;
    scores_of_all(seen, width, s->q + i * s->q_row + head * width, s->k + head * width, s->k_row, row);
    const bpb_logits logits = seen_logits(row, seen / 16 * 16, seen, seen);
    scale_row(logits, 1.0f / power_sum(logits, s->scale, largest_of(logits)));
  }
  ptrdiff_t head = 0;
  for (; head + 4 <= s->heads; head += 4)
    mix_values(4, seen, width, p + head * p_head, p_head, s->v + head * width, s->v_row, out + head * width);
  for (; head < s->heads; head++)
    mix_values(1, seen, width, p + head * p_head, p_head, s->v + head * width, s->v_row, out + head * width);
}

#endif
