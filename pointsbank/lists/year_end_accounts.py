"""What the end of a points year does to each account: before, what goes, what stays, after; or did."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from pointsbank import scoring, year_end
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.kinds import POINTS
from pointsbank.lists.named import FINDER_WORDS, Household, OfGroup
from pointsbank.lists.people import add_participants
from pointsbank.staff import Permission
from pointsbank.year_end import Account


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield who has anything, those who lose most first; raises YearInvalid."""
    village, year = asked.village, year_end.year_of(asked.named["year"])
    run = year_end.standing_run(session, village=village, year=year)
    lines: Sequence[Account]
    if run is not None:
        lines = year_end.lines_of(session, village=village, number=run.number)
    else:
        lines = year_end.plan(session, village=village, year=year, at=asked.at).lines
    turns = scoring.base_at_turn(session, village=village, year=year)
    rows = list[Row]()
    for one in lines:
        turn = turns.get(one.participant, scoring.BaseTurn())
        rows.append(
            {
                "participant": one.participant,
                "points": one.points,
                "old": max(0, min(one.points, one.old)),
                "apart": one.apart,
                "gone": one.gone,
                "points_after": one.points_after,
                "honour": one.honour,
                "honour_change": one.honour_given - one.honour_gone,
                "honour_after": one.honour_after,
                "base_taken": turn.taken,
                "base_given": turn.given,
            }
        )
    add_participants(session, asked, rows, key="participant")
    ordered = sorted(rows, key=lambda row: (-row["gone"], row["code_order"]))
    for number, row in enumerate(ordered, start=1):
        yield row | {"number": number}


LIST = List(
    name="year_end_accounts",
    title="年终结转明细",
    about="一年的年终结转对每户做什么：原有、减少、留用、之后；没办的是预览，办了的是入账的数。",
    permission=Permission.BOARD_VIEW,
    columns=(
        Column(key="code", title="户号", sort="code_order", place="sub"),
        Column(key="name", title="户主", place="main", paper="paper_name"),
        Column(key="group", title="小组", sort="group", place="sub"),
        Column(key="points", title="原有积分", kind=POINTS, sort="points", total=True, place="sub"),
        Column(key="old", title="其中上一年的", kind=POINTS, sort="old", total=True),
        Column(key="apart", title="另算留用", kind=POINTS, sort="apart", total=True),
        Column(key="gone", title="减少", kind=POINTS, sort="gone", total=True, place="number"),
        Column(
            key="points_after", title="之后可用", kind=POINTS, sort="points_after", total=True, place="sub"
        ),
        Column(key="honour", title="原有荣誉", kind=POINTS, sort="honour", total=True),
        Column(key="honour_change", title="荣誉变动", kind=POINTS, sort="honour_change", total=True),
        Column(key="honour_after", title="之后荣誉", kind=POINTS, sort="honour_after", total=True),
        Column(key="base_taken", title="基础分收回", kind=POINTS, total=True),
        Column(key="base_given", title="基础分新发", kind=POINTS, total=True),
    ),
    order=("number",),
    rows=_rows,
    filters=(Household("household", FINDER_WORDS, "participant"), OfGroup("group", "小组", "group_id")),
    needs={"year": "哪一年，例如2026"},
    opens=("roster_file", {"code": "code"}),
    empty="还没有哪一户有积分。",
)
