"""How pages of the public board are answered: without a session, a cookie, or anything that is written.

As every page of ours they are kept by nobody (`caching`): what has run is gone, from the copy on a telephone
too. Where households stand on a page, under whatever name, no search engine shows it.
"""

import io
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from flask import Response, make_response, request, send_file, url_for
from sqlmodel import Session

from pointsbank import disclosure, lists, spreadsheets, villages
from pointsbank.villages import Village
from pointsbank.web import access

Found = TypeVar("Found")

_SHOWN_BY_NO_SEARCH = "noindex, noarchive"


def place_of(session: Session, village: str) -> Village:
    """Return the village of an address.

    Raises:
        VillageUnknown: there is no such village.
    """
    if not village.isprintable():
        raise villages.problems.VillageUnknown()
    return villages.get(session, village)


def gathered(gather: Callable[..., Found], village: str, **asked: Any) -> tuple[Village, Found]:
    """Return the village of an address, and what a page of its board shows, of one moment.

    Args:
        gather: `gather(session, *, village, …)` of `disclosure`; `asked`: whatever it takes besides.

    Raises:
        VillageUnknown: there is no such village.
    """
    with access.database().reading() as session:
        return place_of(session, village), gather(session, village=village, **asked)


def answer(drawn: str, *, households: bool = False) -> Response:
    """Answer with a page of the board.

    Args:
        households: whether households stand on it, under whatever name.
    """
    response = make_response(drawn)
    if households:
        response.headers["X-Robots-Tag"] = _SHOWN_BY_NO_SEARCH
    return response


def wants_file() -> bool:
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


def shared_address(file: str = "") -> str:
    """Return the address of this page, or of a file of ours, as everybody may open it.

    Example:
        shared_address()  # "https://cy.example.cn/open/chayuan/prices"
    """
    path = url_for("static", filename=file) if file else request.script_root + request.path
    return access.settings().public_url + path.removeprefix(request.script_root)
