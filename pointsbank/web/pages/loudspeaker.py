"""A month's text for the loudspeaker, to read, to copy and as a plain file."""

from typing import Any

from flask import Response, render_template

from pointsbank import dates, sheets
from pointsbank.staff import Permission
from pointsbank.web import access
from pointsbank.web.page import Page

page = Page()


@page.get("/v/<village>/boards/<month>/loudspeaker", Permission.PRINT_POSTER)
def loudspeaker(village: str, month: str) -> str:
    """Show a month's text, a sentence a line, and the whole of it to copy."""
    return render_template("boards/loudspeaker.html", month=month, found=_text(village, month))


@page.get("/v/<village>/boards/<month>/loudspeaker.txt", Permission.PRINT_POSTER)
def loudspeaker_file(village: str, month: str) -> Response:
    """Send the text as a plain file, a sentence a line."""
    found = _text(village, month)
    # Windows' editor knows by the mark at the front that it is UTF-8.
    answer = Response("\ufeff" + found.text.replace("\n", "\r\n") + "\r\n", mimetype="text/plain")
    answer.headers["Content-Disposition"] = f'attachment; filename="loudspeaker-{month}.txt"'
    return answer


def _text(village: str, month: str) -> Any:
    """Return a month's text as it is at this moment; raises MonthInvalid."""
    dates.parse_month(month)
    return sheets.find("loudspeaker").gather_from(
        access.database(),
        village=village,
        **access.by_and_at(),
        public_url=access.settings().public_url,
        month=month,
    )
