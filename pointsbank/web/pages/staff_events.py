"""Who signed in, who was refused, and what was changed about accounts: to read, to filter, to take along."""

from datetime import UTC, datetime
from typing import TypedDict

from flask import render_template, request
from flask.typing import ResponseReturnValue

from pointsbank import labels, lists, staff
from pointsbank.staff import Permission, StaffEvent
from pointsbank.web import access, forms
from pointsbank.web.listing import asked_for, list_for_visitor, send_list
from pointsbank.web.page import Page, Tab

page = Page()

ON_A_PAGE = 100
_ACTORS = {"": "没有登录", "setup": "安装"}


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
        everybody=staff.INSTALLATION_ACTS,
        kept=[staff.KEPT_SIGN_INS.days, staff.KEPT_CHANGES.days // 366],
    )


@page.get("/v/<village>/staff-events.xlsx", Permission.STAFF_EVENTS_VIEW)
def staff_events_table(village: str) -> ResponseReturnValue:
    """Send the same as a table for Excel."""
    wanted = list_for_visitor("signins")
    chosen = {name: value for name, value in _chosen().items() if isinstance(value, str)}
    return send_list(wanted, asked_for(wanted, village, chosen, {}, on_paper=False), lists.XLSX)


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
