#!/usr/bin/env bash
# Draws every screen in every state, both languages and both themes, as PNG
# files under build/screens. Fyne's test driver draws them: no display, no GPU.
# The tests that draw find the folder in FRONTDESK_SCREENS. Called by make,
# which exports the flags.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${GOFLAGS:?is exported by the Makefile: call this script through make}"

export FRONTDESK_SCREENS=$PWD/build/screens
rm -rf "$FRONTDESK_SCREENS"
mkdir -p "$FRONTDESK_SCREENS"
go test -count=1 -run '^TestScreens' ./ui/...
drawn=$(find "$FRONTDESK_SCREENS" -name '*.png' | wc -l)
if [ "$drawn" -eq 0 ]; then
	echo "No screen was drawn: no TestScreens in ui/ writes to FRONTDESK_SCREENS." >&2
	exit 1
fi
echo "$drawn screens in build/screens"
