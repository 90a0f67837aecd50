"""The rules: the version in force, since when and by which resolution; the one to come, and its day."""

import io

from flask import Response, render_template, request, send_file

from pointsbank import ceremonies, dates, scoring
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.listing import show_list
from pointsbank.web.page import Page, Tab

page = Page()


@page.get(
    "/v/<village>/scheme",
    Permission.SCHEME_VIEW,
    tab=Tab("细则", "现行积分条目", after="sales", icon="book", group="judging"),
    in_group=True,
)
def scheme(village: str) -> str | Response:
    """Show the rules in force today, or those of a version that is adopted for a later day."""
    version = request.args.get("version", "")
    listed = show_list("rules", village, endpoint="scheme", fixed={"version": version})
    if isinstance(listed, Response):
        return listed
    with access.database().reading() as session:
        today = dates.day_of(access.now())
        found = scoring.scheme_timetable(session, village=village, day=today)
        limits = ceremonies.limits_on(session, village=village, day=today)
    shown = next((one for one in found.coming if str(one.version) == version), found.current)
    return render_template(
        "scheme.html",
        shown=shown,
        listed=listed,
        limits=limits,
        current=found.current,
        coming=found.coming,
        shapes=scoring.SHAPES.values(),
    )


@page.get("/v/<village>/scheme/template.csv", Permission.SCHEME_VIEW, in_group=True)
def scheme_template(village: str) -> Response:
    """Send the empty table of a scheme with each shape's examples."""
    table = io.BytesIO(scoring.scheme_template())
    return send_file(table, "text/csv", as_attachment=True, download_name="scheme.csv")
