#ifndef BPB_ATTENTION_H
#define BPB_ATTENTION_H

#include "attention_few.h"
#include "gemm.h"

// Scaled dot-product attention (Vaswani et al., "Attention is all you need", 2017), causal.
//
// Queries are taken in blocks; a block's products cover the keys that its last query sees, so that about half of
// the square is never computed. The bits of a query do not depend on the block it is in: a score is a
// chain of fma over the head, the softmax of a row sums by key index, and the probabilities beyond what a query
// sees are 0 and leave the chain over the values as it is.
enum { BPB_QUERY_BLOCK = 24, BPB_FEW_QUERIES = 3 };
_Static_assert(BPB_QUERY_BLOCK <= BPB_SCRATCH_QUERIES, "the scratch holds one block of scores' gradients");

BPB_INLINE ptrdiff_t whole_panels(ptrdiff_t n) { return (n + BPB_PANEL - 1) / BPB_PANEL * BPB_PANEL; }

// c = a b, where b was packed with `packed_k` rows and the product uses `k` of them from row `from`.
BPB_INLINE void product_of_rows(bpb_gemm product, ptrdiff_t packed_k, ptrdiff_t from) {
  const ptrdiff_t n = product.n;
  float *c = product.c;
  const float *b = product.b + from * BPB_PANEL;
  for (ptrdiff_t column = 0; column < n; column += BPB_PANEL) {
    product.n = least(n - column, BPB_PANEL);
    product.b = b + column * packed_k;
    product.c = c + column;
    gemm(&product);
  }
}

// The probabilities of queries `from` ..< `to` of a head from its scores. Each step is done for all rows before the
// next, and over as many elements in each row, so that the ends of the rows overlap.
BPB_INLINE void attention_softmax(
  const bpb_attention *s, float *probabilities, ptrdiff_t from, ptrdiff_t to) {
  float factors[BPB_QUERY_BLOCK];
  const ptrdiff_t first = s->first + from, end = s->first + to, whole = (first + 1) / 16 * 16;
  float *row = probabilities + from * s->probability_row;
  for (ptrdiff_t i = 0; i < to - from; i++)
    factors[i] = largest_of(seen_logits(row + i * s->probability_row, whole, first + i + 1, end));
  for (ptrdiff_t i = 0; i < to - from; i++) {
    const bpb_logits logits = seen_logits(row + i * s->probability_row, whole, first + i + 1, end);
    factors[i] = 1.0f / power_sum(logits, s->scale, factors[i]);
  }
  for (ptrdiff_t i = 0; i < to - from; i++)
    scale_row(seen_logits(row + i * s->probability_row, whole, first + i + 1, end), factors[i]);
}

static void attention_head(const bpb_attention *s, ptrdiff_t head) {
  const ptrdiff_t keys = s->first + s->queries, width = s->head_width, column = head * width;
  float *probabilities = s->probabilities + head * s->queries * s->probability_row;
  float *packed_keys = s->scratch, *packed_values = packed_keys + bpb_packed_count(width, keys);
  pack(width, keys, s->k + column, 1, s->k_row, packed_keys);
  pack(keys, width, s->v + column, s->v_row, 1, packed_values);
  for (ptrdiff_t from = 0; from < s->queries; from += BPB_QUERY_BLOCK) {
    const ptrdiff_t to = least(from + BPB_QUERY_BLOCK, s->queries), seen = s->first + to;
    float *rows = probabilities + from * s->probability_row;
    const bpb_gemm scores = {
      .m = to - from, .n = whole_panels(seen), .k = width, .a = s->q + from * s->q_row + column,
      .a_row = s->q_row, .a_column = 1, .b = packed_keys, .c = rows, .c_row = s->probability_row};
    gemm(&scores);
    attention_softmax(s, probabilities, from, to);
    const bpb_gemm mixture = {
      .m = to - from, .n = width, .k = seen, .a = rows, .a_row = s->probability_row, .a_column = 1,
      .b = packed_values, .c = s->out + from * s->out_row + column, .c_row = s->out_row};
    product_of_rows(mixture, keys, 0);
  }
}

static void attention(const bpb_attention *s) {
  if (s->queries <= BPB_FEW_QUERIES)
    for (ptrdiff_t i = 0; i < s->queries; i++) attention_one(s, i);
  else
    for (ptrdiff_t head = 0; head < s->heads; head++) attention_head(s, head);
}

// dS = P (dP - the sum of d_out out) scale, in place of dP, for queries `from` ..< `to`, whose rows are the first.
BPB_INLINE void score_gradients(
  const bpb_attention *s, const bpb_attention_gradient *g, ptrdiff_t head, ptrdiff_t from, ptrdiff_t to,
  float *d_scores, ptrdiff_t d_scores_row) {
  const ptrdiff_t column = head * s->head_width;
  for (ptrdiff_t i = from; i < to; i++) {
    const float *out = s->out + i * s->out_row + column, *d_out = g->d_out + i * g->d_out_row + column;
    v16 products = {0};
    BPB_EACH_SIXTEEN(
      s->head_width, d, count,
      products = v16_fma(v16_load_part(out + d, count), v16_load_part(d_out + d, count), products));
    const v16 mean = v16_all(v16_sum(products));
    const float *p = s->probabilities + (head * s->queries + i) * s->probability_row;
    float *row = d_scores + (i - from) * d_scores_row;
    for (ptrdiff_t j = 0; j < to; j += 16)
      v16_store(row + j, v16_load(p + j) * (v16_load(row + j) - mean) * s->scale);
  }
}

// What the backward pass of a head keeps in the scratch: factors of its products, and d_scores of a block.
typedef struct {
  float *values, *keys, *queries, *d_out, *d_scores;
  ptrdiff_t d_scores_row;
} bpb_packed_head;

BPB_INLINE bpb_packed_head packed_head(
  const bpb_attention *s, const bpb_attention_gradient *g, ptrdiff_t column) {
  const ptrdiff_t time = s->queries, width = s->head_width;
  bpb_packed_head packed;
  packed.values = s->scratch;
  packed.keys = packed.values + bpb_packed_count(width, time);
  packed.queries = packed.keys + bpb_packed_count(time, width);
  packed.d_out = packed.queries + bpb_packed_count(time, width);
  packed.d_scores = packed.d_out + bpb_packed_count(time, width);
  packed.d_scores_row = whole_panels(time);
  pack(width, time, s->v + column, 1, s->v_row, packed.values);
  pack(time, width, s->k + column, s->k_row, 1, packed.keys);
  pack(time, width, s->q + column, s->q_row, 1, packed.queries);
  pack(time, width, g->d_out + column, g->d_out_row, 1, packed.d_out);
  return packed;
}

// d_scores of queries `from` ..< `to`, and their d_q = d_scores k.
BPB_INLINE void query_gradients(
  const bpb_attention *s, const bpb_attention_gradient *g, ptrdiff_t head, const bpb_packed_head *packed,
  ptrdiff_t from, ptrdiff_t to) {
  const ptrdiff_t width = s->head_width, column = head * width;
  const bpb_gemm d_probabilities = {
    .m = to - from, .n = whole_panels(to), .k = width, .a = g->d_out + from * g->d_out_row + column,
    .a_row = g->d_out_row, .a_column = 1, .b = packed->values, .c = packed->d_scores,
    .c_row = packed->d_scores_row};
  gemm(&d_probabilities);
  score_gradients(s, g, head, from, to, packed->d_scores, packed->d_scores_row);
  const bpb_gemm d_queries = {
    .m = to - from, .n = width, .k = to, .a = packed->d_scores, .a_row = packed->d_scores_row, .a_column = 1,
    .b = packed->keys, .c = g->d_q + from * g->d_q_row + column, .c_row = g->d_q_row};
  product_of_rows(d_queries, s->queries, 0);
}

// Adds what queries `from` ..< `to` give to d_k = d_scores^T q and d_v = P^T d_out.
BPB_INLINE void key_gradients(
  const bpb_attention *s, const bpb_attention_gradient *g, ptrdiff_t head, const bpb_packed_head *packed,
  ptrdiff_t from, ptrdiff_t to) {
  const ptrdiff_t time = s->queries, width = s->head_width, column = head * width;
  const bpb_gemm d_keys = {
    .m = to, .n = width, .k = to - from, .a = packed->d_scores, .a_row = 1, .a_column = packed->d_scores_row,
    .b = packed->queries, .c = g->d_k + column, .c_row = g->d_k_row, .accumulate = 1};
  product_of_rows(d_keys, time, from);
  const bpb_gemm d_values = {
    .m = to, .n = width, .k = to - from,
    .a = s->probabilities + (head * time + from) * s->probability_row, .a_row = 1,
    .a_column = s->probability_row, .b = packed->d_out, .c = g->d_v + column, .c_row = g->d_v_row,
    .accumulate = 1};
  product_of_rows(d_values, time, from);
}

static void attention_backward(const bpb_attention *s, const bpb_attention_gradient *g) {
  const size_t row = (size_t)(s->heads * s->head_width) * sizeof(float);
  for (ptrdiff_t i = 0; i < s->queries; i++) {
    memset(g->d_k + i * g->d_k_row, 0, row);
    memset(g->d_v + i * g->d_v_row, 0, row);
  }
  for (ptrdiff_t head = 0; head < s->heads; head++) {
    const bpb_packed_head packed = packed_head(s, g, head * s->head_width);
    for (ptrdiff_t from = 0; from < s->queries; from += BPB_QUERY_BLOCK) {
      const ptrdiff_t to = least(from + BPB_QUERY_BLOCK, s->queries);
      query_gradients(s, g, head, &packed, from, to);
      key_gradients(s, g, head, &packed, from, to);
    }
  }
}

#endif
