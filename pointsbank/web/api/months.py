"""The months of a village's books: which are closed, and the anchor of each."""

from typing import Any

from sqlmodel import Session

from pointsbank import dates, ledger, proof, villages
from pointsbank.schemas.base import PageQuery
from pointsbank.schemas.places import MonthPage, MonthSchema
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.cursors import page_of
from pointsbank.web.api.ledger import described
from pointsbank.web.api.routes import Routes

routes = Routes("months", "月份：月结与存证")


@routes.get("/months", "列出月份：已月结的和正在进行的，最新的在前", Permission.BOARD_VIEW)
@routes.json(MonthPage, query=PageQuery)
def list_months(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List the closed months and those since, up to this one."""
    with access.database().reading() as session:
        closed = villages.closed_months(session, village=village)
        anchors = {one.month: one for one in proof.anchors(session, village=village)}
        first = _first_month(session, village)
    months, this = list(closed), dates.month_of(dates.day_of(access.now()))
    following = dates.next_month(closed[-1]) if closed else first
    while following <= this:
        months.append(following)
        following = dates.next_month(following)
    rows = [
        {
            "month": month,
            "closed": month in closed,
            "anchor": described(anchors[month]) if month in anchors else None,
        }
        for month in months
    ]
    return page_of(rows, query, lambda row: [row["month"]], newest=True)


@routes.get("/months/<key:month>", "查看一个月：是否月结，存证码", Permission.BOARD_VIEW)
@routes.json(MonthSchema)
def show_month(village: str, month: str) -> dict[str, Any]:
    """Show one month."""
    dates.parse_month(month)
    with access.database().reading() as session:
        closed = villages.is_closed(session, village=village, month=month)
        return {"month": month, "closed": closed, "anchor": _anchor(session, village, month)}


def _first_month(session: Session, village: str) -> str:
    """Return the month in which the village's log begins, or this one."""
    begun = ledger.log_entries(session, village=village, before=1, limit=1)
    return dates.month_of(dates.day_of(begun[0].recorded_at if begun else access.now()))


def _anchor(session: Session, village: str, month: str) -> dict[str, Any] | None:
    """Return the anchor of a month; none where there is none yet."""
    try:
        return described(proof.anchor(session, village=village, month=month))
    except proof.problems.AnchorUnknown:
        return None
