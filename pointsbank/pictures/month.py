"""A closed month as one picture for the village's group chat: 1080 px wide, the red board as the wall has it.

Made of the poster's own value, so it shows what the poster would show now. The black board is never on it:
what has gone round telephones cannot be taken down.
"""

import io
import threading
from collections import OrderedDict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pointsbank import boards, failures, sheets
from pointsbank.config import Settings
from pointsbank.database import Database
from pointsbank.lazy import LazyModule
from pointsbank.slow_work import before_slow_work

if TYPE_CHECKING:
    import pypdfium2
else:
    pypdfium2 = LazyModule("pypdfium2", seldom=True)

WIDTH = 1080
"""Pixels."""

_COLOURS = 48
_KEPT = 60
"""Of 130 KB each: five years of a village, so that nobody makes us draw by turning over its months."""
_drawn: "OrderedDict[tuple[object, ...], bytes]" = OrderedDict()
_lock = threading.Lock()
# PDFium serves one thread at a time, and a group chat asks for the same picture many times.
_drawing = threading.Lock()
_STRANGERS = threading.BoundedSemaphore(2)
"""Of those who did not sign in one draws and one waits: a picture takes seconds, and tills need threads."""


def month_picture(
    database: Database,
    *,
    village: str,
    month: str,
    by: str,
    at: datetime,
    settings: Settings,
    waits: bool = True,
) -> bytes:
    """Return the picture of a closed month, or of a period, as PNG, with the names that may be shown now.

    It is drawn once for each thing that it shows, so that what has expired is on no later one.

    Args:
        waits: until others are drawn, however many they are.

    Raises:
        AnchorUnknown: the month is not closed.
        PeriodNotBegun: no month of the period is.
        Busy: it is not drawn yet, and one is being drawn and one waits for it.

    And those of `villages.settings`.

    Example:
        pictures.month_picture(
            database, village="chayuan", month="2026-09", by="", at=now, settings=settings
        )[:4]  # b"\\x89PNG"
    """
    before_slow_work("drawing a picture")
    is_period = boards.is_period(month)
    asked = {"period" if is_period else "month": month}
    poster = sheets.find("period_poster" if is_period else "poster").gather_from(
        database, village=village, by=by, at=at, public_url=settings.public_url, **asked
    )
    key = (poster, settings.practice)
    kept = _kept(key)
    if kept is not None:
        return kept
    if waits:
        return _drawn_once(key, poster, settings)
    if not _STRANGERS.acquire(blocking=False):
        raise failures.Busy()
    try:
        return _drawn_once(key, poster, settings)
    finally:
        _STRANGERS.release()


def _kept(key: tuple[object, ...]) -> bytes | None:
    """Return a picture that was drawn before."""
    with _lock:
        if key in _drawn:
            _drawn.move_to_end(key)
        return _drawn.get(key)


def _drawn_once(key: tuple[object, ...], poster: Any, settings: Settings) -> bytes:
    """Draw a picture when it is its turn, unless somebody has drawn it meanwhile, and keep it."""
    with _drawing:
        picture = _kept(key) or _picture(poster, settings)
    with _lock:
        _drawn[key] = picture
        while len(_drawn) > _KEPT:
            _drawn.popitem(last=False)
    return picture


def _picture(poster: Any, settings: Settings) -> bytes:
    """Draw the page and make a picture of it, of few colours: a third of the bytes, and none of it seen."""
    drawn = io.BytesIO()
    sheets.find("poster").render(poster, fonts=sheets.fonts_of(settings), out=drawn, as_picture=True)
    document = pypdfium2.PdfDocument(drawn.getvalue())
    try:
        page = document[0]
        whole = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")
    finally:
        document.close()
    picture = io.BytesIO()
    whole.crop((0, 0, WIDTH, whole.height)).quantize(_COLOURS).save(picture, "PNG", optimize=True)
    return picture.getvalue()
