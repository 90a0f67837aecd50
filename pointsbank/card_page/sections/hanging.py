"""What hangs in notice now about the household, until when it may object, and what it objected to."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from pointsbank import dates, publicity, scoring, spoken
from pointsbank.card_page.base import Section
from pointsbank.card_visits import CardVisit
from pointsbank.dates import day_of
from pointsbank.publicity import CorrectionUnderWay, UnderWay

CAN_OBJECT, OBJECTED, NOT_HUNG, OVER = "can_object", "objected", "not_hung", "over"


@dataclass(frozen=True, slots=True)
class Hanging:
    """One score or correction in notice: what it is, what it would count, how far it is, until when.

    `state`: `can_object` until `until`, `objected` with an answer due on `until`, `not_hung`, or `over`.
    """

    score: str
    title: str
    day: date
    points: int
    note: str
    state: str
    until: date | None
    corrects: bool = False

    @property
    def sentence(self) -> str:
        """How far it is, in words."""
        day = "" if self.until is None else dates.day_in_words(self.until)
        return {
            CAN_OBJECT: f"最后一天可以提异议：{day}",
            OBJECTED: f"已提异议，应在{day}前书面答复",
            NOT_HUNG: "公示还没有张贴，贴出以后才算公示期",
            OVER: f"公示到{day}已经期满，等入账",
        }[self.state]


def gather(session: Session, *, visit: CardVisit, at: datetime) -> tuple[Hanging, ...]:
    """Return what is in notice about the visit's household, what ends first standing first."""
    here = {"village": visit.village, "participant": visit.participant}
    today = day_of(at)
    found = [
        _score(one, today)
        for one in publicity.under_way(session, **here)
        if one.notice is not None or one.objection is not None
    ]
    found += [_correction(one, today) for one in publicity.corrections_under_way(session, **here)]
    return tuple(sorted(found, key=lambda one: (one.until or date.max, one.day, one.score)))


def _score(one: UnderWay, today: date) -> Hanging:
    ends_on = one.notice.ends_on if one.notice else None
    objected = one.objection.due_on if one.objection else None
    state, until = _state(objected, ends_on, today)
    score = one.score
    return Hanging(score.id, score.title, score.occurred_on, score.counted_points, score.note, state, until)


def _correction(one: CorrectionUnderWay, today: date) -> Hanging:
    made = one.correction
    objected = one.objection.due_on if one.objection else None
    state, until = _state(objected, made.ends_on, today)
    return Hanging(
        made.score_id, one.score.title, one.score.occurred_on, one.gets, made.reason, state, until, True
    )


def _state(objected: date | None, ends_on: date | None, today: date) -> tuple[str, date | None]:
    """Return how far a thing in notice is, and the day that goes with it.

    Args:
        objected: the day on which the answer to an open objection is due; None where nobody objects.
        ends_on: the last day of display; None before it hangs.

    Example:
        >>> _state(None, date(2026, 9, 4), date(2026, 9, 4))
        ('can_object', datetime.date(2026, 9, 4))
        >>> _state(date(2026, 9, 10), date(2026, 9, 4), date(2026, 9, 4))[0]
        'objected'
    """
    if objected is not None:
        return OBJECTED, objected
    if ends_on is None:
        return NOT_HUNG, None
    return (CAN_OBJECT, ends_on) if today <= ends_on else (OVER, ends_on)


def own_score(session: Session, *, visit: CardVisit, score: str, at: datetime) -> Hanging:
    """Return one score or correction in notice that is the visit's household's own.

    Raises:
        ScoreUnknown: it is none, or another's, or not in notice: all alike.

    Example:
        hanging.own_score(session, visit=visit, score=id, at=now).title  # "参加环境清扫"
    """
    found = next((one for one in gather(session, visit=visit, at=at) if one.score == score), None)
    if found is None:
        raise scoring.problems.ScoreUnknown()
    return found


def aloud(found: tuple[Hanging, ...]) -> str:
    """Return how many entries hang and until when the first may be objected to."""
    open_now = [one for one in found if one.state == CAN_OBJECT and one.until is not None]
    if not open_now:
        return "现在没有可以提异议的公示。"
    first = min(one.until for one in open_now if one.until is not None)
    listed = "".join(f"{spoken.in_text(one.title)}，{spoken.change(one.points)}。" for one in open_now[:3])
    more = f"有{spoken.measured(len(open_now), '条')}正在公示："
    return f"{more}{listed}觉得不对的，最迟{spoken.day(first)}以前提异议。"


SECTION = Section(name="hanging", title="正在公示的", position=30, gather=gather, aloud=aloud)
