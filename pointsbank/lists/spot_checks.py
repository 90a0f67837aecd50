"""Every entry that dice drew, and what was found on the spot."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from pointsbank import spot_checks
from pointsbank.dates import month_in_words
from pointsbank.labels.spot_check_answer import SPOT_CHECK_ANSWER
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import OneOf, Search
from pointsbank.lists.kinds import COUNT, DAY, MOMENT, SIGNED, word_of
from pointsbank.lists.people import add_participants, add_staff
from pointsbank.spot_checks import SpotCheck
from pointsbank.staff import Permission


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the drawn entries, the latest month first, in the order in which they were drawn."""
    for one in spot_checks.spot_checks(session, village=asked.village):
        yield from _of_month(session, asked, one)


def _of_month(session: Session, asked: Asked, one: SpotCheck) -> Iterator[Row]:
    """Yield the drawn entries of one month."""
    entries = spot_checks.drawn_entries(session, village=asked.village, indices=one.drawn)
    for place, entry in enumerate(entries, start=1):
        found = one.answers.get(entry.log_index)
        yield {
            "month": one.month,
            "title": month_in_words(one.month),
            "place": place,
            "log_index": entry.log_index,
            "participant_id": entry.participant_id or None,
            "item": entry.title,
            "occurred_on": entry.occurred_on,
            "points": entry.points,
            "meeting": entry.meeting,
            "answer": found.answer if found else None,
            "note": found.note if found else "",
            "recorded_by": found.recorded_by if found else None,
            "recorded_at": found.recorded_at if found else None,
        }


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add whose entry it is, and who wrote the answer down."""
    add_participants(session, asked, rows, key="participant_id")
    add_staff(session, rows, by="recorded_by")


LIST = List(
    name="spot_checks",
    title="抽查条目",
    about="大会掷骰抽到的每一条和去看的结果。只在村里用，不张贴。",
    permission=Permission.LEDGER_VIEW,
    columns=(
        Column(key="title", title="月份", sort="month", place="sub"),
        Column(key="place", title="次序", kind=COUNT, sort="place"),
        Column(key="log_index", title="条目编号", kind=COUNT, sort="log_index", place="sub"),
        Column(key="code", title="户号", place="sub"),
        Column(key="name", title="户主", place="main", paper="paper_name"),
        Column(key="item", title="条目", place="sub"),
        Column(key="occurred_on", title="日期", kind=DAY, sort="occurred_on"),
        Column(key="points", title="计分", kind=SIGNED),
        Column(key="meeting", title="评议会", on_screen=False),
        # On paper nothing of whose entry was not true: what is printed may hang.
        Column(
            key="answer",
            title="结果",
            kind=word_of(SPOT_CHECK_ANSWER),
            sort="answer",
            place="number",
            paper=None,
        ),
        Column(key="note", title="备注", paper=None, on_screen=False),
        Column(key="recorded_at", title="登记时间", kind=MOMENT, on_screen=False),
        Column(key="by", title="登记人", paper=None, on_screen=False),
        Column(key="month", title="年月", paper=None, on_screen=False),
    ),
    order=("-month", "place"),
    rows=_rows,
    complete=_complete,
    filters=(
        Search("month", "月份", "month"),
        OneOf("answer", "结果", "answer", labels=SPOT_CHECK_ANSWER),
    ),
    opens=("one_spot_check", {"month": "month"}),
    empty="还没有抽过：月结以后，在“抽查”页定下抽几条，再到大会上掷骰。",
)
