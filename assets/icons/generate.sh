#!/usr/bin/env bash
# Draws app.png, the program's icon for FyneApp.toml and installers, from
# app.svg. Needs ImageMagick (Debian: imagemagick). The other icons are
# embedded as they are and need no making.
set -euo pipefail
cd "$(dirname "$0")"
convert -background none -density 384 app.svg -resize 512x512 -depth 8 -strip -define png:compression-level=9 app.png
