#include <string.h>

#include "isa.h"

#if BPB_BUILDS_X86
static int has_avx512(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("fma");
}

static int has_avx2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
#endif

const bpb_kernels *bpb_kernels_named(const char *name) {
#if BPB_BUILDS_X86
  if (!strcmp(name, "avx512") && has_avx512())
    return __builtin_cpu_supports("avx512bf16") ? &bpb_kernels_avx512 : &bpb_kernels_avx512_without_bf16;
  if (!strcmp(name, "avx2") && has_avx2()) return &bpb_kernels_avx2;
#endif
#if BPB_BUILDS_NEON
  if (!strcmp(name, "neon")) return &bpb_kernels_neon;
#endif
  return strcmp(name, "portable") ? NULL : &bpb_kernels_portable;
}

const bpb_kernels *bpb_kernels_best(void) {
  const char *const fastest_first[] = {"avx512", "avx2", "neon"};
  for (int i = 0; i < 3; i++) {
    const bpb_kernels *kernels = bpb_kernels_named(fastest_first[i]);
    if (kernels) return kernels;
  }
  return &bpb_kernels_portable;
}
