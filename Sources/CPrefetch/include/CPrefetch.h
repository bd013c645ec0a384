#ifndef BPB_PREFETCH_H
#define BPB_PREFETCH_H

/// Asks for the cache line at `address`, which will be read and written soon. A hint: it never faults and
/// changes no result. Swift has no such instruction of its own.
static inline void bpb_prefetch(const void *address) { __builtin_prefetch(address, 1, 3); }

#endif
