#!/bin/sh
# What takes minutes: fifty kills, random damage, a gigabyte, every level of every library, and the tests
# under the sanitizers. Each step says what it does; the first that fails ends the script.
set -eu
cd "$(dirname "$0")/.."
: "${SWIFT:=swift}"
export BPB_FUZZ_SECONDS="${BPB_FUZZ_SECONDS:-60}"

step() { printf '\n== %s\n' "$1"; }

step "building the tests, optimised"
$SWIFT build -c release --build-tests -Xswiftc -enable-testing

step "50 kills at random moments: nothing recorded is lost, the resumed table is the same"
BPB_KILLS=50 $SWIFT test -c release --skip-build --filter 'KillTests'

step "random damage, $BPB_FUZZ_SECONDS seconds a kind; a gigabyte; every level; every method's ideal; models"
BPB_LONG_TESTS=1 $SWIFT test -c release --skip-build --filter 'EnduranceTests|CorpusCodingTests|ContextTreeBoundTests|FuzzTests'

step "pages in a browser: two widths, both colour schemes, paper, without scripts"
Tools/test-pages.sh

step "the kernels' bits on every instruction set and, under qemu, on another architecture"
Tools/test-neon.sh

# The built binary is tested above; here it is code that runs inside the test process. XCTest's own
# start leaks, and a sanitizer's backtrace says more than Swift's.
sanitize() {
  step "the tests under the $1 sanitizer"
  ASAN_OPTIONS=detect_leaks=0 SWIFT_BACKTRACE=enable=no \
    $SWIFT test --scratch-path ".build-$1" --sanitize="$1" --filter "$2"
}
sanitize address 'BPBCoreTests|ByteModelsTests|LibraryCodecsTests|ContainersTests|ModelFilesTests|CorporaTests|RunRecordsTests|MeasuringTests|ReportsTests|DamagedFileTests'
# Model files, their bodies, snapshots and ARPA texts, thousands of mutations each.
BPB_LONG_TESTS=1 sanitize address 'FuzzTests'
sanitize thread 'MeasuringTests|CorporaTests|RunRecordsTests|ContainersTests|DamagedFileTests'

step "all held"
