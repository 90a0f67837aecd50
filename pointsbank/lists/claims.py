"""Every claim, how its group saw it and how it stands."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from pointsbank import claims
from pointsbank.labels.claim_opinion import CLAIM_OPINION
from pointsbank.labels.claim_status import CLAIM_STATUS
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import Days, OneOf
from pointsbank.lists.kinds import DAY, MOMENT, POINTS, word_of
from pointsbank.lists.named import FINDER_WORDS, Household
from pointsbank.lists.people import add_participants, add_staff
from pointsbank.staff import Permission


def _query(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement that selects the claims, of some groups alone for who leads them."""
    return claims.claims_query(village=asked.village, groups=asked.groups)


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add whose deed it is, and who wrote it down."""
    add_participants(session, asked, rows, key="participant_id")
    add_staff(session, rows, by="filed_by")


LIST = List(
    name="claims",
    title="申报",
    about="每件申报的事，小组怎么看，评议会怎么定。",
    permission=Permission.CLAIM_VIEW,
    columns=(
        Column(key="code", title="户号", place="sub"),
        Column(key="name", title="户主", place="main", paper="paper_name"),
        Column(key="group", title="小组"),
        Column(key="item_code", title="编号", sort="item_code"),
        Column(key="item_title", title="条目", sort="item_title", place="sub"),
        Column(key="occurred_on", title="日期", kind=DAY, sort="occurred_on", place="sub"),
        Column(key="quantity", title="数量", kind=POINTS),
        Column(key="seen", title="小组意见", kind=word_of(CLAIM_OPINION), sort="seen"),
        Column(key="status", title="状态", kind=word_of(CLAIM_STATUS), sort="status", place="sub"),
        Column(key="filed_at", title="登记时间", kind=MOMENT, sort="filed_at"),
        Column(key="by", title="登记人", paper=None),
        Column(key="words", title="说明", paper=None),
        Column(key="id", title="申报号", paper=None),
    ),
    order=("-filed_at", "-id"),
    statement=_query,
    complete=_complete,
    filters=(
        Household("household", FINDER_WORDS, "participant_id"),
        OneOf("status", "状态", "status", labels=CLAIM_STATUS),
        OneOf("seen", "小组意见", "seen", labels=CLAIM_OPINION),
        Days("first", "从", "occurred_on"),
        Days("until", "到", "occurred_on", until=True),
    ),
    opens=("one_claim", {"claim": "id"}),
    by_group=True,
    empty="还没有申报：请在上面登记一件。",
)
