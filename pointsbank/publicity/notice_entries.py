"""The lines of a notice: in full for the committee, and as they hang for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from pointsbank import law, roster, scoring
from pointsbank.law import Cleared, Use
from pointsbank.points import Points
from pointsbank.publicity.masking import PublicName
from pointsbank.publicity.notice_names import as_published, notice_names
from pointsbank.roster import Participant
from pointsbank.scoring import Score


@dataclass(frozen=True, slots=True)
class NoticeEntry:
    """One score on a notice: name, 户号 and group as everybody sees them; who it is, for the committee.

    Both are as they were when it was put up, while it hangs.
    """

    position: int
    public_name: PublicName
    public_code: str
    participant: Participant
    score: Score
    group: str

    @property
    def contested(self) -> bool:
        """True while an objection to it waits for its answer (异议标注)."""
        return self.score.status == scoring.CONTESTED

    @property
    def on_display(self) -> bool:
        """True where everybody may see it: not withdrawn, and of an item whose words may hang."""
        return self.score.status != scoring.WITHDRAWN and self.score.publishable


@dataclass(frozen=True, slots=True)
class PublicEntry:
    """One line of a notice on display: no full name without consent, no note.

    `code`: the 户号, by which two 王*国 tell themselves apart; none for who hangs as a number.
    """

    position: int
    name: PublicName
    group: Cleared
    item: Cleared
    occurred_on: date
    points: Points
    late: bool
    contested: bool
    code: str = ""
    veto: bool = False
    version: str = ""
    """`was` or `is`: what a correction found and what it puts in its place; `struck` for nothing."""


def entries_of(
    session: Session, village: str, scores: Sequence[Score], *, outside: bool = False
) -> list[NoticeEntry]:
    """Return scores with their names; the position numbers the participants of this notice by code.

    Args:
        outside: for whoever is not in the village: nobody in full.
    """
    people = roster.by_ids(session, village=village, ids=sorted({score.participant_id for score in scores}))
    blamed: dict[str, bool] = {}
    for score in scores:
        one = score.participant_id
        blamed[one] = blamed.get(one, False) or score.direction != scoring.PLUS
    meeting = scores[0].meeting_id if scores else ""
    hung = as_published(session, village, meeting, people)
    names = notice_names(session, village, blamed, hung, outside=outside)
    entries = [
        NoticeEntry(*names[one], people[one], score, hung[one].group)
        for score in scores
        for one in (score.participant_id,)
    ]
    return sorted(entries, key=lambda entry: (entry.position, entry.score.entered_at, entry.score.number))


def public_entry(entry: NoticeEntry, groups: dict[str, Cleared]) -> PublicEntry:
    """Return what of an entry may be shown in public."""
    use = Use.DEED if entry.score.direction == scoring.PLUS else Use.FAULT
    return PublicEntry(
        position=entry.position,
        name=entry.public_name,
        group=groups[entry.group],
        item=law.replace_unlawful(entry.score.title, use),
        occurred_on=entry.score.occurred_on,
        points=entry.score.counted_points,
        late=entry.score.late,
        contested=entry.contested,
        code=entry.public_code,
        veto=entry.score.direction == scoring.VETO,
    )
