"""Participants, their balances and their statements."""

from dataclasses import asdict, fields
from typing import Any

from pointsbank import ledger, roster
from pointsbank.ledger import Balance, StatementLine
from pointsbank.roster import NewFacts, Participant
from pointsbank.schemas.requesting import FileBody
from pointsbank.schemas.roster import (
    ParticipantPage,
    ParticipantQuery,
    ParticipantSchema,
    StatementPage,
    StatementQuery,
)
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.api.cursors import cursor, position
from pointsbank.web.api.routes import Routes
from pointsbank.web.api.telling import EntryNames

routes = Routes("participants", "积分主体与明细")


@routes.get(
    "/participants",
    "列出或查找积分主体（户号、姓名、拼音、首字母、小组、卡号）",
    Permission.ROSTER_VIEW,
    in_group=True,
)
@routes.json(ParticipantPage, query=ParticipantQuery)
def list_participants(query: dict[str, Any], village: str) -> dict[str, Any]:
    """List participants, or find them in the order of `roster.ranking`, best fit first."""
    after = position(query.pop("cursor"))
    with access.database().reading() as session:
        page = roster.listing(session, village=village, after=after, groups=access.groups(), **query)
        balances = ledger.balances(session, village=village, participants=[one.id for one in page.items])
    return {"items": [_described(one, balances[one.id]) for one in page.items], "next": cursor(page.next)}


@routes.get("/participants/<key:code>", "查看一户的积分", Permission.FILE_VIEW, in_group=True)
@routes.json(ParticipantSchema)
def show_participant(village: str, code: str) -> dict[str, Any]:
    """Show one participant with what it holds."""
    with access.database().reading() as session:
        found = roster.by_code(session, village=village, code=code, groups=access.groups())
        balance = ledger.balance(session, village=village, participant=found.id)
    access.log_access(village, found.id)
    return _described(found, balance)


@routes.get(
    "/participants/<key:code>/statement", "查看一户的明细，最新的在前", Permission.FILE_VIEW, in_group=True
)
@routes.json(StatementPage, query=StatementQuery)
def show_statement(query: dict[str, Any], village: str, code: str) -> dict[str, Any]:
    """Show a participant's movements, newest first, with the balance after each."""
    before = position(query.pop("cursor"))
    with access.database().reading() as session:
        found = roster.by_code(session, village=village, code=code, groups=access.groups())
        page = ledger.statement(session, village=village, participant=found.id, before=before, **query)
        names = EntryNames(session, village, [line.words for line in page.lines], found.id, at=access.now())
    access.log_access(village, found.id)
    return {
        "participant": found.code,
        "unit": query["unit"],
        "items": [
            asdict(line) | {"words": names.reason(line.kind, line.words), "score": _score_of(line)}
            for line in page.lines
        ],
        "next": cursor(page.next),
    }


@routes.post("/participants/<key:code>/file", "修改一户的档案，记入账本日志", Permission.ROSTER_CHANGE)
@routes.json(ParticipantSchema, body=FileBody)
def edit_file(body: dict[str, Any], village: str, code: str) -> dict[str, Any]:
    """Change name, people, address, group or status of a participant, with the reason."""
    reason = body.pop("reason")
    about: Any = {"village": village, **access.by_and_at()}
    with access.database().writing() as session:
        found = roster.edit(session, code=code, facts=NewFacts(**body), reason=reason, **about)
        balance = ledger.balance(session, village=village, participant=found.id)
    return _described(found, balance)


def _score_of(line: StatementLine) -> str | None:
    """The id of the score that a line posted, or of the version for which it was posted back."""
    kind, id = line.source or ("", None)
    return id if kind in ("score", "score_correction") else None


def _described(participant: Participant, balance: Balance) -> dict[str, Any]:
    """A participant beside its balances."""
    own = {field.name: getattr(participant, field.name) for field in fields(participant)}
    return {**own, "balance": balance.points, "honour": balance.honour}
