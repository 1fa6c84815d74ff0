#!/usr/bin/env bash
# Everything that must hold before a change lands, with a heading and the time
# for each part. It goes on after a failure, to tell all of them in one run.
# Called by make, which exports the flags.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${GOFLAGS:?is exported by the Makefile: call this script through make}"

# The race detector compiles everything under a package once more, SQLite too,
# so it looks at the packages that have goroutines of their own.
race_packages=(payment hardware app)

failures=()
times=()

# part TITLE COMMAND... runs the command under a heading.
part() {
	local title=$1 start=$SECONDS result=passed
	shift
	printf '\n=== %s\n' "$title"
	"$@" || result=FAILED
	local took=$((SECONDS - start))
	printf -- '--- %s: %s in %d min %02d s\n' "$title" "$result" $((took / 60)) $((took % 60))
	times+=("$(printf '%4d s  %s  %s' "$took" "$result" "$title")")
	if [ "$result" = FAILED ]; then
		failures+=("$title")
	fi
}

programs() {
	if ! wait "$building"; then
		cat build/programs.log
		return 1
	fi
	ls -l build/frontdesk*
}

tests() {
	go build -o build/testsum ./scripts/testsum &&
		go test -json "$@" | build/testsum
}

unit() {
	# go vet is a part of its own; here it would only run again.
	tests -vet=off -shuffle=on ./...
}

race() {
	local dir packages=()
	for dir in "${race_packages[@]}"; do
		if [ -d "$dir" ]; then
			packages+=("./$dir/...")
		fi
	done
	tests -race -vet=off "${packages[@]}"
}

mkdir -p build
part 'System packages' scripts/deps.sh test
if [ ${#failures[@]} -gt 0 ]; then
	exit 1
fi

# The window's C code keeps one core busy for minutes when the build cache is
# empty. It starts first, beside what does not need it.
scripts/build.sh >build/programs.log 2>&1 &
building=$!
trap 'kill "$building" 2>/dev/null || true' EXIT

part 'Cross-builds without cgo' scripts/crossbuild.sh
part 'The programs' programs
part 'Format, vet, staticcheck' scripts/lint.sh
part 'Unit tests, with the seeds of the fuzz targets' unit
part 'Race detector' race
part 'End-to-end tests' scripts/e2e.sh

printf '\n=== Summary\n'
printf '%s\n' "${times[@]}"
printf '%4d s  in all\n' "$SECONDS"
if [ ${#failures[@]} -gt 0 ]; then
	printf 'FAILED: %s\n' "${failures[@]}"
	exit 1
fi
echo 'All passed.'
