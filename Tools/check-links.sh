#!/bin/sh
# check-links.sh BINARY: fails if the program links all of Foundation, or ICU.
set -eu
command -v ldd >/dev/null 2>&1 || { echo "check-links: skipped, there is no ldd here"; exit 0; }
linked=$(ldd "$1")
if echo "$linked" | grep -E 'libFoundation\.so|libFoundationInternationalization|libicu|lib_FoundationICU'; then
  echo "check-links: $1 links the libraries above; import FoundationEssentials instead" >&2
  exit 1
fi
echo "check-links: neither Foundation nor ICU is linked"
