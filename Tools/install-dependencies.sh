#!/bin/sh
# Installs the compression libraries' headers where they are missing, or says what to install.
# BPB_TRAITS=none asks for the required ones alone.
set -eu

required="zlib.h:zlib1g-dev lzma.h:liblzma-dev"
optional="bzlib.h:libbz2-dev zstd.h:libzstd-dev brotli/encode.h:libbrotli-dev"
[ "${BPB_TRAITS:-all}" = none ] && optional=""

has_header() {
  for compiler in "${CC:-cc}" clang gcc; do
    command -v "$compiler" >/dev/null 2>&1 || continue
    echo "#include <$1>" | "$compiler" -E -x c -o /dev/null - >/dev/null 2>&1
    return
  done
  [ -e "/usr/include/$1" ] || [ -e "/usr/local/include/$1" ]
}

missing=""
for pair in $required $optional; do
  has_header "${pair%%:*}" || missing="$missing ${pair#*:}"
done

if ! command -v "${SWIFT:-swift}" >/dev/null 2>&1; then
  echo "bpb needs Swift 6.2 or later: see https://www.swift.org/install" >&2
  exit 1
fi

[ -z "$missing" ] && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  echo "Please install the headers of these libraries (Debian's names):$missing" >&2
  echo "With Homebrew: brew install zlib xz bzip2 zstd brotli" >&2
  echo "Without bzip2, zstd and brotli: swift build --disable-default-traits" >&2
  exit 1
fi

as_root=""
if [ "$(id -u)" != 0 ]; then
  as_root=sudo
  command -v sudo >/dev/null 2>&1 || {
    echo "Please run as root: apt-get install$missing" >&2
    exit 1
  }
fi
echo "Installing$missing"
# Word splitting is wanted here: $missing is a list.
# shellcheck disable=SC2086
{
  $as_root apt-get install -y --no-install-recommends $missing ||
    { $as_root apt-get update && $as_root apt-get install -y --no-install-recommends $missing; }
}
