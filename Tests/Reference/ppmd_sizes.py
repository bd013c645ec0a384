#!/usr/bin/env python3
"""Coded sizes of 7-Zip's PPMd (variant H), which shares no code with ours, for comparison in tests.

    ppmd_sizes.py ROOT PATH... > ppmd_sizes.tsv     path, order, bytes, packed bytes (tab-separated)

Needs the program 7z. The committed table is made by

    ppmd_sizes.py samples prose-en.txt prose-zh.txt page.html source-code.c > ppmd_sizes.tsv
"""

import os
import re
import subprocess
import sys
import tempfile


def packed(path, order):
    """Bytes of the coded stream alone, without the archive's headers."""
    with tempfile.TemporaryDirectory() as directory:
        archive = os.path.join(directory, "archive.7z")
        method = f"-m0=ppmd:o={order}:mem=16m"
        subprocess.run(["7z", "a", method, archive, path], check=True, stdout=subprocess.DEVNULL)
        listed = subprocess.run(["7z", "l", "-slt", archive], capture_output=True, text=True)
        return int(re.search(r"Packed Size = (\d+)", listed.stdout).group(1))


print("path", "order", "bytes", "packed_bytes", sep="\t")
for name in sys.argv[2:]:
    path = os.path.join(sys.argv[1], name)
    for order in (2, 4, 6):
        print(name, order, os.path.getsize(path), packed(path, order), sep="\t")
