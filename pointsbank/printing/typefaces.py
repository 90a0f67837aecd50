"""The fonts as reportlab holds them while one print is drawn: mended for rare characters, gone afterwards."""

import io
import threading
from collections.abc import Iterable, Sequence
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

_lock = threading.Lock()
_in_use: dict[str, int] = {}


class Face(TTFont):  # type: ignore[misc]
    """An embedded font whose text can be searched and copied, characters above U+FFFF included."""

    def addObjects(self, doc: Any) -> None:  # noqa: N802
        """Put the font into the document, then replace the character maps reportlab writes too narrow."""
        subsets = [list(part) for part in self.state[doc].subsets]
        super().addObjects(doc)
        for number, part in enumerate(subsets):
            name = (SUBSETN(number) + b"+" + self.face.name + self.face.subfontNameX).decode("ascii")
            doc.idToObject["toUnicodeCMap:" + name].content = character_map(name, part)


def character_map(name: str, code_points: Sequence[int]) -> str:
    """Return the ToUnicode map of a subset: one UTF-16 text for each of its codes."""
    pairs = [f"<{code:02X}> <{_utf16(point)}>" for code, point in enumerate(code_points)]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        f"<00> <{len(code_points) - 1:02X}>",
        "endcodespacerange",
    ]
    for block in blocks:
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


def _utf16(point: int) -> str:
    return chr(point).encode("utf-16-be").hex().upper()


def take(face: bytes) -> str:
    """Make a face known to reportlab and return the name to draw with; give it back with `give_back`."""
    font = Face("face", io.BytesIO(face), shapable=False)
    name = font.fontName = font.face.name.decode("ascii")
    with _lock:
        _in_use[name] = _in_use.get(name, 0) + 1
        if _in_use[name] == 1:
            pdfmetrics.registerFont(font)
    return str(name)


def give_back(names: Iterable[str]) -> None:
    """Forget faces nobody prints with any longer, so that a long-running server does not gather them."""
    with _lock:
        for name in names:
            _in_use[name] -= 1
            if not _in_use[name]:
                del _in_use[name]
                pdfmetrics.getFont(name).unregister()
