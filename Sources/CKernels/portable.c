#include "isa.h"

#define BPB_NAME "portable"
#if defined(__FMA__) || defined(__aarch64__)
#define BPB_HAS_FMA 1
#endif
#define BPB_TILE_ROWS 2
#define BPB_ROW_VECTORS 2
#define BPB_TILE_VECTORS 1

#include "bodies.h"

#define BPB_TABLE bpb_kernels_portable
#include "table.h"
