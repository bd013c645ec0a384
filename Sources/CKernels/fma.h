#ifndef BPB_FMA_H
#define BPB_FMA_H

// a b + c with one rounding, where the processor does not do it.
//
// The product of two floats is exact in double. Its sum with c is rounded to odd: truncated, with the last bit set
// if anything was cut off. A number so rounded to 53 bits rounds to the 24 bits of a float, or to the fewer of
// a denormal one, as the exact sum would (Boldo and Melquiond, "Emulation of a FMA and correctly rounded sums:
// proved algorithms using rounding to odd", 2008).

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

// A function of its own, since these are too many instructions to stand wherever an fma does.
__attribute__((noinline)) static void exact_fma(const v16 *a, const v16 *b, v16 *c) {
  const d16 product = __builtin_convertvector(*a, d16) * __builtin_convertvector(*b, d16);
  *c = __builtin_convertvector(d16_odd_sum(product, __builtin_convertvector(*c, d16)), v16);
}

BPB_INLINE v16 v16_exact_fma(v16 a, v16 b, v16 c) {
  exact_fma(&a, &b, &c);
  return c;
}

#endif
