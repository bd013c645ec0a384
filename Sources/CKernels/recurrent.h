#ifndef BPB_RECURRENT_H
#define BPB_RECURRENT_H

#include "transcendental.h"

// The gates of recurrent networks, fused. Formulas: Cho et al. (2014) for the GRU, in PyTorch's form, where the reset
// gate multiplies the state's part of the new gate; Hochreiter and Schmidhuber (1997) with the forget gate
// of Gers et al. (2000) for the LSTM.

// Columns whose gates are held on the stack. One gate after the other, since the constants of all of them
// together do not fit into the registers.
enum { BPB_GATE_BLOCK = 256 };

BPB_INLINE void sigmoid_of_sums(ptrdiff_t n, const float *x, const float *y, float *out) {
  BPB_EACH_SIXTEEN(
    n, i, count,
    v16_store_part(out + i, v16_sigmoid(v16_load_part(x + i, count) + v16_load_part(y + i, count)), count));
}

// `n` columns of a row, n at most a block: next = c + z (h - c) where c = tanh(x_c + r h_c).
BPB_INLINE void gru_block(
  ptrdiff_t n, ptrdiff_t width, const float *x, const float *s, const float *h, float *next, float *kept) {
  float resets[BPB_GATE_BLOCK], updates[BPB_GATE_BLOCK];
  sigmoid_of_sums(n, x, s, resets);
  sigmoid_of_sums(n, x + width, s + width, updates);
  BPB_EACH_SIXTEEN(
    n, i, count,
    v16 reset = v16_load_part(resets + i, count);
    v16 update = v16_load_part(updates + i, count);
    v16 state = v16_load_part(s + 2 * width + i, count);
    v16 new = v16_tanh(v16_fma(reset, state, v16_load_part(x + 2 * width + i, count)));
    v16_store_part(next + i, v16_fma(update, v16_load_part(h + i, count) - new, new), count);
    if (kept) {
      v16_store_part(kept + i, reset, count);
      v16_store_part(kept + width + i, update, count);
      v16_store_part(kept + 2 * width + i, new, count);
      v16_store_part(kept + 3 * width + i, state, count);
    });
}

static void gru(
  ptrdiff_t rows, ptrdiff_t width, const float *x_gates, ptrdiff_t x_gates_row, const float *h_gates,
  const float *h, float *next, float *kept) {
  for (ptrdiff_t row = 0; row < rows; row++) {
    for (ptrdiff_t i = 0; i < width; i += BPB_GATE_BLOCK)
      gru_block(
        width - i < BPB_GATE_BLOCK ? width - i : BPB_GATE_BLOCK, width, x_gates + i, h_gates + i, h + i,
        next + i, kept ? kept + i : NULL);
    x_gates += x_gates_row;
    h_gates += 3 * width;
    h += width;
    next += width;
    if (kept) kept += 4 * width;
  }
}

static void gru_backward(
  ptrdiff_t rows, ptrdiff_t width, const float *h, const float *kept, const float *d_next,
  float *d_x_gates, ptrdiff_t d_x_gates_row, float *d_h_gates, float *dh) {
  for (ptrdiff_t row = 0; row < rows; row++) {
    BPB_EACH_SIXTEEN(
      width, i, count,
      v16 reset = v16_load_part(kept + i, count);
      v16 update = v16_load_part(kept + width + i, count);
      v16 new = v16_load_part(kept + 2 * width + i, count);
      v16 state = v16_load_part(kept + 3 * width + i, count);
      v16 error = v16_load_part(d_next + i, count);
      v16 d_new = error * (1.0f - update) * v16_fma(-new, new, v16_all(1.0f));
      v16 d_update = error * (v16_load_part(h + i, count) - new) * (update * (1.0f - update));
      v16 d_reset = d_new * state * (reset * (1.0f - reset));
      v16_store_part(d_x_gates + i, d_reset, count);
      v16_store_part(d_h_gates + i, d_reset, count);
      v16_store_part(d_x_gates + width + i, d_update, count);
      v16_store_part(d_h_gates + width + i, d_update, count);
      v16_store_part(d_x_gates + 2 * width + i, d_new, count);
      v16_store_part(d_h_gates + 2 * width + i, d_new * reset, count);
      v16_store_part(dh + i, error * update, count));
    h += width;
    kept += 4 * width;
    d_next += width;
    d_x_gates += d_x_gates_row;
    d_h_gates += 3 * width;
    dh += width;
  }
}

// next_cell = f cell + i g, next_h = o tanh(next_cell).
static void lstm(
  ptrdiff_t rows, ptrdiff_t width, float *gates, ptrdiff_t gates_row, const float *cell, float *next_cell,
  float *next_h) {
  for (ptrdiff_t row = 0; row < rows; row++) {
    float *new = gates + 2 * width, *output = gates + 3 * width;
    sigmoid(2 * width, gates, gates);
    hyperbolic_tangent(width, new, new);
    sigmoid(width, output, output);
    BPB_EACH_SIXTEEN(
      width, i, count,
      v16 written = v16_load_part(gates + i, count) * v16_load_part(new + i, count);
      v16 forget = v16_load_part(gates + width + i, count);
      v16 memory = v16_fma(forget, v16_load_part(cell + i, count), written);
      v16_store_part(next_cell + i, memory, count);
      v16_store_part(next_h + i, v16_load_part(output + i, count) * v16_tanh(memory), count));
    gates += gates_row;
    cell += width;
    next_cell += width;
    next_h += width;
  }
}

static void lstm_backward(
  ptrdiff_t rows, ptrdiff_t width, const float *gates, ptrdiff_t gates_row, const float *cell,
  const float *next_cell, const float *d_next_h, const float *d_next_cell, float *d_gates,
  ptrdiff_t d_gates_row, float *d_cell) {
  for (ptrdiff_t row = 0; row < rows; row++) {
    BPB_EACH_SIXTEEN(
      width, i, count,
      const float *g = gates + i;
      v16 input = v16_load_part(g, count);
      v16 forget = v16_load_part(g + width, count);
      v16 new = v16_load_part(g + 2 * width, count);
      v16 output = v16_load_part(g + 3 * width, count);
      v16 bent = v16_tanh(v16_load_part(next_cell + i, count));
      v16 d_h = v16_load_part(d_next_h + i, count);
      v16 d_memory =
        v16_fma(d_h * output, v16_fma(-bent, bent, v16_all(1.0f)), v16_load_part(d_next_cell + i, count));
      v16 d_forget = d_memory * v16_load_part(cell + i, count);
      v16_store_part(d_gates + i, d_memory * new * (input * (1.0f - input)), count);
      v16_store_part(d_gates + width + i, d_forget * (forget * (1.0f - forget)), count);
      v16_store_part(d_gates + 2 * width + i, d_memory * input * v16_fma(-new, new, v16_all(1.0f)), count);
      v16_store_part(d_gates + 3 * width + i, d_h * bent * (output * (1.0f - output)), count);
      v16_store_part(d_cell + i, d_memory * forget, count));
    gates += gates_row;
    cell += width;
    next_cell += width;
    d_next_h += width;
    d_next_cell += width;
    d_gates += d_gates_row;
    d_cell += width;
  }
}

#endif
