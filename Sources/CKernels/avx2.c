#include "isa.h"

#if BPB_BUILDS_X86

#define BPB_NAME "avx2"
#define BPB_HAS_FMA 1
// 12 of 16 registers hold sums, two a row of half the panel, one an element of A.
#define BPB_TILE_ROWS 6
#define BPB_ROW_VECTORS 4
#define BPB_TILE_VECTORS 1

#pragma clang attribute push(__attribute__((target("avx2,fma,bmi,bmi2"))), apply_to = function)
#include "bodies.h"
#pragma clang attribute pop

#define BPB_TABLE bpb_kernels_avx2
#include "table.h"

#endif
