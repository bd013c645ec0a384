#ifndef BPB_CZLIB_SHIM_H
#define BPB_CZLIB_SHIM_H

#include <zlib.h>

// deflateInit and inflateInit are macros that pass the header's version and the struct's size.
static inline int bpb_deflate_init(z_stream *stream, int level) {
  return deflateInit(stream, level);
}
static inline int bpb_inflate_init(z_stream *stream) { return inflateInit(stream); }

// A function pointer as data, for finding the library's file.
static inline const void *bpb_zlib_symbol(void) { return (const void *)&deflate; }

#endif
