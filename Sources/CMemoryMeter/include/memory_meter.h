#ifndef BPB_MEMORY_METER_H
#define BPB_MEMORY_METER_H

#include <stddef.h>

/// Counts the bytes that one encoder or decoder has allocated, now and at most.
/// Not thread-safe: one meter belongs to one stream.
typedef struct bpb_memory_meter {
  size_t current;
  size_t peak;
} bpb_memory_meter;

// One allocation function for each shape of hook; `meter` is the library's `opaque`.
void *bpb_meter_alloc(void *meter, size_t size);                            // zstd, brotli
void *bpb_meter_alloc_items(void *meter, unsigned items, unsigned size);    // zlib
void *bpb_meter_alloc_int_items(void *meter, int items, int size);          // bzip2
void bpb_meter_free(void *meter, void *address);

/// Size in bytes of the shared library's file that holds `symbol`; -1 if that is this very object or
/// cannot be known.
long long bpb_library_bytes(const void *symbol);

#endif
