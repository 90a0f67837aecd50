"""A correction hangs where the error hung, in the same size: each of these places is a task of its own.

The first recorded hanging begins a correction's days (`correction_hanging`); this is about all others, and
about corrections that counted at once and have no days.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from pointsbank import scoring, villages, walls
from pointsbank.dates import day_of
from pointsbank.errors import Refused
from pointsbank.labels.paper_size import PAPER_SIZE
from pointsbank.publicity.gathered import gathered
from pointsbank.publicity.notices import notices
from pointsbank.text import clean_required
from pointsbank.walls import WallCopy

CORRECTION, NOTICE = "correction", "notice"


class CorrectionElsewhere(Refused):
    """The error did not hang in this place."""

    code = "correction_elsewhere"
    sentence = "更正要贴在原来贴错的地方：{places}。请先贴到原处，再登记。"
    fixed_by = "本人"
    at = ("place",)


class CorrectionSmaller(Refused):
    """The error hung there in another size."""

    code = "correction_smaller"
    sentence = "原来贴的是{size}，更正要用同样大小的纸。"
    fixed_by = "本人"
    at = ("size",)


@dataclass(frozen=True, slots=True)
class CopyToHang:
    """A place where a correction (new version's id) has to hang, and the size in which the error hung."""

    score: str
    name: str
    code: str
    title: str
    place: str
    size: str


def check_as_the_error(errors: Sequence[WallCopy], *, place: str, size: str | None) -> str:
    """Return the size in which a correction hangs in a place: that of the error there.

    Where it is not known that the error hung anywhere, any place will do, in A4 unless a size is given.

    Raises:
        CorrectionElsewhere: the error hung in other places.
        CorrectionSmaller: the size is another.
    """
    if not errors:
        return size or walls.A4
    there = next((one for one in errors if one.place == place), None)
    if there is None:
        raise CorrectionElsewhere(places="、".join(dict.fromkeys(one.place for one in errors)))
    if size is not None and size != there.size:
        raise CorrectionSmaller(size=PAPER_SIZE.name(there.size))
    return there.size


def error_copies(session: Session, *, village: str, score: str, at: datetime) -> list[WallCopy]:
    """Return the papers on which the error hung that a correction (new version's id) puts right.

    Raises:
        ScoreUnknown: there is no such score.

    Example:
        publicity.error_copies(session, village="cy", score=new, at=now)[0].place  # "村务公开栏"
    """
    meeting = scoring.score(session, village=village, score_id=score).meeting_id
    notice = _notice_by_meeting(session, village).get(meeting)
    if notice is None:
        return []
    return walls.copies(session, village=village, at=at, paper=NOTICE, subject=notice)


def copies_to_hang(session: Session, *, village: str, at: datetime) -> list[CopyToHang]:
    """Return where corrections still have to hang, of those that hang, or that counted at once.

    One whose days have not begun is a task of its own, see `unhung_corrections`.

    Example:
        publicity.copies_to_hang(session, village="cy", at=now)[0].place  # "一组路口"
    """
    every = scoring.corrections(session, village=village)
    made = [one for one in every if one.dropped_at is None and one.status != scoring.UNHUNG]
    errors = walls.copies(session, village=village, at=at, paper=NOTICE) if made else []
    if not errors:
        return []
    papers = walls.copies(session, village=village, at=at, paper=CORRECTION)
    hung = {(one.subject_id, one.place) for one in papers}
    noticed = _notice_by_meeting(session, village)
    scores = scoring.scores_by_id(session, village=village, ids=[one.corrects for one in made])
    found = {}
    for one in made:
        was = scores[one.corrects]
        for error in errors:
            seen = error.subject_id == noticed.get(was.meeting_id)
            key = (one.score_id, error.place)
            if seen and error.hung_on <= day_of(one.corrected_at) and key not in hung:
                found[key] = CopyToHang(one.score_id, was.name, was.code, was.title, error.place, error.size)
    return list(found.values())


def hang_correction_copy(
    session: Session, *, village: str, score: str, place: str, size: str | None = None, by: str, at: datetime
) -> WallCopy:
    """Record that a correction (new version's id) hangs in one more place where the error hung.

    Args:
        size: a code of `labels.paper_size`; None is that in which the error hung.

    Raises:
        ScoreUnknown: there is no such score.
        CorrectionUnknown: no correction made this version.
        CorrectionElsewhere, CorrectionSmaller: the error hung elsewhere, or in another size.
        CopyStands, SizeInvalid, TextInvalid, WallDayInvalid: raised by `walls.put_up`.
        VillageUnknown: there is no such village.

    And those of `ledger.record`.

    Example:
        publicity.hang_correction_copy(session, village="cy", score=new, place="一组路口", by=li.id, at=now)
    """
    made = scoring.correction(session, village=village, score=score)
    if made is None:
        raise scoring.problems.CorrectionUnknown()
    where, today = clean_required(place, maximum=60), day_of(at)
    errors = error_copies(session, village=village, score=score, at=at)
    same = check_as_the_error(errors, place=where, size=size)
    days = villages.settings(session, village=village).notice_days
    until = max(made.ends_on or today, today + timedelta(days=days)) + timedelta(days=1)
    return walls.put_up(
        session,
        village=village,
        paper=CORRECTION,
        subject=score,
        place=where,
        size=same,
        hung_on=today,
        take_down_on=until,
        by=by,
        at=at,
    )


def _notice_by_meeting(session: Session, village: str) -> Mapping[str, str]:
    """Return by meeting (id) or gathered day book (id) the notice (id) on which its scores hang."""
    books = gathered(session, village=village)
    by_meeting = {one.meeting: one.id for one in notices(session, village=village)}
    return by_meeting | {book: notice for notice, every in books.items() for book in every}
