"""The poster of a closed month (海报): A3, red and black board, groups, figures, anchor and seal."""

from sqlmodel import Session

from pointsbank import villages
from pointsbank.dates import month_in_words
from pointsbank.schemas.fields import Choice
from pointsbank.schemas.options import OneOf, Options
from pointsbank.sheets.base import Sheet
from pointsbank.sheets.poster.drawing import draw
from pointsbank.sheets.poster.examples import example
from pointsbank.sheets.poster.gathering import gather
from pointsbank.sheets.poster.picture import draw_picture
from pointsbank.sheets.poster.values import Words
from pointsbank.staff import Permission


def _months(session: Session, village: str) -> list[tuple[str, str]]:
    closed = villages.closed_months(session, village=village)
    return [(month, month_in_words(month)) for month in reversed(closed)]


class PosterOptions(Options):
    """Which month."""

    month = OneOf(
        _months,
        blank="最近一个已月结的月份",
        load_default=None,
        label="月份",
        note="如 2026-09；默认最近一个已月结的月份",
    )
    paper = Choice(
        "A3", "A4", load_default="A3", label="纸张", note="A3一张贴完；没有大打印机的用A4，字一样大，多几张"
    )


SHEET = Sheet(
    name="poster",
    title="月度海报",
    about="A3或A4，红黑榜、小组排名和存证码；月结以后才有。",
    permission=Permission.PRINT_POSTER,
    options=PosterOptions,
    words=Words,
    gather=gather,
    draw=draw,
    draw_picture=draw_picture,
    example=example,
    read_from=1.1,
)
