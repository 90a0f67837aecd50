"""Everybody's grade of one period by one table of bands."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from pointsbank import boards, grades, roster, villages
from pointsbank.labels.grade_sign import GRADE_SIGN
from pointsbank.labels.shown_absence import SHOWN_ABSENCE, shown_absence
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import Search
from pointsbank.lists.kinds import DAY, SIGNED, word_of
from pointsbank.lists.named import FINDER_WORDS, Household, OfGroup
from pointsbank.lists.people import add_participants
from pointsbank.staff import Permission

_LAST = 1_000


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the grades from the highest down; raises TableUnknown, GradePeriodInvalid, PeriodNotGraded."""
    number = grades.table_number(asked.named["table"])
    found = grades.kept_grades(
        session,
        village=asked.village,
        table=number,
        period=asked.named["period"],
        left=boards.who_left(session, village=asked.village),
        at=asked.at,
    )
    done = grades.measures_done(session, village=asked.village, table=number, period=found.period)
    gone = [line.participant_id for line in found.lines if line.absence == "closed"]
    kinds = {id: one.kind for id, one in roster.by_ids(session, village=asked.village, ids=gone).items()}
    groups = villages.groups(session, village=asked.village, also_closed=True)
    names = {one.id: one.name for one in groups}
    # Before anything is scored nobody has a grade: all would have the same.
    begun = found.has_grades
    for place, line in enumerate(found.lines):
        band = found.band(line) if begun else None
        made = done.get(line.participant_id)
        yield {
            "order": place,
            "participant_id": line.participant_id,
            "group_id": line.group_id,
            "group": names.get(line.group_id or "", ""),
            "band": band.name if band else "",
            "band_order": _LAST if line.band is None else line.band,
            "sign": band.sign or None if band else None,
            "value": line.value if begun else None,
            "absence": shown_absence(kinds.get(line.participant_id, ""), line.absence) or None,
            "next_up": found.next_up(line) if begun else "",
            "measure": band.measure if band else "",
            "done_on": made.done_on if made else None,
            "done_by": made.done_by if made else "",
        }


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add who it is, and the names that may hang."""
    add_participants(session, asked, rows, key="participant_id")


LIST = List(
    name="grades",
    title="等级",
    about="一张等级表在一期里给每户和其他积分主体评的等级。只在村里用，不张贴。",
    permission=Permission.BOARD_VIEW,
    columns=(
        Column(key="band", title="等级", sort="band_order", place="number", paper=None),
        Column(key="sign", title="标志", kind=word_of(GRADE_SIGN), paper=None),
        Column(key="code", title="户号", place="sub"),
        Column(key="name", title="户主", place="main", paper="paper_name"),
        Column(key="group", title="小组", place="sub"),
        Column(key="value", title="得分", kind=SIGNED, sort="value", paper=None),
        Column(key="absence", title="说明", kind=word_of(SHOWN_ABSENCE), place="sub", paper=None),
        Column(key="next_up", title="离上一档", paper=None),
        Column(key="measure", title="怎么做", place="sub", paper=None),
        Column(key="done_on", title="做的日期", kind=DAY, paper=None),
        Column(key="done_by", title="谁做的", paper=None),
    ),
    order=("order",),
    rows=_rows,
    complete=_complete,
    needs={"table": "等级表的编号", "period": "哪一期，如 2026-Q3"},
    filters=(
        Search("band", "等级", "band"),
        OfGroup("group", "小组", "group_id"),
        Household("household", FINDER_WORDS, "participant_id"),
    ),
    opens=("roster_file", {"code": "code"}),
    empty="花名册还是空的：请先在“导入”页上传花名册。",
)
