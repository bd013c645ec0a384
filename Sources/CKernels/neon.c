#include "isa.h"

#if BPB_BUILDS_NEON

#define BPB_NAME "neon"
#define BPB_HAS_FMA 1
// 24 of 32 registers hold sums, four a row of half the panel.
#define BPB_TILE_ROWS 6
#define BPB_ROW_VECTORS 4
#define BPB_TILE_VECTORS 1

// Every processor of this architecture has NEON, so no attribute is needed.
#include "bodies.h"

#define BPB_TABLE bpb_kernels_neon
#include "table.h"

#endif
