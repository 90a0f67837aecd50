"""Says what an entry would come to before it is saved: what the household has, what room the caps leave.

Judged by the functions that entering judges by, so that both say the same; nothing is written or locked.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from pointsbank import roster
from pointsbank.points import Points
from pointsbank.roster import Participant
from pointsbank.scoring.applicability import NOTHING, POINTS, QUANTITY, needs
from pointsbank.scoring.caps import Allowance, allowance_under, caps_named
from pointsbank.scoring.deeds import doubts_on_record, item_of
from pointsbank.scoring.history import read_history
from pointsbank.scoring.item_shape import QuantityWrong, ScoreValueInvalid
from pointsbank.scoring.judging import Judged, ResolvedRow, decide, resolve_rows
from pointsbank.scoring.judging_context import judging_context
from pointsbank.scoring.meetings import MeetingClosed, meeting
from pointsbank.scoring.reading import scores
from pointsbank.scoring.values import WITHDRAWN, Item, Score, ScoreRow
from pointsbank.spreadsheets import RowProblem


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What is known of an entry before it is saved.

    Attributes:
        entered: the household's scores of this meeting, the latest first; none withdrawn.
        item: the rule in force on the day; None where none is named yet.
        asks: what the item needs beside its name: "quantity", "points" or "" for nothing.
        allowances: what each cap leaves around the day, before this entry.
        judged: how it would be written; None while something is missing or wrong.
        doubt: that the same deed was judged before, in a sentence; empty where it was not.
        wrong: why it cannot be entered as it is, in a sentence; empty where it can, or something is missing.
    """

    participant: Participant
    entered: Sequence[Score] = ()
    item: Item | None = None
    asks: str = NOTHING
    allowances: Sequence[Allowance] = ()
    judged: Judged | None = None
    doubt: str = ""
    wrong: str = ""


def foresee_score(
    session: Session,
    *,
    village: str,
    meeting_id: str,
    row: ScoreRow,
    at: datetime,
    groups: Collection[str] | None = None,
) -> Foreseen:
    """Return what entering a row into an open meeting would come to.

    Args:
        row: its item may be empty: then only what the household has today is said.
        groups: as `enter_scores`.

    Raises:
        MeetingUnknown: there is no such meeting.
        MeetingClosed: its minutes are closed.
        IsDayBook: it is a day book of the counter.
        ParticipantUnknown: there is no such participant for who enters.
        PanelUnknown: raised by `judging_context`.
        ShapeUnknown, ScoringPeriodInvalid: an adopted item was changed behind the program's back.

    Example:
        row = ScoreRow("0101", "HJ01", date(2026, 9, 1))
        foresee_score(session, village="chayuan", meeting_id=id, row=row, at=now).judged.counted  # 200
    """
    sat = meeting(session, village=village, meeting_id=meeting_id)
    if sat.status != "open":
        raise MeetingClosed()
    known = roster.by_codes(session, village=village, codes=[row.participant_code])
    person = known.get(row.participant_code)
    if person is None or not roster.is_within(person, groups):
        raise roster.problems.ParticipantUnknown(given=row.participant_code)
    standing = scores(session, village=village, meeting=meeting_id, participant=person.id)
    entered = [one for one in reversed(standing) if one.status != WITHDRAWN]
    if not row.item:
        return Foreseen(person, entered)
    context = judging_context(session, known, village=village, meeting=meeting_id, at=at)
    resolved, wrong = resolve_rows([row], context)
    item = item_of(row, context.rules)
    if wrong:
        if item is None or not _is_missing(row, needs(item), wrong[0]):
            return Foreseen(person, entered, item, wrong=wrong[0].sentence)
        # What is only missing is no mistake yet: what room there is can be said without it.
        resolved = [ResolvedRow(row, person, item, None, Points(0), caps_named(item), "")]
    asked = doubts_on_record(
        session, [row], known, context.rules, village=village, meeting=meeting_id, before=sat.scores
    )
    doubt = "".join(one.sentence for one in asked)
    history = read_history(session, resolved, village=village)
    prior = history.get((person.id, resolved[0].item.code), [])
    left = (allowance_under(limit, row.occurred_on, prior) for limit in resolved[0].caps)
    allowances = [one for one in left if one is not None]
    judged = None if wrong else decide(resolved, history)[0]
    return Foreseen(person, entered, resolved[0].item, needs(resolved[0].item), allowances, judged, doubt)


def _is_missing(row: ScoreRow, needed: str, wrong: RowProblem) -> bool:
    """Return whether all that is wrong with a row is that what its item needs is not there yet."""
    given = {QUANTITY: row.quantity, POINTS: row.points}
    return wrong.column in (QuantityWrong.column, ScoreValueInvalid.column) and given.get(needed, 0) is None
