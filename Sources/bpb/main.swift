print("bpb")
