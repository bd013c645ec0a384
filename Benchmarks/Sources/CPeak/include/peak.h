#ifndef PEAK_H
#define PEAK_H

/// Multiplies and adds in registers alone, as fast as the instruction set called `kernels` lets a core do it: floats,
/// or products of bfloat16 if `bf16` is not 0. `rounds` are of some thirty instructions. Returns how many
/// floating-point operations were done; 0, at once, if there is no such instruction here. A fused multiply-add is
/// two of them.
double peak_run(const char *kernels, int bf16, long rounds);

#endif
