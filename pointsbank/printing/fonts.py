"""Fonts for every name of the village: checked character by character, cut to what is printed, embedded."""

import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from importlib.resources import files
from itertools import chain, groupby
from pathlib import Path
from xml.sax.saxutils import escape

from fontTools.ttLib import TTLibError
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFError

from pointsbank.errors import Invalid, Refused
from pointsbank.printing.glyphs import BOLD, REGULAR, covered, cut_faces
from pointsbank.printing.typefaces import give_back, take

_ASCII = frozenset(range(0x20, 0x7F))
_PACK = Path(str(files("justmytype_intl_cjk"))) / "fonts" / "ofl"
_NOTO_SANS_SC = _PACK / "notosanssc" / "NotoSansSC[wght].ttf"
_NOTO_OTHERS = (
    _PACK / "notosanstc" / "NotoSansTC[wght].ttf",
    _PACK / "notosansjp" / "NotoSansJP[wght].ttf",
    _PACK / "notosanskr" / "NotoSansKR[wght].ttf",
)


class GlyphsMissing(Refused):
    """No font at hand can draw some of the names: better no print than one with holes in it."""

    sentence = "现有字体里没有这些字：{characters}（出现在：{texts}）。请换一种写法重新导入，再打印。"
    fixed_by = "管理员"


class FontUnusable(Invalid):
    """A font file named in the settings cannot be printed with."""

    sentence = "字体文件“{name}”不能用于打印，请换成 TrueType 轮廓的 .ttf 文件。"
    fixed_by = "管理员"


@lru_cache(maxsize=512)
def printable(text: str) -> str:
    """Return a text without what has no shape: line breaks become spaces, joiners and selectors go.

    Example:
        >>> printable("葛\U000e0100城\\n王")
        '葛城 王'
    """
    shaped = "".join(_shape(c) for c in text)
    return text if shaped == text else shaped


def _shape(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cc", "Zl", "Zp", "Zs"):
        return " "
    selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return "" if category == "Cf" or selector else character


class FontSet:
    """The faces of one print: which face draws which character, and how wide a text comes out."""

    def __init__(self, faces: Sequence[dict[int, str]], chosen: dict[str, int]) -> None:
        """Take the faces by weight, best font first, and the place of the font chosen for each character."""
        self._faces = faces
        self._chosen = chosen
        self._single = len(faces) == 1

    def runs(self, text: str, weight: int) -> list[tuple[str, str]]:
        """Split a text into runs that one face draws: (face, text); KeyError if a character was not cut."""
        text = printable(text)
        places = [self._chosen[c] for c in text]
        if self._single:
            return [(self._faces[0][weight], text)]
        parts = groupby(zip(places, text, strict=True), key=lambda pair: pair[0])
        return [(self._faces[place][weight], "".join(c for _, c in part)) for place, part in parts]

    def width(self, text: str, weight: int, size: float) -> float:
        """Return how wide a text comes out, in points (1/72 inch); `size` in points."""
        return sum(float(stringWidth(part, face, size)) for face, part in self.runs(text, weight))

    def markup(self, text: str, weight: int) -> str:
        """Return the text as paragraph markup that prints just as it reads, whatever tags a name holds."""
        return "".join(f'<font name="{face}">{escape(part)}</font>' for face, part in self.runs(text, weight))

    def face(self, weight: int) -> str:
        """Return the main face of a weight (400 or 700)."""
        return self._faces[0][weight]


class Fonts:
    """The fonts to print with: a directory to keep cut faces in, and further font files to fall back on."""

    def __init__(self, cache: Path, fallbacks: Sequence[Path] = ()) -> None:
        """Name the directory for cut faces and, best first, the font files to try after Noto Sans SC."""
        self._cache = cache
        self._files = (_NOTO_SANS_SC, *fallbacks, *_NOTO_OTHERS)

    @contextmanager
    def opened(self, texts: Iterable[str]) -> Iterator[FontSet]:
        """Lend the faces that print these texts, and forget them afterwards.

        Raises:
            GlyphsMissing: no font holds some character; it names the texts.
            FontUnusable: a further font file cannot be read.
        """
        cut = self._cut(self._choose(dict.fromkeys(map(printable, texts))))
        taken: list[str] = []
        try:
            faces = []
            for face in cut[0]:
                faces.append({weight: take(data) for weight, data in face.items()})
                taken += faces[-1].values()
            yield FontSet(faces, cut[1])
        finally:
            give_back(taken)

    def missing(self, texts: Iterable[str]) -> list[str]:
        """Return the texts among these that hold a character no font at hand can draw.

        Raises:
            FontUnusable: a further font file cannot be read.
        """
        try:
            self._choose(dict.fromkeys(map(printable, texts)))
        except GlyphsMissing as refused:
            return list(refused.fields["names"])
        return []

    def _choose(self, texts: Collection[str]) -> dict[str, Path]:
        wanted = {chr(point) for point in _ASCII}.union(chain.from_iterable(texts))
        chosen: dict[str, Path] = {}
        for file in self._files:
            if not wanted:
                break
            points = _points(file)
            here = {c for c in wanted if ord(c) in points}
            chosen |= dict.fromkeys(here, file)
            wanted -= here
        if wanted:
            names = [text for text in texts if wanted.intersection(text)]
            raise GlyphsMissing(characters=" ".join(sorted(wanted)), texts="、".join(names[:20]), names=names)
        return chosen

    def _cut(self, chosen: dict[str, Path]) -> tuple[list[dict[int, bytes]], dict[str, int]]:
        used = [file for file in self._files if file in set(chosen.values())]
        faces = []
        for file in used:
            points = frozenset(ord(c) for c, chosen_file in chosen.items() if chosen_file == file)
            faces.append(cut_faces(file, points | (_ASCII & _points(file)), cache=self._cache))
        return faces, {c: used.index(file) for c, file in chosen.items()}


def _points(file: Path) -> frozenset[int]:
    try:
        return covered(file)
    except (OSError, TTLibError, TTFError) as why:
        raise FontUnusable(name=file.name) from why


__all__ = ["BOLD", "REGULAR", "FontSet", "FontUnusable", "Fonts", "GlyphsMissing", "printable"]
