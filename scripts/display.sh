#!/usr/bin/env bash
# Asked before the long build: can a window be opened here at all?
set -euo pipefail

if [ "$(uname -s)" = Linux ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
	echo "There is no display here (DISPLAY and WAYLAND_DISPLAY are empty): run it on a desktop, or try 'make deps && xvfb-run -a make run', 'make test' or 'make screens'." >&2
	exit 1
fi
