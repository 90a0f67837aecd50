"""Where somebody wanted to go before a page that comes first: signing in, a password, a second factor."""

from urllib.parse import unquote, urlsplit

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException


def way_back(otherwise: str = "pages.home") -> str:
    """Return the address that was wanted: a path of ours and nothing else, or that of a page of ours.

    Args:
        otherwise: endpoint to which it leads where nothing was wanted.
    """
    back = wanted()
    return back or url_for(otherwise)


def wanted() -> str:
    """Return the address that was wanted, empty if none was or it leads out of the house."""
    back = request.values.get("next", "")
    return back if _is_ours(back) else ""


def came_from() -> str:
    """Return the address of the page that sent this form; home, where that was no page to be opened again.

    No page writes its own address: that of a card's page holds the card's code.
    """
    sent = urlsplit(request.referrer or "")
    address = f"{sent.path}?{sent.query}" if sent.query else sent.path
    try:
        current_app.url_map.bind("").match(unquote(sent.path.removeprefix(request.script_root)), method="GET")
    except HTTPException:
        return url_for("pages.home")
    return address if _is_ours(address) else url_for("pages.home")


def _is_ours(address: str) -> bool:
    """Return whether an address is a path here and leads nowhere else."""
    return address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
