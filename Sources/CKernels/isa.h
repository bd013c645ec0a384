#ifndef BPB_ISA_H
#define BPB_ISA_H

#include "include/kernels.h"

// Which instruction sets this build has kernels for. Each is compiled with a target attribute of its own, so that
// the rest of the program needs no compiler flags and runs on any processor of the architecture.
#if defined(__x86_64__)
#define BPB_BUILDS_X86 1
#elif defined(__aarch64__)
#define BPB_BUILDS_NEON 1
#endif

// Each table is filled by table.h, in the file of its instruction set.
extern const bpb_kernels bpb_kernels_portable;
#if BPB_BUILDS_X86
extern const bpb_kernels bpb_kernels_avx2;
extern const bpb_kernels bpb_kernels_avx512;
/// For processors with AVX-512 that do not multiply bfloat16.
extern const bpb_kernels bpb_kernels_avx512_without_bf16;
#endif
#if BPB_BUILDS_NEON
extern const bpb_kernels bpb_kernels_neon;
#endif

#endif
