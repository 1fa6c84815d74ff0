#!/usr/bin/env bash
# Runs every fuzz target for FUZZTIME. An input that fails is kept by Go under
# the package's testdata/fuzz and is from then on a case of every test run.
# Called by make, which exports the flags.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${GOFLAGS:?is exported by the Makefile: call this script through make}"

grep -rHo '^func Fuzz[A-Za-z0-9_]*' --include='*_test.go' . | sort | while IFS=: read -r file declaration; do
	target=${declaration#func }
	echo "$(dirname "$file") $target"
	go test -run '^$' -fuzz "^$target\$" -fuzztime "${FUZZTIME:-10s}" "$(dirname "$file")" </dev/null
done
