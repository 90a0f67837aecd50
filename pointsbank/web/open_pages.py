"""How pages of the public board are answered: drawn without a session, kept by nobody whom they name.

None of them writes, reads a session or sets a cookie. Where households stand on a page, under whatever name,
nobody keeps it and no search engine shows it; other pages are kept by who asks each time whether they hold.
"""

import io
from collections.abc import Sequence
from typing import Any

from flask import Response, make_response, render_template, request, send_file, url_for
from sqlmodel import Session

from pointsbank import disclosure, lists, spreadsheets, villages
from pointsbank.villages import Village
from pointsbank.web import access, caching

_SEEN_BY_NOBODY_LATER = "noindex, noarchive"


def place_of(session: Session, village: str) -> Village:
    """Return the village of an address.

    Raises:
        VillageUnknown: there is no such village.
    """
    if not village.isprintable():
        raise villages.problems.VillageUnknown()
    return villages.get(session, village)


def show(template: str, *, about: str, households: bool = False, **values: Any) -> Response:
    """Draw a page of the board.

    Args:
        about: what is told of the page where somebody shares it.
        households: whether households stand on it, under whatever name.
    """
    drawn = render_template(
        template, about=about, shared=_shared(), shared_image=_shared("seal.png"), **values
    )
    response = make_response(drawn)
    # Large letters are in a cookie.
    response.headers["Vary"] = "Cookie"
    if not households:
        return caching.ask_each_time(response)
    response.headers["X-Robots-Tag"] = _SEEN_BY_NOBODY_LATER
    return response


def wanted_file() -> bool:
    """Return whether an Excel table is asked for instead of the page.

    Raises:
        PageUnknown: a form is asked for that there is not.
    """
    form = request.args.get("format", "")
    if form not in ("", lists.XLSX):
        raise access.PageUnknown()
    return form == lists.XLSX


def send_table(name: str, village: str) -> Response:
    """Answer with one of the tables that everybody may take away; nobody stands in them.

    Raises:
        VillageUnknown: there is no such village.
    """
    table, at = disclosure.FILES[name], access.now()
    with access.database().reading() as session:
        place_of(session, village)
        rows: list[Sequence[spreadsheets.Cell]] = list(table.rows(session, village=village, at=at))
    out = io.BytesIO()
    spreadsheets.write_xlsx(out, table.title, table.headings, rows)
    out.seek(0)
    named = lists.file_name(table.title, village, at, form=lists.XLSX)
    return send_file(out, spreadsheets.XLSX, as_attachment=True, download_name=named)


def _shared(file: str = "") -> str:
    """Return the address of this page, or of a file of ours, as everybody may open it."""
    path = url_for("static", filename=file) if file else request.script_root + request.path
    return access.settings().public_url + path.removeprefix(request.script_root)
