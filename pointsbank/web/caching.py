"""Who may keep an answer: nobody, but for files that ship with us and are named by what is in them.

A page of ours may show a name, a sheet holds the codes of cards in clear, and a refusal tells of either: a
browser's disk and a proxy on the way keep none. A file's address carries its digest (`?v=`); asked for under
that, its content can never change. A public page on which nobody stands may be kept by who asks each time
whether it is still the same (docs/decisions/1911-what-may-be-kept-of-the-board.md).
"""

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from flask import Flask, Response, current_app, g, request

NOBODY = "no-store"
ASKED_EACH_TIME = "no-cache"
FOR_EVER = "public, max-age=31536000, immutable"
_ASKED = "pointsbank_asked_each_time"


def register(app: Flask) -> None:
    """Set on every answer who may keep it, and write the digest into the address of every static file."""
    app.url_defaults(_name_by_digest)
    app.after_request(_say_who_may_keep)


def _name_by_digest(endpoint: str, values: dict[str, Any]) -> None:
    if is_static(endpoint) and "filename" in values and "v" not in values:
        digest = _digest(endpoint, values["filename"])
        if digest:
            values["v"] = digest


def _say_who_may_keep(response: Response) -> Response:
    """Set it, whatever the view or a library said."""
    page = ASKED_EACH_TIME if g.get(_ASKED) and response.status_code in (200, 304) else NOBODY
    response.headers["Cache-Control"] = FOR_EVER if _is_hashed(response) else page
    response.headers.pop("Expires", None)
    return response


def ask_each_time(response: Response) -> Response:
    """Let browsers keep this page under the digest of what is on it, and ask each time whether it holds.

    Example:
        return caching.ask_each_time(make_response(render_template("open/prices.html", found=found)))
    """
    setattr(g, _ASKED, True)
    response.add_etag()
    return cast(Response, response.make_conditional(request))


def _is_hashed(response: Response) -> bool:
    """Return whether this is a whole static file, asked for by the digest of what is in it."""
    if response.status_code not in (200, 304) or not is_static(request.endpoint or ""):
        return False
    given = request.args.get("v", "")
    return bool(given) and given == _digest(request.endpoint or "", (request.view_args or {})["filename"])


def is_static(endpoint: str) -> bool:
    """Return whether a route gives files that ship with us or a library."""
    return endpoint == "static" or endpoint.endswith(".static")


def _digest(endpoint: str, filename: str) -> str:
    """Return the start of the SHA-256 of a static file, empty if there is no such file."""
    blueprint = endpoint.rpartition(".")[0]
    folder = (current_app.blueprints[blueprint] if blueprint else current_app).static_folder
    return _digest_in(folder, filename) if folder else ""


# Every page asks for the same few; to follow links on the disk for each took a fortieth of a page.
@lru_cache(maxsize=256)
def _digest_in(folder: str, filename: str) -> str:
    file = Path(folder, filename)
    if not file.resolve().is_relative_to(Path(folder).resolve()):
        return ""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()[:16]
    except OSError:
        return ""
