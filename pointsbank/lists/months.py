"""The months: which are closed, with which code, and how many stand on their boards."""

from collections import Counter
from collections.abc import Iterator

from sqlmodel import Session

from pointsbank import boards, dates, proof
from pointsbank.dates import day_of
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import Search
from pointsbank.lists.kinds import COUNT, MOMENT
from pointsbank.staff import Permission

_MAXIMUM_OPEN = 24


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the months, open ones and closed ones."""
    sealed = {one.month: one for one in proof.anchors(session, village=asked.village)}
    everything = boards.listings(session, village=asked.village)
    today = day_of(asked.at)
    shown = Counter((one.month, one.board) for one in everything if one.shown_on(today))
    for month in [*_open(sealed, dates.month_of(today)), *sealed]:
        anchor = sealed.get(month)
        yield {
            "month": month,
            "title": dates.month_in_words(month),
            "state": "已月结" if anchor else "未月结",
            "red": shown[month, "red"],
            "black": shown[month, "black"],
            "digits": anchor.digits if anchor else "",
            "closed_at": anchor.made_at if anchor else None,
        }


def _open(sealed: dict[str, proof.Anchor], this: str) -> list[str]:
    """Return the months from the last closed one up to this one; without any, this and the last."""
    first = dates.next_month(max(sealed)) if sealed else dates.previous_month(this)
    found: list[str] = []
    while first <= this and len(found) < _MAXIMUM_OPEN:
        found.append(first)
        first = dates.next_month(first)
    return found


LIST = List(
    name="months",
    title="红黑榜月份",
    about="哪些月份已经月结、存证码是什么、榜上各有几户。",
    permission=Permission.BOARD_VIEW,
    columns=(
        Column(key="title", title="月份", sort="month", place="main"),
        Column(key="state", title="状态", sort="state", place="number"),
        Column(key="red", title="红榜", kind=COUNT, sort="red"),
        Column(key="black", title="黑榜", kind=COUNT, sort="black"),
        Column(key="digits", title="存证码", place="sub"),
        Column(key="closed_at", title="月结时间", kind=MOMENT),
        Column(key="month", title="年月", paper=None, on_screen=False),
    ),
    order=("-month",),
    rows=_rows,
    filters=(Search("q", "月份", "month"),),
    opens=("month_board", {"month": "month"}),
    empty="还没有月份。",
)
