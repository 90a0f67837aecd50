"""Who is praised for what: everything that stands on a board by deed, kind by kind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import boards
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import AlreadyApplied, Choices, Month
from pointsbank.lists.kinds import DAY
from pointsbank.lists.named import FINDER_WORDS, Household
from pointsbank.lists.people import add_participants
from pointsbank.staff import Permission


@dataclass(frozen=True)
class OfKind(AlreadyApplied):
    """The rows are of this kind of praise, by id or name."""

    def is_there(self, session: Session, value: str, village: str, at: datetime) -> bool:
        """Return whether there is, or was, such a kind."""
        known = boards.praise_kinds(session, village=village, also_ended=True)
        return any(value in (one.id, one.name) for one in known)

    def choices(self, session: Session, village: str) -> Choices:
        """Return the kinds in force."""
        return [(one.id, one.name) for one in boards.praise_kinds(session, village=village)]


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield what stands, the latest month first within a kind."""
    wanted = asked.filters.get("praise", "")
    number = 0
    seen: set[str] = set()
    for kind in boards.praise_kinds(session, village=asked.village, also_ended=True):
        if (wanted and wanted not in (kind.id, kind.name)) or kind.name in seen:
            continue
        # A kind that was adopted anew under its name goes on where the one before ended.
        seen.add(kind.name)
        for one in boards.praise_board(session, village=asked.village, kind=kind, at=asked.at):
            yield _row(kind.name, number, one)
            number += 1


def _row(kind: str, number: int, one: boards.Listing) -> dict[str, Any]:
    """Return one name with what it is for."""
    return {
        "number": number,
        "id": one.id,
        "kind": kind,
        "month": one.month,
        "participant": one.participant.id,
        "deed": one.fact,
        "decided_on": one.decided_on,
    }


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add who it is."""
    add_participants(session, asked, rows, key="participant")


LIST = List(
    name="praises",
    title="光荣榜",
    about="现在在光荣榜上的：哪一类、是谁、做了什么好事、哪天表决的。",
    permission=Permission.BOARD_VIEW,
    columns=(
        Column(key="kind", title="类别", sort="kind", place="sub"),
        Column(key="month", title="月份", sort="month", place="number"),
        Column(key="code", title="户号", place="sub"),
        Column(key="name", title="户主", place="main", paper="paper_name"),
        Column(key="group", title="小组"),
        Column(key="deed", title="事迹", place="sub"),
        Column(key="decided_on", title="表决日期", kind=DAY, sort="decided_on"),
    ),
    order=("number",),
    rows=_rows,
    complete=_complete,
    filters=(
        OfKind("praise", "类别", "kind"),
        Month("month", "月份", "month"),
        Household("household", FINDER_WORDS, "participant"),
    ),
    opens=("one_listing", {"listing": "id"}),
    empty="榜上还没有人：请在“红黑榜”页打开一个月，按事迹提名。",
)
