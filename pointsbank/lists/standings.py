"""Everybody's place in one month: as it was frozen when the month closed, or as the scores give it now."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from pointsbank import boards, publicity
from pointsbank.dates import day_of
from pointsbank.labels.participant_kind import PARTICIPANT_KIND
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import Month, OneOf
from pointsbank.lists.kinds import COUNT, SIGNED, YES, word_of
from pointsbank.lists.named import FINDER_WORDS, Household, OfGroup
from pointsbank.lists.people import add_standing, group_names
from pointsbank.staff import Permission

_LAST = 1_000_000_000
"""Where who has no place is sorted in."""


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the standing of the month that was chosen, or of this month; raises MonthInvalid."""
    month = asked.filters.get("month") or f"{day_of(asked.at):%Y-%m}"
    lines = boards.standing(session, village=asked.village, month=month)
    # Before anything counts nobody of that kind has a place: all would be the first.
    scored = boards.scored_kinds(lines)
    in_group = boards.group_places(lines)
    left = boards.who_left(session, village=asked.village)
    groups = group_names(session, village=asked.village)
    # They come by kind, place and code; who each is is read for one page alone.
    for number, line in enumerate(lines):
        placed = line.kind in scored and line.participant not in left
        yield {
            "number": number,
            "month": month,
            "participant": line.participant,
            "kind": line.kind,
            "of_group": line.group_id,
            "group": groups.get(line.group_id or "", ""),
            "place": line.place or None if placed else None,
            "place_order": _LAST if line.participant in left else line.place or _LAST,
            "group_place": in_group.get(line.participant) if placed else None,
            "group_place_order": in_group.get(line.participant, _LAST) if placed else _LAST,
            "away": not line.place and line.participant not in left,
            "left": line.participant in left,
            "honour": line.honour,
            "plus": line.plus,
            "minus": -line.minus,
            "late": line.late,
        }


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add who it is, the names that may hang, and who agreed to be named on the red board."""
    add_standing(session, asked, rows)
    wishes = publicity.shown_as(session, village=asked.village)
    for row in rows:
        row["named"] = wishes.get(row["participant"]) == publicity.NAMED


LIST = List(
    name="standings",
    title="月度名次",
    about="一个月里每户和其他积分主体的荣誉积分和名次，不选月份就是本月。",
    permission=Permission.BOARD_VIEW,
    columns=(
        Column(key="month", title="月份"),
        Column(key="kind", title="类别", kind=word_of(PARTICIPANT_KIND), sort="kind"),
        Column(key="place", title="名次", kind=COUNT, sort="place_order", place="sub"),
        Column(key="group_place", title="组内名次", kind=COUNT, sort="group_place_order"),
        Column(key="away", title="常年在外", kind=YES),
        Column(key="left", title="退出各种榜", kind=YES, paper=None, on_screen=False),
        Column(key="code", title="户号", place="sub"),
        Column(key="name", title="户主", place="main", paper="paper_name"),
        Column(key="group", title="小组", place="sub"),
        Column(key="honour", title="荣誉", kind=SIGNED, sort="honour", place="number", total=True),
        Column(key="plus", title="加分", kind=SIGNED, sort="plus", total=True),
        Column(key="minus", title="扣分", kind=SIGNED, sort="minus", total=True),
        Column(key="late", title="其中补录", kind=SIGNED),
        Column(key="named", title="同意公开姓名", kind=YES, paper=None),
    ),
    kept=True,
    order=("number",),
    rows=_rows,
    complete=_complete,
    filters=(
        Month("month", "月份", "month"),
        OneOf("kind", "类别", "kind", labels=PARTICIPANT_KIND),
        OfGroup("group", "小组", "of_group"),
        Household("household", FINDER_WORDS, "participant"),
    ),
    opens=("roster_file", {"code": "code"}),
    empty="花名册还是空的：请先在“导入”页上传花名册。",
)
