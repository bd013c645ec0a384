# `make run` and `make test` are all that a newcomer needs; both install what is missing first.
SWIFT ?= swift
PREFIX ?= /usr/local
DESTDIR ?=
BUILD = $(SWIFT) build -c release --product bpb
BINARY = $$($(BUILD) --show-bin-path)/bpb

.PHONY: all run test test-long test-without-traits build install uninstall lint format bench \
	dependencies check-links manual samples clean

all: build

run: build  ## Measure the samples with the default methods.
	$(BINARY) compare samples

build: dependencies
	$(BUILD)

test: dependencies  ## Unit, conformance and command-line tests, debug and release.
	$(SWIFT) test
	$(SWIFT) test -c release -Xswiftc -enable-testing

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

check-links: build  ## Foundation and ICU stay out: they cost 40 MB and start-up time.
	Tools/check-links.sh "$(BINARY)"

manual: dependencies  ## Write the man page anew from the commands' help.
	Tools/make-manual.sh

samples:  ## Write the generated samples anew.
	python3 Tools/generate-samples.py

bench: build  ## Speed and ratio beside the peers, in one run.
	Benchmarks/run.sh

clean:
	rm -rf .build .build-*
