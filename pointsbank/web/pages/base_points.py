"""Base points: what the scheme gives this period, who got what when, and giving it without waiting."""

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pointsbank import scoring
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.forms import BoundForm
from pointsbank.web.listing import show_list
from pointsbank.web.page import Page

page = Page()


@page.form("/v/<village>/base", Permission.FILE_VIEW)
def base_points(form: BoundForm, village: str) -> str | Response:
    """Show what is given this period, how many wait for it, and everything that was given."""
    shown = show_list("base_grants", village, endpoint="base_points")
    if isinstance(shown, Response):
        return shown
    with access.database().reading() as session:
        ahead, over = scoring.base_ahead(session, village=village, at=access.now())
    return render_template("base_points.html", form=form, shown=shown, ahead=ahead, over=over)


@page.post("/v/<village>/base", Permission.NOTICE_SETTLE, on=base_points)
def give_base(village: str) -> ResponseReturnValue:
    """Do now what the program would do by itself within minutes; a second time nothing is left to do."""
    form = forms.unbound()
    done = forms.run_catching_refusals(
        form,
        lambda: scoring.give_all_base(access.database(), village=village, **access.by_and_at()),
    )
    if done is None:
        return base_points.show(form, village=village)
    flash(given_in_words(done))
    return redirect(url_for("pages.base_points", village=village), 303)


def given_in_words(done: scoring.BaseGiven) -> str:
    """Return what was done as one sentence."""
    if done == scoring.BaseGiven():
        return "该发的都已经发过，没有重复发放。"
    over = f"，先收回了{done.ended}份期满的" if done.ended else ""
    return f"已发放{done.given}份基础分{over}。"
