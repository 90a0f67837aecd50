"""Scores into the minutes of a meeting that is open, never straight to the ledger."""

from collections.abc import Mapping, Sequence

from pointsbank import scoring
from pointsbank.imports.base import Import, Place
from pointsbank.staff import Permission


def _samples(place: Place) -> Sequence[Mapping[str, str]]:
    first, last = (place.items[0], place.items[-1]) if place.items else ("参加环境清扫", "邻里帮扶")
    day = place.today.isoformat()
    return [
        {"户主": "王建国", "条目": first, "日期": day},
        {"户主": "李秀英", "条目": last, "日期": day, "说明": "帮收稻"},
    ]


IMPORT = Import(
    name="scores",
    order=5,
    title="评分",
    about="一行一件事：户号、条目、日期；也可以一行一户、一列一个条目。记入一次还没有结束的评议会。",
    permission=Permission.MEETING_HOLD,
    columns=scoring.SCORE_COLUMNS,
    take=scoring.import_scores,
    rows=6_000,
    asks=("meeting", "occurred_on"),
    confirms=True,
    opens="meetings",
    samples=_samples,
    lists=lambda place: {"条目": place.items},
)
