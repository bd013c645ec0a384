#ifndef BPB_PAUSE_H
#define BPB_PAUSE_H

/// Tells the processor that this thread is waiting for another one's word.
static inline void bpb_pause(void) {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

#endif
