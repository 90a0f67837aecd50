"""Who may be named in public: by its own consent, kept with its day; without it a name is masked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import bindparam
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from pointsbank import labels, ledger, roster
from pointsbank.database import new_id
from pointsbank.errors import Invalid, NotFound, Refused
from pointsbank.failures import refusing_duplicates
from pointsbank.ledger import LogRecord
from pointsbank.once import once_a_reading
from pointsbank.prepared import fetch
from pointsbank.publicity.masking import NAMED, NUMBERED
from pointsbank.publicity.models import ConsentRow


class ConsentInvalid(Invalid):
    """A household is shown by name or by number; nothing else can be asked for."""

    code = "consent_invalid"
    sentence = "公示方式请选“公开姓名”或“只用序号”。"


class ConsentNotNeeded(Refused):
    """An organisation, branch, team or group is no person and is always named."""

    code = "consent_not_needed"
    sentence = "{name}不是个人或家庭，公示时本来就用全称，不用登记。"
    fixed_by = "村委"


class ConsentJustGiven(Refused):
    """Somebody else recorded this household's word at the same moment."""

    code = "consent_just_given"
    sentence = "刚才有人登记了这一户的公示方式，请刷新页面查看。"
    fixed_by = "本人"


class ConsentUnknown(NotFound):
    """There is no consent on record for this household."""

    code = "consent_unknown"
    sentence = "这一户没有登记过公示方式，名字本来就会隐去，不用撤回。"
    fixed_by = "村委"


@dataclass(frozen=True, slots=True)
class Consent:
    """How one participant asked to be shown: `named` in full, or `numbered` (第12户)."""

    participant: str
    shown_as: str
    given_by: str
    given_at: datetime


def give_consent(
    session: Session, *, village: str, participant: str, by: str, at: datetime, shown_as: str = NAMED
) -> Consent:
    """Record how a participant, by code, is shown in public; it replaces the last consent, which is kept.

    Args:
        shown_as: `named` in full, or `numbered` (第12户).

    Raises:
        ConsentInvalid: `shown_as` is neither.
        ParticipantUnknown: there is no such participant.
        ConsentNotNeeded: the participant is not a person or a household.
        ConsentJustGiven: somebody else recorded a consent at the same moment.

    And those of `ledger.record_many`.

    Example:
        give_consent(session, village="chayuan", participant="0101", by="li", at=now).shown_as  # "named"
    """
    if shown_as not in (NAMED, NUMBERED):
        raise ConsentInvalid()
    who = roster.by_code(session, village=village, code=participant)
    if who.kind not in roster.PERSONS:
        raise ConsentNotNeeded(name=who.name)
    ended = end_consent(session, village=village, participant=who.id, by=by, at=at)
    row = ConsentRow(
        village_id=village,
        id=new_id(session),
        participant_id=who.id,
        shown_as=shown_as,
        given_by=by,
        given_at=at,
    )
    session.add(row)
    with refusing_duplicates(ConsentJustGiven()):
        session.flush()
    words = {
        "participant": who.id,
        "consent": row.id,
        "shown_as": shown_as,
        "given_at": at.astimezone(UTC).isoformat(),
    }
    records = [*ended, LogRecord("consent_given", words)]
    ledger.record_many(session, records, village=village, by=by, at=at)
    return _view(row)


def withdraw_consent(session: Session, *, village: str, participant: str, by: str, at: datetime) -> None:
    """Withdraw a participant's consent, by code: from now on the name is masked again.

    Raises:
        ParticipantUnknown: there is no such participant.
        ConsentUnknown: no consent is in force.

    And those of `ledger.record_many`.

    Example:
        withdraw_consent(session, village="chayuan", participant="0101", by="li", at=now)
    """
    who = roster.by_code(session, village=village, code=participant)
    ended = end_consent(session, village=village, participant=who.id, by=by, at=at)
    if not ended:
        raise ConsentUnknown()
    ledger.record_many(session, ended, village=village, by=by, at=at)


def consents_taken_back(session: Session, *, village: str) -> dict[str, list[tuple[datetime, datetime]]]:
    """Return by id since when and until when who is not named in full any more was named so.

    Example:
        publicity.consents_taken_back(session, village="chayuan")  # {"7qk…": [(given, withdrawn)]}
    """
    row = ConsentRow
    query = select(row).where(
        row.in_village(village), col(row.shown_as) == NAMED, col(row.withdrawn_at).is_not(None)
    )
    named = {id for id, one in consents(session, village=village).items() if one.shown_as == NAMED}
    found: dict[str, list[tuple[datetime, datetime]]] = {}
    for one in session.exec(query):
        if one.withdrawn_at is not None and one.participant_id not in named:
            found.setdefault(one.participant_id, []).append((one.given_at, one.withdrawn_at))
    return found


@once_a_reading
def consents(session: Session, *, village: str) -> Mapping[str, Consent]:
    """Return every consent in force, by participant id.

    Example:
        consents(session, village="chayuan")["7qk…"].given_by  # "li"
    """
    found = fetch(session, _IN_FORCE, {"village": village}, into=Consent).all()
    return {one.participant: one for one in found}


def shown_as(session: Session, *, village: str) -> Mapping[str, str]:
    """Return how each participant with a consent in force is shown, by participant id.

    Nobody is named in full any more whose household has ended.

    Example:
        shown_as(session, village="chayuan")  # {"7qk…": "named"}
    """
    return ledger.kept(
        session,
        village=village,
        about="shown as",
        make=lambda: MappingProxyType(_wishes(session, village)),
        size=len,
        but_sales=True,
    )


def _wishes(session: Session, village: str) -> dict[str, str]:
    every = {key: consent.shown_as for key, consent in consents(session, village=village).items()}
    named = [key for key, wish in every.items() if wish == NAMED]
    people = roster.by_ids(session, village=village, ids=named)
    # Who has ended can take back nothing any more.
    return {key: wish for key, wish in every.items() if wish != NAMED or people[key].status != "closed"}


_IN_FORCE = select_columns(*ConsentRow.columns_of(Consent, participant=col(ConsentRow.participant_id))).where(
    ConsentRow.in_village(bindparam("village")), col(ConsentRow.withdrawn_at).is_(None)
)


class _Wish(NamedTuple):
    """How somebody asked to be shown."""

    shown_as: str


_WISH = select_columns(col(ConsentRow.shown_as)).where(
    ConsentRow.in_village(bindparam("village")),
    col(ConsentRow.participant_id) == bindparam("participant"),
    col(ConsentRow.withdrawn_at).is_(None),
)


def consent_of(session: Session, *, village: str, participant: str) -> str | None:
    """Return how one participant (id) asked to be shown, `named` or `numbered`; None where it never did.

    Example:
        consent_of(session, village="chayuan", participant=wang.id)  # "named"
    """
    found = fetch(session, _WISH, {"village": village, "participant": participant}, into=_Wish).first()
    return found.shown_as if found else None


def end_consent(
    session: Session, *, village: str, participant: str, by: str, at: datetime
) -> list[LogRecord]:
    """End the consent in force of a participant (id); return its entry for the log, none if there was none.

    The row is kept: it says what was allowed from when to when. Locks it. The caller writes the entry.
    """
    query = select(ConsentRow).where(
        ConsentRow.in_village(village),
        col(ConsentRow.participant_id) == participant,
        col(ConsentRow.withdrawn_at).is_(None),
    )
    row = session.exec(query.with_for_update()).first()
    if row is None:
        return []
    row.withdrawn_by, row.withdrawn_at = by, max(at, row.given_at)
    session.flush()
    moment = row.withdrawn_at.astimezone(UTC).isoformat()
    words = {"participant": participant, "consent": row.id, "withdrawn_at": moment}
    return [LogRecord("consent_withdrawn", words)]


@ledger.describes("consent_given")
def _given(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return e.g. 王建国：公开姓名."""
    return f"{names(words['participant'])}：{labels.name('shown_as', words['shown_as'])}"


@ledger.describes("consent_withdrawn")
def _withdrawn(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return whose name is masked again."""
    return str(names(words["participant"]))


def _view(row: ConsentRow) -> Consent:
    """Return a row as others see it."""
    return row.into(Consent, participant=row.participant_id)
