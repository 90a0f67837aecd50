"""Finding claims: one, those that wait, a household's, and the one that a score came from."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, case, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from pointsbank import roster
from pointsbank.claims.models import ClaimDecisionRow, ClaimRow
from pointsbank.claims.states import TAKEN, WAITING
from pointsbank.errors import NotFound


class ClaimUnknown(NotFound):
    """There is no such claim, or it is none of this person's business."""

    code = "claim_unknown"
    sentence = "没有找到这件申报，请从“申报”页重新选择。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class Claim:
    """A deed that somebody reported; `supported`: how the group saw it, None while it has not looked."""

    id: str
    participant_id: str
    code: str
    name: str
    group: str
    item_code: str
    item_title: str
    occurred_on: date
    quantity: int | None
    words: str
    status: str
    filed_at: datetime
    filed_by: str
    supported: bool | None
    opinion: str
    looked_at: datetime | None
    looked_by: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a meeting decided about a claim, a code of `labels.claim_decision`; `score`: the score (id)."""

    claim_id: str
    number: int
    kind: str
    meeting_id: str
    score_id: str | None
    reason: str
    decided_at: datetime
    decided_by: str


def claim(session: Session, *, village: str, claim_id: str, groups: Collection[str] | None = None) -> Claim:
    """Return one claim.

    Args:
        groups: only claims for participants of these groups (ids) are there; None for the whole village.

    Raises:
        ClaimUnknown: the village, or these groups of it, have none.

    Example:
        claims.claim(session, village="chayuan", claim_id=id).status  # "waiting"
    """
    return view(session, claim_row(session, village, claim_id, groups=groups))


def claim_row(
    session: Session,
    village: str,
    claim_id: str,
    *,
    groups: Collection[str] | None = None,
    lock: bool = False,
) -> ClaimRow:
    """Return the row of a claim, locked where that is asked for.

    Raises:
        ClaimUnknown: as `claim`.
    """
    row = session.get(ClaimRow, (village, claim_id), with_for_update=lock, populate_existing=lock)
    if row is None:
        raise ClaimUnknown()
    if groups is not None and not roster.is_within(_whose(session, row), groups):
        raise ClaimUnknown()
    return row


def waiting(session: Session, *, village: str, groups: Collection[str] | None = None) -> list[Claim]:
    """Return the claims about which no meeting has decided, by household and day.

    Args:
        groups: as `claim`.

    Example:
        claims.waiting(session, village="chayuan")[0].item_title  # "义务巡河"
    """
    mine = (ClaimRow.in_village(village), col(ClaimRow.status) == WAITING)
    return _views(session, village, select(ClaimRow).where(*mine), groups=groups)


def of_participant(session: Session, *, village: str, participant: str) -> list[Claim]:
    """Return what was claimed for a participant (id), the latest first.

    Example:
        claims.of_participant(session, village="chayuan", participant=wang.id)[0].status  # "taken"
    """
    mine = (ClaimRow.in_village(village), col(ClaimRow.participant_id) == participant)
    found = _views(session, village, select(ClaimRow).where(*mine))
    return sorted(found, key=lambda one: one.filed_at, reverse=True)


def decisions(session: Session, *, village: str, claim_id: str) -> list[Decision]:
    """Return what was decided about a claim, in order.

    Example:
        claims.decisions(session, village="chayuan", claim_id=id)[-1].kind  # "taken"
    """
    mine = (ClaimDecisionRow.in_village(village), col(ClaimDecisionRow.claim_id) == claim_id)
    rows = session.exec(select(ClaimDecisionRow).where(*mine).order_by(col(ClaimDecisionRow.number)))
    return [row.into(Decision) for row in rows]


def claim_of_score(session: Session, *, village: str, score: str) -> str | None:
    """Return the claim (id) that a score (id) came from, or None.

    Example:
        claims.claim_of_score(session, village="chayuan", score=id)  # "7qk…"
    """
    mine = (
        ClaimDecisionRow.in_village(village),
        col(ClaimDecisionRow.score_id) == score,
        col(ClaimDecisionRow.kind) == TAKEN,
    )
    return session.exec(select(ClaimDecisionRow.claim_id).where(*mine)).first()


def count_waiting(session: Session, *, village: str, unseen: bool = False) -> int:
    """Return how many claims wait for a meeting; or for the look of their group.

    Example:
        claims.count_waiting(session, village="chayuan")  # 3
    """
    mine = [ClaimRow.in_village(village), col(ClaimRow.status) == WAITING]
    if unseen:
        mine.append(col(ClaimRow.supported).is_(None))
    return session.exec(select(func.count()).select_from(ClaimRow).where(*mine)).one()


def claims_query(*, village: str, groups: Collection[str] | None = None) -> Select[Any]:
    """Return the statement that selects a village's claims, for lists.

    `seen` is a code of `labels.claim_opinion`.

    Args:
        groups: as `claim`.

    Example:
        session.execute(claims.claims_query(village="chayuan"))
    """
    row = ClaimRow
    columns = ("id", "participant_id", "item_code", "item_title", "occurred_on", "quantity", "words")
    more = ("status", "filed_at", "filed_by", "opinion", "looked_by")
    supported = col(row.supported)
    seen = case((supported.is_(None), "unseen"), (supported.is_(True), "supported"), else_="unsupported")
    named: list[Any] = [col(getattr(row, name)).label(name) for name in (*columns, *more)]
    selected: Select[Any] = select_columns(*named, seen.label("seen")).where(row.in_village(village))
    if groups is not None:
        selected = selected.where(col(row.participant_id).in_(roster.ids_within(groups, village=village)))
    return selected


def view(session: Session, row: ClaimRow) -> Claim:
    """Return a row with whose deed it is."""
    return _view(row, _whose(session, row))


def _whose(session: Session, row: ClaimRow) -> roster.Participant:
    return roster.by_ids(session, village=row.village_id, ids={row.participant_id})[row.participant_id]


def _views(
    session: Session, village: str, query: Any, *, groups: Collection[str] | None = None
) -> list[Claim]:
    """Return the claims that a statement selects, by household and day."""
    rows = session.exec(query).all()
    people = roster.by_ids(session, village=village, ids={row.participant_id for row in rows})
    mine = [row for row in rows if roster.is_within(people[row.participant_id], groups)]
    return sorted(
        (_view(row, people[row.participant_id]) for row in mine),
        key=lambda one: (people[one.participant_id].sort_key, one.occurred_on, one.id),
    )


def _view(row: ClaimRow, person: roster.Participant) -> Claim:
    return row.into(Claim, code=person.code, name=person.name, group=person.group)
