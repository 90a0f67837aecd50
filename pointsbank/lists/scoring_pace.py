"""How long it took from deeds to their posting, month by month, and how much was entered late."""

from collections.abc import Iterator

from sqlmodel import Session

from pointsbank import dates, scoring
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.kinds import COUNT
from pointsbank.lists.periods import MONTHS, period_of
from pointsbank.staff import Permission


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the months in which something was posted, the latest first; raises as `period_of`."""
    for one in scoring.month_paces(session, village=asked.village, period=period_of(asked)):
        share = f"{one.percent}%"
        yield {"title": dates.month_in_words(one.month), "share": share, **one._asdict()}


LIST = List(
    name="scoring_pace",
    title="评分快慢",
    about="每个月入账的评分里补录占多少，从做事到入账过了几天；不选月份就是最近十二个月。",
    permission=Permission.PANEL_VIEW,
    columns=(
        Column(key="title", title="计入月份", sort="month", place="main"),
        Column(key="entries", title="条数", kind=COUNT, sort="entries", total=True, place="number"),
        Column(key="late", title="其中补录", kind=COUNT, sort="late", total=True, place="sub"),
        Column(key="share", title="补录占比", place="sub"),
        Column(key="half", title="一半在几天内入账", kind=COUNT, sort="half", place="sub"),
        Column(key="nine_of_ten", title="九成在几天内入账", kind=COUNT, sort="nine_of_ten"),
        Column(key="longest", title="最长几天", kind=COUNT, sort="longest"),
        Column(key="month", title="年月", paper=None, on_screen=False),
    ),
    kept=True,
    order=("-month",),
    rows=_rows,
    filters=MONTHS,
    empty="这些月份里还没有评分入账：公示期满以后才入账。",
)
