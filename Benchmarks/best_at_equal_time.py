#!/usr/bin/env python3
"""The best that each named size makes of equal time: bits per byte of a held-out text after 1, 5 and 20 minutes.

Usage: best_at_equal_time.py BPB TRAIN TEST [--minutes M]... [--only ARCHITECTURE]... [--precision fp32|bf16] --log FILE

A minute on two cores is taken as 120 seconds of processor time of one thread, which other work on the machine changes
little. How long a step takes is measured first, as the least of three trials; then each network is trained for as many
steps as fit, so that whoever repeats the command with the log's steps gets the same weights. A run may end early:
when the tune part of TRAIN has stopped falling. TEST is measured once, by the weights that the tune part chose.

`--log` keeps outcomes, and what is in it is not run again.
"""

import argparse
import json
import os
import resource
import subprocess
import tempfile

NETWORKS = ["neural:3k", "neural:10k", "neural:30k", "neural:100k", "neural:300k", "neural:1M", "neural:3M"]
# What measuring the tune part takes of a run, at most.
MEASURING = 0.05


def processor_seconds(command):
    """Runs a command; its output and the processor time that it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    return done.stdout, resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def train(options, architecture, steps, model, *words):
    return processor_seconds(
        [options.bpb, "train", architecture, options.train, "-o", model, "--force", "--threads", "1",
         "--precision", options.precision, "--format", "json", "--steps", str(steps)]
        + (["--rate", str(options.rate)] if options.rate else []) + list(words))


def seconds_per_step(options, architecture, model):
    """The least of three trials, each long against a clock's tick and without what a process begins with."""
    def trial(steps):
        return train(options, architecture, steps, model, "--tune", "0")[1]

    start = trial(1)
    steps = 8
    while trial(steps) - start < 0.5:
        steps *= 2
    return min(trial(4 * steps) - start for _ in range(3)) / (4 * steps)


def held_out(options, model):
    text, _ = processor_seconds([options.bpb, "eval", model, options.test, "--format", "json"])
    return json.loads(text)["results"][0]["bits_per_byte"]


def measured(options, architecture, minutes, steps):
    with tempfile.TemporaryDirectory() as folder:
        model = os.path.join(folder, "net.safetensors")
        steps = steps or int((1 - MEASURING) * 120 * minutes / seconds_per_step(options, architecture, model))
        text, seconds = train(options, architecture, steps, model)
        account = json.loads(text)
        return {
            "architecture": architecture, "precision": options.precision, "minutes": minutes,
            "parameters": account["parameters"], "asked_steps": steps, "steps": account["steps"],
            "seen_bytes": account["seen_bytes"], "processor_seconds": seconds,
            "tune": account["tune_bits_per_byte"], "options": account["options"],
            "held_out": held_out(options, model),
        }


def read_log(path):
    if not os.path.exists(path):
        return []
    with open(path) as file:
        return [json.loads(line) for line in file]


def cell(row):
    if row is None:
        return "not run"
    early = ", ended early" if row["steps"] < row["asked_steps"] else ""
    return f"{row['held_out']:.3f} ({row['seen_bytes'] / 1e6:.1f} MB{early})"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bpb")
    parser.add_argument("train")
    parser.add_argument("test")
    parser.add_argument("--minutes", type=float, action="append")
    parser.add_argument("--only", action="append", metavar="ARCHITECTURE")
    parser.add_argument("--precision", default="fp32")
    parser.add_argument("--rate", type=float, help="instead of the default")
    parser.add_argument("--log", required=True)
    options = parser.parse_args()
    rows = {(row["architecture"], row["precision"], row["minutes"]): row for row in read_log(options.log)}
    for minutes in options.minutes or []:
        for architecture in options.only or NETWORKS:
            key = (architecture, options.precision, minutes)
            if key in rows:
                continue
            # A size's speed is measured once.
            other = next((row for k, row in rows.items() if k[:2] == key[:2]), None)
            steps = other and int(other["asked_steps"] / other["minutes"] * minutes)
            rows[key] = measured(options, architecture, minutes, steps)
            with open(options.log, "a") as file:
                file.write(json.dumps(rows[key]) + "\n")
    columns = sorted({key[2] for key in rows})
    print("| network | " + " | ".join(f"{minutes:g} min" for minutes in columns) + " |")
    print("|---|" + "---|" * len(columns))
    names = NETWORKS + [key[0] for key in rows if key[0] not in NETWORKS]
    for precision in sorted({key[1] for key in rows}, reverse=True):
        for architecture in dict.fromkeys(names):
            cells = [rows.get((architecture, precision, minutes)) for minutes in columns]
            if precision == "fp32" or any(cells):
                name = architecture if precision == "fp32" else f"{architecture}, {precision}"
                print(f"| {name} | " + " | ".join(map(cell, cells)) + " |")


if __name__ == "__main__":
    main()
