"""What a version of the rules would have changed in a month: computed, never written."""

from dataclasses import asdict

from flask import Response, render_template, request

from pointsbank import lists, roster, scoring
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.listing import asked_for, show_list
from pointsbank.web.page import Page

page = Page()

_NAMED = 10
"""So many households are named on the page; the list has all."""


@page.get("/v/<village>/scheme/what-if", Permission.MEETING_VIEW)
def scheme_what_if(village: str) -> str | Response:
    """Show what a month would have come to under a version: in all, by item, and who would feel it most."""
    listed = show_list("item_effects", village, endpoint="scheme_what_if")
    if isinstance(listed, Response):
        return listed
    asked = asked_for(lists.find("household_effects"), village, request.args, {})
    with access.database().reading() as session:
        again = lists.month_again(session, asked)
        effects = scoring.effects_by_participant(again.found)
        largest = [(id, one) for id, one in effects.items() if one.difference][:_NAMED]
        known = roster.by_ids(session, village=village, ids={id for id, _ in largest})
    return render_template(
        "scheme_what_if.html",
        listed=listed,
        month=again.month,
        version=again.scheme and lists.version_in_words(again.scheme),
        chosen={"after": again.scheme.version} if again.scheme else {},
        whole=scoring.effect_of(again.found),
        moved=sum(one.difference != 0 for one in effects.values()),
        largest=[{**asdict(known[id]), **one._asdict(), "difference": one.difference} for id, one in largest],
    )
