#!/bin/sh
# uninstall.sh PREFIX: takes away what install.sh put there.
set -eu
prefix=$1
rm -f "$prefix/bin/bpb" \
  "$prefix/share/bash-completion/completions/bpb" \
  "$prefix/share/zsh/site-functions/_bpb" \
  "$prefix/share/fish/vendor_completions.d/bpb.fish" \
  "$prefix/share/man/man1/bpb.1"
echo "Removed bpb from $prefix"
