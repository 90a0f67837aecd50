"""What each household came to in a month, and would have come to under another version of the scheme."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.judged_again import FILTERS, effects_of_households
from pointsbank.lists.kinds import COUNT, SIGNED
from pointsbank.lists.named import FINDER_WORDS, Household
from pointsbank.lists.people import add_participants
from pointsbank.staff import Permission


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield who was scored, the largest difference first; raises MonthInvalid."""
    # A page adds names to its rows: what is kept is copied.
    yield from map(dict, effects_of_households(session, asked))


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add who it is, and the names that may hang."""
    add_participants(session, asked, rows, key="participant")


LIST = List(
    name="household_effects",
    title="新细则试算（按户）",
    about="一个月的评分照新的一版细则重算，每户会多多少、少多少，相差最大的在前；只算不改，不选月份就是上个月。",
    permission=Permission.MEETING_VIEW,
    columns=(
        Column(key="code", title="户号", place="sub"),
        Column(key="name", title="户主", place="main", paper="paper_name"),
        Column(key="group", title="小组", place="sub"),
        Column(key="entries", title="条数", kind=COUNT, sort="entries", total=True),
        Column(key="counted", title="当时计分", kind=SIGNED, sort="counted", total=True, place="sub"),
        Column(key="would", title="会计分", kind=SIGNED, sort="would", total=True, place="sub"),
        Column(key="difference", title="相差", kind=SIGNED, sort="difference", total=True, place="number"),
        Column(key="unjudged", title="不能算", kind=COUNT, sort="unjudged", total=True),
        Column(key="reason", title="为什么不能算", place="sub"),
    ),
    order=("number",),
    rows=_rows,
    complete=_complete,
    filters=(*FILTERS, Household("household", FINDER_WORDS, "participant")),
    opens=("roster_file", {"code": "code"}),
    empty="这个月没有评分：请换一个月份再试算。",
)
