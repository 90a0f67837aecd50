"""Packs sheets into one zip: faces cut once for all of them, one file after another, an index at the end.

One by one each sheet has its fonts cut and read anew, which takes longer than drawing it; here the texts of
all are gathered first. Memory holds the gathered values and one drawn sheet. A name that comes twice is a
defect of the plan; contents that come twice are packed once, and the index says so.
"""

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from html import escape
from typing import Any, BinaryIO

from pointsbank import sheets
from pointsbank.errors import Problem
from pointsbank.folders.kind import Making
from pointsbank.folders.pieces import Piece
from pointsbank.printing import Fonts, FontSet

INDEX = "index.html"
_MOMENT = (1980, 1, 1, 0, 0, 0)
_OWNER_ONLY = 0o600 << 16
_CALLED = "{title}{what}"


class NameTaken(ValueError):
    """Two files of one folder would have one name."""


@dataclass(frozen=True, slots=True)
class Packed:
    """One line of the index: the file, its title, its digest; `instead`: what stands in its place."""

    file: str
    title: str
    digest: str = ""
    pages: int = 0
    instead: str = ""


class Folder:
    """A zip that is being packed."""

    def __init__(self, out: BinaryIO) -> None:
        """Begin an empty one."""
        self._zip = zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED)
        self._digests: dict[str, str] = {}
        self.lines: list[Packed] = []

    def add(self, file: str, title: str, content: bytes, *, pages: int = 0) -> None:
        """Pack one file, unless another has the same content.

        Raises:
            NameTaken: there is one of this name.
        """
        if any(one.file == file for one in self.lines) or file == INDEX:
            raise NameTaken(file)
        digest = hashlib.sha256(content).hexdigest()
        if digest in self._digests:
            self.lines.append(
                Packed(file, title, digest, pages, f"与 {self._digests[digest]} 相同，没有重复放")
            )
            return
        self._digests[digest] = file
        self._write(file, content)
        self.lines.append(Packed(file, title, digest, pages))

    def leave_out(self, file: str, title: str, why: str) -> None:
        """Say in the index why a file is not there."""
        self.lines.append(Packed(file, title, instead=why))

    def __enter__(self) -> "Folder":
        """Return it, to be closed by `close` within the block."""
        return self

    def __exit__(self, *_failed: object) -> None:
        """End the zip where the block did not: the file that it went into is thrown away."""
        self._zip.close()

    def close(self, heading: str, sentences: Iterable[str]) -> None:
        """Write the index and end the zip."""
        self._write(INDEX, index_page(heading, sentences, self.lines).encode())
        self._zip.close()

    def _write(self, file: str, content: bytes) -> None:
        # Without the moment of making: equal folders are equal bytes.
        entry = zipfile.ZipInfo(file, _MOMENT)
        entry.external_attr, entry.compress_type = _OWNER_ONLY, zipfile.ZIP_DEFLATED
        self._zip.writestr(entry, content)


@dataclass(frozen=True, slots=True)
class Gathered:
    """A piece with its value, which no font lacks."""

    piece: Piece
    value: "sheets.SheetValue"


def pack(making: Making, folder: Folder, pieces: Sequence[Piece]) -> None:
    """Gather all pieces, cut the faces once, and draw one after another into the folder.

    Raises:
        NameTaken: two pieces have one name.

    And what `making.report` raises. A piece that is refused is left out, with its sentence in the index.
    """
    fonts = sheets.fonts_of(making.settings)
    steps = 2 * len(pieces)
    gathered: list[Gathered] = []
    for step, piece in enumerate(pieces):
        making.report(step, steps, f"查{piece.title}")
        try:
            value = piece.drawn_by.gather_from(making.database, **making.common, **piece.options)
        except Problem as refused:
            folder.leave_out(piece.file, piece.title, refused.detail)
            continue
        gathered.append(Gathered(piece, piece.drawn_by.legible(value, fonts=fonts)[0]))

    def notified(step: int, piece: Piece) -> None:
        making.report(len(pieces) + step, steps, f"画{piece.title}")

    draw(folder, gathered, fonts, notified)


def draw(
    folder: Folder, gathered: Sequence[Gathered], fonts: Fonts, notified: Callable[[int, Piece], None]
) -> None:
    """Cut the faces once for all pieces, and draw one after another into the folder.

    Raises:
        NameTaken: two pieces have one name.

    And what `notified` raises, which hears of each before it is drawn.
    """
    with ExitStack() as faces:
        case = {
            official: _faces(faces, fonts, [one for one in gathered if one.value.official is official])
            for official in sorted({one.value.official for one in gathered})
        }
        for step, one in enumerate(gathered):
            notified(step, one.piece)
            out = io.BytesIO()
            pages = one.piece.drawn_by.draw(one.value, case[one.value.official], out)
            folder.add(one.piece.file, one.piece.title, out.getvalue(), pages=pages)


def _faces(faces: ExitStack, fonts: Fonts, some: Sequence[Gathered]) -> FontSet:
    """Open the faces that draw all of these."""
    texts: dict[str, None] = {}
    for one in some:
        texts |= dict.fromkeys(one.piece.drawn_by.texts(one.value))
    opened: Callable[[Iterable[str]], Any] = fonts.opened_official if some[0].value.official else fonts.opened
    case: FontSet = faces.enter_context(opened(texts))
    return case


def index_page(heading: str, sentences: Iterable[str], lines: Sequence[Packed]) -> str:
    """Return the page that leads to each file of the unpacked folder, without anything from outside."""
    rows = "\n".join(
        f"<tr><td>{number}</td><td>{_way(one)}</td><td>{one.pages or ''}</td>"
        f"<td><code>{one.digest[:16]}</code></td></tr>"
        for number, one in enumerate(lines, start=1)
    )
    notified = "\n".join(f"<p>{escape(one)}</p>" for one in sentences)
    return _PAGE.format(heading=escape(heading), notified=notified, rows=rows)


def _way(one: Packed) -> str:
    if one.instead:
        return f"{escape(one.title)}（{escape(one.instead)}）"
    return f'<a href="{escape(one.file, quote=True)}">{escape(one.title)}</a>'


_PAGE = """<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{heading}</title>
<style>body {{ font: 17px/1.7 sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem }}
h1 {{ font-size: 1.5rem }} table {{ border-collapse: collapse; width: 100% }}
td, th {{ border-bottom: 1px solid #d6d3d1; padding: .5rem; text-align: left; vertical-align: top }}
a {{ color: #b91c1c }}</style></head><body>
<h1>{heading}</h1>
{notified}
<table><thead><tr><th>序号</th><th>文件</th><th>页数</th><th>SHA-256（前16位）</th></tr></thead>
<tbody>
{rows}
</tbody></table>
</body></html>
"""
