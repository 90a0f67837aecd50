"""Where somebody wanted to go before a page that comes first: signing in, a password, a second factor."""

from flask import request, url_for


def way_back(otherwise: str = "pages.home", field: str = "next") -> str:
    """Return the address that was wanted: a path of ours and nothing else, or that of a page of ours.

    Args:
        otherwise: endpoint to which it leads where nothing was wanted.
        field: where the address stands in what was sent.
    """
    back = wanted(field)
    return back or url_for(otherwise)


def wanted(field: str = "next") -> str:
    """Return the address that was wanted, empty if none was or it leads out of the house."""
    back = request.values.get(field, "")
    known = back.startswith("/") and not back.startswith(("//", "/\\")) and back.isprintable()
    return back if known else ""


def here() -> str:
    """Return the address of the page that is being drawn, or home where it was the answer to a post."""
    return request.full_path.rstrip("?") if request.method == "GET" else url_for("pages.home")
