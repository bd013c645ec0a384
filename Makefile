# `make run` and `make test` are all that a newcomer needs; both install what is missing first.
SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=
# The program carries Swift's runtime with it where that can be: it starts in half the time and runs where
# no Swift is installed. In a directory of its own, since tests need the runtime shared.
STATIC = $(if $(filter Linux,$(shell uname)),--static-swift-stdlib)
BUILD = $(SWIFT) build -c release $(STATIC) --scratch-path .build-program --product bpb
BINARY = $$($(BUILD) --show-bin-path)/bpb

.PHONY: all run test test-long test-pages test-neon test-without-traits build install uninstall lint format bench \
	dependencies check-links check-samples manual samples clean

all: build

run: build  ## Measure the samples with the default methods.
	$(BINARY) compare samples

build: dependencies
	$(BUILD)

test: dependencies  ## Unit, conformance and command-line tests, debug and release.
	$(SWIFT) test
	$(SWIFT) test -c release -Xswiftc -enable-testing

test-pages: dependencies  ## Pages and charts in a browser, where Chromium is installed.
	Tools/test-pages.sh

test-neon:  ## The kernels' bits on another architecture, where qemu is installed.
	Tools/test-neon.sh

test-long: dependencies  ## What takes minutes: sanitizers, fuzzing, kills, a gigabyte.
	Tools/test-long.sh

test-without-traits: dependencies  ## The build that has zlib and liblzma alone.
	Tools/test-without-traits.sh

dependencies:
	@Tools/install-dependencies.sh

install: build  ## Program, completions and man page under PREFIX.
	Tools/install.sh "$(BINARY)" "$(DESTDIR)$(PREFIX)"

uninstall:
	Tools/uninstall.sh "$(DESTDIR)$(PREFIX)"

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests Benchmarks

format:
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests Benchmarks

check-links: dependencies  ## Foundation and ICU stay out: they cost 40 MB and start-up time.
	$(SWIFT) build --product bpb
	Tools/check-links.sh "$$($(SWIFT) build --show-bin-path)/bpb"

manual: dependencies  ## Write the man page anew from the commands' help.
	Tools/make-manual.sh

check-samples: build  ## Hold the committed sizes of every method on the samples.
	$(BINARY) check --baseline samples.baseline.csv samples

samples:  ## Write the generated samples anew.
	python3 Tools/generate-samples.py

bench: build  ## Speed and ratio beside the peers, in one run.
	Benchmarks/run.sh "$(BINARY)"

clean:
	rm -rf .build .build-*
