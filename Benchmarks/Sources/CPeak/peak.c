#include "peak.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// Keeps the compiler from moving or merging the sums.
#if defined(__x86_64__)
#define IN_REGISTER(value) __asm__ volatile("" : "+v"(value))
#elif defined(__aarch64__)
#define IN_REGISTER(value) __asm__ volatile("" : "+w"(value))
#endif


// `chains` independent sums, more than an instruction takes cycles times the instructions that begin in a
// cycle, and fewer than there are registers.
#define PEAK(name, target_attribute, lanes, chains, operations, instruction)                      \
  target_attribute static double name(long rounds) {                                              \
    typedef float vector __attribute__((vector_size(4 * (lanes))));                               \
    vector sums[chains], a = (vector){0} + 0.999f, b = (vector){0} + 1e-3f;                        \
    for (int i = 0; i < (chains); i++) sums[i] = (vector){0} + (float)i;                          \
    for (long round = 0; round < rounds; round++) {                                               \
      _Pragma("unroll") for (int i = 0; i < (chains); i++) {                                      \
        sums[i] = instruction(sums[i], a, b);                                                     \
        IN_REGISTER(sums[i]);                                                                     \
      }                                                                                           \
    }                                                                                             \
    return (double)rounds * (chains) * (lanes) * (operations);                                    \
  }

#if defined(__x86_64__)
#define DOT_BF16(sum, a, b) ((vector)_mm512_dpbf16_ps((__m512)(sum), (__m512bh)(a), (__m512bh)(b)))
PEAK(peak_avx512, __attribute__((target("avx512f"))), 16, 28, 2, __builtin_elementwise_fma)
PEAK(peak_avx512_bf16, __attribute__((target("avx512f,avx512bf16"))), 16, 28, 4, DOT_BF16)
PEAK(peak_avx2, __attribute__((target("avx2,fma"))), 8, 12, 2, __builtin_elementwise_fma)
#elif defined(__aarch64__)
PEAK(peak_neon, , 4, 28, 2, __builtin_elementwise_fma)
#endif

double peak_run(const char *kernels, int bf16, long rounds) {
#if defined(__x86_64__)
  if (!strcmp(kernels, "avx512")) {
    if (bf16) return __builtin_cpu_supports("avx512bf16") ? peak_avx512_bf16(rounds) : 0;
    return __builtin_cpu_supports("avx512f") ? peak_avx512(rounds) : 0;
  }
  if (!strcmp(kernels, "avx2") && !bf16) return __builtin_cpu_supports("avx2") ? peak_avx2(rounds) : 0;
#elif defined(__aarch64__)
  if (!strcmp(kernels, "neon") && !bf16) return peak_neon(rounds);
#endif
  return 0;
}
