// Fills BPB_TABLE with the bodies that were included before it. Included once per table, so it has no guard.

const bpb_kernels BPB_TABLE = {
  .name = BPB_NAME,
  .pack = pack,
  .gemm = gemm,
#ifdef BPB_TABLE_HAS_BF16
  .has_bf16 = 1,
  .pack_bf16 = pack_bf16,
  .gemm_bf16 = gemm_bf16,
#endif
  .activate = activate,
  .activate_backward = activate_backward,
  .exponential = exponential,
  .hyperbolic_tangent = hyperbolic_tangent,
  .sigmoid = sigmoid,
  .logarithm = logarithm,
  .rms_norm = rms_norm,
  .rms_norm_backward = rms_norm_backward,
  .layer_norm = layer_norm,
  .layer_norm_backward = layer_norm_backward,
  .softmax_loss = softmax_loss,
  .softmax = softmax,
  .frequencies = frequencies,
  .attention = attention,
  .attention_backward = attention_backward,
  .rotate = rotate,
  .gather = gather,
  .scatter = scatter,
  .gru = gru,
  .gru_backward = gru_backward,
  .lstm = lstm,
  .lstm_backward = lstm_backward,
  .mirror = mirror,
  .add = add,
  .scale = scale,
  .blend = blend,
  .add_rows = add_rows,
  .dot = dot,
  .square_sum = square_sum,
  .has_non_finite = has_non_finite,
  .dropout = dropout,
  .adamw = adamw,
  .mix = mix,
  .mix_backward = mix_backward,
};

#undef BPB_TABLE
#undef BPB_TABLE_HAS_BF16
