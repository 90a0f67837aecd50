"""The cookies that browsers send us: their names, and the one that holds a session's token."""

from flask import Response, current_app, request

_COOKIE = "pointsbank_session"
_JUDGE = "pointsbank_judge"
_CARD = "pointsbank_card"
_OF_PRACTICE = "_practice"


def cookie_name(name: str, *, secure: bool) -> str:
    """Return a cookie's name: under https one that browsers take from this very host alone.

    Example:
        >>> cookie_name("pointsbank_form", secure=True)
        '__Host-pointsbank_form'
    """
    # Without the prefix a page of a neighbouring host name, or one over http, could put its own cookie here.
    return f"__Host-{name}" if secure else name


def own_name(name: str, *, secure: bool, practice: bool | None = None) -> str:
    """Return a cookie's name on this site: that of the practice village keeps its own beside the real ones.

    Args:
        practice: of which site; None is the one that answers this request.
    """
    if practice is None:
        practice = current_app.extensions["pointsbank_settings"].practice
    return cookie_name(name + (_OF_PRACTICE if practice else ""), secure=secure)


def judge_secret(*, secure: bool) -> str:
    """Return the secret of a judge's telephone that the browser sent, empty if it sent none."""
    return request.cookies.get(own_name(_JUDGE, secure=secure), "")


def keep_judge(response: Response, secret: str, *, secure: bool) -> Response:
    """Put the secret of a judge's telephone into a cookie of this browser's run; an empty one ends it."""
    response.set_cookie(
        own_name(_JUDGE, secure=secure),
        secret,
        max_age=None if secret else 0,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=secure,
    )
    return response


def card_secret(*, secure: bool) -> str:
    """Return the secret of a visit by card that the browser sent, empty if it sent none."""
    return request.cookies.get(own_name(_CARD, secure=secure), "")


def keep_card(response: Response, secret: str, *, seconds: int, secure: bool) -> Response:
    """Put the secret of a visit by card into a cookie for so many seconds; an empty one ends it."""
    response.set_cookie(
        own_name(_CARD, secure=secure),
        secret,
        max_age=seconds if secret else 0,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=secure,
    )
    return response


def session_token(*, secure: bool) -> str:
    """Return the session's token that the browser sent, empty if it sent none."""
    return request.cookies.get(own_name(_COOKIE, secure=secure), "")


def keep_session(response: Response, token: str, *, secure: bool, practice: bool | None = None) -> Response:
    """Put a session's token into the cookie that browsers send only to us; an empty one takes it back.

    Args:
        practice: of which site the session is, as `own_name` takes it.
    """
    response.set_cookie(
        own_name(_COOKIE, secure=secure, practice=practice),
        token,
        max_age=None if token else 0,
        path="/",
        httponly=True,
        samesite="Lax",
        secure=secure,
    )
    return response
