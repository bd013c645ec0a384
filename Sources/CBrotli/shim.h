#ifndef BPB_CBROTLI_SHIM_H
#define BPB_CBROTLI_SHIM_H

#include <brotli/decode.h>
#include <brotli/encode.h>

// Function pointers as data, for finding the library's file.
static inline const void *bpb_brotli_decoder_symbol(void) {
  return (const void *)&BrotliDecoderDecompressStream;
}

// The dictionary's accessor is exported, but declared in no installed header; only its address is used.
extern const void *BrotliGetDictionary(void);
static inline const void *bpb_brotli_dictionary_symbol(void) {
  return (const void *)&BrotliGetDictionary;
}

#endif
