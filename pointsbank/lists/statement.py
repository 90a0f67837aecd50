"""The statement of one household: what came, what went, why, and what was there after each."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlmodel import Session

from pointsbank import ledger, roster
from pointsbank.labels.transaction_kind import TRANSACTION_KIND
from pointsbank.labels.unit import UNIT
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.entry_names import names_in
from pointsbank.lists.filters import Days, OneOf
from pointsbank.lists.kinds import COUNT, DAY, MOMENT, POINTS, SIGNED, word_of
from pointsbank.staff import Permission

_TOGETHER = 500


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the lines, newest first, of the unit that was chosen, or of points."""
    who = roster.by_code(session, village=asked.village, code=asked.named["code"], groups=asked.groups)
    unit = UNIT.code(asked.filters.get("unit", "")) or ledger.POINTS
    lines = _lines(session, asked.village, who.id, unit)
    # Several lines may be of one entry: they are numbered from the first.
    for number, line in zip(range(len(lines), 0, -1), lines, strict=True):
        yield {
            "number": number,
            "index": line.index,
            "recorded_at": line.recorded_at,
            "occurred_on": line.occurred_on,
            "kind": line.kind,
            "private": line.words,
            "who": who.name,
            "unit": unit,
            "amount": line.amount,
            "balance": line.balance if unit == ledger.POINTS else None,
            # Honour is never spent: there is no rest of it, only what it has come to.
            "so_far": line.balance if unit == ledger.HONOUR else None,
        }


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add what each entry is about: of a thousand lines only those of one page are put into words."""
    name_of = names_in(session, asked.village, [(None, row["private"]) for row in rows])
    for row in rows:
        # Whose list it is stands above it; who else is named in a line stays.
        row["words"] = ledger.describe(row["kind"], row["private"], name_of).removeprefix(f"{row['who']}：")


def _lines(session: Session, village: str, participant: str, unit: str) -> tuple[Any, ...]:
    """Return all lines of a statement, newest first.

    Every opening of a file is written down, which is no entry of the log: lines are kept all the same.
    """
    return ledger.kept(
        session,
        village=village,
        about=("statement", participant, unit),
        make=lambda: tuple(_read(session, village, participant, unit)),
        size=len,
        entries_alone=True,
    )


def _read(session: Session, village: str, participant: str, unit: str) -> list[Any]:
    """Return all lines as they are read now."""
    found: list[Any] = []
    before: str | None = None
    while True:
        page = ledger.statement(
            session, village=village, participant=participant, unit=unit, before=before, limit=_TOGETHER
        )
        found += page.lines
        if page.next is None:
            return found
        before = page.next


LIST = List(
    name="statement",
    title="一户的明细",
    about="一户的积分从哪里来、到哪里去，每笔之后还有多少。",
    permission=Permission.FILE_VIEW,
    columns=(
        Column(key="recorded_at", title="入账时间", kind=MOMENT, place="sub"),
        Column(key="occurred_on", title="日期", kind=DAY, sort="occurred_on"),
        Column(key="kind", title="种类", kind=word_of(TRANSACTION_KIND), sort="kind", place="sub"),
        Column(key="words", title="事由", place="main", paper=None),
        Column(key="unit", title="积分种类", kind=word_of(UNIT)),
        Column(key="amount", title="增减", kind=SIGNED, sort="amount", place="number", total=True),
        Column(key="balance", title="余额", kind=POINTS, place="sub"),
        Column(key="so_far", title="累计", kind=POINTS, place="sub"),
        Column(key="index", title="账本编号", kind=COUNT),
    ),
    order=("-number",),
    rows=_rows,
    complete=_complete,
    filters=(
        OneOf("unit", "积分种类", "unit", labels=UNIT),
        OneOf("kind", "种类", "kind", labels=TRANSACTION_KIND),
        Days("first", "从", "occurred_on"),
        Days("until", "到", "occurred_on", until=True),
    ),
    needs={"code": "户号"},
    of_household=True,
    empty="这一户还没有积分变动。",
)
