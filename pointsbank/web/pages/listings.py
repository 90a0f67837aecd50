"""One listing on a board: told, voted for, objected to, taken down."""

from datetime import date

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from pointsbank import boards, dates
from pointsbank.schemas.fields import Day, Text
from pointsbank.staff import Permission
from pointsbank.web import access, forms
from pointsbank.web.access import permission
from pointsbank.web.pages.blueprint import pages


class Vote(forms.Form):
    """What people decided, and when."""

    votes_for = forms.Count(most=9999, required=True)
    votes_against = forms.Count(most=9999, load_default=0)
    on = Day(required=True)


class Told(forms.Form):
    """When the household was told."""

    on = Day(required=True)


class Reason(forms.Form):
    """Why a listing is taken down."""

    reason = Text(most=200, required=True)


class ListingObjection(forms.Form):
    """Who objects to a listing, and why."""

    raised_by = Text(most=60, required=True)
    reason = forms.Lines(most=500, required=True)


@pages.get("/v/<village>/listings/<listing>")
@permission(Permission.MEETING_VIEW)
def listing(village: str, listing: str) -> ResponseReturnValue:
    """One listing: what may be done with it next."""
    return _listing(village, listing, forms.blank())


@pages.post("/v/<village>/listings/<listing>/told")
@permission(Permission.BOARD_DECIDE)
def listing_told(village: str, listing: str) -> ResponseReturnValue:
    """Record the day on which the household was told."""
    filled = forms.fill(Told)
    return _step(
        village,
        listing,
        filled,
        forms.attempt(
            filled,
            lambda session: boards.notify(
                session, village=village, listing=listing, by=access.by(), at=access.now(), **filled.data
            ),
        ),
    )


@pages.post("/v/<village>/listings/<listing>/vote")
@permission(Permission.BOARD_DECIDE)
def listing_vote(village: str, listing: str) -> ResponseReturnValue:
    """Record the vote."""
    filled = forms.fill(Vote)
    return _step(
        village,
        listing,
        filled,
        forms.attempt(
            filled,
            lambda session: boards.decide(
                session, village=village, listing=listing, by=access.by(), at=access.now(), **filled.data
            ),
        ),
    )


@pages.post("/v/<village>/listings/<listing>/down")
@permission(Permission.BOARD_DECIDE)
def listing_down(village: str, listing: str) -> ResponseReturnValue:
    """Take a listing down."""
    filled = forms.fill(Reason)
    return _step(
        village,
        listing,
        filled,
        forms.attempt(
            filled,
            lambda session: boards.take_down(
                session, village=village, listing=listing, by=access.by(), at=access.now(), **filled.data
            ),
        ),
    )


@pages.post("/v/<village>/listings/<listing>/objections")
@permission(Permission.OBJECTION_RAISE)
def object_to_listing(village: str, listing: str) -> ResponseReturnValue:
    """Write down an objection to a listing; until it is answered nothing hangs."""
    filled = forms.fill(ListingObjection)
    return _step(
        village,
        listing,
        filled,
        forms.attempt(
            filled,
            lambda session: boards.object_to_listing(
                session, village=village, listing=listing, by=access.by(), at=access.now(), **filled.data
            ),
        ),
    )


@pages.post("/v/<village>/listings/<listing>/objections/<objection>/decision")
@permission(Permission.OBJECTION_DECIDE)
def decide_listing_objection(village: str, listing: str, objection: str) -> ResponseReturnValue:
    """Answer an objection to a listing in writing."""
    filled = forms.fill(forms.Answer)
    return _step(
        village,
        listing,
        filled,
        forms.attempt(
            filled,
            lambda session: boards.decide_listing_objection(
                session,
                village=village,
                objection=objection,
                upheld=filled.data["verdict"] == "upheld",
                reason=filled.data["reason"],
                by=access.by(),
                at=access.now(),
            ),
        ),
    )


def _step(village: str, listing: str, filled: forms.Filled, done: object) -> ResponseReturnValue:
    """The listing again, changed or with the sentence why not."""
    if done is None:
        return _listing(village, listing, filled)
    flash("已登记。")
    return redirect(url_for("pages.listing", village=village, listing=listing), 303)


def _listing(village: str, listing: str, filled: forms.Filled) -> ResponseReturnValue:
    with access.database().reading() as session:
        found = boards.listing(session, village=village, listing=listing)
        said = boards.listing_objections(session, village=village, listing=listing)
    filled.values = {"on": _today().isoformat(), **filled.values}
    return render_template("boards/listing.html", form=filled, one=found, objections=said), filled.status


def _today() -> date:
    return dates.day_of(access.now())
