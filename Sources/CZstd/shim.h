#ifndef BPB_CZSTD_SHIM_H
#define BPB_CZSTD_SHIM_H

#define ZSTD_STATIC_LINKING_ONLY  // custom allocators and memory estimates
#include <zstd.h>
#include <zstd_errors.h>

static inline ZSTD_customMem bpb_zstd_memory(ZSTD_allocFunction allocate, ZSTD_freeFunction release,
                                             void *opaque) {
  ZSTD_customMem memory = {allocate, release, opaque};
  return memory;
}

// A function pointer as data, for finding the library's file.
static inline const void *bpb_zstd_symbol(void) { return (const void *)&ZSTD_compressStream2; }

#endif
