"""Who entered how much at the counter, and how much of it for the own household or near relatives'."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from pointsbank import scoring
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.kinds import COUNT, SIGNED
from pointsbank.lists.people import add_staff
from pointsbank.lists.periods import MONTHS, period_of
from pointsbank.staff import Permission


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield them; raises MonthInvalid and PeriodInvalid."""
    found = scoring.counter_acts(session, village=asked.village, period=period_of(asked))
    for number, one in enumerate(found):
        yield {"number": number, **one._asdict()}


def _complete(session: Session, _asked: Asked, rows: Sequence[Row]) -> None:
    """Add who entered."""
    add_staff(session, rows, by="entered_by")


LIST = List(
    name="counter_acts",
    title="谁登记的柜台登记",
    about="每个人在柜台登记了多少条、多少分，其中记给本户和亲属户的多少；不选月份就是最近十二个月。",
    permission=Permission.PANEL_VIEW,
    columns=(
        Column(key="by", title="登记人", place="main", paper=None),
        Column(key="entries", title="条数", kind=COUNT, sort="entries", total=True, place="number"),
        Column(key="households", title="户数", kind=COUNT, sort="households", place="sub"),
        Column(key="counted", title="计分", kind=SIGNED, sort="counted", total=True),
        Column(key="kin", title="本户和亲属户", kind=COUNT, sort="kin", total=True, place="sub"),
        Column(key="kin_counted", title="本户和亲属户计分", kind=SIGNED, sort="kin_counted", total=True),
    ),
    kept=True,
    order=("number",),
    rows=_rows,
    complete=_complete,
    filters=MONTHS,
    empty="这些月份里没有柜台登记。",
)
