#!/usr/bin/env bash
# Makes the three embedded fonts again: subsets of Noto Sans CJK SC (regular and
# bold) and Noto Sans Mono CJK SC, one face a file. Fyne cannot read the
# collections (.ttc) that distributions ship, and a whole face is 13 MB.
#
# Regular and bold come out twice: as they are, for the window (.otf), and with
# TrueType outlines (.ttf), because the writer of PDF embeds no others. The
# window could use the latter, too, but Fyne takes 10 ms to read each at every
# start, against 1 ms.
#
# Needs hb-subset (Debian: libharfbuzz-bin), fontTools (Debian:
# python3-fonttools) and the fonts (Debian: fonts-noto-cjk). Usage, from
# anywhere:
#
#   assets/fonts/generate.sh [FOLDER WITH NotoSansCJK-*.ttc]
#
# The characters, kept in characters.txt for review:
#   - ASCII and Latin-1,
#   - every character of GB 2312,
#   - extra.txt: signs, and characters that GB 2312 lacks but names, streets
#     and menus use,
#   - whatever assets/lang/*.json uses beyond these.
set -euo pipefail
export LC_ALL=C.UTF-8

here=$(cd "$(dirname "$0")" && pwd)
source=${1:-/usr/share/fonts/opentype/noto}

# hb-subset takes a line that holds a lone * for "everything", so the list is
# written in long lines. Cells that GB 2312 leaves empty vanish in iconv -c.
{
  for ((i = 0x20; i <= 0x7e; i++)); do printf "\\x$(printf %x "$i")\n"; done
  for ((i = 0xa1; i <= 0xff; i++)); do printf "\\x$(printf %x "$i")\n" | iconv -f ISO-8859-1 -t UTF-8; done
  for ((row = 0xa1; row <= 0xf7; row++)); do
    for ((cell = 0xa1; cell <= 0xfe; cell++)); do
      printf "\\x$(printf %x "$row")\\x$(printf %x "$cell")\n"
    done
  done | iconv -c -f GB2312 -t UTF-8
  cat "$here/extra.txt" "$here"/../lang/*.json | grep -o .
} | grep . | sort -u | paste -sd '\0' | grep -oE '.{1,64}' >"$here/characters.txt"

# Face numbers inside the collections: 2 is Sans SC, 7 is Mono SC. Of the layout
# features only kerning stays: regional variants (locl) would double the files,
# and nothing here is set vertically.
subset() { # COLLECTION FACE OUT
  hb-subset --face-index="$2" --text-file="$here/characters.txt" --no-hinting \
    --layout-features=kern --drop-tables=VORG,vhea,vmtx --output-file="$here/$3" "$source/$1"
}
both() { # COLLECTION FACE OUT
  subset "$1" "$2" "$3.otf"
  "$here/truetype.py" "$here/$3.otf" "$here/$3.ttf"
}
both NotoSansCJK-Regular.ttc 2 NotoSansSC-Regular
both NotoSansCJK-Bold.ttc 2 NotoSansSC-Bold
subset NotoSansCJK-Regular.ttc 7 NotoSansMonoSC-Regular.otf
ls -l "$here"/*.otf "$here"/*.ttf
