"""Says what an entry would come to before it is saved: what the household has, what room the caps leave.

Judged by the functions that entering judges by, so that both say the same; nothing is written or locked.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from pointsbank import roster, villages
from pointsbank.dates import month_of
from pointsbank.points import Points
from pointsbank.roster import Participant
from pointsbank.scoring.applicability import NOTHING, POINTS, QUANTITY, counts_faults, needs
from pointsbank.scoring.caps import Allowance, allowance_under, caps_named
from pointsbank.scoring.deciding import History, Judged, decide
from pointsbank.scoring.deeds import doubts_on_record, item_of
from pointsbank.scoring.deeds_on_record import SameDay, same_day
from pointsbank.scoring.history import read_history
from pointsbank.scoring.item_shape import QuantityWrong, ScoreValueInvalid
from pointsbank.scoring.judging import JudgingContext, ResolvedRow, ended_in_words, limits_of, resolve_rows
from pointsbank.scoring.judging_context import judging_context, merged_into
from pointsbank.scoring.meetings import MeetingClosed, meeting
from pointsbank.scoring.named_only import AWARD_MISSING
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
        month_instead: the month in which it counts, where the deed's own was closed; else empty.
        same_day: what else the household has of that day, with which this may be one deed.
        needs_note: whether a remark is still missing that says which award it is.
        may_be_empty: whether what the item asks may be left empty: no faults found.
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
    month_instead: str = ""
    same_day: Sequence[SameDay] = ()
    needs_note: bool = False
    may_be_empty: bool = False


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
    if person.status == "closed":
        return Foreseen(person, entered, wrong=_ended(session, person, village))
    if not row.item:
        return Foreseen(person, entered)
    context = judging_context(session, known, [row], village=village, meeting=meeting_id, at=at)
    resolved, wrong = resolve_rows([row], context)
    needs_note = bool(wrong) and wrong[0].sentence == AWARD_MISSING
    if needs_note:
        # The remark stands beside the line: what the entry comes to is said without it.
        resolved, wrong = resolve_rows([replace(row, note=AWARD_MISSING)], context)
    item = item_of(row, context.rules)
    if wrong:
        if item is None or not _is_missing(row, needs(item), wrong[0]):
            return Foreseen(person, entered, item, wrong=wrong[0].sentence)
        resolved = [_unfinished(row, person, item, context)]
    found = resolved[0]
    asked = doubts_on_record(
        session, [row], known, context.rules, village=village, meeting=meeting_id, before=sat.scores
    )
    history = read_history(session, resolved, village=village, meeting=meeting_id)
    allowances = allowances_of(found, history)
    judged = None if wrong else decide(resolved, history, after=sat.scores)[0]
    return Foreseen(
        person,
        entered,
        found.item,
        needs(found.item) or (QUANTITY if counts_faults(found.item) else NOTHING),
        allowances,
        judged,
        "".join(one.sentence for one in asked),
        same_day=same_day(
            session,
            village=village,
            meeting=meeting_id,
            participant=person.id,
            day=row.occurred_on,
            direction=found.item.direction,
        ),
        needs_note=needs_note,
        may_be_empty=counts_faults(found.item),
        month_instead=villages.month_instead(session, village=village, month=month_of(row.occurred_on)),
    )


def _ended(session: Session, person: Participant, village: str) -> str:
    """Return why nothing can be entered for somebody who has ended."""
    return ended_in_words(person, merged_into(session, [person], village=village))


def _unfinished(row: ScoreRow, person: Participant, item: Item, context: JudgingContext) -> ResolvedRow:
    """Return a row of which something is only missing, no mistake yet: what room there is can be said."""
    limits = limits_of(item, context.rules, row.occurred_on)
    return ResolvedRow(row, person, item, None, Points(0), caps_named(item), "", limits)


def allowances_of(row: ResolvedRow, history: History) -> list[Allowance]:
    """Return what each cap of a row, and each limit over several items, leaves around its day."""
    day, who = row.row.occurred_on, row.participant.id
    left = [allowance_under(cap, day, history.get((who, row.item.code), [])) for cap in row.caps]
    for limit in row.limits:
        prior = filter(limit.covers, history.get((who, limit.whole), []))
        left.append(allowance_under(limit.cap, day, prior))
    return [one for one in left if one is not None]


def _is_missing(row: ScoreRow, needed: str, wrong: RowProblem) -> bool:
    """Return whether all that is wrong with a row is that what its item needs is not there yet."""
    given = {QUANTITY: row.quantity, POINTS: row.points}
    return wrong.column in (QuantityWrong.column, ScoreValueInvalid.column) and given.get(needed, 0) is None
