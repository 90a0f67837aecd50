"""The rules: the version in force, since when and by which resolution; the one to come, and its day."""

import io

from flask import Response, render_template, request, send_file

from pointsbank import dates, law, scoring
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.page import Page, Tab

page = Page()


@page.get(
    "/v/<village>/scheme",
    Permission.SCHEME_VIEW,
    tab=Tab("细则", "现行积分条目", after="sales", icon="book"),
    in_group=True,
)
def scheme(village: str) -> str:
    """Show the rules in force today, or those of a version that is adopted for a later day."""
    with access.database().reading() as session:
        found = scoring.scheme_timetable(session, village=village, day=dates.day_of(access.now()))
        wanted = request.args.get("version", "")
        shown = next((one for one in found.coming if str(one.version) == wanted), found.current)
        items = scoring.items_of(session, village=village, scheme=shown.id) if shown else []
    unpublished = {
        item.code: law.reasons(scoring.item_findings(item))
        for item in items
        if not scoring.is_publishable(item)
    }
    return render_template(
        "scheme.html",
        shown=shown,
        current=found.current,
        coming=found.coming,
        items=items,
        unpublished=unpublished,
        shapes=scoring.SHAPES.values(),
    )


@page.get("/v/<village>/scheme/template.csv", Permission.SCHEME_VIEW, in_group=True)
def scheme_template(village: str) -> Response:
    """Send the empty table of a scheme with each shape's examples."""
    table = io.BytesIO(scoring.scheme_template())
    return send_file(table, "text/csv", as_attachment=True, download_name="scheme.csv")
