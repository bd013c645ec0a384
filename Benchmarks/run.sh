#!/bin/sh
# run.sh [--only NAME,…] [--repetitions N] [--report-only]
# Builds bpb and the benchmarks and runs them; docs/benchmarks.md says what they measure.
set -eu
cd "$(dirname "$0")/.."
swift=${SWIFT:-swift}
"$swift" build -c release --product bpb
"$swift" build -c release --package-path Benchmarks
bpb=$("$swift" build -c release --product bpb --show-bin-path)/bpb
bench=$("$swift" build -c release --package-path Benchmarks --show-bin-path)/bench
exec "$bench" --bpb "$bpb" "$@"
