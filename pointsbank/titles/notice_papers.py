"""Papers of notices of titles on walls: put up, put up elsewhere or anew, to come off at once.

A notice is what was recorded as hung in one act; its papers are known by its title nominated first.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session

from pointsbank import boards, objections, publicity, walls
from pointsbank.dates import day_of
from pointsbank.errors import Refused
from pointsbank.titles.objecting_kind import TITLES
from pointsbank.titles.reading import Title, titles
from pointsbank.titles.recording import locked_title
from pointsbank.titles.rules import TitleNoticeShort, days_short
from pointsbank.titles.states import HANGING, WITHDRAWN
from pointsbank.walls import A4, TITLE_NOTICE, WallCopy


class TitleNotHanging(Refused):
    """Nothing of the notice may hang: its days are over, or what is on it has objections."""

    code = "title_notice_not_hanging"
    sentence = "这份公示现在没有可以贴的称号（公示期满、已授牌、已退出或者有异议），不用再贴。"
    fixed_by = "本人"


def by_notice(found: Sequence[Title]) -> list[list[Title]]:
    """Return those of these titles that were hung, by the act that hung them, nominated first first.

    Example:
        len(titles.by_notice(titles.titles(session, village="chayuan")))  # 2
    """
    acts: dict[tuple[object, ...], list[Title]] = {}
    for one in sorted(found, key=lambda each: each.number):
        if (hung := one.hung) is not None:
            acts.setdefault((hung.recorded_at, hung.recorded_by, hung.place, hung.day), []).append(one)
    return list(acts.values())


def _of_one_notice(one: Title, found: Sequence[Title]) -> list[Title]:
    """Return the titles among these that were hung by the same act as one."""
    return next((act for act in by_notice(found) if any(each.id == one.id for each in act)), [])


def put_up_notice(
    session: Session,
    *,
    village: str,
    title_id: str,
    place: str,
    size: str = A4,
    on: date | None = None,
    by: str,
    at: datetime,
) -> WallCopy:
    """Record that the notice with this title hangs in a further place, or hangs anew.

    Days on which no paper hung are made up for. Locks the village.

    Args:
        place: 1 to 60 characters.
        size: a code of `labels.paper_size`.
        on: since which day, today unless it is given.

    Raises:
        TitleUnknown: there is none.
        TitleNotHanging: nothing of the notice may hang.
        CopyStands: it is recorded that it hangs there.
        SizeInvalid: the size is none of the list.
        WallDayInvalid: the day lies before the notice was hung, or is yet to come.
        TextInvalid: the place is empty or too long.

    And those of `villages.lock` and `ledger.record`.

    Example:
        titles.put_up_notice(session, village="cy", title_id=id, place="一组路口", by="li", at=now).place
    """
    one = locked_title(session, village, title_id)
    notice = _of_one_notice(one, titles(session, village=village))
    day = on or day_of(at)
    open_ones = [each for each in notice if each.state == HANGING and not each.contested]
    if one.hung is not None and day < one.hung.day:
        raise walls.problems.WallDayInvalid(day=day)
    short = max(
        (days_to_hang(session, each, village=village, by=day, at=at) for each in open_ones), default=0
    )
    if not short and (not open_ones or day > max(_last_day(each) for each in open_ones)):
        raise TitleNotHanging()
    return put_up_paper(
        session, notice, village=village, place=place, size=size, hung_on=day, days=short, by=by, at=at
    )


def days_to_hang(session: Session, one: Title, *, village: str, by: date, at: datetime) -> int:
    """Return for how many days from a day on the notice of a title has still to hang; 0 for none.

    Example:
        titles.days_to_hang(session, one, village="chayuan", by=today, at=now)  # 2
    """
    hung = one.hung
    papers = papers_of(session, one, village=village, at=at)
    # Notices from before papers were written down have none: nothing says that one came off.
    if hung is None or hung.until_on is None or not papers:
        return 0
    spans = [(each.hung_on, each.taken_on) for each in papers]
    return days_short(hung.day, (hung.until_on - hung.day).days, spans, by)


def check_hung_whole(session: Session, one: Title, *, village: str, by: date, at: datetime) -> None:
    """Refuse a title whose papers came off before they had hung their days.

    Raises:
        TitleNoticeShort: they did, and nothing made up for it before this day.

    Example:
        check_hung_whole(session, one, village="chayuan", by=today, at=now)
    """
    # Whoever would object has the days that the village resolved.
    if short := days_to_hang(session, one, village=village, by=by, at=at):
        raise TitleNoticeShort(days=short)


def put_up_paper(
    session: Session,
    notice: Sequence[Title],
    *,
    village: str,
    place: str,
    size: str,
    hung_on: date,
    days: int = 0,
    by: str,
    at: datetime,
) -> WallCopy:
    """Record one paper of a notice: it comes off on the day after the last day of its titles.

    Args:
        days: for how many days it hangs at the least, from that day on.

    Raises what `walls.put_up` raises.

    Example:
        put_up_paper(session, hung, village="cy", place="村口", size="a4", hung_on=day, by=li, at=now)
    """
    return walls.put_up(
        session,
        village=village,
        paper=TITLE_NOTICE,
        subject=min(notice, key=lambda one: one.number).id,
        place=place,
        size=size,
        hung_on=hung_on,
        take_down_on=max(
            max(_last_day(one) for one in notice) + timedelta(days=1), hung_on + timedelta(days=days)
        ),
        by=by,
        at=at,
    )


def papers_of(session: Session, one: Title, *, village: str, at: datetime) -> list[WallCopy]:
    """Return the papers on which the notice of a title hangs or hung.

    Example:
        titles.papers_of(session, one, village="chayuan", at=now)[0].place  # "村务公开栏"
    """
    notice = _of_one_notice(one, titles(session, village=village)) if one.hung is not None else []
    if not notice:
        return []
    return walls.copies(session, village=village, at=at, paper=TITLE_NOTICE, subject=notice[0].id)


@walls.shown_no_more(TITLE_NOTICE)
def _over(session: Session, *, village: str, hanging: Sequence[WallCopy]) -> set[str]:
    """Return the papers (ids) with a title that ended, is objected to, or may not be named so any more."""
    found = titles(session, village=village)
    by_id = {one.id: one for one in found}
    left = boards.who_left(session, village=village)
    masked = publicity.consents_taken_back(session, village=village)
    raised = _raised(session, village) if any(one.contested for one in found) else {}
    over = set()
    for paper in hanging:
        one = by_id.get(paper.subject_id)
        for each in _of_one_notice(one, found) if one is not None else ():
            since = [raised[each.id]] if each.contested and each.id in raised else []
            since += [each.steps[-1].recorded_at] if each.state == WITHDRAWN else []
            since += [each.agreements[-1].recorded_at] if each.name_withdrawn else []
            signed = left.get(each.participant.id)
            since += [
                ended for given, ended in masked.get(each.participant.id, ()) if given <= paper.recorded_at
            ]
            if any(paper.recorded_at < moment for moment in since) or (signed and paper.hung_on <= signed):
                over.add(paper.id)
    return over


def _raised(session: Session, village: str) -> dict[str, datetime]:
    """Return when the last objection to each title (id) was raised."""
    every = objections.filed(session, TITLES, village=village, subject=None)
    return {one.row.subject_id: one.row.raised_at for one in every}


def _last_day(one: Title) -> date:
    """Return the last day of the notice of a title that was hung."""
    hung = one.hung
    return hung.until_on or hung.day if hung is not None else one.since
