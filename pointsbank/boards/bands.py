"""Stars and levels by mark: half-open bands, so that 95.5 always falls in exactly one."""

from collections.abc import Sequence
from dataclasses import dataclass

from pointsbank.errors import Invalid
from pointsbank.points import Points


class BandsOverlap(Invalid):
    """Two bands begin at the same mark, or none catches the lowest marks."""

    code = "bands_overlap"
    sentence = "等级划分有误：每个等级的起始分不能相同，并且要有一个不设起始分的最低等级。"


@dataclass(frozen=True, slots=True)
class Band:
    """One level: its name and the lowest mark in it (以上 includes the number); None catches all below."""

    name: str
    at_least: Points | None


def check_bands(bands: Sequence[Band]) -> None:
    """Check that every mark falls in exactly one band.

    Raises:
        BandsOverlap: two bands begin at the same mark, or there is not exactly one that catches all below.
    """
    starts = [band.at_least for band in bands]
    if starts.count(None) != 1 or len(set(starts)) != len(starts):
        raise BandsOverlap()


def band_for(score: Points, bands: Sequence[Band]) -> Band:
    """Return the band a mark falls in: the one with the highest start that the mark reaches.

    Args:
        score: hundredths of a point; a mark at a band's start is in that band.

    Raises:
        BandsOverlap: the bands overlap or leave a gap.

    Example:
        >>> bands = [Band("五星", Points(9500)), Band("四星", Points(9000)), Band("合格", None)]
        >>> [band_for(Points(mark), bands).name for mark in (9550, 9500, 9499, -100)]
        ['五星', '五星', '四星', '合格']
    """
    check_bands(bands)
    reached = [band for band in bands if band.at_least is None or band.at_least <= score]
    return max(reached, key=lambda band: (band.at_least is not None, band.at_least or 0))
