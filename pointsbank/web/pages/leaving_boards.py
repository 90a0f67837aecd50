"""A household signs at the office that it stands on no board any more, or on boards again."""

from flask import render_template
from sqlmodel import Session

from pointsbank import boards, dates, roster
from pointsbank.schemas.fields import Day
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther

page = Page()


class Signature(forms.Form):
    """The day on which the household signed."""

    signed_on = Day(required=True)


@page.form("/v/<village>/roster/<code>/boards", Permission.ROSTER_CHANGE)
def leaving_boards(form: BoundForm, village: str, code: str) -> str:
    """Show what leaving all boards does, or coming back, before it is recorded."""
    with access.database().reading() as session:
        who = roster.by_code(session, village=village, code=code)
        left_on = boards.who_left(session, village=village).get(who.id)
    form.prefill(signed_on=dates.day_of(access.now()).isoformat())
    return render_template("roster/boards.html", form=form, who=who, left_on=left_on)


@page.action(
    "/v/<village>/roster/<code>/boards/leave", Permission.ROSTER_CHANGE, form=Signature, on=leaving_boards
)
def leave_boards(session: Session, form: BoundForm, village: str, code: str) -> SeeOther:
    """Record that a household signed to stand on no board."""
    boards.leave(session, village=village, participant=code, **form.data, **access.by_and_at())
    return SeeOther("roster_file", "已登记退出各种榜，记在日志里。", village=village, code=code)


@page.action(
    "/v/<village>/roster/<code>/boards/back", Permission.ROSTER_CHANGE, form=Signature, on=leaving_boards
)
def rejoin_boards(session: Session, form: BoundForm, village: str, code: str) -> SeeOther:
    """Record that a household signed to stand on boards again."""
    boards.rejoin(session, village=village, participant=code, **form.data, **access.by_and_at())
    return SeeOther("roster_file", "已登记恢复上榜，记在日志里。", village=village, code=code)
