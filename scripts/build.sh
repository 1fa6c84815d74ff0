#!/usr/bin/env bash
# Builds the programs named (all of cmd/ where none is named) into build/.
# Called by make, which exports the flags.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${GOFLAGS:?is exported by the Makefile: call this script through make}"

if [ $# -eq 0 ]; then
	for main in cmd/*/main.go; do
		set -- "$@" "$(basename "$(dirname "$main")")"
	done
fi

# Windows opens a console window beside every program that is not linked so.
window_flags=
if [ "$(go env GOOS)" = windows ]; then
	window_flags=-H=windowsgui
fi

mkdir -p build
for program in "$@"; do
	output=build/$program$(go env GOEXE)
	flags=$FRONTDESK_LDFLAGS
	if [ "$program" = frontdesk ]; then
		flags="$flags $window_flags"
		if [ ! -e "$output" ]; then
			echo "Building the window. The first time its C code takes a few minutes ..."
		fi
	fi
	go build -ldflags "$flags" -o "$output" "./cmd/$program"
done
