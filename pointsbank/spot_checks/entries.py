"""What a drawn entry is about: whose it is, for which deed, from which meeting; for those inside alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from pointsbank import ledger, roster, scoring
from pointsbank.ledger import POINTS
from pointsbank.points import Points
from pointsbank.scoring import Score

_SCORE = "score"


@dataclass(frozen=True, slots=True)
class DrawnEntry:
    """One entry as those who go there need it: numbers in the log, household, deed, meeting.

    `points`: as posted, signed; `score_id` and `meeting_id` are empty for an entry that no score stands
    behind; `replaced`: the score was put right since.
    """

    log_index: int
    participant_id: str
    code: str
    name: str
    group: str
    title: str
    item_code: str
    occurred_on: date
    points: Points
    score_id: str
    meeting_id: str
    meeting: str
    replaced: bool


def owners(session: Session, *, village: str, indices: Sequence[int]) -> dict[int, str]:
    """Return whose (id) these entries are, by log index; what was erased is nobody's.

    Example:
        owners(session, village="chayuan", indices=[17])  # {17: wang.id}
    """
    sources = ledger.sources_of(session, village=village, source_kind=_SCORE, indices=indices)
    scores = scoring.scores_by_id(session, village=village, ids=sources.values())
    found = {index: scores[id].participant_id for index, id in sources.items() if id in scores}
    others = [_without_score(session, village, index) for index in indices if index not in found]
    return found | {one.log_index: one.participant_id for one in others if one.participant_id}


def drawn_entries(session: Session, *, village: str, indices: Sequence[int]) -> list[DrawnEntry]:
    """Return these entries with what they are about, in the order given.

    Example:
        spot_checks.drawn_entries(session, village="chayuan", indices=one.drawn)[0].title  # "参加环境清扫"
    """
    sources = ledger.sources_of(session, village=village, source_kind=_SCORE, indices=indices)
    scores = scoring.scores_by_id(session, village=village, ids=sources.values())
    people = roster.by_ids(session, village=village, ids={one.participant_id for one in scores.values()})
    replaced = {one.corrects for one in scoring.corrections(session, village=village, scores=list(scores))}
    called = _meetings(session, village, {one.meeting_id for one in scores.values()})
    found = []
    for index in indices:
        score = scores.get(sources.get(index, ""))
        if score is None:
            found.append(_without_score(session, village, index))
        else:
            group = people[score.participant_id].group
            found.append(_of_score(index, score, group, called[score.meeting_id], score.id in replaced))
    return found


def _of_score(index: int, score: Score, group: str, meeting: str, replaced: bool) -> DrawnEntry:
    """Return an entry that a score posted."""
    return DrawnEntry(
        log_index=index,
        participant_id=score.participant_id,
        code=score.code,
        name=score.name,
        group=group,
        title=score.title,
        item_code=score.item_code,
        occurred_on=score.occurred_on,
        points=score.counted_points,
        score_id=score.id,
        meeting_id=score.meeting_id,
        meeting=meeting,
        replaced=replaced,
    )


def _meetings(session: Session, village: str, ids: set[str]) -> dict[str, str]:
    """Return what these meetings are called, by id."""
    return {
        id: scoring.meeting(session, village=village, meeting_id=id, or_day_book=True).title for id in ids
    }


def _without_score(session: Session, village: str, index: int) -> DrawnEntry:
    """Return an entry that was posted by itself, as its own words have it."""
    [entry] = ledger.transactions(session, village=village, after=index - 1, limit=1)
    words = (entry.words or {}).get("words", entry.words) or {}
    person = roster.by_ids(session, village=village, ids={str(words.get("participant", ""))})
    owner = next(iter(person.values()), None)
    moved = sum(one.amount for one in entry.postings if one.unit == POINTS)
    return DrawnEntry(
        log_index=index,
        participant_id=owner.id if owner else "",
        code=owner.code if owner else "",
        name=owner.name if owner else "",
        group=owner.group if owner else "",
        title=str(words.get("title") or words.get("item") or ""),
        item_code="",
        occurred_on=entry.occurred_on,
        points=Points(moved if entry.kind == "award" else -moved),
        score_id="",
        meeting_id="",
        meeting="",
        replaced=False,
    )
