#!/usr/bin/env bash
# The system packages that Go alone does not bring.
#
#   scripts/deps.sh build    what the window needs to compile
#   scripts/deps.sh test     that, and what the end-to-end tests need
#
# On Debian and Ubuntu, what is missing is installed, and nothing else. On other
# systems the script prints the command that does it. It is quick and silent
# when nothing is missing.
set -euo pipefail

profile=${1:-}
case $profile in
build | test) ;;
*)
	echo "usage: scripts/deps.sh build|test" >&2
	exit 2
	;;
esac

# Each system's packages; the reasons stand in the sentences below.
debian_build="gcc libc6-dev pkg-config libgl1-mesa-dev xorg-dev ca-certificates"
debian_test="xvfb xauth xdotool imagemagick x11-utils libgl1-mesa-dri"
fedora_build="gcc pkgconf-pkg-config mesa-libGL-devel libX11-devel libXcursor-devel libXrandr-devel libXinerama-devel libXi-devel libXxf86vm-devel"
fedora_test="xorg-x11-server-Xvfb xorg-x11-xauth xdotool ImageMagick xprop xwininfo mesa-dri-drivers"
arch_build="gcc pkgconf mesa libx11 libxcursor libxrandr libxinerama libxi libxxf86vm"
arch_test="xorg-server-xvfb xorg-xauth xdotool imagemagick xorg-xprop xorg-xwininfo"

why="the window's OpenGL and X11 code needs a C compiler and headers"
if [ "$profile" = test ]; then
	why="$why; the end-to-end tests drive a real window on a virtual display"
fi

# wanted BUILD TEST prints the packages for this profile, one a line.
wanted() {
	xargs -n 1 <<<"$1"
	if [ "$profile" = test ]; then
		xargs -n 1 <<<"$2"
	fi
}

# tell COMMAND says what a person has to run, and stops.
tell() {
	echo "Missing system packages ($why). Please run: $1" >&2
	exit 1
}

missing_debian() {
	local package
	for package in $(wanted "$debian_build" "$debian_test"); do
		if [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" != installed ]; then
			echo "$package"
		fi
	done
}

debian() {
	local missing as_root=()
	mapfile -t missing < <(missing_debian)
	if [ ${#missing[@]} -eq 0 ]; then
		return
	fi

	local by_hand="sudo apt-get install --no-install-recommends ${missing[*]}"
	if [ "$(id -u)" != 0 ]; then
		if ! command -v sudo >/dev/null; then
			tell "${by_hand#sudo } (as root)"
		fi
		as_root=(sudo)
		if [ ! -t 0 ]; then # nobody is there to type a password
			as_root=(sudo -n)
		fi
	fi
	echo "Installing ${missing[*]}: $why."

	# Another apt-get, such as the daily upgrade, may hold the lock for a while.
	local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0)
	local install=("${apt[@]}" install -y --no-install-recommends "${missing[@]}")
	# The package lists are fetched only where they are absent or out of date.
	if ! "${install[@]}" >/dev/null 2>&1; then
		"${apt[@]}" update >/dev/null || tell "sudo apt-get update && $by_hand"
		"${install[@]}" >/dev/null || tell "$by_hand"
	fi
}

fedora() {
	local missing
	mapfile -t missing < <(wanted "$fedora_build" "$fedora_test" | while read -r package; do
		rpm -q --quiet --whatprovides "$package" || echo "$package"
	done)
	if [ ${#missing[@]} -gt 0 ]; then
		tell "sudo dnf install ${missing[*]}"
	fi
}

arch() {
	local missing
	mapfile -t missing < <(wanted "$arch_build" "$arch_test" | xargs pacman -T || true)
	if [ ${#missing[@]} -gt 0 ]; then
		tell "sudo pacman -S --needed ${missing[*]}"
	fi
}

linux() {
	if command -v apt-get >/dev/null; then
		debian
	elif command -v dnf >/dev/null; then
		fedora
	elif command -v pacman >/dev/null; then
		arch
	elif ! pkg-config --exists gl x11 xcursor xrandr xinerama xi xxf86vm 2>/dev/null || ! command -v gcc >/dev/null; then
		echo "Missing system packages ($why). On Debian they are called: $(wanted "$debian_build" "$debian_test" | xargs). Please install the same on this system." >&2
		exit 1
	fi
}

case $(uname -s) in
Linux)
	linux
	;;
Darwin)
	if ! xcode-select -p >/dev/null 2>&1; then
		tell "xcode-select --install"
	fi
	;;
MINGW* | MSYS* | CYGWIN*)
	if ! command -v gcc >/dev/null; then
		tell "winget install MSYS2.MSYS2, then in its UCRT64 shell: pacman -S --needed make mingw-w64-ucrt-x86_64-gcc"
	fi
	;;
*)
	echo "Frontdesk is built on Linux, macOS and Windows; $(uname -s) is not known to this script." >&2
	;;
esac
