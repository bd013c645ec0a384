#!/bin/sh
# Builds and tests with zlib and liblzma alone. Where this may be done (as root, on Linux), the headers of
# the optional libraries are hidden meanwhile, so that their absence is proved and not assumed.
set -eu

if [ "${BPB_HEADERS_HIDDEN:-}" = "" ] && [ "$(uname)" = Linux ] && unshare --mount true 2>/dev/null; then
  BPB_HEADERS_HIDDEN=1 exec unshare --mount "$0"
fi
if [ "${BPB_HEADERS_HIDDEN:-}" = 1 ]; then
  for header in bzlib.h zstd.h zstd_errors.h brotli/encode.h brotli/decode.h; do
    [ ! -e "/usr/include/$header" ] || mount --bind /dev/null "/usr/include/$header"
  done
  echo "The headers of bzip2, zstd and brotli are hidden"
fi

swift=${SWIFT:-swift}
options="--disable-default-traits --scratch-path .build-traitless"
# Word splitting is wanted here: $options is a list.
# shellcheck disable=SC2086
{
  $swift build $options --build-tests
  $swift test $options --skip-build
  binary=$($swift build $options --show-bin-path)/bpb
}
if command -v ldd >/dev/null 2>&1 && ldd "$binary" | grep -E 'libbz2|libzstd|libbrotli'; then
  echo "the libraries above are linked although their traits are off" >&2
  exit 1
fi
"$binary" compare samples --no-speed
