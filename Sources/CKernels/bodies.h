// The bodies of all kernels, included once by each instruction set's file, inside its target attribute.

#include "gemm.h"

#include "activations.h"
#include "attention.h"
#include "elementwise.h"
#include "embedding.h"
#include "mixing.h"
#include "norms.h"
#include "optimiser.h"
#include "recurrent.h"
#include "rotation.h"
#include "softmax.h"
