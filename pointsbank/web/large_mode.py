"""Large mode: whether this browser asked for large letters, kept in a cookie that says nothing else."""

from flask import Response, request

from pointsbank.web import access
from pointsbank.web.cookies import cookie_name

COOKIE = "pointsbank_look"
SECONDS = 400 * 86400
"""How long a browser remembers it; none keeps a cookie longer."""


def is_large() -> bool:
    """Return whether pages are drawn with large letters for this browser."""
    return request.cookies.get(_name()) == "large"


def remember(response: Response, *, large: bool) -> Response:
    """Make this browser remember large letters, or forget them.

    Example:
        return large_mode.remember(response, large=True)
    """
    response.set_cookie(
        _name(),
        "large" if large else "",
        max_age=SECONDS if large else 0,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=access.settings().secure,
    )
    return response


def _name() -> str:
    return cookie_name(COOKIE, secure=access.settings().secure)
