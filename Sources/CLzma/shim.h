#ifndef BPB_CLZMA_SHIM_H
#define BPB_CLZMA_SHIM_H

#include <lzma.h>

// LZMA_STREAM_INIT is a brace initialiser, which Swift does not import.
static inline lzma_stream bpb_lzma_stream(void) {
  lzma_stream stream = LZMA_STREAM_INIT;
  return stream;
}
// A macro with a cast and a shift.
static inline uint32_t bpb_lzma_preset_extreme(void) { return LZMA_PRESET_EXTREME; }

// A function pointer as data, for finding the library's file.
static inline const void *bpb_lzma_symbol(void) { return (const void *)&lzma_code; }

#endif
