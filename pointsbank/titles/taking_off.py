"""From a plate that is taken off to a title given back or lost; withdrawn; recommended upward."""

from datetime import date, datetime, timedelta

from sqlmodel import Session

from pointsbank import scoring, staff, working_days
from pointsbank.dates import day_of
from pointsbank.errors import Refused
from pointsbank.text import clean_required
from pointsbank.titles.awarding import next_review
from pointsbank.titles.nominating import check_eligible
from pointsbank.titles.reading import Step, Title, title, titles
from pointsbank.titles.recording import NewStep, add_steps, lawful_required, locked_title
from pointsbank.titles.rules import (
    TitleYearsShort,
    check_deadline,
    check_overdue,
    years_running,
)
from pointsbank.titles.states import (
    CHECKED,
    GIVEN_BACK,
    GIVEN_ONCE,
    LOST,
    PUT_RIGHT,
    RECOMMENDED,
    TAKEN_OFF,
    WITHDRAWN,
)

LONGEST_DEADLINE = 180

CONTROL = staff.declare(
    staff.Control(
        act="登记失去称号",
        controlled="who looked at a household and found it not put right",
        controls="another of the committee or the supervisor writes the loss down, after the days given",
        where=__name__,
        permissions=(staff.Permission.BOARD_DECIDE, staff.Permission.BOARD_VOTE),
        people=(staff.Permission.BOARD_DECIDE.roles, staff.Permission.BOARD_VOTE.roles),
    )
)


class TitleCheckUnsigned(Refused):
    """The look was written down at the machine: nobody knows by whom."""

    code = "title_check_unsigned"
    sentence = "最近一次复查是在服务器上登记的，没有登录：请去看的人自己登录，再登记一次复查。"
    fixed_by = "村委"


def take_off(
    session: Session,
    *,
    village: str,
    title_id: str,
    reason: str,
    until: date | None = None,
    on: date | None = None,
    by: str,
    at: datetime,
) -> Title:
    """Record that the plate of a title that was found wanting was taken off; locks the village.

    Args:
        reason: 1 to 200 characters, said of nobody.
        until: the day by which it is put right, within 180 days; None: the days of the rule, and where the
            last of them is a day off, the working day after it.
        on: the day, today unless it is given.

    Raises:
        TitleUnknown: there is none.
        TitleStands: nobody found it wanting.
        TitleDeadlineInvalid: the day is too near or too far.
        TitleDayInvalid: the day is before the look, or yet to come.
        TextInvalid: the reason is empty or too long.
        Wording, NamesSomebody: it says what is said of nobody, or names somebody; as `law.check`.

    And those of `villages.lock` and `ledger.record_many`.

    Example:
        titles.take_off(session, village="cy", title_id=id, reason="院内杂物未清", by="li", at=now).deadline
    """
    one = locked_title(session, village, title_id)
    day = on or day_of(at)
    # A household that is told today has its days from today on.
    last = check_deadline(until or day + timedelta(days=one.kind.right_days), day_of(at), LONGEST_DEADLINE)
    step = NewStep(
        TAKEN_OFF,
        on=day,
        until=until or _no_day_off(session, last),
        words=lawful_required(session, village, reason, "原因", "reason"),
    )
    return _stepped(session, village, one, step, by=by, at=at)


def _no_day_off(session: Session, day: date) -> date:
    """Return a day, or the working day after it; where no notice says so yet, the later one."""
    # Civil Code art. 203: what ends on a day off ends on the day after.
    return working_days.term(day - timedelta(days=1), 1, working_days.calendar(session)).latest


def give_back(
    session: Session, *, village: str, title_id: str, on: date | None = None, by: str, at: datetime
) -> Title:
    """Record that a plate hangs again, once a look found everything put right; locks the village.

    Args:
        on: the day, today unless it is given.

    Raises:
        TitleUnknown: there is none.
        ParticipantClosed, TitleAway, TitleBoardsLeft, ParticipantRestricted: as `nominate`.
        TitleStands: nobody found it put right.
        TitleDayInvalid: the day is before the look, or yet to come.

    And those of `villages.lock` and `ledger.record_many`.

    Example:
        titles.give_back(session, village="cy", title_id=id, by="li", at=now).state  # "standing"
    """
    one = locked_title(session, village, title_id)
    if one.state == PUT_RIGHT:
        check_eligible(session, one.participant, village=village, at=at)
    day = on or day_of(at)
    step = NewStep(GIVEN_BACK, on=day, until=next_review(one.kind, day))
    return _stepped(session, village, one, step, by=by, at=at)


def lose(
    session: Session,
    *,
    village: str,
    title_id: str,
    reason: str,
    on: date | None = None,
    by: str,
    at: datetime,
) -> Title:
    """Record that a title is lost: the days are over, somebody looked again, and somebody else writes it.

    Locks the village. The household may not stand for it again for the months of the rule.

    Args:
        reason: 1 to 200 characters, said of nobody.
        on: the day, today unless it is given.

    Raises:
        TitleUnknown: there is none.
        TitleStands: its plate is not off.
        TitleDeadlineRuns: the household has time left, or nobody looked after it.
        TitleOthersLose: `by` is who looked.
        TitleCheckUnsigned: the look was written down at the machine, where nobody signs in.
        LoginNotIndependent: one of the two has the other's login in hand.
        TitleDayInvalid: the day is before the look, or yet to come.
        TextInvalid: the reason is empty or too long.
        Wording, NamesSomebody: it says what is said of nobody, or names somebody; as `law.check`.

    And those of `villages.lock` and `ledger.record_many`.

    Example:
        titles.lose(session, village="cy", title_id=id, reason="到期没有清理", by="zhao", at=now).barred_until
    """
    one = locked_title(session, village, title_id)
    day = on or day_of(at)
    if one.state == TAKEN_OFF and one.deadline is not None:
        looked = _looked(one)
        check_overdue(
            one.deadline,
            looked.day if looked else None,
            who_looked=looked.recorded_by if looked else "",
            by=by,
        )
        if looked is not None:
            # At the machine nobody signs in: who looked might be who takes it away.
            if looked.recorded_by.partition(":")[0] == staff.OPERATOR:
                raise TitleCheckUnsigned()
            looker, then = looked.recorded_by, looked.recorded_at
            staff.independence.check(session, first=looker, second=by, at=at, begun_at=then, begun_by=then)
    step = NewStep(
        LOST,
        on=day,
        until=scoring.months_later(day, one.kind.barred_months),
        words=lawful_required(session, village, reason, "原因", "reason"),
    )
    return _stepped(session, village, one, step, by=by, at=at)


def _looked(one: Title) -> Step | None:
    """Return the last look since the plate was taken off; None while nobody has looked."""
    last = one.steps[-1]
    return last if last.kind == CHECKED else None


def withdraw(
    session: Session,
    *,
    village: str,
    title_id: str,
    reason: str,
    on: date | None = None,
    by: str,
    at: datetime,
) -> Title:
    """End a nomination or a title for whoever wants it no more; bars nobody. Locks the village.

    Args:
        reason: 1 to 200 characters, said of nobody.
        on: the day, today unless it is given.

    Raises:
        TitleUnknown: there is none.
        TitleStands: it is over, or found wanting.
        TitleDayInvalid: the day is before the last step, or yet to come.
        TextInvalid: the reason is empty or too long.
        Wording, NamesSomebody: it says what is said of nobody, or names somebody; as `law.check`.

    And those of `villages.lock` and `ledger.record_many`.

    Example:
        titles.withdraw(session, village="cy", title_id=id, reason="本户不想参评", by="li", at=now).state
    """
    one = locked_title(session, village, title_id)
    step = NewStep(WITHDRAWN, on=on, words=lawful_required(session, village, reason, "原因", "reason"))
    return _stepped(session, village, one, step, by=by, at=at)


def recommend(
    session: Session,
    *,
    village: str,
    title_id: str,
    to: str,
    on: date | None = None,
    by: str,
    at: datetime,
) -> Title:
    """Record that a title that stood for the years of the rule was recommended upward; locks the village.

    The same twice is one.

    Args:
        to: whom, 1 to 60 characters.
        on: the day, today unless it is given.

    Raises:
        TitleUnknown: there is none.
        TitleYearsShort: it has not stood for so many years running, or the rule recommends nobody.
        TitleStands: it does not stand.
        TitleDayInvalid: the day is before the last step, or yet to come.
        TextInvalid: whom is empty or too long.
        Wording, NamesSomebody: it may not be said, or names somebody; as `law.check`.

    And those of `villages.lock` and `ledger.record_many`.

    Example:
        titles.recommend(session, village="cy", title_id=id, to="镇文明办", by="li", at=now).state
    """
    one = locked_title(session, village, title_id)
    years = years_of(session, one, village=village, today=day_of(at))
    if one.state in GIVEN_ONCE and not 0 < one.kind.years <= years:
        raise TitleYearsShort(title=one.kind.name, wanted=one.kind.years or "若干", years=years)
    # The day on which it is looked at again stays as it was.
    whom = lawful_required(session, village, clean_required(to, maximum=60), "推荐到", "to")
    last = one.steps[-1] if one.steps else None
    if last is not None and (last.kind, last.words, last.day) == (RECOMMENDED, whom, on or day_of(at)):
        return one
    step = NewStep(RECOMMENDED, on=on, until=one.review_on, words=whom)
    return _stepped(session, village, one, step, by=by, at=at)


def years_of(session: Session, one: Title, *, village: str, today: date) -> int:
    """Return for how many years running the household, or the person, has this title now.

    Example:
        titles.years_of(session, one, village="chayuan", today=today)  # 3
    """
    alike = titles(session, village=village, name=one.kind.name, participant=one.participant.id)
    spans = [span for each in alike if each.person == one.person for span in each.spans]
    return years_running(spans, today)


def _stepped(session: Session, village: str, one: Title, step: NewStep, *, by: str, at: datetime) -> Title:
    """Write one step and return the title after it."""
    add_steps(session, [(one, step)], village=village, by=by, at=at)
    return title(session, village=village, title_id=one.id)
