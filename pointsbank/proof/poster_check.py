"""What somebody typed or photographed from a poster, against the anchors of the village."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pointsbank.proof.anchors import Anchor, DigitsInvalid, digits_of, typed_digits

_CODE = re.compile(r"pointsbank-anchor-v1:([^:\s]{1,64}):(\d{4}-\d\d):(\d{1,16}):([0-9a-f]{64})")


class Fit(StrEnum):
    """Whether a poster fits the ledger."""

    FITS = "fits"
    OTHER_MONTH = "other_month"
    OTHER_VILLAGE = "other_village"
    FITS_NOTHING = "fits_nothing"


@dataclass(frozen=True, slots=True)
class PosterCheck:
    """How a poster fits, and the anchor that it belongs to, if any."""

    fit: Fit
    anchor: Anchor | None = None


def check_poster(anchors: Sequence[Anchor], *, month: str, text: str) -> PosterCheck:
    """Return how what a poster says fits the anchors; `month` is the one that it is held against.

    Args:
        text: thirty digits with or without spaces, or the whole text of the poster's code.

    Raises:
        DigitsInvalid: it is neither.

    Example:
        proof.check_poster(anchors, month="2026-10", text="48210 00317 …").fit is Fit.FITS
    """
    scanned = _CODE.search(text)
    if scanned is None and text.strip().startswith("pointsbank-anchor"):
        raise DigitsInvalid()
    if scanned is not None:
        if any(one.fields["vil"] != scanned[1] for one in anchors):
            return PosterCheck(Fit.OTHER_VILLAGE)
        found = next((one for one in anchors if one.code == scanned[0]), None)
    else:
        digits = typed_digits(text)
        found = next((one for one in anchors if digits_of(one.digest) == digits), None)
    if found is None:
        return PosterCheck(Fit.FITS_NOTHING)
    return PosterCheck(Fit.FITS if found.month == month else Fit.OTHER_MONTH, found)
