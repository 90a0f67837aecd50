"""The year's end: what the village resolved, the preview of a year, its posting and undoing by two people."""

from typing import Any

from flask import Response, render_template
from sqlmodel import Session

from pointsbank import approvals, dates, scoring, staff, year_end
from pointsbank.approvals import Shown
from pointsbank.labels.year_end_honour import YEAR_END_HONOUR
from pointsbank.labels.year_end_points import YEAR_END_POINTS
from pointsbank.points import show
from pointsbank.schemas.fields import Day, Text
from pointsbank.schemas.select import Select
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.approving import requested
from pointsbank.web.forms import BoundForm
from pointsbank.web.listing import show_list
from pointsbank.web.page import Page, SeeOther, Tab

page = Page()


class NewRule(forms.Form):
    """What a resolution says."""

    points = Select(YEAR_END_POINTS, required=True)
    ceiling = forms.TypedPoints(load_default=None)
    rate = forms.TypedPoints(load_default=None)
    keeps_gifts = forms.Ticked(load_default=False)
    keeps_base = forms.Ticked(load_default=False)
    honour = Select(YEAR_END_HONOUR, required=True)
    month = forms.Count(maximum=3, required=True)
    day = forms.Count(maximum=31, required=True)
    from_date = Day(required=True)
    resolution = Text(maximum=200, required=True)


class Undoing(forms.Form):
    """Why a year's end is undone."""

    reason = Text(maximum=200, required=True)


@page.form(
    "/v/<village>/year-end",
    Permission.BOARD_VIEW,
    tab=Tab("年终结转", "年底积分留下、清零或折成荣誉", after="spot_check_list", icon="turn", group="boards"),
)
def year_end_rules(form: BoundForm, village: str) -> str | Response:
    """Show the rule in force, the years to be looked at, and every resolution; or send these as a file."""
    shown = show_list("year_end_rules", village, endpoint="year_end_rules")
    if isinstance(shown, Response):
        return shown
    today = dates.day_of(access.now())
    with access.database().reading() as session:
        rule = year_end.rule_of(session, village=village, year=today.year)
        known = year_end.rules(session, village=village)
        runs = year_end.runs(session, village=village)
        before = year_end.rule_of(session, village=village, year=today.year - 1)
    form.prefill(from_date=today.isoformat(), **_proposed(known[0] if known else None))
    return render_template(
        "year_end/rules.html",
        form=form,
        shown=shown,
        rule=rule,
        coming=[one for one in known if one.from_date > today and one is not rule],
        runs=runs,
        years=(today.year, today.year - 1) if before else (today.year,),
        notice_days=year_end.NOTICE_DAYS,
    )


@page.action("/v/<village>/year-end", Permission.SCHEME_ADOPT, form=NewRule, on=year_end_rules)
def adopt_year_end_rule(session: Session, form: BoundForm, village: str) -> str:
    """Write down what a resolution says of the year's end."""
    adopted = year_end.adopt_rule(session, village=village, **form.data, **access.by_and_at())
    return f"已登记，{dates.day_in_words(adopted.from_date)}起：{'，'.join(adopted.in_words)}。"


@page.form("/v/<village>/year-end/<year>", Permission.BOARD_VIEW)
def one_year_end(form: BoundForm, village: str, year: str) -> str | Response:
    """Show a year's end: as it would be now, or as it was posted; or send the accounts as a file."""
    wanted = year_end.year_of(year)
    shown = show_list("year_end_accounts", village, endpoint="one_year_end", year=year)
    if isinstance(shown, Response):
        return shown
    here: dict[str, Any] = {"village": village, "year": wanted}
    with access.database().reading() as session:
        found = year_end.plan(session, **here, at=access.now())
        run = year_end.standing_run(session, **here)
        undone = [one for one in year_end.runs(session, village=village) if one.year == wanted and one != run]
        late = year_end.old_returns(session, village=village, at=access.now()) if run else []
        ahead, over = scoring.base_ahead(session, village=village, at=access.now())
        waiting = approvals.waiting(session, village=village, **access.by_and_at())
        people = {who for one in [run, *undone] if one for who in (one.posted_by, one.confirmed_by)}
        names = staff.actors(session, ids=people | {one.undone_by for one in undone if one.undone_by})
    today = dates.day_of(access.now())
    return render_template(
        "year_end/one.html",
        form=form,
        shown=shown,
        plan=found,
        run=run,
        undone=undone,
        late=[one for one in late if run and one.run.number == run.number],
        base=[one for one in ahead if one.base.item.terms.get("at_period_end")],
        base_over=over,
        happens=approvals.year_end_outlook(found),
        is_due=_is_due(found, today),
        may_undo=bool(run) and run is not None and today <= run.undone_until,
        asked=_asked(waiting, year),
        names=names,
        year=wanted,
    )


def _is_due(found: year_end.Plan, today: Any) -> bool:
    """Return whether a year's day has come and something goes."""
    return found.due_on is not None and found.due_on <= today and bool(found.moved)


def _asked(waiting: list[Shown], year: str) -> Shown | None:
    """Return the request about a year that waits for a second person."""
    kinds = ("post_year_end", "undo_year_end")
    about = (one for one in waiting if one.approval.kind in kinds and one.approval.subject == year)
    return next(about, None)


@page.action("/v/<village>/year-end/<year>", Permission.MONTH_CLOSE, on=one_year_end)
def request_year_end(session: Session, form: BoundForm, village: str, year: str) -> SeeOther:
    """Request that a year's end is posted as it was shown; a second person confirms."""
    wanted = year_end.year_of(year)
    return requested(approvals.request_year_end(session, village=village, year=wanted, **access.by_and_at()))


@page.action("/v/<village>/year-end/<year>/undoing", Permission.MONTH_CLOSE, form=Undoing, on=one_year_end)
def undo_year_end(session: Session, form: BoundForm, village: str, year: str) -> SeeOther:
    """Request that a year's end is undone; a second person confirms."""
    about: dict[str, Any] = {"village": village, "year": year_end.year_of(year)}
    return requested(approvals.request_year_end_undo(session, **about, **form.data, **access.by_and_at()))


def _proposed(last: year_end.Rule | None) -> dict[str, str]:
    """Return the choices of the last resolution, of which mostly one changes."""
    if last is None:
        return {"month": "1", "day": "10"}
    given = {"points": last.points, "honour": last.honour, "month": str(last.month), "day": str(last.day)}
    amounts = {"ceiling": last.ceiling, "rate": last.rate}
    kept = {"keeps_gifts": last.keeps_gifts, "keeps_base": last.keeps_base}
    given |= {name: show(amount) for name, amount in amounts.items() if amount is not None}
    return given | {name: "1" for name, stays in kept.items() if stays}
