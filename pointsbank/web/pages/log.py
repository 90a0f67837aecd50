"""The village's log, entry by entry: what was decided and done, by whom, and when."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import render_template, request
from sqlmodel import Session

from pointsbank import labels, ledger, roster, staff
from pointsbank.ledger import LogEntry
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.page import Page, Tab

page = Page()
_LIMIT = 50


@dataclass(frozen=True)
class Line:
    """One entry of the log as the page shows it."""

    entry: LogEntry
    sentence: str
    by: str


@page.get(
    "/v/<village>/log",
    Permission.LEDGER_VIEW,
    tab=Tab("日志", "谁在何时决定了什么", after="paper", icon="clock"),
)
def log(village: str) -> str:
    """Show the log, newest first, or only one kind of entry."""
    kind = request.args.get("kind", "")
    before = request.args.get("before", "")
    with access.database().reading() as session:
        found = ledger.log_entries(
            session,
            village=village,
            kinds=[kind] if kind in labels.families()["log_kind"].names else (),
            # Numbers of 12 digits and more are nobody's entry, and no database's.
            before=int(before) if before.isascii() and before.isdigit() and len(before) < 12 else None,
            limit=_LIMIT,
        )
        lines = _lines(session, village, found)
    older = found[-1].index if len(found) == _LIMIT and found[-1].index else None
    kinds = list(labels.families()["log_kind"].names.items())
    return render_template("log.html", lines=lines, older=older, kind=kind, kinds=kinds)


def _lines(session: Session, village: str, entries: Iterable[LogEntry]) -> list[Line]:
    """Return the entries with their sentences, and with the names behind their ids."""
    shown = list(entries)
    ids = {
        value
        for entry in shown
        for value in (entry.actor, *(entry.words or {}).values())
        if isinstance(value, str) and value
    }
    names = staff.actors(session, ids=ids)
    people = roster.by_ids(session, village=village, ids=ids - names.keys())
    names |= {one.id: one.name for one in people.values()}

    def name_of(id: object) -> str:
        return names.get(str(id), str(id))

    return [
        Line(
            entry,
            ledger.describe(entry.kind, entry.words, name_of),
            name_of(entry.actor) if entry.actor else "",
        )
        for entry in shown
    ]
