#ifndef BPB_CBZIP2_SHIM_H
#define BPB_CBZIP2_SHIM_H

#include <stdio.h>  // bzlib.h needs FILE
#include <bzlib.h>

// A function pointer as data, for finding the library's file.
static inline const void *bpb_bzip2_symbol(void) { return (const void *)&BZ2_bzCompress; }

#endif
