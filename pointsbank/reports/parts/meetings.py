"""Meetings that judged: when, who sat and who was missing, how many entries, the number of the minutes."""

from collections.abc import Sequence

from sqlmodel import Session

from pointsbank import scoring
from pointsbank.labels.meeting_status import MEETING_STATUS
from pointsbank.reports.part import Asked, Column, Form, Part, Value, sum_of
from pointsbank.scoring import Meeting

NUMBER = "{year}年第{number}号"
ENTRIES = 5


def _rows(session: Session, asked: Asked) -> list[tuple[Value, ...]]:
    """Return a row for each meeting of the span, the earliest first; day books are no meetings."""
    every = scoring.meetings(session, village=asked.village)
    some = [one for one in every if one.held_on in asked.span and not one.is_day_book]
    return [_row(session, asked.village, one) for one in sorted(some, key=lambda one: (one.held_on, one.id))]


def _row(session: Session, village: str, one: Meeting) -> tuple[Value, ...]:
    """Return one meeting."""
    full = scoring.meeting(session, village=village, meeting_id=one.id)
    minutes = scoring.minutes_of(session, full, village=village)
    summary = scoring.meeting_summary(session, village=village, meeting=one.id)
    return (
        one.title,
        one.held_on,
        minutes.panel,
        "、".join(full.judges),
        "、".join(full.absentees),
        summary.entries,
        NUMBER.format(year=minutes.year, number=minutes.number) if minutes.number else "",
        MEETING_STATUS.name(one.status),
    )


def _about(rows: Sequence[tuple[Value, ...]]) -> str:
    """Return e.g. 评议3次，评分120条."""
    return f"评议{len(rows)}次，评分{sum_of(rows, ENTRIES)}条。"


PART = Part(
    name="meetings",
    title="评议会",
    position=20,
    columns=(
        Column("评议会", wide=4),
        Column("日期", Form.DAY),
        Column("评议小组"),
        Column("到场", wide=4),
        Column("缺席"),
        Column("评分（条）", Form.COUNT, total=True),
        Column("记录号"),
        Column("状态"),
    ),
    gather=_rows,
    empty="没有开过评议会。",
    about=_about,
)
