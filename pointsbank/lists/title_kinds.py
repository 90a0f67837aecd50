"""The kinds of title, each time that one was adopted."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from pointsbank import titles
from pointsbank.labels.title_holder import TITLE_HOLDER
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.kinds import COUNT, DAY, MOMENT, YES, word_of
from pointsbank.lists.people import add_staff
from pointsbank.staff import Permission


def _query(session: Session, asked: Asked) -> Select[Any]:
    """Return the statement that selects the adoptions."""
    return titles.kinds_query(village=asked.village)


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add the criteria and benefits, and who wrote it down."""
    known = {one.id: one for one in titles.kinds(session, village=asked.village)}
    for row in rows:
        kind = known[row["id"]]
        row["criteria"] = "、".join(kind.criteria)
        row["benefits"] = "、".join(f"{one.words}（{one.lasts}）" for one in kind.benefits)
    add_staff(session, rows, by="adopted_by")


LIST = List(
    name="title_kinds",
    title="称号办法",
    about="哪天起哪个称号授给谁，条件、名额、复查、礼遇，哪次会议通过的。",
    permission=Permission.SCHEME_VIEW,
    columns=(
        Column(key="number", title="第几次", kind=COUNT, sort="number"),
        Column(key="name", title="称号", place="main", sort="name"),
        Column(key="from_date", title="施行日期", kind=DAY, sort="from_date", place="sub"),
        Column(key="holder", title="授给谁", kind=word_of(TITLE_HOLDER), place="sub"),
        Column(key="quota", title="名额", kind=COUNT, place="number"),
        Column(key="share", title="目标（%）", kind=COUNT, on_screen=False),
        Column(key="months", title="复查（月）", kind=COUNT),
        Column(key="right_days", title="整改（天）", kind=COUNT, on_screen=False),
        Column(key="barred_months", title="不参评（月）", kind=COUNT, on_screen=False),
        Column(key="years", title="推荐（年）", kind=COUNT, on_screen=False),
        Column(key="notice_days", title="公示（天）", kind=COUNT, on_screen=False),
        Column(key="in_use", title="在评", kind=YES),
        Column(key="criteria", title="条件", on_screen=False),
        Column(key="benefits", title="礼遇", on_screen=False),
        Column(key="resolution", title="决议"),
        Column(key="adopted_at", title="登记时间", kind=MOMENT, on_screen=False),
        Column(key="by", title="登记人", paper=None, on_screen=False),
    ),
    order=("-number",),
    statement=_query,
    complete=_complete,
    empty="还没有定称号办法：请在“称号办法”页登记决议。",
)
