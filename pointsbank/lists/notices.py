"""The notices: which meeting's result hangs from when to when, and when it was posted."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from sqlmodel import Session

from pointsbank import publicity, scoring
from pointsbank.dates import day_of
from pointsbank.labels.notice_state import NOTICE_STATE
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import OneOf, Search
from pointsbank.lists.kinds import COUNT, DAY, MOMENT, word_of
from pointsbank.staff import Permission


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the notices, each with how many scores it has, and how many of them are contested."""
    today = day_of(asked.at)
    known = publicity.notices(session, village=asked.village)
    books = publicity.gathered(session, village=asked.village)
    meetings = {one.id: books.get(one.id, [one.meeting]) for one in known}
    every = [one for some in meetings.values() for one in some]
    counted = scoring.counts(session, village=asked.village, meetings=every)
    for one in known:
        found: Counter[str] = Counter()
        for meeting in meetings[one.id]:
            found.update(counted.get(meeting, {}))
        yield {
            "id": one.id,
            "title": one.title,
            "published_on": one.published_on,
            "hung_on": one.hung_on,
            "ends_on": one.ends_on,
            # What hangs nowhere yet begins and ends behind everything else.
            "begins": one.hung_on or date.max,
            "ends": one.ends_on or date.max,
            # Its days end by themselves; it is settled by somebody, or by the program minutes later.
            "status": "over" if one.standing == "open" and one.over_on(today) else one.standing,
            "scores": found.total() - found[scoring.WITHDRAWN],
            "contested": found[scoring.CONTESTED],
            "settled_at": one.settled_at,
        }


LIST = List(
    name="notices",
    title="公示",
    about="每份公示从哪天挂到哪天、多少条、有没有异议、何时入账。",
    permission=Permission.NOTICE_VIEW,
    columns=(
        Column(key="title", title="标题", sort="title", place="main"),
        Column(key="published_on", title="评议会结束", kind=DAY, sort="published_on"),
        Column(key="hung_on", title="公示自", kind=DAY, sort="begins", place="sub"),
        Column(key="ends_on", title="公示至", kind=DAY, sort="ends", place="sub"),
        Column(key="scores", title="条数", kind=COUNT, sort="scores", place="number", total=True),
        Column(key="contested", title="有异议", kind=COUNT, sort="contested"),
        Column(key="status", title="状态", kind=word_of(NOTICE_STATE), sort="status", place="sub"),
        Column(key="settled_at", title="入账时间", kind=MOMENT),
    ),
    kept=True,
    order=("-published_on", "id"),
    rows=_rows,
    filters=(
        Search("q", "标题", "title"),
        OneOf("status", "状态", "status", labels=NOTICE_STATE),
    ),
    opens=("one_notice", {"notice": "id"}),
    empty="还没有公示：“评议会”结束时自动公示。",
)
