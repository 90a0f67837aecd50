"""What happened to the accounts of a village: sign-ins, refused ones, changes; as long as they are kept."""

from collections.abc import Iterator, Sequence

from sqlmodel import Session

from pointsbank import staff
from pointsbank.labels.staff_event import STAFF_EVENT
from pointsbank.lists.base import Asked, Column, List, Row
from pointsbank.lists.filters import Days, OneOf, Search
from pointsbank.lists.kinds import COUNT, MOMENT, word_of
from pointsbank.lists.people import add_staff
from pointsbank.staff import Permission

_MAXIMUM = 10_000
"""A village has some hundreds a month, and they are kept for half a year."""
_ACTORS = {"": "没有登录", "setup": "安装"}


def _rows(session: Session, asked: Asked) -> Iterator[Row]:
    """Yield the events, newest first."""
    for one in staff.account_events(session, village=asked.village, limit=_MAXIMUM):
        yield {
            "id": one.id,
            "at": one.at,
            "kind": one.kind,
            "times": one.times,
            "login": one.login or "",
            "account": one.login or ("全部村" if one.kind in staff.INSTALLATION_ACTS else "没有这个账号"),
            "name": one.name or "",
            "actor": one.by,
            "address": one.address,
            "note": one.note,
        }


def _complete(session: Session, asked: Asked, rows: Sequence[Row]) -> None:
    """Add who did it."""
    add_staff(session, rows, by="actor")
    for row in rows:
        row["by"] = _ACTORS.get(row["actor"], row["by"])


LIST = List(
    name="signins",
    title="登录记录",
    about="谁登录过，账号有什么变动。",
    permission=Permission.STAFF_EVENTS_VIEW,
    columns=(
        Column(key="at", title="时间", kind=MOMENT, sort="at", place="sub"),
        Column(key="kind", title="种类", kind=word_of(STAFF_EVENT), sort="kind", place="main"),
        Column(key="times", title="次数", kind=COUNT, place="number"),
        Column(key="account", title="账号", sort="login", place="sub"),
        Column(key="name", title="姓名", sort="name", place="sub"),
        Column(key="by", title="操作人"),
        Column(key="address", title="来自"),
        Column(key="note", title="说明", paper=None),
    ),
    order=("-at", "id"),
    rows=_rows,
    complete=_complete,
    filters=(
        OneOf("kind", "种类", "kind", labels=STAFF_EVENT),
        Search("login", "账号", "login"),
        Days("first", "从", "at", moments=True),
        Days("until", "到", "at", until=True, moments=True),
    ),
    empty="没有这样的记录。",
)
