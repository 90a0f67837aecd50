"""Small font files, right and wrong, made for a test."""

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables import ttProgram

YI = "ꀋꁌ"
EMPTY, BOXED, FLAT, COPIED, HINTED, WIDTHLESS = "ꂀ", "ꂁ", "ꂂ", "ꂃ", "ꂄ", "ꂅ"
ALIKE = "".join(map(chr, range(0xA100, 0xA110)))
"""Letters of a script for which the font has one picture."""

UIGHUR = "تۇر"
TIBETAN, MONGOLIAN, POLLARD = "ཀྲར", "ᠮᠣᠩ", "\U00016f08\U00016f60"
JOINING = UIGHUR + TIBETAN + MONGOLIAN + POLLARD
"""Letters and marks that join or stack: a font has them, and set one by one they are not the word."""

RARE = chr(0x2EBF0)
"""A Chinese character of Unicode's extension I, which came after our fonts."""


def _drawn(*points: tuple[int, int]):
    pen = TTGlyphPen(None)
    pen.moveTo(points[0])
    for point in points[1:]:
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()


def _hinted(glyph):
    """The same with an instruction for the screen, so that its bytes are others."""
    program = ttProgram.Program()
    program.fromBytecode(b"\x4b")
    glyph.program = program
    return glyph


def _composed(of: str):
    pen = TTGlyphPen({of: None})
    pen.addComponent(of, (1, 0, 0, 1, 0, 0))
    return pen.glyph()


def made_font(file: Path, *, embedding: int = 0, outlines: bool = True) -> Path:
    """Write a font that draws Yi, a rare character, ASCII and letters that join, and promises some more."""
    ascii_letters = "".join(map(chr, range(0x21, 0x7F)))
    box = _drawn((50, 0), (50, 700), (450, 700), (450, 0))
    letter = _drawn((100, 0), (250, 700), (400, 0))
    glyphs = {".notdef": box, "letter": letter, "empty": TTGlyphPen(None).glyph(), "boxed": box}
    glyphs |= {
        "flat": _drawn((0, 0), (500, 0)),
        "copied": _composed("boxed"),
        "composed": _composed("letter"),
        "hinted": _hinted(_drawn((50, 0), (50, 700), (450, 700), (450, 0))),
        "widthless": _drawn((100, 0), (250, 690), (400, 0)),
        "alike": _drawn((90, 0), (250, 700), (400, 0)),
    }
    cmap = {ord(one): "letter" for one in YI[0] + RARE + ascii_letters} | {ord(YI[1]): "composed"}
    cmap |= {
        ord(EMPTY): "empty",
        ord(BOXED): "boxed",
        ord(FLAT): "flat",
        ord(COPIED): "copied",
        ord(HINTED): "hinted",
        ord(WIDTHLESS): "widthless",
        0x20: "empty",
    }
    cmap |= dict.fromkeys(map(ord, ALIKE), "alike")
    for place, one in enumerate(JOINING):
        glyphs[f"joining{place}"] = _drawn((80 + place, 0), (250, 650), (400, 0))
        cmap[ord(one)] = f"joining{place}"
    builder = FontBuilder(1000, isTTF=outlines)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap(cmap)
    if outlines:
        builder.setupGlyf(glyphs)
    else:
        shapes = {name: T2CharStringPen(500, None).getCharString() for name in glyphs}
        builder.setupCFF("Made", {}, shapes, {})
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (500, 0)) | {"widthless": (0, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Made", "styleName": "Regular", "psName": "Made-Regular"})
    builder.setupOS2(fsType=embedding)
    builder.setupPost()
    builder.save(file)
    return file
