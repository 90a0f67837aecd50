"""The batches of cards: who printed each, for whom, and how many of it are in use or left."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from pointsbank import roster, villages
from pointsbank.labels.batch_scope import BATCH_SCOPE
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import Days, OneOf
from pointsbank.lists.kinds import COUNT, MOMENT, word_of
from pointsbank.lists.people import add_staff
from pointsbank.staff import Permission


def _query(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement that selects the batches."""
    return roster.batches_query(village=asked.village)


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add who printed it, for which group, and whether the rest of it was made useless."""
    add_staff(session, rows, by="printed_by")
    known = villages.groups(session, village=asked.village, also_closed=True)
    names = {group.id: group.name for group in known}
    for row in rows:
        row["group"] = names.get(row["group_id"] or "", "")


LIST = List(
    name="card_batches",
    title="积分卡批次",
    about="每一批积分卡：谁打印的、给谁、多少张使用中、多少张待发放。",
    permission=Permission.CARDS_ISSUE,
    columns=(
        Column(key="number", title="批号", kind=COUNT, sort="number", place="main"),
        Column(key="printed_at", title="打印时间", kind=MOMENT, sort="printed_at", place="sub"),
        Column(key="by", title="打印人", place="sub"),
        Column(key="scope", title="范围", kind=word_of(BATCH_SCOPE), sort="scope", place="sub"),
        Column(key="group", title="小组", place="sub"),
        Column(key="cards", title="打印", kind=COUNT, sort="cards", total=True),
        Column(key="active", title="使用中", kind=COUNT, sort="active", total=True),
        Column(key="left", title="待发放", kind=COUNT, sort="left", place="number", total=True),
        Column(key="public_url", title="卡上的网址", sort="public_url"),
        Column(key="voided_at", title="作废时间", kind=MOMENT),
    ),
    order=("-number",),
    statement=_query,
    complete=_complete,
    filters=(
        OneOf("scope", "范围", "scope", labels=BATCH_SCOPE),
        Days("first", "从", "printed_at", moments=True),
        Days("until", "到", "printed_at", until=True, moments=True),
    ),
    opens=("one_batch", {"batch": "number"}),
    empty="还没有打印过积分卡：请在“打印”页选一个小组或全村。",
)
