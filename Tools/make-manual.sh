#!/bin/sh
# Writes docs/man/bpb.1 from the commands' own help. The date is that of the changelog's last release,
# so that the page changes only when the commands do.
set -eu
date=$(sed -n 's/^## .*(\([0-9-]*\)).*/\1/p' CHANGELOG.md | head -n 1)
swift package generate-manual --configuration debug --date "${date:-2026-11-21}" >/dev/null
page=$(find .build/plugins/GenerateManual/outputs -name bpb.1 | head -n 1)
{
  # The generator knows no exit codes; these are the command's own.
  sed '/^\.Ex -std/,$d' "$page"
  cat <<'EXIT'
.Bl -tag -width 6n
.It 0
All is well.
.It 1
A method failed, or decoded to other bytes.
.It 2
check: a size regressed.
.It 4
check --strict: a size improved.
.It 5
check: there is no baseline.
.It 6
check: inputs changed.
.It 64
The command line is wrong.
.It 65
A file is damaged.
.It 66
An input is missing or cannot be read.
.It 74
Reading or writing failed.
.It 130
Stopped by the user.
.El
EXIT
} >docs/man/bpb.1
echo "wrote docs/man/bpb.1"
