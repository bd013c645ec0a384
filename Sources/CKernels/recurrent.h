#ifndef BPB_RECURRENT_H
#define BPB_RECURRENT_H

#include "transcendental.h"

// The gates of recurrent networks, fused. Formulas: Cho et al. (2014) for the GRU, in PyTorch's form, where the reset
// gate multiplies the state's part of the new gate; Hochreiter and Schmidhuber (1997) with the forget gate
// of Gers et al. (2000) for the LSTM.

// r = sigmoid(x_r + h_r), z = sigmoid(x_z + h_z), c = tanh(x_c + r h_c), next = c + z (h - c).
static void gru(
  ptrdiff_t rows, ptrdiff_t width, const float *x_gates, ptrdiff_t x_gates_row, const float *h_gates,
  const float *h, float *next, float *kept) {
  for (ptrdiff_t row = 0; row < rows; row++) {
    BPB_EACH_SIXTEEN(
      width, i, count, const float *x = x_gates + i; const float *s = h_gates + i;
      v16 reset = v16_sigmoid(v16_load_part(x, count) + v16_load_part(s, count));
      v16 update = v16_sigmoid(v16_load_part(x + width, count) + v16_load_part(s + width, count));
      v16 state = v16_load_part(s + 2 * width, count);
      v16 new = v16_tanh(v16_fma(reset, state, v16_load_part(x + 2 * width, count)));
      v16_store_part(next + i, v16_fma(update, v16_load_part(h + i, count) - new, new), count);
      if (kept) {
        v16_store_part(kept + i, reset, count);
        v16_store_part(kept + width + i, update, count);
        v16_store_part(kept + 2 * width + i, new, count);
        v16_store_part(kept + 3 * width + i, state, count);
      });
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
      width, i, count, v16 reset = v16_load_part(kept + i, count);
      v16 update = v16_load_part(kept + width + i, count);
      v16 new = v16_load_part(kept + 2 * width + i, count);
      v16 state = v16_load_part(kept + 3 * width + i, count); v16 error = v16_load_part(d_next + i, count);
      v16 d_new = error * (1.0f - update) * v16_fma(-new, new, v16_all(1.0f));
      v16 d_update = error * (v16_load_part(h + i, count) - new) * (update * (1.0f - update));
      v16 d_reset = d_new * state * (reset * (1.0f - reset));
      v16_store_part(d_x_gates + i, d_reset, count); v16_store_part(d_h_gates + i, d_reset, count);
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
    BPB_EACH_SIXTEEN(
      width, i, count, float *g = gates + i; v16 input = v16_sigmoid(v16_load_part(g, count));
      v16 forget = v16_sigmoid(v16_load_part(g + width, count));
      v16 new = v16_tanh(v16_load_part(g + 2 * width, count));
      v16 output = v16_sigmoid(v16_load_part(g + 3 * width, count));
      v16 memory = v16_fma(forget, v16_load_part(cell + i, count), input * new);
      v16_store_part(g, input, count); v16_store_part(g + width, forget, count);
      v16_store_part(g + 2 * width, new, count); v16_store_part(g + 3 * width, output, count);
      v16_store_part(next_cell + i, memory, count);
      v16_store_part(next_h + i, output * v16_tanh(memory), count));
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
      width, i, count, const float *g = gates + i; v16 input = v16_load_part(g, count);
      v16 forget = v16_load_part(g + width, count); v16 new = v16_load_part(g + 2 * width, count);
      v16 output = v16_load_part(g + 3 * width, count);
      v16 bent = v16_tanh(v16_load_part(next_cell + i, count));
      v16 d_h = v16_load_part(d_next_h + i, count);
      v16 d_memory = v16_fma(
        d_h * output, v16_fma(-bent, bent, v16_all(1.0f)), v16_load_part(d_next_cell + i, count));
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
