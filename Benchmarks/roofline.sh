#!/bin/sh
# roofline.sh [--kernels avx512|avx2|neon|portable] [--threads N]
# Builds and prints the kernels' products beside a core's peak; docs/benchmarks.md says what.
set -eu
cd "$(dirname "$0")/.."
swift=${SWIFT:-swift}
"$swift" build -c release --package-path Benchmarks --product roofline
exec "$("$swift" build -c release --package-path Benchmarks --show-bin-path)/roofline" "$@"
