"""The fonts as reportlab holds them while one print is drawn: mended for rare characters, gone afterwards."""

import io
import re
import threading
from collections.abc import Iterable
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import SUBSETN, TTFont

_lock = threading.Lock()
_in_use: dict[str, int] = {}
_ABOVE_FFFF = re.compile("<([0-9A-F]{5,6})>")


class Face(TTFont):  # type: ignore[misc]
    """An embedded font whose text can be searched and copied, characters above U+FFFF included."""

    def addObjects(self, doc: Any) -> None:  # noqa: N802
        """Put the font into the document, then mend the character maps that reportlab writes for it."""
        subsets = range(len(self.state[doc].subsets))
        super().addObjects(doc)
        for number in subsets:
            name = (SUBSETN(number) + b"+" + self.face.name + self.face.subfontNameX).decode("ascii")
            character_map = doc.idToObject["toUnicodeCMap:" + name]
            character_map.content = in_utf_16(character_map.content)


def in_utf_16(character_map: str) -> str:
    """Return a ToUnicode map with characters above U+FFFF in UTF-16, as readers of a PDF expect them.

    Example:
        >>> in_utf_16("<01> <738B> <02> <2CB4E>")
        '<01> <738B> <02> <D872DF4E>'
    """

    def as_pair(found: re.Match[str]) -> str:
        return f"<{chr(int(found[1], 16)).encode('utf-16-be').hex().upper()}>"

    return _ABOVE_FFFF.sub(as_pair, character_map)


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
