#!/bin/sh
# Renders pages as readers see them: two widths, both colour schemes, with and without scripts, and on paper.
# Needs Chromium and Python; without them it says so and ends well.
set -eu
cd "$(dirname "$0")/.."
: "${SWIFT:=swift}"
chromium=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)}
if [ -z "$chromium" ] || ! command -v python3 >/dev/null; then
  echo "test-pages: skipped, as Chromium and Python are not both installed"
  exit 0
fi
$SWIFT build --product bpb
bpb="$($SWIFT build --show-bin-path)/bpb"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Files whose names would do harm if they became markup.
mkdir "$scratch/corpus"
for name in '<script>alert(1)<_script>.txt' '"quoted" & more.txt' ']]>.txt' 'a.txt' 'שלום.txt' '👩.txt'; do
  cat README.md docs/guide.md >"$scratch/corpus/$name"
done
cd "$scratch"
"$bpb" compare corpus -m zlib:9,zlib:1,xz:0,ngram:1 --html comparison.html --svg charts --vega charts \
  --records run.jsonl >/dev/null
"$bpb" compare corpus -m store --no-speed --html plain.html --records run.jsonl --solid >/dev/null
"$bpb" report run.jsonl --html several.html >/dev/null
"$bpb" scale corpus -m zlib:9,ngram:1,ngram:2 --html scale.html --svg charts --vega charts >/dev/null
"$bpb" scale --synth markov:entropy=1.5 --synth-bytes 200kB -m xz:0,ngram:2 --html source.html >/dev/null
"$bpb" train neural:3k corpus -o one.safetensors --steps 80 --log log.jsonl >/dev/null
"$bpb" report log.jsonl --html training.html >/dev/null
"$bpb" train gru:width=8 corpus -o two.safetensors --steps 80 --log log.jsonl >/dev/null
"$bpb" report log.jsonl --html trainings.html >/dev/null
"$bpb" explain corpus/a.txt -m ngram:3 --html explained.html >/dev/null
"$bpb" explain corpus/a.txt -m ngram:1,ngram:4 --html difference.html >/dev/null
python3 "$OLDPWD/Tools/test-pages.py" "$chromium" "${BPB_SCREENSHOTS:-}" \
  comparison.html plain.html several.html scale.html source.html training.html trainings.html explained.html \
  difference.html \
  charts
