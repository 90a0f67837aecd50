"""The cards of one batch in their order, with full names and a place to sign: for staff who hand them out."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from pointsbank import roster
from pointsbank.labels.card_status import CARD_STATUS
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import OneOf
from pointsbank.lists.kinds import COUNT, MOMENT, word_of
from pointsbank.lists.named import FINDER_WORDS, Household, OfGroup
from pointsbank.lists.people import add_participants
from pointsbank.staff import Permission


def _query(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement that selects the cards of the batch; raises BatchUnknown."""
    number = roster.read_batch(asked.named["batch"])
    batch = roster.batch(session, village=asked.village, number=number)
    return roster.batch_cards_query(village=asked.village, number=batch.number)


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add whose card it is, its number as it is printed, and an empty place to sign."""
    add_participants(session, asked, rows, key="participant_id")
    for row in rows:
        row |= {"printed_number": roster.spaced(row["number"]), "signed": ""}


LIST = List(
    name="batch_cards",
    title="一批积分卡",
    about="一批积分卡，按卡的先后：发给谁、卡号、发了没有，可以打印出来请人签收。",
    permission=Permission.CARDS_ISSUE,
    columns=(
        Column(key="place", title="序号", kind=COUNT, sort="place"),
        Column(key="code", title="户号", sort="sort_key", place="sub"),
        Column(key="name", title="户主", place="main", paper="paper_name"),
        Column(key="group", title="小组", place="sub"),
        Column(key="printed_number", title="卡号", sort="number", place="sub"),
        Column(key="label", title="放在哪里", sort="label"),
        Column(key="status", title="状态", kind=word_of(CARD_STATUS), sort="status", place="number"),
        Column(key="changed_at", title="从何时起", kind=MOMENT, sort="changed_at", paper=None),
        Column(key="signed", title="签收"),
    ),
    kept=True,
    order=("place", "sort_key", "number"),
    statement=_query,
    complete=_complete,
    filters=(
        Household("household", FINDER_WORDS, "participant_id"),
        OfGroup("group", "小组", "group_id"),
        OneOf("status", "状态", "status", labels=CARD_STATUS),
    ),
    opens=("roster_file", {"code": "code"}),
    needs={"batch": "批号"},
    empty="这一批没有卡。",
)
