#!/bin/sh
# run.sh BPB [--only NAME,…] [--repetitions N] [--report-only]
# Builds the benchmarks and measures the program BPB; docs/benchmarks.md says what.
set -eu
case $1 in /*) bpb=$1 ;; *) bpb=$PWD/$1 ;; esac
shift
cd "$(dirname "$0")/.."
swift=${SWIFT:-swift}
"$swift" build -c release --package-path Benchmarks
bench=$("$swift" build -c release --package-path Benchmarks --show-bin-path)/bench
exec "$bench" --bpb "$bpb" "$@"
