"""Draws the part of a sheet that a setting changes, as a small PNG; once for each value."""

import io
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from pointsbank import law, publicity, sheets
from pointsbank.config import Settings
from pointsbank.lazy import LazyModule
from pointsbank.slow_work import before_slow_work

if TYPE_CHECKING:
    import pypdfium2
    from PIL import Image

    from pointsbank.sheets import base
else:
    pypdfium2 = LazyModule("pypdfium2", seldom=True)
    Image = LazyModule("PIL.Image", seldom=True)
    base = LazyModule("pointsbank.sheets.base", seldom=True)

Chosen = Mapping[str, Any]

_POINTS_IN_MM = 72 / 25.4
_KEPT = 64


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a sheet that shows a setting.

    Attributes:
        left, wide: in mm, on the first page.
        bands: what is shown of it from top to bottom, each as top and height in mm.
        pixels: width of the picture.
        value: makes a sheet's value out of its example and what the village has chosen.
    """

    left: float
    wide: float
    bands: tuple[tuple[float, float], ...]
    pixels: int
    value: Callable[[Any, Chosen], Any]


@dataclass(frozen=True, slots=True)
class _Nobody:
    """Whose card the picture shows."""

    name: str = "王建国"
    kind: str = "household"
    code: str = "0001"


def _card(cards: Any, chosen: Chosen) -> Any:
    """Return the card of nobody."""
    wish = publicity.NAMED if chosen["names_on_cards"] == "named" else None
    name = publicity.public_name(_Nobody(), wish, 1)
    second = law.replace_unlawful(chosen["card_heading"], law.Use.HEADING)
    face = replace(cards.faces[0], household=name, phone=chosen["contact_phone"], code=_Nobody().code)
    face = replace(face, second=second)
    return replace(cards, faces=(face,))


def _notice(notice: Any, chosen: Chosen) -> Any:
    """Return a notice that hangs for as long as the village chose, and says how to object."""
    return replace(
        notice,
        # As it is printed, before it hangs.
        days=chosen["notice_days"],
        hung_on=None,
        ends_on=None,
        objection_channel=_channel(sheets.find("notice").words["SUBJECT"], chosen),
        hotline=chosen["hotline"] or chosen["contact_phone"],
    )


def _poster(poster: Any, chosen: Chosen) -> Any:
    """Return a poster whose foot says the same."""
    return replace(
        poster,
        publicity_until=poster.publicity_from + timedelta(days=chosen["notice_days"]),
        objection_channel=_channel(sheets.find("poster").words["OBJECTION_SUBJECT"], chosen),
        hotline=chosen["hotline"] or chosen["contact_phone"],
        second=law.replace_unlawful(chosen["poster_heading"], law.Use.HEADING),
    )


def _channel(subject: str, chosen: Chosen) -> str:
    """Return how to object, as the sheets say it."""
    days = chosen["objection_working_days"]
    return base.CommonWords.OBJECTION_CHANNEL.format(subject=subject, days=days)


# A card is the corner of its sheet; of the others what settings change, so large that it can be read.
PRINTED: Mapping[str, tuple[str, Part]] = {
    "card": ("cards", Part(15.5, 88.5, ((14.0, 53.0),), 720, _card)),
    "notice": ("notice", Part(0.0, 210.0, ((0.0, 84.0), (218.0, 62.0)), 900, _notice)),
    "masthead": ("poster", Part(0.0, 297.0, ((0.0, 64.0),), 900, _poster)),
    "poster": ("poster", Part(0.0, 297.0, ((310.0, 95.0),), 900, _poster)),
}
"""Places that are printed: the sheet, and the part of it that is shown."""

_drawn: OrderedDict[tuple[object, ...], bytes] = OrderedDict()
# PDFium serves one thread at a time, and nobody needs the same picture twice.
_lock = threading.Lock()


def draw(place: str, *, village: str, chosen: Chosen, settings: Settings) -> bytes:
    """Return the picture of a printed place as PNG, with the values that are handed in.

    Args:
        place: a key of `PRINTED`.
        village: the village's name, as it may be printed.
        chosen: the value of every setting, by name.

    Example:
        pictures.draw("card", village="茶源村", chosen=values, settings=settings)[:4]  # b"\x89PNG"
    """
    before_slow_work("drawing a picture")
    key = (place, village, tuple(sorted(chosen.items(), key=lambda one: one[0])))
    with _lock:
        if key not in _drawn:
            _drawn[key] = _picture(place, village, chosen, settings)
            while len(_drawn) > _KEPT:
                _drawn.popitem(last=False)
        _drawn.move_to_end(key)
        return _drawn[key]


def _picture(place: str, village: str, chosen: Chosen, settings: Settings) -> bytes:
    """Draw the sheet, and take the part of it."""
    name, part = PRINTED[place]
    sheet = sheets.find(name)
    value = part.value(_of_village(place, sheet.example(1), village), chosen)
    pdf, picture = io.BytesIO(), io.BytesIO()
    sheet.render(value, fonts=sheets.fonts_of(settings), out=pdf)
    document = pypdfium2.PdfDocument(pdf.getvalue())
    try:
        bands = [_band(document[0], part, *band) for band in part.bands]
    finally:
        document.close()
    whole = Image.new("RGB", (part.pixels, sum(band.height for band in bands)), "white")
    top = 0
    for band in bands:
        whole.paste(band, (0, top))
        top += band.height
    # A drawing of few colours: a third of the bytes, and none of it seen.
    whole.quantize(64).save(picture, "PNG", optimize=True)
    return picture.getvalue()


def _band(page: Any, part: Part, top: float, high: float) -> Any:
    """Draw one stretch of a page."""
    wide, all_high = (length / _POINTS_IN_MM for length in page.get_size())
    scale = part.pixels / (part.wide * _POINTS_IN_MM)
    edges = (part.left, all_high - top - high, wide - part.left - part.wide, top)
    return page.render(scale=scale, crop=tuple(edge * _POINTS_IN_MM for edge in edges)).to_pil()


def _of_village(place: str, value: Any, village: str) -> Any:
    """Return the example with the village's own name."""
    name = base.place_name(village)
    if place == "card":
        return replace(value, faces=(replace(value.faces[0], village=name),))
    ours = replace(value, village=name, issued_by=base.place_name(f"{village}村民委员会"))
    if place == "notice":
        title = law.replace_unlawful(f"{village}9月评议会积分公示", law.Use.HEADING)
        return replace(ours, title=title)
    return ours
