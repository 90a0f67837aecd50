"""Fonts for every name of the village: checked character by character, cut to what is printed, embedded."""

import logging
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from functools import lru_cache
from importlib.resources import files
from itertools import chain, groupby
from pathlib import Path

from reportlab.pdfbase.pdfmetrics import getFont, stringWidth

from pointsbank.errors import Refused
from pointsbank.printing.glyphs import BOLD, cut_faces
from pointsbank.printing.outlines import FontUnusable, drawn_points
from pointsbank.printing.typefaces import give_back, take

log = logging.getLogger("pointsbank")

_ASCII = frozenset(range(0x20, 0x7F))
_SCRIPTS = ("SC", "TC", "JP", "KR")
_PACK = Path(str(files("justmytype_intl_cjk"))) / "fonts" / "ofl"
_FILES = tuple(_PACK / f"notosans{script.lower()}" / f"NotoSans{script}[wght].ttf" for script in _SCRIPTS)


class GlyphsMissing(Refused):
    """No font at hand can draw some of the names: better no print than one with holes in it."""

    code = "glyphs_missing"
    sentence = "现有字体里没有这些字：{characters}（出现在：{texts}）。请换一种写法重新导入，再打印。"
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

    def __init__(
        self, faces: Mapping[Path, Mapping[int, str]], chosen: Mapping[str, Path], mark: str = ""
    ) -> None:
        """Take the faces of each font file by weight, best font first, and the file for each character.

        `mark`: what each page is marked with all over; empty for none.
        """
        self.mark = mark
        self._faces = faces
        self._chosen = chosen
        self._main = next(iter(faces.values()))
        self._advances: dict[tuple[str, int], float] = {}

    def runs(self, text: str, weight: int) -> list[tuple[str, str]]:
        """Split a text into runs that one face draws: (face, text); KeyError if a character was not cut."""
        text = printable(text)
        files = [self._chosen[c] for c in text]
        if len(self._faces) == 1:
            return [(self._main[weight], text)]
        parts = groupby(zip(files, text, strict=True), key=lambda pair: pair[0])
        return [(self._faces[file][weight], "".join(c for _, c in part)) for file, part in parts]

    def width(self, text: str, weight: int, size: float) -> float:
        """Return how wide a text comes out, in points (1/72 inch); `size` in points."""
        return size * self.advance(printable(text), weight)

    def advance(self, text: str, weight: int) -> float:
        """Return how wide a `printable` text comes out at a size of 1 point; each character counted once."""
        known = self._advances
        for one in text:
            if (one, weight) not in known:
                known[one, weight] = float(stringWidth(one, self._faces[self._chosen[one]][weight], 1))
        return sum(known[one, weight] for one in text)

    def cap_height(self, weight: int, size: float) -> float:
        """Return how high a capital letter is, in mm, of the main face; `size` in points."""
        return float(getFont(self.face(weight)).face.capHeight) * size * 25.4 / 72_000

    def face(self, weight: int) -> str:
        """Return the main face of a weight (400 or 700)."""
        return self._main[weight]


class PairedFontSet(FontSet):
    """The faces of a print in two manners: what is bold is drawn by a face of its own, as titles are."""

    def __init__(self, body: FontSet, title: FontSet) -> None:
        """Take the faces for text and for titles; both were cut to hold the same characters."""
        self.mark, self._body, self._title = body.mark, body, title

    def runs(self, text: str, weight: int) -> list[tuple[str, str]]:
        """Split a text into runs that one face draws, as `FontSet.runs`."""
        return (self._title if weight == BOLD else self._body).runs(text, weight)

    def advance(self, text: str, weight: int) -> float:
        """Return how wide a `printable` text comes out at a size of 1 point, as `FontSet.advance`."""
        return (self._title if weight == BOLD else self._body).advance(text, weight)

    def cap_height(self, weight: int, size: float) -> float:
        """Return how high a capital letter is, in mm, as `FontSet.cap_height`."""
        return (self._title if weight == BOLD else self._body).cap_height(weight, size)

    def face(self, weight: int) -> str:
        """Return the main face of a weight."""
        return (self._title if weight == BOLD else self._body).face(weight)


def _lacks(text: str, points: Set[int]) -> str:
    """Return the characters of a text that are not among these points, each once."""
    return "".join(one for one in dict.fromkeys(text) if ord(one) not in points)


class Fonts:
    """The fonts to print with, and the directory that keeps what was cut from them."""

    def __init__(
        self,
        cache: Path,
        further: Sequence[Path] = (),
        *,
        further_first: bool = False,
        mark: str = "",
        official: tuple[Path | None, Path | None] = (None, None),
    ) -> None:
        """Name the directory for cut faces, and the village's own font files, best first.

        `mark`: words with which whatever is printed is marked all over, as 练习; empty for none.

        What Noto Sans SC has is drawn with it, so that a name is not set in two manners; then come the
        village's own, or before it if asked. One that cannot be used is passed over and is in `unusable`.
        `official`: the faces of official documents for text and for titles; None where ours do.
        """
        self.cache, self._mark = cache, mark
        self.unusable: list[FontUnusable] = []
        self._drawn: set[str] = set()
        usable = [file for file in further if self._is_usable(file)]
        own = (*usable, _FILES[0]) if further_first else (_FILES[0], *usable)
        self.files: tuple[Path, ...] = (*own, *_FILES[1:])
        self._official = tuple(file if file and self._is_usable(file) else None for file in official)

    def _is_usable(self, file: Path) -> bool:
        try:
            drawn_points(file)
        except FontUnusable as refusal:
            self.unusable.append(refusal)
            log.warning("%s", refusal.detail)
            return False
        return True

    def lacking(self, text: str) -> str:
        """Return the characters of a text that no font draws, each once, in their order."""
        shaped = printable(text)
        unknown = set(shaped) - self._drawn
        for file in self.files:
            # Each font that is read takes ten megabytes and more: the later ones only where they are needed.
            if not unknown:
                break
            points = drawn_points(file)
            here = {one for one in unknown if ord(one) in points}
            self._drawn |= here
            unknown -= here
        return "".join(one for one in dict.fromkeys(shaped) if one not in self._drawn)

    def lacking_officially(self, texts: Iterable[str]) -> dict[Path, dict[str, str]]:
        """Return for each face of official documents the texts of which it lacks characters, with these."""
        faces = [file for file in dict.fromkeys(self._official) if file is not None]
        points = {file: drawn_points(file) for file in faces}
        every = list(dict.fromkeys(map(printable, texts)))
        return {
            file: {text: lacks for text in every if (lacks := _lacks(text, points[file]))} for file in faces
        }

    @contextmanager
    def opened_official(self, texts: Iterable[str]) -> Iterator[FontSet]:
        """Lend the faces of official documents: the village's own for text and for titles where it has them.

        Raises:
            GlyphsMissing: as `opened`.
        """
        texts = list(texts)
        body, title = self._official
        with self.opened(texts, first=body) as text_faces, self.opened(texts, first=title) as title_faces:
            yield PairedFontSet(text_faces, title_faces)

    @contextmanager
    def opened(self, texts: Iterable[str], *, first: Path | None = None) -> Iterator[FontSet]:
        """Lend the faces that print these texts, and forget them afterwards.

        `first`: a font file that draws whatever it has, before all others.

        Raises:
            GlyphsMissing: no font holds some character; it names the texts.
        """
        files = self.files if first is None else (first, *(file for file in self.files if file != first))
        chosen = _choose(dict.fromkeys(map(printable, (*texts, self._mark))), files)
        faces: dict[Path, dict[int, str]] = {}
        taken: list[str] = []
        try:
            for file in dict.fromkeys(chosen.values()):
                points = {ord(c) for c, chosen_file in chosen.items() if chosen_file == file}
                cut = cut_faces(file, points | (_ASCII & drawn_points(file)), cache=self.cache)
                faces[file] = {weight: take(face) for weight, face in cut.items()}
                taken += faces[file].values()
            yield FontSet(faces, chosen, self._mark)
        finally:
            give_back(taken)


def _choose(texts: Collection[str], files: Sequence[Path]) -> dict[str, Path]:
    """Return the first of the files that draws each character of the texts and of ASCII.

    Raises:
        GlyphsMissing: no file draws some character.
    """
    wanted = {chr(point) for point in _ASCII}.union(chain.from_iterable(texts))
    chosen: dict[str, Path] = {}
    missing = wanted
    for file in files:
        if missing:
            points = drawn_points(file)
            chosen |= {c: file for c in missing if ord(c) in points}
            missing = wanted - chosen.keys()
    if missing:
        names = [text for text in texts if missing.intersection(text)]
        raise GlyphsMissing(characters=" ".join(sorted(missing)), texts="、".join(names[:20]), names=names)
    return chosen
