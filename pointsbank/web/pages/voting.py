"""The red board's proposals of a month, voted on in one go."""

from flask import render_template
from sqlmodel import Session

from pointsbank import boards, dates
from pointsbank.boards import Vote
from pointsbank.staff import Permission
from pointsbank.web import access, ballots
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther

page = Page()


@page.form("/v/<village>/boards/<month>/votes", Permission.BOARD_VOTE)
def red_votes(form: BoundForm, village: str, month: str) -> str:
    """Show the proposals of a month's red board that wait for a vote."""
    dates.parse_month(month)
    with access.database().reading() as session:
        waiting = boards.undecided_red(session, village=village, month=month)
        places = {one.name: one.places for one in boards.praise_kinds(session, village=village)}
    form.prefill(on=dates.day_of(access.now()).isoformat())
    return render_template("boards/votes.html", form=form, month=month, waiting=waiting, places=places)


@page.action(
    "/v/<village>/boards/<month>/votes", Permission.BOARD_VOTE, form=ballots.reader(Vote), on=red_votes
)
def cast_votes(session: Session, form: BoundForm, village: str, month: str) -> SeeOther:
    """Record the votes on all that were chosen, or none where one is refused."""
    decided = boards.decide_each(session, village=village, **form.data, **access.by_and_at())
    up = sum(one.status == "up" for one in decided)
    fell = f"，{len(decided) - up}户没有通过" if up < len(decided) else ""
    sentence = f"已登记{len(decided)}户的表决：{up}户上红榜{fell}。"
    return SeeOther("month_board", sentence, village=village, month=month)
