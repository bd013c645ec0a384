#include "isa.h"

#if BPB_BUILDS_X86

#include <immintrin.h>

#define BPB_NAME "avx512"
#define BPB_HAS_FMA 1
// 28 of 32 registers hold sums, two a row of the panel, one an element of A.
#define BPB_TILE_ROWS 14
#define BPB_ROW_VECTORS 8
#define BPB_TILE_VECTORS 2

#pragma clang attribute push( \
  __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,bmi,bmi2"))), apply_to = function)
#include "bodies.h"
#pragma clang attribute pop

#define BPB_TABLE bpb_kernels_avx512_without_bf16
#include "table.h"

#pragma clang attribute push( \
  __attribute__((target("avx512bf16,avx512f,avx512bw,avx512dq,avx512vl,avx2,fma,bmi,bmi2"))), \
  apply_to = function)
#include "bf16.h"
#pragma clang attribute pop

#define BPB_TABLE bpb_kernels_avx512
#define BPB_TABLE_HAS_BF16
#include "table.h"

#endif
