#!/usr/bin/env bash
# Runs every benchmark and writes the figures, with the machine and the day,
# into build/bench.txt (readable by benchstat). What matters of them is kept in
# docs/performance.md. Called by make, which exports the flags.
#
# The benchmarks that open the window have the build tag e2e, as the end-to-end
# tests have; they find the programs in FRONTDESK_BIN.
set -euo pipefail
cd "$(dirname "$0")/.."
export GOFLAGS="${GOFLAGS:?is exported by the Makefile: call this script through make},e2e"

scripts/build.sh
export FRONTDESK_BIN=$PWD/build

packages=$( (grep -rl '^func Benchmark' --include='*_test.go' . || true) | sed 's|/[^/]*$||' | sort -u)
if [ -z "$packages" ]; then
	echo "There is no benchmark yet." >&2
	exit 1
fi

with_display=()
if [ "$(uname -s)" = Linux ]; then
	with_display=(env -u WAYLAND_DISPLAY xvfb-run -a -s '-screen 0 1280x800x24')
fi

machine() {
	echo "date: $(date +%Y-%m-%d)"
	echo "commit: $(git describe --always --dirty --exclude='*' 2>/dev/null || echo unknown)"
	echo "go: $(go env GOVERSION)"
	echo "system: $(uname -srm)"
	if [ -r /proc/cpuinfo ]; then
		echo "processor: $(nproc) x $(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -n 1)"
		echo "memory: $(awk '/^MemTotal/ {printf "%.0f GiB", $2 / 1048576}' /proc/meminfo)"
	fi
}

# One package at a time: two at once would measure each other.
{
	machine
	# shellcheck disable=SC2086 # one word for each package
	${with_display[@]+"${with_display[@]}"} go test -run '^$' -bench . -benchmem -count 1 -p 1 -timeout 60m $packages
} | tee build/bench.txt
