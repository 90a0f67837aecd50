"""Participants, what they hold, and their statements."""

from dataclasses import fields
from typing import Any

from pointsbank import ledger, roster
from pointsbank.ledger import Balance
from pointsbank.roster import Participant
from pointsbank.schemas.roster import (
    ParticipantPage,
    ParticipantQuery,
    ParticipantShape,
    StatementPage,
    StatementQuery,
)
from pointsbank.web import access
from pointsbank.web.access import Permission, permission
from pointsbank.web.api.cursors import cursor, position
from pointsbank.web.api.routes import Routes

routes = Routes("participants", "积分主体与流水")


@routes.looks("/villages/<key:village>/participants", "列出或查找积分主体（姓名、户号、拼音、首字母）")
@permission(Permission.ROSTER_VIEW)
@routes.takes(ParticipantQuery, "query")
@routes.gives(ParticipantPage)
def list_participants(asked: dict[str, Any], village: str) -> dict[str, Any]:
    """List participants, or find them by name, code or pinyin."""
    after = position(asked.pop("cursor"))
    with access.database().reading() as session:
        page = roster.listing(session, village=village, after=after, **asked)
        held = ledger.balances(session, village=village, participants=[one.id for one in page.items])
    return {"items": [_told(one, held[one.id]) for one in page.items], "next": cursor(page.next)}


@routes.looks("/villages/<key:village>/participants/<key:code>", "查看一户的积分")
@permission(Permission.FILE_VIEW)
@routes.gives(ParticipantShape)
def show_participant(village: str, code: str) -> dict[str, Any]:
    """Show one participant with what it holds."""
    with access.database().reading() as session:
        found = roster.by_code(session, village=village, code=code)
        held = ledger.balance(session, village=village, participant=found.id)
    access.note_look(village, found.id)
    return _told(found, held)


@routes.looks("/villages/<key:village>/participants/<key:code>/statement", "查看一户的流水，最新的在前")
@permission(Permission.FILE_VIEW)
@routes.takes(StatementQuery, "query")
@routes.gives(StatementPage)
def show_statement(asked: dict[str, Any], village: str, code: str) -> dict[str, Any]:
    """Show a participant's movements, newest first, with the balance after each."""
    before = position(asked.pop("cursor"))
    with access.database().reading() as session:
        found = roster.by_code(session, village=village, code=code)
        page = ledger.statement(session, village=village, participant=found.id, before=before, **asked)
    access.note_look(village, found.id)
    return {
        "participant": found.code,
        "unit": asked["unit"],
        "items": page.lines,
        "next": cursor(page.next),
    }


def _told(participant: Participant, held: Balance) -> dict[str, Any]:
    """A participant beside its balances."""
    own = {field.name: getattr(participant, field.name) for field in fields(participant)}
    return {**own, "balance": held.points, "honour": held.honour}
