#!/usr/bin/env python3
"""Turns the outlines of an OpenType face (CFF) into TrueType ones, which the
writer of PDF can take a subset of.

Usage: truetype.py IN.otf OUT.ttf
Needs fontTools with cu2qu (Debian: python3-fonttools)."""
import sys

from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

# How far a curve may move, in thousandths of the em: nothing that can be seen.
MAX_ERROR = 1.0


def outlines(font):
    drawn = font.getGlyphSet()
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(drawn)
        drawn[name].draw(Cu2QuPen(pen, MAX_ERROR, reverse_direction=True))
        yield name, pen.glyph()


def main(source, target):
    font = TTFont(source)
    glyphs = dict(outlines(font))
    font["loca"] = newTable("loca")
    table = font["glyf"] = newTable("glyf")
    table.glyphOrder, table.glyphs = font.getGlyphOrder(), glyphs
    del font["CFF "]
    table.compile(font)
    for name, glyph in glyphs.items():
        if hasattr(glyph, "xMin"):
            font["hmtx"][name] = (font["hmtx"][name][0], glyph.xMin)
    limits = font["maxp"]
    limits.tableVersion = 0x00010000
    limits.maxZones = 1
    for field in ("maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
                  "maxStackElements", "maxSizeOfInstructions", "maxComponentElements"):
        setattr(limits, field, 0)
    limits.compile(font)
    font["post"].formatType = 3.0
    font.sfntVersion = "\000\001\000\000"
    font.save(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
