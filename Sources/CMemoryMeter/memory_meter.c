#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE  // dladdr
#endif
#include "memory_meter.h"

#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>

// The size is kept in front of each allocation, in a header that preserves malloc's alignment.
enum { header = 16 };

void *bpb_meter_alloc(void *opaque, size_t size) {
  bpb_memory_meter *meter = opaque;
  if (size > SIZE_MAX - header) return NULL;
  unsigned char *block = malloc(size + header);
  if (!block) return NULL;
  *(size_t *)(void *)block = size;
  meter->current += size;
  if (meter->current > meter->peak) meter->peak = meter->current;
  return block + header;
}

void *bpb_meter_alloc_items(void *opaque, unsigned items, unsigned size) {
  return bpb_meter_alloc(opaque, (size_t)items * size);
}

void *bpb_meter_alloc_int_items(void *opaque, int items, int size) {
  if (items < 0 || size < 0) return NULL;
  return bpb_meter_alloc(opaque, (size_t)items * (size_t)size);
}

void bpb_meter_free(void *opaque, void *address) {
  bpb_memory_meter *meter = opaque;
  if (!address) return;
  unsigned char *block = (unsigned char *)address - header;
  meter->current -= *(size_t *)(void *)block;
  free(block);
}

long long bpb_library_bytes(const void *symbol) {
  Dl_info library, own;
  struct stat file;
  if (!symbol || !dladdr((void *)(uintptr_t)symbol, &library)) return -1;
  if (!dladdr((void *)(uintptr_t)&bpb_library_bytes, &own)) return -1;
  if (library.dli_fbase == own.dli_fbase || stat(library.dli_fname, &file)) return -1;
  return file.st_size;
}
