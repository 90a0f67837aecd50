"""Everybody of one kind in a month, quarter or year, on a board of its own: members, teams, keepers …."""

from flask import Response, render_template
from sqlmodel import Session

from pointsbank import boards
from pointsbank.boards import PeriodLine, StandingLine
from pointsbank.dates import month_in_words, parse_month
from pointsbank.errors import NotFound
from pointsbank.labels.participant_kind import PARTICIPANT_KIND
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.listing import show_list
from pointsbank.web.page import Page
from pointsbank.web.period_board import kinds_of

page = Page()


class RankKindUnknown(NotFound):
    """There are no participants of this kind."""

    code = "rank_kind_unknown"
    sentence = "没有“{given}”这一类的榜，请从红黑榜页选择。"
    fixed_by = "本人"


@page.get("/v/<village>/boards/<month>/ranks/<kind>", Permission.BOARD_VIEW)
def rank_board(village: str, month: str, kind: str) -> str | Response:
    """Show everybody of one kind by place, in the village and in the group; or send the places as a file.

    Raises:
        RankKindUnknown: there is no such kind of participant.
    """
    if kind not in PARTICIPANT_KIND.codes:
        raise RankKindUnknown(given=kind[:20])
    is_period = boards.is_period(month)
    fixed = {"period" if is_period else "month": month, "kind": kind}
    name = "period_standings" if is_period else "standings"
    with access.database().reading() as session:
        title, lines = _lines(session, village, month)
    shown = show_list(name, village, endpoint="rank_board", fixed=fixed, month=month, kind=kind)
    if isinstance(shown, Response):
        return shown
    own = [line for line in lines if line.kind == kind]
    return render_template(
        "boards/ranks.html",
        month=month,
        title=title,
        kind=kind,
        kinds=kinds_of(lines),
        shown=shown,
        scored=any(line.plus or line.minus for line in own),
    )


def _lines(session: Session, village: str, month: str) -> tuple[str, list[StandingLine | PeriodLine]]:
    """Return the month or period in words, and everybody's line.

    Raises:
        MonthInvalid: it is neither.
    """
    if boards.is_period(month):
        found = boards.period_board(session, village=village, period=month)
        return found.period.title, list(found.lines)
    lines = boards.standing(session, village=village, month=parse_month(month))
    return month_in_words(month), list(lines)
