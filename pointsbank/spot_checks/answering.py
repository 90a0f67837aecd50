"""What was found on the spot: answers by entry, and two signatures of two roles that make them the result."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import governing, law, ledger, panels, roster, villages
from pointsbank.dates import month_in_words
from pointsbank.law import Use
from pointsbank.roster import Participant
from pointsbank.spot_checks.entries import owners
from pointsbank.spot_checks.models import SpotCheckAnswerRow, SpotCheckRow
from pointsbank.spot_checks.planning import check_two, roles_of
from pointsbank.spot_checks.reading import SpotCheck, spot_check
from pointsbank.spot_checks.signers import check_households, check_signer
from pointsbank.spot_checks.states import (
    MAXIMUM_NOTE,
    AnswersMissing,
    DiceNotThrown,
    EntryNotDrawn,
    SameInspector,
    SpotCheckChanged,
    SpotCheckSealed,
    SpotCheckUnanswered,
    check_own,
)
from pointsbank.text import clean


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of one entry: a code of `labels.spot_check_answer`, and a note that stays inside."""

    answer: str
    note: str = ""


def answer(
    session: Session,
    *,
    village: str,
    month: str,
    answers: Mapping[int, Found],
    first: str,
    second: str,
    by: str,
    at: datetime,
) -> SpotCheck:
    """Write down what two people found of some drawn entries; what is as it was is not written again.

    Locks the village. A first signature is taken off by it: it was given for something else.

    Args:
        answers: by the entry's number in the log; notes at most 200 characters.
        first, second: codes of the households whose people went there; two, and of none of these entries.

    Raises:
        SpotCheckUnknown, DiceNotThrown, SpotCheckSealed: no such draw, no dice, or its result stands.
        AnswersMissing: there is no answer at all.
        EntryNotDrawn: an entry was not drawn.
        SameInspector: the two are of one household.
        OwnEntry: one of the two is of the household of an entry, or a near relative's.
        EntererInvolved: who writes it down is.
        ParticipantUnknown: there is no household with such a code.
        TextInvalid: a note is too long.
        Wording: a note holds what nobody writes down of anybody; as `law.check`.

    And those of `villages.lock` and `ledger.record`.

    Example:
        spot_checks.answer(
            session, month="2026-09", answers={812: Found("true")}, first="0101", second="0303", **common
        ).open  # 19
    """
    villages.lock(session, village=village)
    one = _open(session, village, month)
    if not answers:
        raise AnswersMissing()
    for index in answers:
        if index not in one.drawn:
            raise EntryNotDrawn(index=str(index)[:20])
    went = [roster.by_code(session, village=village, code=code) for code in (first, second)]
    if went[0].id == went[1].id:
        raise SameInspector()
    whose = owners(session, village=village, indices=list(answers))
    theirs = [_leaves_to_others(session, village, person) for person in went]
    check_own(whose, *theirs, enterer=panels.kin_of(session, village=village, staff=by))
    rows = _new_rows(session, one, answers, went, village=village, by=by, at=at)
    if rows:
        _write(session, village, month, rows, by=by, at=at)
    return spot_check(session, village=village, month=month)


def _leaves_to_others(session: Session, village: str, person: Participant) -> tuple[str, frozenset[str]]:
    """Return what an inspector's household is called, and whose (ids) entries its people leave to others."""
    kin = panels.kin_of_household(session, village=village, participant=person.id)
    return f"{person.name}（{person.code}）", kin | {person.id}


def _open(session: Session, village: str, month: str) -> SpotCheck:
    """Return a draw whose dice are thrown and whose result does not stand yet."""
    one = spot_check(session, village=village, month=month)
    if not one.throws:
        raise DiceNotThrown()
    if one.sealed_by is not None:
        raise SpotCheckSealed(month=month_in_words(month))
    return one


def _new_rows(
    session: Session,
    one: SpotCheck,
    answers: Mapping[int, Found],
    went: list[Participant],
    *,
    village: str,
    by: str,
    at: datetime,
) -> list[SpotCheckAnswerRow]:
    """Return the rows of those answers that are not what is written already."""
    people = governing.named_people(session, village=village)
    rows = []
    for index, found in sorted(answers.items()):
        note = clean(found.note, maximum=MAXIMUM_NOTE)
        if note:
            law.check(note, Use.FACT, field="备注", people=people, at=("answers",))
        last = one.answers.get(index)
        new = (found.answer, note, went[0].id, went[1].id)
        if last is not None and new == (last.answer, last.note, last.first_id, last.second_id):
            continue
        rows.append(
            SpotCheckAnswerRow(
                village_id=village,
                month=one.month,
                log_index=index,
                number=last.number + 1 if last else 1,
                answer=found.answer,
                note=note,
                first_id=went[0].id,
                second_id=went[1].id,
                recorded_by=by,
                recorded_at=at,
            )
        )
    return rows


def _write(
    session: Session, village: str, month: str, rows: list[SpotCheckAnswerRow], *, by: str, at: datetime
) -> None:
    """Write answers, take a first signature off, and tell the log."""
    session.add_all(rows)
    row = session.get_one(SpotCheckRow, (village, month))
    row.signed_by, row.signed_at = None, None
    session.flush()
    words = {
        "month": month,
        "answers": [[one.log_index, one.number, one.answer] for one in rows],
        "first": rows[0].first_id,
        "second": rows[0].second_id,
    }
    ledger.record(session, village=village, kind="spot_check_answered", by=by, at=at, words=words)


def sign(
    session: Session, *, village: str, month: str, seen: str | None = None, by: str, at: datetime
) -> SpotCheck:
    """Sign what was found: first, or second, as another person of another role, which makes it the result.

    Locks the village. Who signed first and signs again does nothing. The same is asked of both, whoever comes
    first: a first signature by somebody who may not sign any more is replaced by the next one.

    Args:
        seen: the `mark` of the draw as the signer saw it; None does not compare.

    Raises:
        SpotCheckUnknown, DiceNotThrown, SpotCheckSealed: no such draw, no dice, or its result stands.
        SpotCheckChanged: it is not what the signer saw.
        SpotCheckUnanswered: some entries have no answer.
        SignerInvolved: a drawn entry is of the signer's household, or a near relative's.
        SameRole, LoginNotIndependent: the second is not surely another person of another role.
        SameHousehold: the two live in one.

    And those of `villages.lock` and `ledger.record`.

    Example:
        spot_checks.sign(session, village="chayuan", month="2026-09", by=zhao, at=now).status  # "signed"
    """
    villages.lock(session, village=village)
    one = _open(session, village, month)
    if one.signed_by == by:
        return one
    if seen is not None and seen != one.mark:
        raise SpotCheckChanged()
    if one.open:
        raise SpotCheckUnanswered(count=one.open)
    whose = owners(session, village=village, indices=one.drawn)
    check_signer(whose, panels.kin_of(session, village=village, staff=by))
    row = session.get_one(SpotCheckRow, (village, month))
    first, begun_at = one.signed_by, one.signed_at
    if first is None or begun_at is None or not _may_sign(session, village, first, whose):
        row.signed_by, row.signed_at = by, at
        session.flush()
        words: dict[str, Any] = {"month": month}
        ledger.record(session, village=village, kind="spot_check_signed", by=by, at=at, words=words)
        return spot_check(session, village=village, month=month)
    check_two(session, village, first, by, at=at, begun_at=begun_at)
    check_households(*(panels.households_of(session, village=village, staff=each) for each in (first, by)))
    words = {"month": month, "first": first, "size": one.size, **one.counts}
    place = ledger.record(session, village=village, kind="spot_check_sealed", by=by, at=at, words=words)
    row.sealed_by, row.sealed_at, row.log_index = by, at, place.index
    session.flush()
    return spot_check(session, village=village, month=month)


def _may_sign(session: Session, village: str, first: str, whose: Mapping[int, str]) -> bool:
    """Return whether who signed first still has a role for it and is of no drawn entry's household."""
    involved = panels.kin_of(session, village=village, staff=first) & set(whose.values())
    return bool(roles_of(session, village).get(first)) and not involved


@ledger.describes("spot_check_answered")
def _answered(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 2026年9月，8条."""
    return f"{month_in_words(words['month'])}，{len(words['answers'])}条"


@ledger.describes("spot_check_signed")
def _signed(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return the month."""
    return month_in_words(words["month"])


@ledger.describes("spot_check_sealed")
def _sealed(words: Mapping[str, Any], _names: ledger.Names) -> str:
    """Return e.g. 2026年9月，抽查20条，属实19条."""
    return f"{month_in_words(words['month'])}，抽查{words['size']}条，属实{words['true']}条"
