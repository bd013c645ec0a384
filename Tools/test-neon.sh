#!/bin/sh
# The kernels' bits on a processor of another architecture: their C code is built for aarch64 and runs under
# qemu, and a hash of every kernel's results must be the one that each instruction set of this machine gives.
# Skips politely where qemu or the cross headers are missing
# (apt-get install qemu-user gcc-aarch64-linux-gnu libc6-dev-arm64-cross).
set -eu
cd "$(dirname "$0")/.."
: "${CLANG:=clang}"

for tool in "$CLANG" qemu-aarch64 aarch64-linux-gnu-gcc; do
  command -v "$tool" >/dev/null || { echo "skipped: no $tool here"; exit 0; }
done

build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT

kernels_check() {  # OUTPUT OPTION...: builds the check with the compiler's options.
  output=$1
  shift
  "$CLANG" -O2 -Wall -Wextra -Werror -ISources/CKernels/include "$@" \
    Sources/CKernels/*.c Tests/Reference/kernels_check.c -o "$output"
}
kernels_check "$build/here"
kernels_check "$build/aarch64" --target=aarch64-linux-gnu -isystem /usr/aarch64-linux-gnu/include \
  --ld-path="$(command -v aarch64-linux-gnu-ld)" -static

hash_of() {  # NAME COMMAND...: prints how the kernels were run; 3 means that this processor lacks them.
  name=$1
  shift
  code=0
  "$@" "${name#*-}" >"$build/$name" || code=$?
  case $code in
    0) names="$names $name" ;;
    3) echo "not here: $name" ;;
    *) echo "failed: $name, exit code $code"; exit 1 ;;
  esac
}
names=
for isa in portable avx2 avx512; do hash_of "here-$isa" "$build/here"; done
for isa in portable neon; do hash_of "aarch64-$isa" qemu-aarch64 "$build/aarch64"; done

case $names in *aarch64-neon*) ;; *) echo "failed: the aarch64 build has no neon kernels"; exit 1 ;; esac
for name in $names; do
  diff "$build/here-portable" "$build/$name" >"$build/difference" || {
    echo "$name gives other bits than here-portable:"
    cat "$build/difference"
    exit 1
  }
done
echo "the same bits:$names"
