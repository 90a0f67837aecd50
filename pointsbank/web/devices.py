"""Browsers in which somebody signed in before, by a signed cookie: strangers' guesses do not make them wait.

The cookie opens nothing. It says for which logins this browser is known: as digests, so that it tells none.
"""

import secrets
from hashlib import sha256
from typing import Any, cast

from flask import Response, current_app, request
from itsdangerous import BadData, URLSafeSerializer

from pointsbank.web import access
from pointsbank.web.cookies import own_name

COOKIE = "pointsbank_device"
SECONDS = 400 * 86400
"""How long a browser is known; none keeps a cookie longer."""
MAXIMUM_LOGINS = 8
"""More people than share one computer; the oldest is forgotten."""


def known(login: str) -> str | None:
    """Return the id of this browser if it is known for a login, else None.

    Example:
        devices.known("li")
    """
    device = _read()
    return cast(str, device["id"]) if _short(login) in device["logins"] else None


def remember(response: Response, login: str) -> Response:
    """Make this browser known for a login that has just signed in.

    Example:
        return devices.remember(response, "li")
    """
    device = _read()
    logins = [_short(login), *(one for one in device["logins"] if one != _short(login))][:MAXIMUM_LOGINS]
    value = _signer().dumps({"id": device["id"], "logins": logins})
    secure = access.settings().secure
    response.set_cookie(
        _name(), value, max_age=SECONDS, path="/", httponly=True, samesite="Lax", secure=secure
    )
    return response


def _read() -> dict[str, Any]:
    """Return what the cookie says; a browser without one of our own gets a new id and is known for nobody."""
    try:
        return cast(dict[str, Any], _signer().loads(request.cookies.get(_name(), "")))
    except BadData:
        return {"id": secrets.token_urlsafe(16), "logins": []}


def _name() -> str:
    return own_name(COOKIE, secure=access.settings().secure)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(cast(str, current_app.secret_key), salt=_name())


def _short(login: str) -> str:
    return sha256(login.strip().lower()[:100].encode("utf-8", "replace")).hexdigest()[:16]
