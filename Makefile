# Everything that a person or the CI does by name. `make` alone prints the list.
#
# There is ONE set of Go flags, exported here and used by every command below:
# the window's C code takes minutes to compile, and any other set of flags
# would compile it again. For work by hand: eval "$(make env)".

SHELL := bash
.NOTPARALLEL:
.DEFAULT_GOAL := help

# x11: one display protocol on Linux, it also runs under Wayland's XWayland.
# no_animations: a blinking caret would repaint the whole window 60 times a
# second. no_emoji: 4 MB less, the program shows none.
TAGS := no_animations,no_emoji
ifeq ($(shell uname -s),Linux)
TAGS := x11,$(TAGS)
endif
# buildvcs=false: a clone owned by somebody else must build, too; the revision
# comes in through LDFLAGS. The tags stand last: the scripts append to them.
export GOFLAGS := -buildvcs=false -tags=$(TAGS)

VERSION := $(shell sed -n 's/^ *Version *= *"\(.*\)"/\1/p' FyneApp.toml)
REVISION := $(shell git describe --always --dirty --exclude='*' 2>/dev/null || echo unknown)
export FRONTDESK_LDFLAGS := -X main.version=$(VERSION) -X main.revision=$(REVISION)

FUZZTIME ?= 10s

.PHONY: help run test build lint screens bench fuzz clean deps env

help: ## print this list
	@echo 'Frontdesk 前台收银'
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' $(MAKEFILE_LIST) | expand -t 18

run: ## build, and open the window in practice mode: no account, no device, no money
	@scripts/go-version.sh
	@scripts/display.sh
	@scripts/deps.sh build
	@scripts/build.sh frontdesk
	@build/frontdesk$$(go env GOEXE) --practice

test: ## everything that must hold: lint, unit, race, cross-builds, end to end
	@scripts/go-version.sh
	@scripts/test.sh

build: ## build/frontdesk, build/frontdeskctl, build/paysim
	@scripts/go-version.sh
	@scripts/deps.sh build
	@scripts/build.sh

lint: ## gofmt, go vet, staticcheck
	@scripts/go-version.sh
	@scripts/deps.sh build
	@scripts/lint.sh

screens: ## draw every screen into build/screens (no display needed)
	@scripts/go-version.sh
	@scripts/screens.sh

bench: ## measure, into build/bench.txt
	@scripts/go-version.sh
	@scripts/deps.sh test
	@scripts/bench.sh

fuzz: ## every fuzz target for FUZZTIME (10s)
	@scripts/go-version.sh
	@FUZZTIME=$(FUZZTIME) scripts/fuzz.sh

deps: ## install the system packages for building and testing
	@scripts/deps.sh test

env: ## print the Go flags for work by hand: eval "$(make env)"
	@echo "export GOFLAGS='$(GOFLAGS)'"

clean: ## remove build/
	rm -rf build
