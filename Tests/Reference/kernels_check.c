// Runs every kernel of each instruction set named on the command line over seeded inputs of awkward shapes and
// prints, a line a kernel, its name and a hash of the bits of all its outputs. Two builds or two machines
// agree if their lines are the same. Tools/test-neon.sh compares them.
//
// Usage: kernels_check NAME     where NAME is avx512, avx2, neon or portable; exit code 3 where it is missing.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernels.h"

static const ptrdiff_t widths[] = {1, 7, 15, 16, 17, 32, 33, 50, 64};
enum { width_count = sizeof widths / sizeof *widths, largest = 1 << 18 };

static uint64_t state;

static uint64_t next_word(void) {
  uint64_t z = state += 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

// A float in -range ... range.
static float next_float(float range) {
  return ((float)(next_word() >> 40) * 0x1p-23f - 1.0f) * range;
}

// Buffers are handed out one after the other, filled with numbers up to `range`, and hashed together.
static float *pool;
static size_t used;

static void begin(uint64_t seed) {
  used = 0;
  state = seed;
}

static float *numbers(ptrdiff_t count, float range) {
  float *result = pool + used;
  used += (size_t)count;
  if (used > largest) abort();
  for (ptrdiff_t i = 0; i < count; i++) result[i] = next_float(range);
  return result;
}

// Which of the bits a result that is not a number has is the processor's choice, so all of them count as one.
static uint64_t hash_of_pool(uint64_t hash) {
  for (size_t i = 0; i < used; i++) {
    uint32_t bits;
    memcpy(&bits, pool + i, sizeof bits);
    if ((bits & 0x7fffffff) > 0x7f800000) bits = 0x7fc00000;
    hash = (hash ^ bits) * 0x100000001b3u;
  }
  return hash;
}

typedef void check(const bpb_kernels *k, ptrdiff_t n);

// Every exponent and sign, infinities, and numbers near 0 and near overflow.
static float *all_sizes(ptrdiff_t n) {
  float *x = numbers(n + 600, 100.0f);
  for (uint32_t i = 0; i < 512; i++) {
    uint32_t bits = i << 23 | ((uint32_t)next_word() & 0x7fffff);
    memcpy(x + n + i, &bits, sizeof bits);
  }
  for (uint32_t i = 512; i < 600; i++) x[n + i] = (float)i - 556.0f;
  return x;
}

static void check_exponential(const bpb_kernels *k, ptrdiff_t n) {
  float *x = all_sizes(n);
  k->exponential(n + 600, x, x);
}
static void check_tanh(const bpb_kernels *k, ptrdiff_t n) {
  float *x = all_sizes(n);
  k->hyperbolic_tangent(n + 600, x, x);
}
static void check_sigmoid(const bpb_kernels *k, ptrdiff_t n) {
  float *x = all_sizes(n);
  k->sigmoid(n + 600, x, x);
}
static void check_logarithm(const bpb_kernels *k, ptrdiff_t n) {
  float *x = all_sizes(n);
  k->logarithm(n + 600, x, x);
}

static void check_activations(const bpb_kernels *k, ptrdiff_t n) {
  for (int32_t kind = BPB_IDENTITY; kind <= BPB_TANH; kind++) {
    float *x = numbers(n, 6), *y = numbers(n, 1);
    k->activate(kind, n, x, y);
    k->activate_backward(kind, n, x, y, numbers(n, 1));
  }
}

static void check_gemm(const bpb_kernels *k, ptrdiff_t n) {
  const ptrdiff_t m = 13, depth = 29;
  float *a = numbers(m * depth, 1), *b = numbers(depth * n, 1), *bias = numbers(n, 1);
  float *packed = numbers(bpb_packed_count(depth, n), 1);
  k->pack(depth, n, b, n, 1, packed);
  for (int32_t kind = BPB_IDENTITY; kind <= BPB_TANH; kind++) {
    bpb_gemm product = {
      .m = m, .n = n, .k = depth, .a = a, .a_row = depth, .a_column = 1, .b = packed, .c = numbers(m * n, 1),
      .c_row = n, .bias = bias, .activation = kind, .sums = numbers(m * n, 1)};
    k->gemm(&product);
    product.accumulate = 1;
    product.sums = NULL;
    k->gemm(&product);
  }
}

static void check_norms(const bpb_kernels *k, ptrdiff_t n) {
  const ptrdiff_t rows = 5;
  float *x = numbers(rows * n, 3), *gain = numbers(n, 2), *shift = numbers(n, 2);
  float *y = numbers(rows * n, 1), *statistics = numbers(2 * rows, 1), *dx = numbers(rows * n, 1);
  float *d_gain = numbers(n, 1), *d_shift = numbers(n, 1);
  k->rms_norm(rows, n, x, gain, y, statistics);
  k->rms_norm_backward(rows, n, x, gain, statistics, y, dx, d_gain);
  k->rms_norm_backward(rows, n, x, NULL, statistics, y, dx, NULL);
  k->layer_norm(rows, n, x, gain, shift, y, statistics);
  k->layer_norm_backward(rows, n, x, gain, statistics, y, dx, d_gain, d_shift);
}

static void check_softmax(const bpb_kernels *k, ptrdiff_t n) {
  k->softmax(6, n, numbers(6 * n, 20));
}

// Rows of 256 logits, some of them hostile.
static float *logits(ptrdiff_t rows) {
  float *x = numbers(256 * rows, 30);
  for (ptrdiff_t i = 0; i < 256; i++) x[i] = 0.0f;
  x[256 + 9] = __builtin_inff();
  x[256 + 10] = -__builtin_inff();
  x[512 + 3] = __builtin_nanf("");
  x[768 + 3] = 3e38f;
  x[768 + 4] = -3e38f;
  return x;
}

static void check_softmax_loss(const bpb_kernels *k, ptrdiff_t n) {
  uint8_t targets[80];
  float *x = logits(n + 4);
  for (int i = 0; i < 80; i++) targets[i] = (uint8_t)next_word();
  k->softmax_loss(n + 4, x, targets, 0.25f, numbers(n + 4, 1));
}

static void check_frequencies(const bpb_kernels *k, ptrdiff_t n) {
  float *x = logits(n + 4);
  k->frequencies(n + 4, x, (uint32_t *)numbers(256 * (n + 4), 1));
}

static void check_rotation(const bpb_kernels *k, ptrdiff_t n) {
  const ptrdiff_t width = 2 * n, row = 3 * width + 1;
  float *x = numbers(4 * row, 1), *cosines = numbers(9 * n, 1), *sines = numbers(9 * n, 1);
  k->rotate(4, 5, 3, width, x, row, cosines, sines, 1);
  k->rotate(3, 2, 2, width, x, row, cosines, sines, -1);
}

static void check_embedding(const bpb_kernels *k, ptrdiff_t n) {
  const uint8_t ids[6] = {0, 255, 7, 0, 3, 7};
  float *table = numbers(256 * n, 1), *out = numbers(6 * (n + 3), 1);
  k->gather(6, n, table, ids, out, n + 3);
  k->scatter(6, n, ids, out, n + 3, table);
}

static void check_gru(const bpb_kernels *k, ptrdiff_t n) {
  const ptrdiff_t rows = 3, row = 3 * n + 2;
  float *x = numbers(rows * row, 5), *s = numbers(rows * 3 * n, 5), *h = numbers(rows * n, 1);
  float *next = numbers(rows * n, 1), *kept = numbers(rows * 4 * n, 1), *dx = numbers(rows * row, 1);
  k->gru(rows, n, x, row, s, h, next, kept);
  k->gru_backward(rows, n, h, kept, next, dx, row, numbers(rows * 3 * n, 1), numbers(rows * n, 1));
}

static void check_lstm(const bpb_kernels *k, ptrdiff_t n) {
  const ptrdiff_t rows = 3, row = 4 * n + 2;
  float *gates = numbers(rows * row, 5), *cell = numbers(rows * n, 2), *next = numbers(rows * n, 1);
  float *h = numbers(rows * n, 1), *d_cell = numbers(rows * n, 1), *d_gates = numbers(rows * row, 1);
  k->lstm(rows, n, gates, row, cell, next, h);
  k->lstm_backward(rows, n, gates, row, cell, next, h, d_cell, d_gates, row, numbers(rows * n, 1));
}

static void check_vectors(const bpb_kernels *k, ptrdiff_t n) {
  float *x = numbers(n, 3), *y = numbers(n, 3), *rows = numbers(4 * (n + 1), 3);
  k->add(n, x, y);
  k->scale(n, 0.7f, y);
  k->blend(n, 0.3f, x, 0.9f, y);
  k->add_rows(4, n, rows, n + 1, y);
  const double squares = k->square_sum(n, x);
  memcpy(numbers(2, 1), &squares, sizeof squares);
  *numbers(1, 1) = k->dot(n, x, y);
  float *found = numbers(2, 1);
  found[0] = (float)k->has_non_finite(n, x);
  x[n - 1] = -__builtin_inff();
  found[1] = (float)k->has_non_finite(n, x);
}

static void check_dropout(const bpb_kernels *k, ptrdiff_t n) {
  k->dropout(n, next_word(), 0x40000000u, 1.0f / 0.75f, numbers(n, 1));
}

static void check_adamw(const bpb_kernels *k, ptrdiff_t n) {
  const bpb_adamw step = {0.01f, 0.9f, 0.99f, 1e-8f, 0.1f, 0.19f, 0.0199f, 0.5f};
  float *gradient = numbers(n, 1), *w = numbers(n, 1), *m = numbers(n, 1), *v = numbers(n, 1);
  for (ptrdiff_t i = 0; i < n; i++) v[i] *= v[i];
  k->adamw(n, &step, gradient, w, m, v);
}

static void check_attention(const bpb_kernels *k, ptrdiff_t n) {
  const ptrdiff_t heads = 2, width = 24, time = n + 3, row = heads * width, padded = (time + 31) / 32 * 32;
  const ptrdiff_t rows = time * row;
  float *out = numbers(rows, 1), *probabilities = numbers(heads * time * padded, 1), *d_out = numbers(rows, 1);
  float *q = numbers(rows, 2), *key = numbers(rows, 2), *v = numbers(rows, 1);
  float *gradients = numbers(3 * rows, 1);
  float *scratch = malloc((size_t)bpb_attention_scratch_count(time, width) * sizeof *scratch);
  bpb_attention s = {
    .queries = time, .heads = heads, .head_width = width, .q = q, .k = key, .v = v, .q_row = row, .k_row = row,
    .v_row = row, .out = out, .out_row = row, .probabilities = probabilities, .probability_row = padded,
    .scale = 0.2f, .scratch = scratch};
  const bpb_attention_gradient g = {
    .d_out = d_out, .d_out_row = row, .d_q = gradients, .d_k = gradients + rows, .d_v = gradients + 2 * rows,
    .d_q_row = row, .d_k_row = row, .d_v_row = row};
  k->attention(&s);
  k->attention_backward(&s, &g);
  s.queries = 1;
  s.first = time - 1;
  s.out = numbers(row, 1);
  s.probabilities = numbers(heads * padded, 1);
  k->attention(&s);
  free(scratch);
}

static const struct {
  const char *name;
  check *run;
} checks[] = {
  {"exponential", check_exponential}, {"tanh", check_tanh}, {"sigmoid", check_sigmoid},
  {"logarithm", check_logarithm}, {"activations", check_activations}, {"gemm", check_gemm},
  {"norms", check_norms}, {"softmax", check_softmax}, {"softmax_loss", check_softmax_loss},
  {"frequencies", check_frequencies}, {"attention", check_attention}, {"rotation", check_rotation},
  {"embedding", check_embedding}, {"gru", check_gru}, {"lstm", check_lstm}, {"vectors", check_vectors},
  {"dropout", check_dropout}, {"adamw", check_adamw},
};

int main(int argc, char **argv) {
  const bpb_kernels *kernels = argc == 2 ? bpb_kernels_named(argv[1]) : NULL;
  if (!kernels) return 3;
  pool = calloc(largest, sizeof *pool);
  if (!pool) return 1;
  for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
    uint64_t hash = 0xcbf29ce484222325u;
    for (int j = 0; j < width_count; j++) {
      begin(i * 100 + (uint64_t)j);
      checks[i].run(kernels, widths[j]);
      hash = hash_of_pool(hash);
    }
    printf("%s %016llx\n", checks[i].name, (unsigned long long)hash);
  }
  free(pool);
  return 0;
}
