"""Recording that the paper of a correction hangs: its own days begin with it, as those of a notice do."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from pointsbank import scoring, staff, walls
from pointsbank.dates import day_of
from pointsbank.errors import Refused
from pointsbank.publicity.correction_copies import check_as_the_error, error_copies
from pointsbank.publicity.hanging import check_hung_on, last_day
from pointsbank.publicity.notices import lock_notice_of
from pointsbank.scoring import Correction
from pointsbank.text import clean_required

CONTROL = staff.declare(
    staff.Control(
        act="登记更正公示张贴",
        controlled="the committee, which wants its correction to count soon",
        controls="everybody: the paper is seen or it is not, and the log names who recorded it and when",
        where=__name__,
        permissions=(staff.Permission.NOTICE_HANG,),
    )
)


class CorrectionHung(Refused):
    """The paper of a correction hangs already: its days have begun."""

    code = "correction_hung"
    sentence = "这次更正已经登记张贴，公示到{ends_on}，不用再登记。"
    fixed_by = "本人"


@dataclass(frozen=True, slots=True)
class UnhungCorrection:
    """A correction whose paper hangs nowhere: its new version (id), whose it is, and for how many days."""

    score: str
    name: str
    code: str
    title: str
    made_on: date
    days: int


def hang_correction(
    session: Session,
    *,
    village: str,
    score: str,
    place: str,
    hung_on: date | None = None,
    size: str | None = None,
    by: str,
    at: datetime,
) -> Correction:
    """Record that a correction's paper hangs, by its new version (id); its days end so many days after.

    Locks the notice of its meeting, where settling and objecting wait too.

    Args:
        place: where, 1 to 60 characters.
        hung_on: since which day; None is today.
        size: a code of `labels.paper_size`; None is that in which the error hung.

    Raises:
        ScoreUnknown: there is no such score.
        CorrectionUnknown: no correction made this version.
        CorrectionHung: its days have begun before.
        CorrectionEnded: it was posted or dropped, or it needs no paper.
        HangingDayInvalid: the day lies before the correction, or is yet to come.
        TextInvalid: the place is empty or too long.
        CorrectionElsewhere, CorrectionSmaller: the error hung elsewhere, or in another size.
        CopyStands, SizeInvalid, WallDayInvalid: raised by `walls.put_up`.

    And those of `scoring.record_hanging`.

    Example:
        publicity.hang_correction(session, village="chayuan", score=new, place="村务公开栏", by="li",
                                  at=now).ends_on  # date(2026, 9, 8)
    """
    where = clean_required(place, maximum=60)
    found = scoring.score(session, village=village, score_id=score)
    lock_notice_of(session, village, found.meeting_id)
    made = scoring.correction(session, village=village, score=score)
    if made is None:
        raise scoring.problems.CorrectionUnknown()
    if made.days is None:
        raise scoring.problems.CorrectionEnded()
    if made.status == scoring.ON_DISPLAY and made.ends_on is not None:
        raise CorrectionHung(ends_on=made.ends_on)
    today = day_of(at)
    day = check_hung_on(hung_on or today, published_on=day_of(made.corrected_at), today=today)
    of_error = error_copies(session, village=village, score=score, at=at)
    same = check_as_the_error(of_error, place=where, size=size)
    ends_on = last_day(day, made.days)
    walls.put_up(
        session,
        village=village,
        paper="correction",
        subject=score,
        place=where,
        size=same,
        hung_on=day,
        take_down_on=ends_on + timedelta(days=1),
        by=by,
        at=at,
        logged=False,
    )
    return scoring.record_hanging(
        session, village=village, score=score, place=where, hung_on=day, ends_on=ends_on, by=by, at=at
    )


def unhung_corrections(session: Session, *, village: str) -> list[UnhungCorrection]:
    """Return the corrections of a village whose paper hangs nowhere yet, the oldest first.

    Example:
        publicity.unhung_corrections(session, village="chayuan")[0].name  # "王建国"
    """
    made = [one for one in scoring.unhung_corrections(session, village=village) if one.days is not None]
    scores = scoring.scores_by_id(session, village=village, ids=[one.corrects for one in made])
    found = [(one, scores[one.corrects]) for one in made]
    return [
        UnhungCorrection(one.score_id, was.name, was.code, was.title, day_of(one.corrected_at), one.days or 0)
        for one, was in found
    ]
