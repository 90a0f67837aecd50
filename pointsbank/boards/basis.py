"""On what a warning rests: one score of the household, or one fact that somebody recorded about it.

Each is a row of its own, and can be objected to: while one waits for an answer the warning neither goes up
nor shows, in the database too (`resting.OPEN_OBJECTION`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session

from pointsbank import ledger, scoring
from pointsbank.boards.models import ListingRow
from pointsbank.boards.process_models import BasisRow, FactRow
from pointsbank.database import new_id
from pointsbank.dates import day_of
from pointsbank.errors import Invalid, NotFound, Refused
from pointsbank.scoring import Score


class BasisUnfit(Invalid):
    """The score is another household's, gives points, or counts no more."""

    code = "basis_unfit"
    sentence = "所依据的评分应是这一户被扣分的评分，并且没有撤回，请在这一户的评分里重新选择。"
    fixed_by = "村委"
    at = ("score",)


class SeenDayInvalid(Invalid):
    """What was seen was seen in the future."""

    code = "seen_day_invalid"
    sentence = "看到的日期“{day}”有误：不能晚于今天，请重新填写。"
    at = ("seen_on",)


class FactUnknown(NotFound):
    """There is no such recorded fact."""

    code = "listing_fact_unknown"
    sentence = "没有找到这条记录的事实，请从红黑榜里那一条的页面打开。"
    fixed_by = "本人"


class BasisMissing(Refused):
    """The proposal is from before warnings had to rest on something named."""

    code = "basis_missing"
    sentence = "这条提名没有写明依据哪条评分或哪件事，不能上黑榜。请撤回以后重新提名。"
    fixed_by = "村委"


class BasisNotPosted(Refused):
    """The score that a warning rests on has not hung its days, or was withdrawn."""

    code = "basis_not_posted"
    sentence = "所依据的评分还没有公示期满入账（或者已经撤回），不能签字、上榜。请等入账，或者撤回这条提名。"
    fixed_by = "村委"


@dataclass(frozen=True, slots=True)
class Basis:
    """What a listing rests on: a score (id), or a fact (id) with the day on which it was seen."""

    score_id: str | None
    fact_id: str | None
    seen_on: date | None = None
    recorded_by: str | None = None


def score_for(session: Session, score: str, *, village: str, participant: str) -> Score:
    """Return the score (id) on which a warning about a participant (id) is to rest.

    Raises:
        ScoreUnknown: there is no such score.
        BasisUnfit: it is another's, gives points, or was withdrawn.
    """
    found = scoring.score(session, village=village, score_id=score)
    of_this = found.participant_id == participant and found.direction != scoring.PLUS
    if not of_this or found.status == scoring.WITHDRAWN:
        raise BasisUnfit()
    return found


def refuse_not_posted(session: Session, basis: Basis, *, village: str) -> None:
    """Raise unless the score on which a warning rests, or a version of it, is posted; a fact always will do.

    Before, everybody may still say that it is wrong, and no reason is shown before its notice has run.

    Raises:
        BasisNotPosted: none is posted.
        ScoreUnknown: there is no such score.
    """
    if not is_posted(session, basis, village=village):
        raise BasisNotPosted()


def is_posted(session: Session, basis: Basis, *, village: str) -> bool:
    """Return whether a fact carries a warning, or a score of which a version is posted.

    Another household's score, or one for another item, that a correction moves here is no version of it.

    Raises:
        ScoreUnknown: there is no such score.
    """
    if basis.score_id is None:
        return True
    chain = [one.score for one in scoring.versions(session, village=village, score=basis.score_id)]
    [named] = [one for one in chain if one.id == basis.score_id]
    same = (named.participant_id, named.item_code)
    return any(one.status == scoring.POSTED and (one.participant_id, one.item_code) == same for one in chain)


def check_seen_on(seen_on: date | None, at: datetime) -> date:
    """Return the day on which something was seen, today unless one is given; raises SeenDayInvalid."""
    day = seen_on or day_of(at)
    if day > day_of(at):
        raise SeenDayInvalid(day=day)
    return day


def rest_on_fact(session: Session, row: ListingRow, seen_on: date, *, by: str, at: datetime) -> None:
    """Record what was seen, in the words of a new proposal, and let the proposal rest on it.

    Raises VillageUnknown.
    """
    fact = FactRow(
        village_id=row.village_id,
        id=new_id(session),
        participant_id=row.participant_id,
        seen_on=seen_on,
        words=row.fact,
        recorded_by=by,
        recorded_at=at,
    )
    session.add(fact)
    session.flush()
    rest_on(session, row, fact=fact.id)
    words = {
        "participant": row.participant_id,
        "fact": fact.id,
        "seen_on": seen_on.isoformat(),
        "words": row.fact,
        "recorded_at": at.astimezone(UTC).isoformat(),
    }
    ledger.record(session, village=row.village_id, kind="listing_fact_recorded", by=by, at=at, words=words)


def rest_on(session: Session, row: ListingRow, *, score: str | None = None, fact: str | None = None) -> None:
    """Let a new proposal rest on a score (id) or on a fact (id) that is recorded."""
    session.add(BasisRow(village_id=row.village_id, listing_id=row.id, score_id=score, fact_id=fact))
    session.flush()


def basis_of(session: Session, *, village: str, listing: str) -> Basis | None:
    """Return on what a listing (id) rests; None for praise, and for one from before this was written down.

    Example:
        boards.basis_of(session, village="cy", listing=id).score_id  # "k3…"
    """
    row = session.get(BasisRow, (village, listing))
    if row is None:
        return None
    fact = session.get(FactRow, (village, row.fact_id)) if row.fact_id else None
    if fact is None:
        return Basis(row.score_id, None)
    return Basis(None, fact.id, fact.seen_on, fact.recorded_by)


@ledger.describes("listing_fact_recorded")
def _recorded(words: Mapping[str, Any], names: ledger.Names) -> str:
    """Return e.g. 王建国：2026-09-01，门前杂物堆放."""
    return f"{names(words['participant'])}：{words['seen_on']}，{words['words']}"
