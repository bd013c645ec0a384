#ifndef BPB_FMA_H
#define BPB_FMA_H

// a b + c with one rounding, where the processor does not do it.
//
// The product of two floats is exact in double, and its sum with c, rounded to double and then to float, is
// right unless the double lies just between two floats: on any other side of such a middle, the exact sum lies
// too. Only then, or where a float would be denormal and the middles lie elsewhere, the sum is taken again and
// rounded to odd: truncated, with the last bit set if anything was cut off. A number so rounded to 53 bits
// rounds to the 24 bits of a float, or to the fewer of a denormal one, as the exact sum would (Boldo and
// Melquiond, "Emulation of a FMA and correctly rounded sums: proved algorithms using rounding to odd", 2008).

typedef double d16 __attribute__((vector_size(128)));
typedef int64_t l16 __attribute__((vector_size(128)));
typedef uint64_t u16 __attribute__((vector_size(128)));

// x + y rounded to odd.
BPB_INLINE d16 d16_odd_sum(d16 x, d16 y) {
  const d16 sum = x + y;
  // What the sum lost (Knuth's two-sum); not a number where x, y or their sum is not finite.
  const d16 from_y = sum - x, error = (x - (sum - from_y)) + (y - from_y);
  const l16 inexact = (error > 0.0) | (error < 0.0);
  // An even last bit changes: one step away from 0 if the error has the sum's sign, else one step to 0.
  const u16 step = (u16)inexact & ~(u16)sum & 1, towards_zero = ((u16)sum ^ (u16)error) >> 63;
  return (d16)((u16)sum + step - ((step & towards_zero) << 1));
}

__attribute__((noinline)) static void exact_fma(const d16 *product, const v16 *c, v16 *result) {
  *result = __builtin_convertvector(d16_odd_sum(*product, __builtin_convertvector(*c, d16)), v16);
}

// Lanes whose `result`, rounded from `sum`, may not be right: the 29 bits that were cut off are one half, or the
// result is denormal or the least that is not. A sum that small that it becomes 0 is exact (Sterbenz).
BPB_INLINE i16 doubtful_lanes(d16 sum, v16 result) {
  const i16 cut = __builtin_convertvector((u16)sum, i16) & 0x1FFFFFFF;
  return (cut == 0x10000000) | ((((i16)result & 0x7FFFFFFF) <= 0x00800000) & (result != 0.0f));
}

// A function of its own, since these are too many instructions to stand wherever an fma does.
__attribute__((noinline)) static void fma_lanes(const v16 *a, const v16 *b, v16 *c) {
  const d16 product = __builtin_convertvector(*a, d16) * __builtin_convertvector(*b, d16);
  const d16 sum = product + __builtin_convertvector(*c, d16);
  v16 result = __builtin_convertvector(sum, v16);
  if (__builtin_reduce_or(doubtful_lanes(sum, result))) exact_fma(&product, c, &result);
  *c = result;
}

BPB_INLINE v16 v16_exact_fma(v16 a, v16 b, v16 c) {
  fma_lanes(&a, &b, &c);
  return c;
}

#endif
