"""Begins and ends restrictions, each with its entry in the log, and forgets their words.

Beginning one holds the participant's accounts, as a sale does: of a sale and a restriction at one moment one
sees the other.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from pointsbank import ledger
from pointsbank.dates import day_of
from pointsbank.errors import NotFound
from pointsbank.labels.restriction_kind import RESTRICTION_KIND
from pointsbank.roster.restriction_models import LIFTED, REVERSED, RestrictionRow
from pointsbank.roster.restrictions import STANDING, Restriction, until_in_words
from pointsbank.text import ERASED, clean_required


class RestrictionUnknown(NotFound):
    """No veto restricts this household now."""

    code = "restriction_unknown"
    sentence = "没有找到还在执行的限制：可能已经到期或解除，请打开这一户的档案再看。"
    fixed_by = "本人"


def restrict(
    session: Session,
    *,
    village: str,
    participant: str,
    score: str,
    kinds: Sequence[str],
    why: str,
    ends_on: date | None,
    by: str,
    at: datetime,
) -> None:
    """Keep a participant (id) from something from today on, because a veto (id) was posted.

    The caller holds the participant's accounts.

    Args:
        kinds: codes of `labels.restriction_kind`, at least one.
        why: the item's title.
        ends_on: the last day, today or later; None: until two people lift it.

    Raises:
        VillageUnknown: there is no such village.

    Example:
        roster.restrict(session, village="cy", participant=wang.id, score=score.id, kinds=["redemption"],
                        why="拒不整改", ends_on=None, by=li.id, at=now)
    """
    begins_on = day_of(at)
    for kind in kinds:
        row = RestrictionRow(
            village_id=village,
            score_id=score,
            kind=kind,
            participant_id=participant,
            why=why,
            begins_on=begins_on,
            ends_on=ends_on,
            begun_by=by,
            begun_at=at,
        )
        session.add(row)
    session.flush()
    words = {
        "participant": participant,
        "score": score,
        "kinds": list(kinds),
        "title": why,
        "begins_on": begins_on.isoformat(),
        "ends_on": ends_on.isoformat() if ends_on else None,
    }
    ledger.record(session, village=village, kind="restriction_begun", by=by, at=at, words=words)


def lift(
    session: Session, *, village: str, score: str, reason: str, by: str, second: str, at: datetime
) -> list[Restriction]:
    """End what a veto (id) leads to before its last day, because the matter was put right; by two people.

    Args:
        reason: 1 to 200 characters.

    Raises:
        RestrictionUnknown: nothing of it stands any more.
        TextInvalid: the reason cannot be stored.
        VillageUnknown: there is no such village.

    Example:
        roster.lift(session, village="cy", score=id, reason="已整改", by=li.id, second=zhao.id, at=now)
    """
    ended = _end(session, LIFTED, (by, second), village=village, score=score, reason=reason, at=at)
    if not ended:
        raise RestrictionUnknown()
    return ended


def reverse_restrictions(
    session: Session, *, village: str, score: str, reason: str, by: str, second: str, at: datetime
) -> list[Restriction]:
    """End what a veto (id) leads to because the score is put right; nothing where nothing stands.

    Raises:
        TextInvalid: the reason cannot be stored.
        VillageUnknown: there is no such village.

    Example:
        roster.reverse_restrictions(
            session, village="cy", score=id, reason="认错了户", by=li.id, second=zhao.id, at=now
        )
    """
    return _end(session, REVERSED, (by, second), village=village, score=score, reason=reason, at=at)


def _end(
    session: Session,
    ended_as: str,
    two: tuple[str, str],
    *,
    village: str,
    score: str,
    reason: str,
    at: datetime,
) -> list[Restriction]:
    """End what stands of a veto's restrictions, with one entry in the log; what is over stays as it is."""
    tidy = clean_required(reason, maximum=200)
    mine = (RestrictionRow.in_village(village), col(RestrictionRow.score_id) == score)
    query = select(RestrictionRow).where(*mine).order_by(col(RestrictionRow.kind)).with_for_update()
    rows = session.exec(query.execution_options(populate_existing=True)).all()
    # Of one that was lifted before nothing is left to reverse, and its end is not rewritten.
    standing = [row for row in rows if row.into(Restriction).state(at) == STANDING]
    standing.sort(key=lambda row: RESTRICTION_KIND.codes.index(row.kind))
    if not standing:
        return []
    for row in standing:
        row.ended_as, (row.ended_by, row.ended_with) = ended_as, two
        row.ended_at, row.end_reason = at, tidy
    session.flush()
    words = {
        "participant": standing[0].participant_id,
        "score": score,
        "kinds": [row.kind for row in standing],
        "title": standing[0].why,
        "ended_as": ended_as,
        "ended_by": two[0],
        "ended_with": two[1],
        "reason": tidy,
    }
    ledger.record(session, village=village, kind="restriction_ended", by=two[0], at=at, words=words)
    return [row.into(Restriction) for row in standing]


def forget_restrictions(session: Session, *, village: str, participant: str) -> None:
    """Put a placeholder for the words of every restriction of a participant (id).

    Example:
        roster.forget_restrictions(session, village="cy", participant=wang.id)
    """
    mine = (RestrictionRow.in_village(village), col(RestrictionRow.participant_id) == participant)
    for row in session.exec(select(RestrictionRow).where(*mine)).all():
        row.why = ERASED
        row.end_reason = row.end_reason and ERASED
    session.flush()


def _kinds(kinds: Iterable[str]) -> str:
    """Return kinds as a sentence names them: 兑换、红榜."""
    return "、".join(RESTRICTION_KIND.name(kind) for kind in kinds)


@ledger.describes("restriction_begun")
def _begun(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return e.g. 王建国：暂停兑换、红榜，到2026年12月31日（拒不整改）."""
    last = date.fromisoformat(words["ends_on"]) if words["ends_on"] else None
    what = f"暂停{_kinds(words['kinds'])}，{until_in_words(last)}"
    return f"{names(words['participant'])}：{what}（{words['title']}）"


@ledger.describes("restriction_ended")
def _ended(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return e.g. 王建国：恢复兑换、红榜（已整改，赵确认）."""
    why = f"{words['reason']}，{names(words['ended_with'])}确认"
    return f"{names(words['participant'])}：恢复{_kinds(words['kinds'])}（{why}）"
