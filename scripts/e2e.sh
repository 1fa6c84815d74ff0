#!/usr/bin/env bash
# The end-to-end tests: the real programs, a real window, real keys. They have
# the build tag e2e, and find
#
#   FRONTDESK_BIN        the folder of the programs, build/
#   FRONTDESK_ARTIFACTS  the folder for screenshots and logs, build/e2e/
#   DISPLAY              a virtual display of 1280 x 800 of their own
#
# A test that cannot run is a failure here, never a quiet skip. Called by make,
# which exports the flags.
set -euo pipefail
cd "$(dirname "$0")/.."
export GOFLAGS="${GOFLAGS:?is exported by the Makefile: call this script through make},e2e"

packages=$( (grep -rlE '^//go:build.*\be2e\b' --include='*_test.go' . || true) | sed 's|/[^/]*$||' | sort -u)
if [ -z "$packages" ]; then
	echo "There is no end-to-end test: no *_test.go has the build tag e2e."
	exit 0
fi
if [ "$(uname -s)" != Linux ]; then
	echo "NOT RUN: the end-to-end tests need Xvfb and xdotool, and so Linux. These packages stay untested here:" "$packages"
	exit 0
fi
for tool in xvfb-run xdotool import xwininfo; do
	if ! command -v "$tool" >/dev/null; then
		echo "The end-to-end tests cannot run without $tool: run scripts/deps.sh test" >&2
		exit 1
	fi
done
if [ ! -x build/frontdesk ]; then
	echo "The end-to-end tests cannot run without build/frontdesk: run make build" >&2
	exit 1
fi

export FRONTDESK_BIN=$PWD/build FRONTDESK_ARTIFACTS=$PWD/build/e2e
rm -rf "$FRONTDESK_ARTIFACTS"
mkdir -p "$FRONTDESK_ARTIFACTS"
go build -o build/testsum ./scripts/testsum

# One package at a time: they share the display and its focus.
# shellcheck disable=SC2086 # one word for each package
env -u WAYLAND_DISPLAY xvfb-run -a -s '-screen 0 1280x800x24' \
	go test -json -count=1 -p 1 -vet=off -run '^Test' -timeout 10m $packages | build/testsum -strict
