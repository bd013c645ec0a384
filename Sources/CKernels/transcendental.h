#ifndef BPB_TRANSCENDENTAL_H
#define BPB_TRANSCENDENTAL_H

// exp, tanh, sigmoid and log: the argument is reduced to a small interval (Cody and Waite, "Software manual for the
// elementary functions", 1980) and a polynomial does the rest. The coefficients are minimax fits of our own, in
// relative error, each rounded to float before the next was fitted. Errors, tested over all exponents: within
// 1 ulp for exp, 2 ulp for the others. Not a number stays not a number.

#include "lanes.h"

// ln 2 in two floats.
#define BPB_LN2_HIGH 0x1.62e430p-1f
#define BPB_LN2_LOW -0x1.05c610p-29f
#define BPB_LOG2_E 0x1.715476p+0f
// Added to a small number it leaves the nearest integer in the lowest bits of the sum.
#define BPB_ROUNDER 0x1.8p23f

// e^x = half (2 + slope r) where half = 2^(n-1) and |r| <= ln(2)/2, for -87.3 <= x <= 89: halves of powers, so that
// 2^128 times less than 1 needs no other path.
typedef struct {
  v16 half, slope, r;
} bpb_exponential;

BPB_INLINE bpb_exponential v16_exp_parts(v16 x) {
  // The rounder carries the exponent's bias, less one.
  const v16 rounder = v16_all(BPB_ROUNDER + 126.0f);
  const v16 shifted = v16_fma(x, v16_all(BPB_LOG2_E), rounder);
  const v16 n = shifted - rounder;
  v16 r = v16_fma(n, v16_all(-BPB_LN2_HIGH), x);
  r = v16_fma(n, v16_all(-BPB_LN2_LOW), r);
  v16 p = v16_fma(v16_all(2 * 0x1.6a492cp-10f), r, v16_all(2 * 0x1.12399ep-7f));
  p = v16_fma(p, r, v16_all(2 * 0x1.5558b4p-5f));
  p = v16_fma(p, r, v16_all(2 * 0x1.555492p-3f));
  p = v16_fma(p, r, v16_all(2 * 0x1.fffffcp-2f));
  p = v16_fma(p, r, v16_all(2.0f));
  return (bpb_exponential){.half = (v16)((w16)shifted << 23), .slope = p, .r = r};
}

// Infinite above 88.72; 0 below -86.99, half a bit before the results would become denormal.
BPB_INLINE v16 v16_exp(v16 x) {
  x = v16_min(v16_all(89.0f), v16_max(v16_all(-87.3f), x));
  const bpb_exponential e = v16_exp_parts(x);
  return v16_fma(e.slope, e.r, v16_all(2.0f)) * e.half;
}

// 2^x for x <= 1, which is all that a softmax needs and costs a third less; 0 below -126.5.
BPB_INLINE v16 v16_power_of_two(v16 x) {
  x = v16_max(v16_all(-127.0f), x);
  const v16 rounder = v16_all(BPB_ROUNDER + 127.0f);
  const v16 shifted = x + rounder;
  const v16 r = x - (shifted - rounder);
  v16 p = v16_fma(v16_all(0x1.417284p-13f), r, v16_all(0x1.5f0976p-10f));
  p = v16_fma(p, r, v16_all(0x1.3b2ddap-7f));
  p = v16_fma(p, r, v16_all(0x1.c6af7ap-5f));
  p = v16_fma(p, r, v16_all(0x1.ebfbdcp-3f));
  p = v16_fma(p, r, v16_all(0x1.62e430p-1f));
  p = v16_fma(p, r, v16_all(1.0f));
  return p * (v16)((w16)shifted << 23);
}

// 1 / (1 + e^-x); 0 below -88.38. The 1 is added to the small part of e^-x, where it loses least.
BPB_INLINE v16 v16_sigmoid(v16 x) {
  x = v16_min(v16_all(87.3f), v16_max(v16_all(-89.0f), x));
  const bpb_exponential e = v16_exp_parts(-x);
  return 1.0f / (v16_fma(e.slope * e.r, e.half, v16_all(1.0f)) + (e.half + e.half));
}

// 1 - 2 / (e^(2|x|) + 1), and below 0.55 an odd polynomial, since the difference would lose what is small.
BPB_INLINE v16 v16_tanh(v16 x) {
  const i16 sign = (i16)x & i16_all(INT32_MIN);
  const v16 size = (v16)((i16)x ^ sign);
  const v16 clamped = v16_min(v16_all(44.0f), size);
  const bpb_exponential e = v16_exp_parts(clamped + clamped);
  v16 power = v16_fma(e.slope, e.r, v16_all(2.0f));
  v16 large = 1.0f - 2.0f / v16_fma(power, e.half, v16_all(1.0f));
  v16 square = size * size;
  v16 p = v16_fma(v16_all(0x1.0d5174p-6f), square, v16_all(-0x1.af7d36p-5f));
  p = v16_fma(p, square, v16_all(0x1.10cefcp-3f));
  p = v16_fma(p, square, v16_all(-0x1.555452p-2f));
  v16 small = v16_fma(p * square, size, size);
  return (v16)((i16)v16_select(size < 0.55f, small, large) | sign);
}

// ln x = e ln 2 + ln(1 + f) where 2/3 <= 1 + f < 4/3. Not a number below 0.
BPB_INLINE v16 v16_log(v16 x) {
  const i16 denormal = x < 0x1p-126f;
  const v16 scaled = v16_select(denormal, x * 0x1p24f, x);
  i16 exponent = ((i16)scaled - i16_all(0x3f2aaaab)) >> 23;
  v16 f = (v16)((w16)scaled - ((w16)exponent << 23)) - 1.0f;
  v16 e = __builtin_convertvector(exponent, v16) - v16_select(denormal, v16_all(24.0f), v16_all(0.0f));
  v16 p = v16_fma(v16_all(-0x1.07c480p-3f), f, v16_all(0x1.1e6cdep-3f));
  p = v16_fma(p, f, v16_all(-0x1.f332bap-4f));
  p = v16_fma(p, f, v16_all(0x1.1ed560p-3f));
  p = v16_fma(p, f, v16_all(-0x1.559c66p-3f));
  p = v16_fma(p, f, v16_all(0x1.99d050p-3f));
  p = v16_fma(p, f, v16_all(-0x1.fffefap-3f));
  p = v16_fma(p, f, v16_all(0x1.555506p-2f));
  p = v16_fma(p, f, v16_all(-0.5f));
  p = v16_fma(f * f, p, f);
  p = v16_fma(e, v16_all(BPB_LN2_HIGH), v16_fma(e, v16_all(BPB_LN2_LOW), p));
  const v16 infinity = v16_all(__builtin_inff());
  p = v16_select(x < infinity, p, infinity);
  v16 outside = v16_select(x == 0.0f, -infinity, v16_all(__builtin_nanf("")));
  return v16_select(x > 0.0f, p, outside);
}

static void exponential(ptrdiff_t n, const float *x, float *y) {
  BPB_EACH_SIXTEEN(n, i, count, v16_store_part(y + i, v16_exp(v16_load_part(x + i, count)), count));
}

static void hyperbolic_tangent(ptrdiff_t n, const float *x, float *y) {
  BPB_EACH_SIXTEEN(n, i, count, v16_store_part(y + i, v16_tanh(v16_load_part(x + i, count)), count));
}

static void sigmoid(ptrdiff_t n, const float *x, float *y) {
  BPB_EACH_SIXTEEN(n, i, count, v16_store_part(y + i, v16_sigmoid(v16_load_part(x + i, count)), count));
}

static void logarithm(ptrdiff_t n, const float *x, float *y) {
  BPB_EACH_SIXTEEN(n, i, count, v16_store_part(y + i, v16_log(v16_load_part(x + i, count)), count));
}

#endif
