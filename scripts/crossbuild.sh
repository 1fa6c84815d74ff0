#!/usr/bin/env bash
# Builds what needs no cgo for the three systems that shops have. Called by
# make, which exports the flags.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${GOFLAGS:?is exported by the Makefile: call this script through make}"

for target in windows/amd64 darwin/arm64 linux/amd64; do
	export CGO_ENABLED=0 GOOS=${target%/*} GOARCH=${target#*/}
	for program in frontdeskctl paysim; do
		if [ -d "cmd/$program" ]; then
			go build -ldflags "${FRONTDESK_LDFLAGS:-}" -o "build/cross/$GOOS-$GOARCH/" "./cmd/$program"
			echo "ok    $program for $GOOS/$GOARCH"
		fi
	done
done
