"""The text to read out over the village's loudspeaker (大喇叭广播稿): A4, large letters."""

from sqlmodel import Session

from pointsbank import villages
from pointsbank.dates import month_in_words
from pointsbank.schemas.options import OneOf, Options
from pointsbank.sheets.base import Sheet
from pointsbank.sheets.loudspeaker.drawing import draw
from pointsbank.sheets.loudspeaker.examples import example
from pointsbank.sheets.loudspeaker.gathering import gather
from pointsbank.sheets.loudspeaker.values import Words
from pointsbank.staff import Permission


def _months(session: Session, village: str) -> list[tuple[str, str]]:
    closed = villages.closed_months(session, village=village)
    return [(month, month_in_words(month)) for month in reversed(closed)]


class LoudspeakerOptions(Options):
    """Which month."""

    month = OneOf(
        _months,
        blank="最近一个已月结的月份",
        load_default=None,
        label="月份",
        note="如 2026-09；默认最近一个已月结的月份",
    )


SHEET = Sheet(
    name="loudspeaker",
    title="大喇叭广播稿",
    about="A4，大字，念给全村听的短句；没有同意公开姓名的不念名字，黑榜不念。",
    permission=Permission.PRINT_POSTER,
    options=LoudspeakerOptions,
    words=Words,
    gather=gather,
    draw=draw,
    example=example,
)
