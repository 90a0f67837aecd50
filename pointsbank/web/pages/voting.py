"""The red board's proposals of a month, voted on in one go."""

from flask import render_template, request
from marshmallow import ValidationError
from sqlmodel import Session

from pointsbank import boards, dates
from pointsbank.boards import Vote
from pointsbank.schemas.fields import Day
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther

page = Page()

FOR, AGAINST, TAKEN = "for-", "against-", "taken-"
"""Before the id of a listing: its own votes where they differ from the rest, and that it is voted on."""

MAXIMUM = 9999


class Votes(forms.Form):
    """The votes on all, and the day; a household with other votes has them in its own row."""

    votes_for = forms.Count(maximum=MAXIMUM, required=True)
    votes_against = forms.Count(maximum=MAXIMUM, load_default=0)
    on = Day(required=True)


@forms.reader(Votes)
def _cast() -> BoundForm:
    """The form with a vote for each household whose row is ticked."""
    form = forms.bind(Votes)
    chosen = [name.removeprefix(TAKEN) for name in request.form if name.startswith(TAKEN)]
    own = {field: _own(form, field) for one in chosen for field in (FOR + one, AGAINST + one)}
    if form.errors:
        form.data = {}
        return form
    every = {FOR: form.data.pop("votes_for"), AGAINST: form.data.pop("votes_against")}
    # No votes of its own, which none is not: then those on all.
    cast = {name: every[name.partition("-")[0] + "-"] if one is None else one for name, one in own.items()}
    form.data["votes"] = [Vote(one, cast[FOR + one], cast[AGAINST + one]) for one in chosen]
    return form


def _own(form: BoundForm, field: str) -> int | None:
    """Return the number in a household's own row; None where it is left empty, or wrong and marked so."""
    typed = request.form.get(field, "").strip()
    if not typed:
        return None
    try:
        return int(forms.Count(maximum=MAXIMUM).deserialize(typed))
    except ValidationError as error:
        form.errors[field] = str(error.messages[0])
        return None


@page.form("/v/<village>/boards/<month>/votes", Permission.BOARD_VOTE)
def red_votes(form: BoundForm, village: str, month: str) -> str:
    """Show the proposals of a month's red board that wait for a vote."""
    dates.parse_month(month)
    with access.database().reading() as session:
        waiting = boards.undecided_red(session, village=village, month=month)
        places = {one.name: one.places for one in boards.praise_kinds(session, village=village)}
    form.prefill(on=dates.day_of(access.now()).isoformat())
    return render_template("boards/votes.html", form=form, month=month, waiting=waiting, places=places)


@page.action("/v/<village>/boards/<month>/votes", Permission.BOARD_VOTE, form=_cast, on=red_votes)
def cast_votes(session: Session, form: BoundForm, village: str, month: str) -> SeeOther:
    """Record the votes on all that were chosen, or none where one is refused."""
    decided = boards.decide_each(session, village=village, **form.data, **access.by_and_at())
    up = sum(one.status == "up" for one in decided)
    fell = f"，{len(decided) - up}户没有通过" if up < len(decided) else ""
    sentence = f"已登记{len(decided)}户的表决：{up}户上红榜{fell}。"
    return SeeOther("month_board", sentence, village=village, month=month)
