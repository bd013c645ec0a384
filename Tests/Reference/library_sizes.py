#!/usr/bin/env python3
"""Coded sizes by implementations that share no code with ours, for comparison in tests.

    library_sizes.py ROOT [PATH...]     prints path, method, version, bytes (tab-separated)

Paths are relative to ROOT; directories are walked; without any, all of ROOT. zlib, xz and bzip2 are
Python's own modules; zstd and brotli are the tools of that name, and left out where there are none.
A version of "-" is not known. The committed table is made by

    library_sizes.py CORPORA calgary canterbury enwik/enwik6 > library_sizes.tsv
"""

import bz2
import lzma
import os
import re
import shutil
import subprocess
import sys
import zlib


def tool_version(tool, pattern):
    """What `tool --version` says; "-" without the tool."""
    if not shutil.which(tool):
        return "-"
    said = subprocess.run([tool, "--version"], capture_output=True, text=True).stdout
    found = re.search(pattern, said)
    return found.group(1) if found else "-"


def xz(level):
    preset = int(level.rstrip("e")) | (lzma.PRESET_EXTREME if level.endswith("e") else 0)
    return lambda data, path: lzma.compress(data, lzma.FORMAT_XZ, lzma.CHECK_CRC64, preset)


def tool(*command):
    return lambda data, path: subprocess.run(
        [*command, "-c", path], stdout=subprocess.PIPE, check=True).stdout


def methods():
    """Name, version and function of every method."""
    for level in (1, 6, 9):
        yield f"zlib:{level}", zlib.ZLIB_RUNTIME_VERSION, lambda data, path, l=level: zlib.compress(data, l)
    version = tool_version("xz", r"liblzma (\S+)")
    for level in ("0", "6", "9e"):
        yield f"xz:{level}", version, xz(level)
    for level in (1, 9):
        yield f"bzip2:{level}", "-", lambda data, path, l=level: bz2.compress(data, l)
    if shutil.which("zstd"):
        version = tool_version("zstd", r"v(\d[\d.]*)")
        for level in (3, 19):
            yield f"zstd:{level}", version, tool("zstd", "--single-thread", f"-{level}")
        yield "zstd:3:long=20", version, tool("zstd", "--single-thread", "-3", "--long=20")
    if shutil.which("brotli"):
        version = tool_version("brotli", r"brotli (\S+)")
        for level in (1, 5, 9):
            yield f"brotli:{level}", version, tool("brotli", "-w", "24", "-q", str(level))


def files(root, paths):
    """Files under `paths`, relative to `root`, in order."""
    for path in paths or ["."]:
        full = os.path.join(root, path)
        if os.path.isdir(full):
            inner = sorted(os.path.join(path, name) for name in os.listdir(full))
            yield from files(root, [os.path.normpath(p) for p in inner])
        else:
            yield path


def main():
    root, paths = sys.argv[1], sys.argv[2:]
    print("path\tmethod\tversion\tbytes")
    for path in files(root, paths):
        full = os.path.join(root, path)
        with open(full, "rb") as file:
            data = file.read()
        for name, version, encode in methods():
            print(path, name, version, len(encode(data, full)), sep="\t")


main()
