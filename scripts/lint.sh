#!/usr/bin/env bash
# gofmt, go vet and staticcheck over everything, the end-to-end tests included.
# Called by make, which exports the flags.
set -euo pipefail
cd "$(dirname "$0")/.."
export GOFLAGS="${GOFLAGS:?is exported by the Makefile: call this script through make},e2e"

unformatted=$(gofmt -l .)
if [ -n "$unformatted" ]; then
	printf 'These files are not formatted; run gofmt -w on them:\n%s\n' "$unformatted" >&2
	exit 1
fi
go vet ./...
go tool staticcheck ./...
