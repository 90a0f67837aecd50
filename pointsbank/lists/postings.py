"""The ledger, posting by posting: for auditors, as a table and as a journal for hledger or beancount."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from pointsbank import ledger, roster
from pointsbank.labels.transaction_kind import TRANSACTION_KIND
from pointsbank.labels.unit import UNIT
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import Days, OneOf
from pointsbank.lists.journals import Beancount, Hledger, account_name
from pointsbank.lists.kinds import COUNT, DAY, MOMENT, POINTS, word_of
from pointsbank.staff import Permission

_SIDES = ("source", "destination")


def _query(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement that selects the postings."""
    return ledger.postings_query(village=asked.village)


def _light(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement by which they are counted."""
    return ledger.postings_light(village=asked.village)


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add the names of both accounts: whose they are by 户号, never by name."""
    owners = {
        row[f"{side}_account_id"]: ledger.owner_of(row[f"{side}_account_id"])
        for row in rows
        for side in _SIDES
    }
    ids = {whose for _, whose in owners.values() if whose}
    people = roster.by_ids(session, village=asked.village, ids=ids)
    codes = {one.id: one.code for one in people.values()}
    for row in rows:
        for side in _SIDES:
            kind, whose = owners[row[f"{side}_account_id"]]
            row[f"{side}_name"] = account_name(kind, codes.get(whose, whose))


LIST = List(
    name="postings",
    title="账本分录",
    about="账本的每一笔分录，只有户号没有姓名；也可以导出成 hledger、beancount 的账本交审计。",
    permission=Permission.LEDGER_VIEW,
    columns=(
        Column(key="log_index", title="编号", kind=COUNT, sort="log_index", place="sub"),
        Column(key="recorded_at", title="入账时间", kind=MOMENT, place="sub"),
        Column(key="occurred_on", title="日期", kind=DAY, sort="occurred_on"),
        Column(key="kind", title="种类", kind=word_of(TRANSACTION_KIND), sort="kind", place="main"),
        Column(key="source_name", title="从"),
        Column(key="destination_name", title="到"),
        Column(key="unit", title="积分种类", kind=word_of(UNIT), sort="unit", place="sub"),
        Column(key="amount", title="数额", kind=POINTS, sort="amount", place="number"),
    ),
    kept=True,
    order=("log_index", "line"),
    statement=_query,
    light=_light,
    complete=_complete,
    filters=(
        OneOf("unit", "积分种类", "unit", labels=UNIT),
        OneOf("kind", "种类", "kind", labels=TRANSACTION_KIND),
        Days("first", "从", "occurred_on"),
        Days("until", "到", "occurred_on", until=True),
    ),
    writers={"hledger": Hledger().write, "beancount": Beancount().write},
    empty="账本里还没有分录。",
)
