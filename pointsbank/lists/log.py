"""The village's log, entry by entry: what was decided and done, by whom, and when."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from pointsbank import ledger
from pointsbank.labels.log_kind import LOG_KIND
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.entry_names import names_in
from pointsbank.lists.filters import Days, OneOf
from pointsbank.lists.kinds import COUNT, MOMENT, word_of
from pointsbank.staff import Permission


def _query(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement that selects the entries."""
    return ledger.log_query(village=asked.village)


def _light(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement by which they are counted."""
    return ledger.log_light(village=asked.village)


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add what each entry says, with the names behind its ids."""
    private = [ledger.private_part(row["private"]) for row in rows]
    name_of = names_in(session, asked.village, private)
    for row, (actor, words) in zip(rows, private, strict=True):
        row["sentence"] = ledger.describe(row["kind"], words, name_of)
        row["by"] = name_of(actor) if actor else ""


LIST = List(
    name="log",
    title="日志",
    about="谁在何时决定了什么，一条不少。",
    permission=Permission.LEDGER_VIEW,
    columns=(
        Column(key="log_index", title="编号", kind=COUNT, sort="log_index", place="number"),
        Column(key="recorded_at", title="时间", kind=MOMENT, place="sub"),
        Column(key="kind", title="种类", kind=word_of(LOG_KIND), sort="kind", place="main"),
        Column(key="sentence", title="内容", paper=None, place="sub"),
        Column(key="by", title="办理人"),
        Column(key="ref", title="关于第几条", kind=COUNT),
    ),
    kept=True,
    order=("-log_index",),
    statement=_query,
    light=_light,
    complete=_complete,
    filters=(
        OneOf("kind", "种类", "kind", labels=LOG_KIND),
        Days("first", "从", "recorded_at", moments=True),
        Days("until", "到", "recorded_at", until=True, moments=True),
    ),
    empty="日志还是空的。",
)
