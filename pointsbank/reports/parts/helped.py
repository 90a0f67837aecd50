"""What was put right: faults found at the door; households that were listed, helped, and came off."""

from collections import Counter
from collections.abc import Sequence

from sqlmodel import Session

from pointsbank import boards, dates, helping, inspections
from pointsbank.database import execute
from pointsbank.reports.part import Asked, Column, Form, Part, Value, sum_of

FAULTS, RIGHT, LISTED, HELPED, VISITS, OFF = range(1, 7)
_PUT_RIGHT, _BLACK, _DOWN = "put_right", "black", "down"


def _rows(session: Session, asked: Asked) -> list[tuple[Value, ...]]:
    """Return a row for each month that has begun: of faults by the day they were found."""
    found: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for one in execute(session, inspections.faults_query(village=asked.village)):
        month = dates.month_of(one.inspected_on)
        found[month] += 1
        right[month] += one.status == _PUT_RIGHT
    listed: Counter[str] = Counter()
    off: Counter[str] = Counter()
    for each in boards.listings(session, village=asked.village):
        if each.board == _BLACK and each.decided_on is not None and each.votes_for:
            listed[each.month] += 1
            off[each.month] += each.status == _DOWN
    helpers = helping.helpers(session, village=asked.village)
    helped = Counter(dates.month_of(one.assigned_on) for one in helpers if one.number == 1)
    visits = Counter(dates.month_of(each.visited_on) for one in helpers for each in one.visits)
    this = dates.month_of(dates.day_of(asked.at))
    return [
        (
            dates.month_in_words(month),
            found[month],
            right[month],
            listed[month],
            helped[month],
            visits[month],
            off[month],
        )
        for month in asked.span.months
        if month <= this
    ]


def _about(rows: Sequence[tuple[Value, ...]]) -> str:
    """Return e.g. 巡查发现问题12处，整改10处；表决上黑榜1户，帮教1户、走访3次，已撤下1户."""
    return (
        f"巡查发现问题{sum_of(rows, FAULTS)}处，整改{sum_of(rows, RIGHT)}处；"
        f"表决上黑榜{sum_of(rows, LISTED)}户，"
        f"帮教{sum_of(rows, HELPED)}户、走访{sum_of(rows, VISITS)}次，已撤下{sum_of(rows, OFF)}户。"
    )


PART = Part(
    name="helped",
    title="整改和帮教",
    position=60,
    columns=(
        Column("月份"),
        Column("发现问题（处）", Form.COUNT, total=True),
        Column("已整改（处）", Form.COUNT, total=True),
        Column("表决上黑榜（户）", Form.COUNT, total=True),
        Column("安排帮教（户）", Form.COUNT, total=True),
        Column("走访（次）", Form.COUNT, total=True),
        Column("已撤下（户）", Form.COUNT, total=True),
    ),
    gather=_rows,
    empty="这段时间还没有开始。",
    about=_about,
)
