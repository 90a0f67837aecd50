"""What something typed may mean: what boxes for households and for items offer while somebody types."""

from dataclasses import asdict

from flask import Response, jsonify, request, url_for

from pointsbank import roster, scoring
from pointsbank.roster import Participant
from pointsbank.staff import Permission
from pointsbank.web import access, item_fields
from pointsbank.web.household_fields import MAXIMUM_TYPED
from pointsbank.web.page import Page

page = Page()


@page.get("/v/<village>/find", Permission.ROSTER_VIEW, in_group=True)
def find_participants(village: str) -> Response:
    """Return whom `q` may mean, best fit first, and the code of the one whom it does mean, if that is clear.

    No file is opened by it, and so no look at one is written down: as in the list of the roster.
    """
    query = request.args.get("q", "")[:MAXIMUM_TYPED]
    with access.database().reading() as session:
        found = roster.find(session, village=village, query=query, groups=access.groups())
    return jsonify(
        items=[_described(village, one) for one in found.items],
        more=found.more,
        meant=found.meant.code if found.meant else None,
    )


@page.get("/v/<village>/find-items", Permission.MEETING_VIEW, in_group=True)
def find_items(village: str) -> Response:
    """Return which items in force `q` may mean, best fit first, every item where nothing is typed.

    With `kind`, only what can be scored for such participants.
    """
    query, kind = request.args.get("q", "")[:MAXIMUM_TYPED], request.args.get("kind", "")
    items = item_fields.in_force(village)
    if kind:
        items = [one for one in items if scoring.can_be_entered(one, kind)]
    found = scoring.find_items(items, query)
    offered = found[: scoring.OFFERED_ITEMS] if query.strip() else found
    meant = scoring.meant_item(items, query)
    return jsonify(
        items=[asdict(item_fields.named(one)) for one in offered],
        more=len(found) > len(offered),
        meant=meant.code if meant else None,
    )


def _described(village: str, one: Participant) -> dict[str, str]:
    """Return what tells a candidate from others, and where its file is."""
    href = url_for("pages.roster_file", village=village, code=one.code)
    return {"code": one.code, "name": one.name, "group": one.group, "href": href}
