"""A closed month as one picture for the group chat: for staff to send on, and on the public board."""

from flask import Response

from pointsbank import boards, dates, pictures
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.access import PUBLIC
from pointsbank.web.page import Page

page = Page()

_NOBODY = ""
"""Who asks on the public board: what is shown depends on nobody."""


@page.get("/v/<village>/boards/<month>/picture.png", Permission.PRINT_POSTER)
def month_picture(village: str, month: str) -> Response:
    """Send the picture as a file to pass on."""
    is_period = boards.is_period(month)
    if not is_period:
        dates.parse_month(month)
    answer = _drawn(village, month, waits=True)
    name = f"{'period' if is_period else 'month'}-{month}.png"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@page.get("/open/<village>/months/<month>/picture.png", PUBLIC)
def open_month_picture(village: str, month: str) -> Response:
    """Show the picture, made of what may be shown at this moment; nobody keeps it."""
    return _drawn(village, dates.parse_month(month), waits=False)


def _drawn(village: str, month: str, *, waits: bool) -> Response:
    """Return the picture of a closed month or of a period; raises AnchorUnknown, Busy."""
    picture = pictures.month_picture(
        access.database(),
        village=village,
        month=month,
        by=_NOBODY,
        at=access.now(),
        settings=access.settings(),
        waits=waits,
    )
    return Response(picture, mimetype="image/png")
