#!/usr/bin/env python3
"""Training throughput of `bpb train` beside PyTorch, the same shapes on the same cores in turns.

Usage: pytorch_training.py BPB TEXT [--threads N] [--rounds N] [--only NAME] [--precision fp32|bf16|both]

Needs `pip install torch`. Both programs train the same architecture on the same bytes with batches of the same
shape; what is compared is bytes of training text per second, the median of the rounds. PyTorch's first
steps, in which it allocates, are left out, and so are those of bpb.
"""

import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time

import torch
from torch import nn
from torch.nn import functional


class Block(nn.Module):
    """A layer of a pre-norm transformer, as in GPT-2: attention and a feed-forward part of four times the width."""

    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.norm1 = nn.LayerNorm(width, bias=False)
        self.qkv = nn.Linear(width, 3 * width, bias=False)
        self.out = nn.Linear(width, width, bias=False)
        self.norm2 = nn.LayerNorm(width, bias=False)
        self.up = nn.Linear(width, 4 * width, bias=False)
        self.down = nn.Linear(4 * width, width, bias=False)

    def forward(self, x):
        batch, time_, width = x.shape
        q, k, v = self.qkv(self.norm1(x)).split(width, dim=2)
        q, k, v = (
            t.view(batch, time_, self.heads, width // self.heads).transpose(1, 2) for t in (q, k, v)
        )
        y = functional.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.out(y.transpose(1, 2).reshape(batch, time_, width))
        return x + self.down(functional.gelu(self.up(self.norm2(x)), approximate="tanh"))


class Transformer(nn.Module):
    def __init__(self, layers, width, heads, context):
        super().__init__()
        self.embedding = nn.Embedding(256, width)
        self.positions = nn.Embedding(context, width)
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(width, bias=False)

    def forward(self, ids):
        x = self.embedding(ids) + self.positions(torch.arange(ids.shape[1]))
        for block in self.blocks:
            x = block(x)
        return self.norm(x) @ self.embedding.weight.T


class Recurrent(nn.Module):
    def __init__(self, cell, width, embedding=64):
        super().__init__()
        self.embedding = nn.Embedding(256, embedding)
        self.rnn = (nn.GRU if cell == "gru" else nn.LSTM)(embedding, width, batch_first=True)
        self.head = nn.Linear(width, 256)

    def forward(self, ids):
        return self.head(self.rnn(self.embedding(ids))[0])


# Name, bpb's method, PyTorch's module, sequences, bytes of each.
ROWS = [
    ("transformer 4 x 128", "transformer:layers=4:width=128:heads=4:context=256",
     lambda: Transformer(4, 128, 4, 256), 16, 256),
    ("transformer 6 x 256", "transformer:layers=6:width=256:heads=4:context=256",
     lambda: Transformer(6, 256, 4, 256), 16, 256),
    ("gru 256", "gru:width=256:layers=1:embedding=64", lambda: Recurrent("gru", 256), 32, 128),
    ("gru 512", "gru:width=512:layers=1:embedding=64", lambda: Recurrent("gru", 512), 32, 128),
    ("lstm 256", "lstm:width=256:layers=1:embedding=64", lambda: Recurrent("lstm", 256), 32, 128),
    ("lstm 512", "lstm:width=512:layers=1:embedding=64", lambda: Recurrent("lstm", 512), 32, 128),
]


def torch_speed(make, text, batch, time_, bf16, seconds):
    """Bytes per second of PyTorch's AdamW training."""
    torch.manual_seed(1)
    model = make()
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3)
    data = torch.frombuffer(bytearray(text), dtype=torch.uint8).long()

    def step():
        at = torch.randint(0, len(data) - time_ - 1, (batch,))
        ids = torch.stack([data[i : i + time_] for i in at])
        next_ids = torch.stack([data[i + 1 : i + time_ + 1] for i in at])
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
            loss = functional.cross_entropy(model(ids).reshape(-1, 256), next_ids.reshape(-1))
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()

    for _ in range(3):
        step()
    count, start = 0, time.perf_counter()
    while time.perf_counter() - start < seconds:
        step()
        count += 1
    return count * batch * time_ / (time.perf_counter() - start)


def bpb_speed(bpb, method, path, batch, time_, bf16, threads, optimiser, steps):
    """Bytes per second that `bpb train` reports."""
    with tempfile.TemporaryDirectory() as directory:
        command = [
            bpb, "train", method, path, "-o", os.path.join(directory, "m.safetensors"),
            "--steps", str(steps), "--batch", str(batch), "--time", str(time_), "--tune", "0",
            "--threads", str(threads), "--optimiser", optimiser, "--format", "json",
            "--precision", "bf16" if bf16 else "fp32",
        ]
        account = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        return account["bytes_per_second"], account["gflops"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("bpb")
    parser.add_argument("text")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--only")
    parser.add_argument("--precision", choices=["fp32", "bf16", "both"], default="both")
    parser.add_argument("--optimiser", default="adamw")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    with open(arguments.text, "rb") as file:
        text = file.read()
    print(f"PyTorch {torch.__version__}, {arguments.threads} threads, bytes per second")
    print(f"{'':24}{'':6}{'PyTorch':>10}{'bpb':>10}{'ratio':>8}{'GFLOP/s':>9}")
    for name, method, make, batch, time_ in ROWS:
        if arguments.only and arguments.only not in name:
            continue
        for bf16 in (False, True):
            precision = "bf16" if bf16 else "fp32"
            if arguments.precision not in (precision, "both"):
                continue
            pairs = []
            for _ in range(arguments.rounds):
                theirs = torch_speed(make, text, batch, time_, bf16, arguments.seconds)
                # As many steps as take about as long at twice the speed.
                steps = max(int(2 * theirs * arguments.seconds / (batch * time_)), 8)
                ours, gflops = bpb_speed(
                    arguments.bpb, method, arguments.text, batch, time_, bf16, arguments.threads,
                    arguments.optimiser, steps)
                pairs.append((theirs, ours, gflops))
            theirs, ours, gflops = (statistics.median(p[i] for p in pairs) for i in range(3))
            ratio = statistics.median(p[1] / p[0] for p in pairs)
            print(f"{name:24}{precision:6}{theirs:10,.0f}{ours:10,.0f}{ratio:8.2f}{gflops:9.0f}", flush=True)


if __name__ == "__main__":
    main()
