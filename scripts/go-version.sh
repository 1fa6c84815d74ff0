#!/usr/bin/env bash
# Says in one sentence that Go is missing or too old, before anything fails in
# twenty. The version that is needed stands in go.mod and nowhere else.
set -euo pipefail
cd "$(dirname "$0")/.."

need=$(sed -n 's/^go \([0-9]*\.[0-9]*\).*/\1/p' go.mod)
if ! command -v go >/dev/null; then
	echo "Frontdesk needs Go $need or newer, and there is no 'go' on the PATH. Install it from https://go.dev/dl/ and try again." >&2
	exit 1
fi

# A Go that can fetch the version of go.mod by itself answers with that one.
have=$(go env GOVERSION 2>/dev/null) || have=$(GOTOOLCHAIN=local go version 2>/dev/null | awk '{print $3}') || have=
have=${have#go}
oldest=$(printf '%s\n%s\n' "$need" "${have:-0}" | sort -t. -k1,1n -k2,2n | head -n 1)
if [ "$oldest" != "$need" ]; then
	echo "Frontdesk needs Go $need or newer, and this is Go ${have:-of an unknown version} ($(command -v go)). Install a newer one from https://go.dev/dl/ and try again." >&2
	exit 1
fi
