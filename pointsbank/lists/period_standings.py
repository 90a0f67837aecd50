"""Everybody's place in a quarter, a half-year or a year, by the months that are closed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import boards
from pointsbank.dates import day_of, month_of
from pointsbank.labels.participant_kind import PARTICIPANT_KIND
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import AlreadyApplied, Choices, OneOf
from pointsbank.lists.kinds import COUNT, SIGNED, YES, word_of
from pointsbank.lists.named import FINDER_WORDS, Household, OfGroup
from pointsbank.lists.people import add_standing, group_names
from pointsbank.staff import Permission

_LAST = 1_000_000_000
"""Where who has no place is sorted in."""


@dataclass(frozen=True)
class OfPeriod(AlreadyApplied):
    """The rows are of this quarter, half-year or year."""

    def check(self, value: str) -> None:
        """Raise BoardPeriodInvalid as `boards.parse_period`."""
        boards.parse_period(value)

    def is_there(self, session: Session, value: str, village: str, at: datetime) -> bool:
        """Return that every period is there, if only without a closed month."""
        return True

    def choices(self, session: Session, village: str) -> Choices:
        """Return the periods of which a month is closed."""
        return [(one.code, one.title) for one in boards.periods_closed(session, village=village)]

    @property
    def unset_words(self) -> str:
        """Return what is seen as long as none is chosen."""
        return "本季度"


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the period that was chosen, or this quarter; nothing of what is no period."""
    wanted = asked.filters.get("period") or boards.periods_of(month_of(day_of(asked.at)))[0].code
    if not boards.is_period(wanted):
        return
    found = boards.period_board(session, village=asked.village, period=wanted)
    scored = {line.kind for line in found.lines if line.plus or line.minus}
    left = boards.who_left(session, village=asked.village)
    groups = group_names(session, village=asked.village)
    for number, line in enumerate(found.lines):
        placed = line.kind in scored and line.participant not in left
        yield {
            "number": number,
            "period": found.period.title,
            "participant": line.participant,
            "kind": line.kind,
            "of_group": line.group_id,
            "group": groups.get(line.group_id or "", ""),
            "place": line.place or None if placed else None,
            "place_order": line.place or _LAST if placed else _LAST,
            "group_place": line.group_place or None if placed else None,
            "group_place_order": line.group_place or _LAST if placed else _LAST,
            "absent": not line.place,
            "left": line.participant in left,
            "figure": line.figure,
            "honour": line.honour,
            "plus": line.plus,
            "minus": -line.minus,
            "months": line.months,
        }


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add who it is, and the names that may hang; the group stays the one of the period."""
    add_standing(session, asked, rows)


LIST = List(
    name="period_standings",
    title="季度、年度名次",
    about="一个季度、半年或一年里每户和其他积分主体的名次，只算已经月结的月份。",
    permission=Permission.BOARD_VIEW,
    columns=(
        Column(key="period", title="哪一期", on_screen=False),
        Column(key="kind", title="类别", kind=word_of(PARTICIPANT_KIND), sort="kind"),
        Column(key="place", title="名次", kind=COUNT, sort="place_order", place="sub"),
        Column(key="group_place", title="组内名次", kind=COUNT, sort="group_place_order"),
        Column(key="absent", title="不在榜上", kind=YES),
        Column(key="left", title="退出各种榜", kind=YES, paper=None, on_screen=False),
        Column(key="code", title="户号", place="sub"),
        Column(key="name", title="户主", place="main", paper="paper_name"),
        Column(key="group", title="小组", place="sub"),
        Column(key="figure", title="得分", kind=SIGNED, sort="figure", place="number"),
        Column(key="months", title="在村月数", kind=COUNT),
        Column(key="honour", title="荣誉", kind=SIGNED, sort="honour", total=True),
        Column(key="plus", title="加分", kind=SIGNED, sort="plus", total=True),
        Column(key="minus", title="扣分", kind=SIGNED, sort="minus", total=True),
    ),
    kept=True,
    order=("number",),
    rows=_rows,
    complete=_complete,
    filters=(
        OfPeriod("period", "哪一期", "period"),
        OneOf("kind", "类别", "kind", labels=PARTICIPANT_KIND),
        OfGroup("group", "小组", "of_group"),
        Household("household", FINDER_WORDS, "participant"),
    ),
    opens=("roster_file", {"code": "code"}),
    empty="这一期还没有月结的月份，月结以后才有名次。",
)
