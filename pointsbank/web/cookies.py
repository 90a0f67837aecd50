"""The cookies that browsers send us: their names, and the one that holds a session's token."""

from flask import Response, request

_COOKIE = "pointsbank_session"


def cookie_name(name: str, *, secure: bool) -> str:
    """Return a cookie's name: under https one that browsers take from this very host alone.

    Example:
        >>> cookie_name("pointsbank_form", secure=True)
        '__Host-pointsbank_form'
    """
    # Without the prefix a page of a neighbouring host name, or one over http, could put its own cookie here.
    return f"__Host-{name}" if secure else name


def session_token(*, secure: bool) -> str:
    """Return the session's token that the browser sent, empty if it sent none."""
    return request.cookies.get(cookie_name(_COOKIE, secure=secure), "")


def keep_session(response: Response, token: str, *, secure: bool) -> Response:
    """Put a session's token into the cookie that browsers send only to us; an empty one takes it back."""
    response.set_cookie(
        cookie_name(_COOKIE, secure=secure),
        token,
        max_age=None if token else 0,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=secure,
    )
    return response
