#!/usr/bin/env python3
"""Which peak learning rate suits which size: the sweep behind the defaults of `bpb train`.

Usage: learning_rates.py BPB TEXT... [--only NAME]... [--rates R]... [--steps N] [--threads N] [--log FILE]

Trains each network on each text once for each rate, for the same number of steps, and prints a Markdown table for each
text: what the tune part costs in bits per byte, the lowest of the run. The best rate of a row is bold. The same command
prints the same tables on any machine and with any number of threads. It takes about 40 minutes of one core for a text
of 1 MB. `--log` keeps the outcomes, and what is in it already is not run again.
"""

import argparse
import json
import os
import subprocess
import tempfile

RATES = [0.0025, 0.005, 0.01, 0.02, 0.04]

# Name, architecture, steps: fewer where a step takes long.
NETWORKS = [
    ("neural:3k", "neural:3k", 1000),
    ("neural:10k", "neural:10k", 1000),
    ("neural:30k", "neural:30k", 1000),
    ("neural:100k", "neural:100k", 1000),
    ("neural:300k", "neural:300k", 700),
    ("neural:1M", "neural:1M", 500),
    ("neural:3M", "neural:3M", 250),
    ("gru 64", "gru:width=64", 500),
    ("gru 256", "gru:width=256", 500),
    ("gru 512", "gru:width=512", 250),
    ("lstm 64", "lstm:width=64", 500),
    ("lstm 256", "lstm:width=256", 500),
    ("lstm 512", "lstm:width=512", 250),
    ("mlp 64", "mlp:width=64", 500),
    ("mlp 256", "mlp:width=256", 500),
    ("mlp 512", "mlp:width=512", 500),
]


def train(bpb, text, architecture, steps, rate, threads):
    """Bits per byte of the tune part at its lowest; None for a run that diverged."""
    with tempfile.TemporaryDirectory() as folder:
        command = [bpb, "train", architecture, text, "-o", os.path.join(folder, "net.safetensors"),
                   "--steps", str(steps), "--rate", str(rate), "--format", "json"]
        if threads:
            command += ["--threads", str(threads)]
        done = subprocess.run(command, capture_output=True, text=True)
    if "diverged" in done.stderr:
        return None
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)["tune_bits_per_byte"]


def read_log(path):
    if not path or not os.path.exists(path):
        return {}
    with open(path) as file:
        rows = [json.loads(line) for line in file]
    return {tuple(row["run"]): row["tune_bits_per_byte"] for row in rows}


def sweep(options, text, name, architecture, steps, known):
    """The cost of each rate."""
    costs = []
    for rate in options.rates:
        run = (os.path.basename(text), architecture, steps, rate)
        if run not in known:
            known[run] = train(options.bpb, text, architecture, steps, rate, options.threads)
            if options.log:
                with open(options.log, "a") as file:
                    file.write(json.dumps({"run": run, "tune_bits_per_byte": known[run]}) + "\n")
        costs.append(known[run])
    return costs


def cell(cost, best):
    if cost is None:
        return "diverged"
    return f"**{cost:.3f}**" if cost == best else f"{cost:.3f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bpb")
    parser.add_argument("texts", nargs="+", metavar="TEXT")
    parser.add_argument("--only", action="append", metavar="NAME")
    parser.add_argument("--rates", type=float, nargs="+", default=RATES)
    parser.add_argument("--steps", type=int, help="instead of each network's own number")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--log")
    options = parser.parse_args()
    known = read_log(options.log)
    for text in options.texts:
        print(f"\n{os.path.basename(text)}, bits per byte of the tune part:\n")
        print("| network | steps | " + " | ".join(f"{rate:g}" for rate in options.rates) + " |")
        print("|---|---|" + "---|" * len(options.rates))
        for name, architecture, steps in NETWORKS:
            if options.only and name not in options.only:
                continue
            steps = options.steps or steps
            costs = sweep(options, text, name, architecture, steps, known)
            best = min((cost for cost in costs if cost is not None), default=None)
            print(f"| {name} | {steps} | " + " | ".join(cell(c, best) for c in costs) + " |", flush=True)


if __name__ == "__main__":
    main()
