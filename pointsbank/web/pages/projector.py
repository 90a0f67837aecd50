"""The projector: one household, one item, one number for the whole room; the agenda; marks as they come.

It asks the server again by itself and shows nothing that the room may not see: marks not before all have
marked, no relation, no page around it.
"""

from dataclasses import dataclass

from flask import render_template, request
from flask.typing import ResponseReturnValue

from pointsbank import points, scoring
from pointsbank.points import Points
from pointsbank.scoring import MINUS, Case, Meeting, Minutes, Score
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.page import Page

page = Page()

AGENDA, ENTRIES = "agenda", "entries"


@dataclass(frozen=True, slots=True)
class Slide:
    """What fills the screen: whom, for what, one number and what it is.

    Attributes:
        key: how the address calls it.
        people: each judge with the mark, or with a sign that it has come; empty beside what nobody marks.
    """

    key: str
    whom: str = ""
    what: str = ""
    number: str = ""
    caption: str = ""
    people: tuple[tuple[str, str], ...] = ()
    recused: str = ""


@page.get("/v/<village>/meetings/<meeting>/projector", Permission.MEETING_VIEW)
def projector(village: str, meeting: str) -> ResponseReturnValue:
    """Show one slide of a meeting: the one that is asked for, else the one that is due."""
    with access.database().reading() as session:
        found = scoring.meeting(session, village=village, meeting_id=meeting)
        record = scoring.minutes_of(session, found, village=village)
        cases = scoring.cases(session, village=village, meeting=meeting)
        latest = [
            one
            for one in scoring.latest_scores(session, village=village, meeting=meeting, limit=10)
            if one.status != "withdrawn"
        ]
    keys = [AGENDA, *(str(one.number) for one in cases), ENTRIES]
    asked = request.args.get("show", "")
    key = asked if asked in keys else _due(cases, latest)
    at = keys.index(key)
    return render_template(
        "meetings/projector.html",
        meeting=found,
        record=record,
        slide=_slide(key, found, record, cases, latest),
        place=f"{at + 1}/{len(keys)}",
        before=keys[at - 1] if at else None,
        after=keys[at + 1] if at + 1 < len(keys) else None,
        follows=asked not in keys,
    )


def _due(cases: list[Case], latest: list[Score]) -> str:
    """Return the slide that the room talks about: what is marked, else the last entry, else the agenda."""
    waiting = [str(one.number) for one in cases if one.is_open]
    return waiting[0] if waiting else ENTRIES if latest else AGENDA


def _slide(key: str, meeting: Meeting, record: Minutes, cases: list[Case], latest: list[Score]) -> Slide:
    if key == AGENDA:
        return Slide(AGENDA)
    if key == ENTRIES:
        if not latest:
            return Slide(ENTRIES, what="还没有评分")
        one = latest[0]
        caption = "、".join(filter(None, (f"第{one.number}条", one.remark)))
        return Slide(
            ENTRIES,
            f"{one.name} {one.code}",
            one.title,
            scoring.signed(one.counted_points),
            caption,
            recused=one.recused,
        )
    [case] = [one for one in cases if str(one.number) == key]
    return _of_case(case)


def _of_case(case: Case) -> Slide:
    """Return a case: how many have marked; once all have, each mark and what they come to."""
    marks = {one.position: points.show(one.mark) for one in case.marks}
    if case.result is not None:
        sign = -1 if case.item.direction == MINUS else 1
        number, caption = scoring.signed(Points(sign * case.result.mark)), case.result.words
    else:
        number = f"{len(case.given)}/{len(case.judges)}"
        caption = "已打分的评议员" if case.missing else "打分的不足3人，算不出结果"
    return Slide(
        str(case.number),
        f"{case.participant.name} {case.participant.code}",
        case.item.title,
        number,
        caption,
        tuple(
            (one.name, marks.get(one.position, "✓" if one.position in case.given else "…"))
            for one in case.judges
        ),
        "、".join(one.name for one in case.recused),
    )
