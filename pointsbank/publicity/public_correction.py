"""A correction as it hangs: what was posted, what stands in its place, with names as the wall may show."""

from dataclasses import replace

from sqlmodel import Session

from pointsbank import governing, law, scoring
from pointsbank.dates import day_of
from pointsbank.law import Use
from pointsbank.publicity.names_of_groups import public_groups
from pointsbank.publicity.notice_entries import entries_of, public_entry
from pointsbank.publicity.notices import PublicNotice
from pointsbank.scoring import Correction, Score

_CORRECTED = "评分更正公示"


def public_correction(session: Session, *, village: str, score: str, outside: bool = False) -> PublicNotice:
    """Return a correction as it hangs, by its new version (id): what was posted and what it should be.

    Where nobody is worse off it hangs on the day on which it was made, for everybody to know.

    Args:
        outside: as the public board has it: nobody in full while it runs, whatever was agreed.

    Raises:
        ScoreUnknown: there is no such score.
        CorrectionUnknown: no correction made this version.

    Example:
        public_correction(session, village="chayuan", score=new).entries[0].version  # "was"
    """
    made = scoring.correction(session, village=village, score=score)
    if made is None:
        raise scoring.problems.CorrectionUnknown()
    both = [scoring.score(session, village=village, score_id=id) for id in (made.corrects, made.score_id)]
    people = governing.named_people(session, village=village)
    groups = public_groups(session, village=village, people=people)
    shown = [
        replace(public_entry(entry, groups), version=_version_of(entry.score, made))
        for entry in entries_of(session, village, both, outside=outside)
        if entry.score.publishable and not people.named_in(entry.score.title)
    ]
    day = day_of(made.corrected_at)
    return PublicNotice(
        title=law.replace_unlawful(_CORRECTED, Use.HEADING),
        published_on=day,
        days=made.days or 0,
        hung_on=made.hung_on if made.days else day,
        ends_on=made.ends_on if made.days else day,
        entries=tuple(sorted(shown, key=lambda entry: entry.version != "was")),
        unpublished=len(both) - len(shown),
    )


def _version_of(score: Score, made: Correction) -> str:
    """Return which of the two a score is."""
    if score.id == made.corrects:
        return "was"
    return "struck" if made.struck else "is"
