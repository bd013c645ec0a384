#ifndef BPB_CBROTLI_SHIM_H
#define BPB_CBROTLI_SHIM_H

#include <brotli/decode.h>
#include <brotli/encode.h>

// Function pointers as data, for finding the library's file.
static inline const void *bpb_brotli_decoder_symbol(void) {
  return (const void *)&BrotliDecoderDecompressStream;
}

#endif
