"""What was redeemed: who, when, which goods, for how much, and whether it was taken back."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from pointsbank import market
from pointsbank.labels.redemption_status import REDEMPTION_STATUS
from pointsbank.labels.second_check import SECOND_CHECK
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import Days, OneOf
from pointsbank.lists.kinds import MOMENT, POINTS, word_of
from pointsbank.lists.named import FINDER_WORDS, Clerk, Household
from pointsbank.lists.people import add_participants, add_staff
from pointsbank.staff import Permission


def _query(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement that selects the redemptions."""
    return market.sales_query(village=asked.village)


def _light(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement by which they are counted."""
    return market.sales_light(village=asked.village)


def _less(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement of those of which something came back."""
    return market.sales_taken_back(village=asked.village)


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add who bought, what, and who sold."""
    add_participants(session, asked, rows, key="participant_id")
    add_staff(session, rows, by="sold_by")
    words = market.sold_words(session, village=asked.village, sales=[row["id"] for row in rows])
    for row in rows:
        row["goods"] = words.get(row["id"], "")


LIST = List(
    name="sales",
    title="兑换记录",
    about="每次兑换的户、商品、积分和经手人。",
    permission=Permission.SALES_VIEW,
    columns=(
        Column(key="sold_at", title="时间", kind=MOMENT, sort="sold_at", place="sub"),
        Column(key="code", title="户号", sort="code_order", place="sub"),
        Column(key="name", title="户主", place="main", paper="paper_name"),
        Column(key="group", title="小组"),
        Column(key="goods", title="商品", place="sub"),
        Column(key="total", title="积分", kind=POINTS, sort="total"),
        Column(key="returned", title="退回", kind=POINTS),
        Column(key="kept", title="实际兑换", kind=POINTS, sort="kept", place="number", total=True),
        Column(key="left_after", title="兑换后剩余", kind=POINTS, paper=None),
        Column(key="second_check", title="核对", kind=word_of(SECOND_CHECK), paper=None),
        Column(key="status", title="状态", kind=word_of(REDEMPTION_STATUS), sort="status"),
        Column(key="by", title="店员", sort="sold_by"),
    ),
    kept=True,
    order=("-log_index",),
    statement=_query,
    light=_light,
    less=_less,
    complete=_complete,
    filters=(
        Household("household", FINDER_WORDS, "participant_id"),
        OneOf("status", "状态", "status", labels=REDEMPTION_STATUS),
        Clerk("clerk", "店员", "sold_by"),
        Days("first", "从", "sold_on"),
        Days("until", "到", "sold_on", until=True),
    ),
    opens=("sale", {"redemption": "id"}),
    empty="还没有兑换：店员在“兑换”页扫卡就可以开始。",
)
