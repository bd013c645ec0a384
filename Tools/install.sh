#!/bin/sh
# install.sh BINARY PREFIX: the program, completions for three shells, and the man page.
set -eu
binary=$1
prefix=$2

put() { # put MODE DESTINATION, from standard input
  mkdir -p "$(dirname "$2")"
  cat >"$2.tmp"
  chmod "$1" "$2.tmp"
  mv "$2.tmp" "$2"
}

put 755 "$prefix/bin/bpb" <"$binary"
# Symbols are two thirds of it, and of no use there.
strip "$prefix/bin/bpb" 2>/dev/null || true
"$binary" --generate-completion-script bash | put 644 "$prefix/share/bash-completion/completions/bpb"
"$binary" --generate-completion-script zsh | put 644 "$prefix/share/zsh/site-functions/_bpb"
"$binary" --generate-completion-script fish | put 644 "$prefix/share/fish/vendor_completions.d/bpb.fish"
put 644 "$prefix/share/man/man1/bpb.1" <docs/man/bpb.1
echo "Installed bpb, its completions and its man page under $prefix"
