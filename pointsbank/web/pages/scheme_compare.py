"""Two versions of the rules side by side."""

from collections import Counter

from flask import Response, render_template, request

from pointsbank import dates, lists, scoring
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.listing import show_list
from pointsbank.web.page import Page

page = Page()


@page.get("/v/<village>/scheme/compare", Permission.SCHEME_VIEW, in_group=True)
def scheme_compare(village: str) -> str | Response:
    """Show what a newer version does with each item; of none named the newest against the one in force."""
    listed = show_list("scheme_changes", village, endpoint="scheme_compare")
    if isinstance(listed, Response):
        return listed
    with access.database().reading() as session:
        found = scoring.compared_versions(
            session, village=village, day=dates.day_of(access.now()), **_chosen()
        )
        old, new = (scoring.items_of(session, village=village, scheme=one.id) if one else [] for one in found)
    return render_template(
        "scheme_compare.html",
        listed=listed,
        before=found.before and lists.version_in_words(found.before),
        after=found.after and lists.version_in_words(found.after),
        chosen={name: value for name, value in _chosen().items() if value},
        counts=Counter(one.state for one in scoring.compare(old, new)),
    )


def _chosen() -> dict[str, str]:
    """Return the versions that the address names."""
    return {name: request.args.get(name, "").strip()[:20] for name in ("before", "after")}
