#!/usr/bin/env python3
"""Which peak learning rate suits which size: the sweep behind the defaults of `bpb train`.

Usage: learning_rates.py BPB TEXT... [--only ARCHITECTURE]... [--rates R]... [--steps N] [--threads N] [--log FILE]

Trains each network on each text once for each rate, for the same number of steps, and prints a Markdown table for each
text: what the tune part costs in bits per byte, the lowest of the run. The best rate of a row is bold. The same command
prints the same tables on any machine and with any number of threads. It takes about 10 minutes of one core for a text
of 1 MB. `--log` keeps the outcomes, and what is in it already is not run again.
"""

import argparse
import json
import os
import subprocess
import tempfile

RATES = [0.0025, 0.005, 0.01, 0.02, 0.04]
SMALL = RATES[1:]
LARGE = RATES[1:4]

# Architecture, steps and rates: fewer where a step takes long.
NETWORKS = [
    ("neural:3k", 500, SMALL),
    ("neural:10k", 500, SMALL),
    ("neural:30k", 500, SMALL),
    ("neural:100k", 400, SMALL),
    ("neural:300k", 250, SMALL),
    ("neural:1M", 200, LARGE),
    ("neural:3M", 80, LARGE),
    ("gru:width=64", 200, SMALL),
    ("gru:width=256", 200, SMALL),
    ("gru:width=512", 100, LARGE),
    ("lstm:width=64", 200, SMALL),
    ("lstm:width=256", 200, SMALL),
    ("lstm:width=512", 100, LARGE),
    ("mlp:width=64", 400, SMALL),
    ("mlp:width=256", 400, SMALL),
    ("mlp:width=512", 400, SMALL),
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


def sweep(options, text, architecture, steps, rates, known):
    """The cost of each rate."""
    costs = {}
    for rate in rates:
        run = (os.path.basename(text), architecture, steps, rate)
        if run not in known:
            known[run] = train(options.bpb, text, architecture, steps, rate, options.threads)
            if options.log:
                with open(options.log, "a") as file:
                    file.write(json.dumps({"run": run, "tune_bits_per_byte": known[run]}) + "\n")
        costs[rate] = known[run]
    return costs


def cell(costs, rate):
    if rate not in costs:
        return ""
    cost = costs[rate]
    if cost is None:
        return "diverged"
    is_best = cost == min(other for other in costs.values() if other is not None)
    return f"**{cost:.3f}**" if is_best else f"{cost:.3f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bpb")
    parser.add_argument("texts", nargs="+", metavar="TEXT")
    parser.add_argument("--only", action="append", metavar="ARCHITECTURE")
    parser.add_argument("--rates", type=float, nargs="+", help="instead of each network's own")
    parser.add_argument("--steps", type=int, help="instead of each network's own number")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--log")
    options = parser.parse_args()
    known = read_log(options.log)
    shown = options.rates or RATES
    for text in options.texts:
        print(f"\n{os.path.basename(text)}, bits per byte of the tune part:\n")
        print("| network | steps | " + " | ".join(f"{rate:g}" for rate in shown) + " |")
        print("|---|---|" + "---|" * len(shown))
        for architecture, steps, rates in NETWORKS:
            if options.only and architecture not in options.only:
                continue
            steps = options.steps or steps
            costs = sweep(options, text, architecture, steps, options.rates or rates, known)
            cells = [cell(costs, rate) for rate in shown]
            print(f"| {architecture} | {steps} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
