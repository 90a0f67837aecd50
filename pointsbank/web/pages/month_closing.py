"""Closing a month: a checklist, what the close fixes, and the request that a second person confirms."""

from flask import render_template, url_for
from sqlmodel import Session

from pointsbank import approvals, proof, scoring
from pointsbank.proof import Check
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.approving import requested
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther

page = Page()


class Close(forms.Form):
    """That what stays as it is was read."""

    heeded = forms.Ticked(load_default=False)


@page.form("/v/<village>/boards/<month>/close", Permission.MONTH_CLOSE)
def closing_month(form: BoundForm, village: str, month: str) -> str:
    """Show what must be done before a month is closed, and what closing it fixes."""
    with access.database().reading() as session:
        ahead = proof.month_ahead(session, village=village, month=month, at=access.now())
        waiting = approvals.waiting(session, village=village, **access.by_and_at())
    asked = next((one for one in waiting if one.approval.kind == "close_month"), None)
    return render_template(
        "boards/close.html",
        form=form,
        ahead=ahead,
        lines=[(one, _address(village, month, one)) for one in ahead.checks],
        happens=approvals.month_outlook(ahead),
        asked=asked if asked and asked.approval.subject == month else None,
    )


@page.action("/v/<village>/boards/<month>/close", Permission.MONTH_CLOSE, form=Close, on=closing_month)
def close_month(session: Session, form: BoundForm, village: str, month: str) -> SeeOther:
    """Request that the month is closed for good; a second person confirms."""
    made = approvals.request_month_close(
        session, village=village, month=month, **form.data, **access.by_and_at()
    )
    return requested(made)


def _address(village: str, month: str, check: Check) -> str:
    """Return where a line of the checklist is done or read; empty where there is nothing to do."""
    if check.state == proof.DONE or check.code == "over":
        return ""
    if check.code in ("turn", "closed"):
        endpoint = "closing_month" if check.code == "turn" else "month_board"
        return url_for(f"pages.{endpoint}", village=village, month=check.subject)
    if check.code == "open_day_book":
        return url_for("pages.one_day_book", village=village, meeting=check.subject)
    if check.code == "open_meeting":
        return url_for("pages.one_meeting", village=village, meeting=check.subject)
    if check.code == "unpublished":
        return url_for("pages.meetings", village=village)
    if check.code in ("unposted", "contested"):
        # Each of them by itself: what waits may be a correction, which no list of notices has.
        state = scoring.PUBLISHED if check.code == "unposted" else scoring.CONTESTED
        return url_for("pages.one_list", village=village, name="scores", month=month, status=state)
    if check.code == "red_votes":
        return url_for("pages.red_votes", village=village, month=month)
    if check.code in ("black_votes", "red_changed") and check.subject:
        return url_for("pages.one_listing", village=village, listing=check.subject)
    return url_for("pages.month_board", village=village, month=month)
