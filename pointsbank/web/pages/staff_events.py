"""Who signed in, who was refused, and what was changed about accounts: to read, to filter, to take along."""

import io
from datetime import UTC, datetime
from itertools import chain
from typing import TypedDict

from flask import render_template, request, send_file
from flask.typing import ResponseReturnValue

from pointsbank import labels, spreadsheets, staff
from pointsbank.staff import Permission, StaffEvent
from pointsbank.web import access, forms
from pointsbank.web.display import show_moment
from pointsbank.web.page import Page, Tab

page = Page()

ON_A_PAGE = 100
IN_A_TABLE = 10_000
"""Rows of an exported table; a village has some hundreds a month."""
_ACTORS = {"": "没有登录", "setup": "安装"}
_HEADINGS = ["时间", "种类", "次数", "账号", "姓名", "操作人", "来自", "说明"]


@page.get(
    "/v/<village>/staff-events",
    Permission.STAFF_EVENTS_VIEW,
    tab=Tab("登录记录", "谁登录过，账号有什么变动", after="staff_list", icon="door"),
)
def staff_events(village: str) -> ResponseReturnValue:
    """Show what happened to the accounts of a village, newest first."""
    with access.database().reading() as session:
        found = staff.account_events(
            session, village=village, **_chosen(), before=_before(), limit=ON_A_PAGE + 1
        )
        people = staff.everyone(session, village=village)
        names = staff.actors(session, ids=[one.by for one in found])
    shown, last = found[:ON_A_PAGE], found[:ON_A_PAGE][-1:]
    return render_template(
        "staff_events.html",
        filter=forms.unbound(kind=_chosen()["kind"] or "", login=_chosen()["login"] or ""),
        events=[(one, _actor(one, names)) for one in shown],
        older=f"{last[0].at.isoformat()}~{last[0].id}" if len(found) > ON_A_PAGE else "",
        kinds=list(labels.families()["staff_event"].names.items()),
        people=[(one.staff.login, one.staff.name) for one in people],
        chosen={name: value for name, value in _chosen().items() if value},
        kept=[staff.KEPT_SIGN_INS.days, staff.KEPT_CHANGES.days // 366],
    )


@page.get("/v/<village>/staff-events.xlsx", Permission.STAFF_EVENTS_VIEW)
def staff_events_table(village: str) -> ResponseReturnValue:
    """Send the same as a table for Excel."""
    with access.database().reading() as session:
        found = staff.account_events(session, village=village, **_chosen(), limit=IN_A_TABLE)
        ids = list(dict.fromkeys(one.by for one in found))
        parts = [staff.actors(session, ids=ids[start : start + 500]) for start in range(0, len(ids), 500)]
    names = dict(chain.from_iterable(part.items() for part in parts))
    rows = [_row(one, _actor(one, names)) for one in found]
    content = spreadsheets.write_table("登录记录", _HEADINGS, rows)
    return send_file(
        io.BytesIO(content), spreadsheets.XLSX, as_attachment=True, download_name=f"登录记录-{village}.xlsx"
    )


class Chosen(TypedDict):
    """What is filtered by; None: not at all."""

    kind: str | None
    login: str | None


def _chosen() -> Chosen:
    kind = request.args.get("kind", "")
    known = kind if kind in labels.families()["staff_event"].codes else None
    return {"kind": known, "login": request.args.get("login", "")[:32] or None}


def _before() -> tuple[datetime, str] | None:
    moment, _, last = request.args.get("before", "").partition("~")
    try:
        at = datetime.fromisoformat(moment)
        # Here, for the first and the last day of all time have moments that are none in UTC.
        return (at.astimezone(UTC), last[:32]) if at.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _actor(event: StaffEvent, names: dict[str, str]) -> str:
    return names.get(event.by) or _ACTORS.get(event.by, event.by)


def _row(event: StaffEvent, actor: str) -> list[str | int]:
    kind = labels.name("staff_event", event.kind)
    account = [event.login or "没有这个账号", event.name or ""]
    return [show_moment(event.at), kind, event.times, *account, actor, event.address, event.note]
