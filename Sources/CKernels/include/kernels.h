#ifndef BPB_KERNELS_H
#define BPB_KERNELS_H

#include <stddef.h>
#include <stdint.h>

/// Float kernels for training and using small neural networks.
///
/// Every kernel exists once per instruction set, made from one body, and gives the same bits on each: a sum
/// over k adds its products one after the other with one rounding each (fma), from k = 0 upward, whatever
/// the width of the registers; a reduction over a row keeps 16 partial sums, of every sixteenth element each, and
/// adds them up as a fixed tree; exp, tanh and log are our own. Only kernels whose name ends in `_bf16` may
/// differ from one instruction set to another.
///
/// All matrices are row-major; a `_row` is the distance between the starts of two rows, in elements. Pointers may
/// be unaligned. Kernels allocate nothing and may run on any number of threads at once, on outputs that do not
/// overlap. "Adds to" means that what is there already is kept as the start of the sum.

/// Queries whose scores' gradients the scratch of an attention holds.
#define BPB_SCRATCH_QUERIES 32
/// Columns in a panel of a packed matrix, on every instruction set.
#define BPB_PANEL 32

/// What is done to an element of a product when its sum is complete.
typedef enum {
  BPB_IDENTITY = 0,
  BPB_RELU_SQUARED = 1,  ///< max(x, 0)^2 (So et al., "Primer", 2021)
  BPB_GELU = 2,          ///< the tanh form (Hendrycks and Gimpel, 2016)
  BPB_TANH = 3,
} bpb_activation;

/// C[i][j] = activation(start + sum over p of A[i][p] B[p][j]), i < m, j < n, p < k.
typedef struct {
  ptrdiff_t m, n, k;
  /// A[i][p] is a[i * a_row + p * a_column]: either of the two may be 1.
  const float *a;
  ptrdiff_t a_row, a_column;
  /// B as `pack` left it; for `gemm_bf16` as `pack_bf16` did.
  const float *b;
  float *c;
  ptrdiff_t c_row;
  /// The sum starts from what is in C (1), or else from `bias`, or else from 0.
  int32_t accumulate;
  /// n values, or NULL.
  const float *bias;
  int32_t activation;
  /// Where the sums go before the activation, shaped as C; NULL where nobody needs them.
  float *sums;
} bpb_gemm;

/// Causal attention of one sequence, all heads. Head h has columns h * head_width ... of q, k, v and out.
/// Query i stands at position first + i and sees keys 0 ... first + i.
typedef struct {
  ptrdiff_t queries, first, heads, head_width;
  const float *q, *k, *v;
  ptrdiff_t q_row, k_row, v_row;
  float *out;
  ptrdiff_t out_row;
  /// [heads][queries][probability_row], kept for the backward pass. probability_row is a multiple of 32 and at
  /// least first + queries. What lies beyond the keys that a query sees may be anything.
  float *probabilities;
  ptrdiff_t probability_row;
  /// Of a score, before the softmax; positive: 1/sqrt(head_width) as a rule.
  float scale;
  /// Room for `attention_scratch_count(first + queries, head_width)` floats.
  float *scratch;
} bpb_attention;

/// Gradients of one attention; first is 0. `d_out` comes in; the others are overwritten.
typedef struct {
  const float *d_out;
  ptrdiff_t d_out_row;
  float *d_q, *d_k, *d_v;
  ptrdiff_t d_q_row, d_k_row, d_v_row;
} bpb_attention_gradient;

/// AdamW (Kingma and Ba, 2015; Loshchilov and Hutter, 2019), one step:
/// m = b1 m + (1-b1) g; v = b2 v + (1-b2) g^2; w -= rate (m/c1 / (sqrt(v/c2) + epsilon) + decay w).
typedef struct {
  float rate, beta1, beta2, epsilon, decay;
  /// 1 - beta^t.
  float correction1, correction2;
  /// Multiplies each gradient first: 1, or less where it is clipped.
  float gradient_scale;
} bpb_adamw;

/// The kernels of one instruction set.
typedef struct {
  /// "avx512", "avx2", "neon" or "portable".
  const char *name;
  /// Whether `gemm_bf16` multiplies in hardware; if not it must not be called.
  int32_t has_bf16;

  /// Products. `pack` copies B[p][j] = b[p * b_row + j * b_column] into panels of BPB_PANEL columns, k rows each,
  /// the last one filled up with zeros: `packed_count(k, n)` floats.
  void (*pack)(ptrdiff_t k, ptrdiff_t n, const float *b, ptrdiff_t b_row, ptrdiff_t b_column, float *packed);
  void (*gemm)(const bpb_gemm *gemm);
  /// The same from factors rounded to bfloat16, sums in float. `packed_bf16_count(k, n)` elements.
  void (*pack_bf16)(
    ptrdiff_t k, ptrdiff_t n, const float *b, ptrdiff_t b_row, ptrdiff_t b_column, uint16_t *packed);
  void (*gemm_bf16)(const bpb_gemm *gemm);

  /// Activations. dx = dy * activation'(sums), n elements; dx may be dy.
  void (*activate)(int32_t activation, ptrdiff_t n, const float *sums, float *y);
  void (*activate_backward)(int32_t activation, ptrdiff_t n, const float *sums, const float *dy, float *dx);
  /// y[i] = f(x[i]); y may be x. For their errors see the docs; exp and tanh are within 2 ulp.
  void (*exponential)(ptrdiff_t n, const float *x, float *y);
  void (*hyperbolic_tangent)(ptrdiff_t n, const float *x, float *y);
  void (*sigmoid)(ptrdiff_t n, const float *x, float *y);
  void (*logarithm)(ptrdiff_t n, const float *x, float *y);

  /// y = x / sqrt(mean x^2 + 1e-6) * gain per row (Zhang and Sennrich, 2019); `inverse` gets a number a row; gain
  /// may be NULL. Backward adds to dx, and to d_gain if gain is not NULL, row after row.
  void (*rms_norm)(
    ptrdiff_t rows, ptrdiff_t columns, const float *x, const float *gain, float *y, float *inverse);
  void (*rms_norm_backward)(
    ptrdiff_t rows, ptrdiff_t columns, const float *x, const float *gain, const float *inverse,
    const float *dy, float *dx, float *d_gain);
  /// y = (x - mean) / sqrt(variance + 1e-5) * gain + shift per row (Ba et al., 2016); `statistics` gets mean and
  /// inverse deviation, 2 numbers a row. Backward adds to dx, d_gain and d_shift.
  void (*layer_norm)(
    ptrdiff_t rows, ptrdiff_t columns, const float *x, const float *gain, const float *shift, float *y,
    float *statistics);
  void (*layer_norm_backward)(
    ptrdiff_t rows, ptrdiff_t columns, const float *x, const float *gain, const float *statistics,
    const float *dy, float *dx, float *d_gain, float *d_shift);

  /// Per row of 256 logits: losses[i] = -ln softmax(logits)[target]; then, if `scale` is not 0, the logits
  /// are overwritten by scale * (softmax - one hot), their gradient.
  void (*softmax_loss)(
    ptrdiff_t rows, float *logits, const uint8_t *targets, float scale, float *losses);
  /// Each row of `columns` logits by its softmax, in place.
  void (*softmax)(ptrdiff_t rows, ptrdiff_t columns, float *logits);
  /// Per row of 256 logits, 256 integer frequencies, each at least 1, whose sum is 2^24.
  void (*frequencies)(ptrdiff_t rows, const float *logits, uint32_t *frequencies);

  void (*attention)(const bpb_attention *attention);
  void (*attention_backward)(const bpb_attention *attention, const bpb_attention_gradient *gradient);
  /// Rotates pairs (x[d], x[d + head_width/2]) of each head by the angles of its position (Su et al., 2021),
  /// in place; row i stands at position first + i. cosines and sines are [positions][head_width/2]. direction is
  /// 1, or -1 for the gradient.
  void (*rotate)(
    ptrdiff_t rows, ptrdiff_t first, ptrdiff_t heads, ptrdiff_t head_width, float *x, ptrdiff_t x_row,
    const float *cosines, const float *sines, float direction);

  /// Embeddings: row i of out is row ids[i] of the table; the gradient is added to the table's, row after row.
  void (*gather)(
    ptrdiff_t rows, ptrdiff_t columns, const float *table, const uint8_t *ids, float *out, ptrdiff_t out_row);
  void (*scatter)(
    ptrdiff_t rows, ptrdiff_t columns, const uint8_t *ids, const float *d_out, ptrdiff_t d_out_row,
    float *d_table);

  /// One time step of a GRU as PyTorch defines it. x_gates [rows][3 width] (reset, update, new; from the input, bias
  /// included) and h_gates alike from the state. h is the state before, next after. `kept` [rows][4 width]
  /// gets reset, update, new and h_gates' new part, for the backward pass (NULL where none follows).
  void (*gru)(
    ptrdiff_t rows, ptrdiff_t width, const float *x_gates, ptrdiff_t x_gates_row, const float *h_gates,
    const float *h, float *next, float *kept);
  /// d_next comes in; d_x_gates and d_h_gates [rows][3 width] and dh (the direct part alone) are overwritten.
  void (*gru_backward)(
    ptrdiff_t rows, ptrdiff_t width, const float *h, const float *kept, const float *d_next,
    float *d_x_gates, ptrdiff_t d_x_gates_row, float *d_h_gates, float *dh);
  /// One time step of an LSTM as PyTorch defines it: gates [rows][4 width] (input, forget, cell, output; sums, bias
  /// included) become their activations in place, which is what the backward pass needs.
  void (*lstm)(
    ptrdiff_t rows, ptrdiff_t width, float *gates, ptrdiff_t gates_row, const float *cell, float *next_cell,
    float *next_h);
  /// gates as activated; d_next_h and d_next_cell come in; d_gates [rows][4 width] and d_cell are overwritten. They may be
  /// gates and d_next_cell.
  void (*lstm_backward)(
    ptrdiff_t rows, ptrdiff_t width, const float *gates, ptrdiff_t gates_row, const float *cell,
    const float *next_cell, const float *d_next_h, const float *d_next_cell, float *d_gates,
    ptrdiff_t d_gates_row, float *d_cell);

  /// What is above the diagonal of a [n][n] becomes what lies below it, but within blocks of sixteen on the diagonal.
  void (*mirror)(ptrdiff_t n, float *a);
  /// Vectors of n floats. y += x; y = a y; y = a x + b y.
  void (*add)(ptrdiff_t n, const float *x, float *y);
  void (*scale)(ptrdiff_t n, float a, float *y);
  void (*blend)(ptrdiff_t n, float a, const float *x, float b, float *y);
  /// dy's column sums are added to `sums`, row after row: the gradient of a bias.
  void (*add_rows)(ptrdiff_t rows, ptrdiff_t columns, const float *dy, ptrdiff_t dy_row, float *sums);
  /// Sum of products: 16 partial sums and a tree.
  float (*dot)(ptrdiff_t n, const float *x, const float *y);
  /// Sum of squares, in double: 16 partial sums and a tree.
  double (*square_sum)(ptrdiff_t n, const float *x);
  /// 1 if any element is infinite or not a number.
  int32_t (*has_non_finite)(ptrdiff_t n, const float *x);
  /// Inverted dropout (Srivastava et al., 2014) in place: each element is kept, times 1/(1-p), or made 0 by a hash of
  /// (seed, index), so that the backward pass repeats it without a mask. threshold = p 2^32.
  void (*dropout)(ptrdiff_t n, uint64_t seed, uint32_t threshold, float keep_scale, float *x);
  void (*adamw)(ptrdiff_t n, const bpb_adamw *step, const float *gradient, float *w, float *m, float *v);

  /// Mixing in the logistic domain (M. Mahoney, "Adaptive Weighing of Context Models for Lossless Data Compression",
  /// 2005), in integers. `inputs` is a multiple of 32. Of each set of weights:
  /// sums = sum over pairs of (x[2j] w[2j] + x[2j+1] w[2j+1]) >> 8, which has to stay within 32 bits.
  void (*mix)(
    ptrdiff_t sets, ptrdiff_t inputs, const int16_t *x, const int16_t *const *weights, int32_t *sums);
  /// w += x e / 2^15 to the nearest, kept within 16 bits; x within 8191.
  void (*mix_backward)(
    ptrdiff_t sets, ptrdiff_t inputs, const int16_t *x, const int16_t *errors, int16_t *const *weights);
} bpb_kernels;

/// The kernels of the instruction set called `name`; NULL where the processor, or this build, lacks it. "portable" is
/// always there.
const bpb_kernels *bpb_kernels_named(const char *name);
/// The fastest kernels that this processor has.
const bpb_kernels *bpb_kernels_best(void);

/// Room that packed matrices and scratch need, in elements.
static inline ptrdiff_t bpb_packed_count(ptrdiff_t k, ptrdiff_t n) {
  return k * ((n + BPB_PANEL - 1) / BPB_PANEL * BPB_PANEL);
}
static inline ptrdiff_t bpb_packed_bf16_count(ptrdiff_t k, ptrdiff_t n) {
  return bpb_packed_count((k + 1) / 2 * 2, n);
}
static inline ptrdiff_t bpb_attention_scratch_count(ptrdiff_t keys, ptrdiff_t head_width) {
  // Packed keys, values, queries and d_out, and the gradients of some queries' scores.
  ptrdiff_t padded = (keys + BPB_PANEL - 1) / BPB_PANEL * BPB_PANEL;
  ptrdiff_t wide = (head_width + BPB_PANEL - 1) / BPB_PANEL * BPB_PANEL;
  return 4 * padded * wide + BPB_SCRATCH_QUERIES * padded;
}

#endif
