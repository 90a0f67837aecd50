"""Sends pages for villagers, and the files that ship with us, compressed to whoever can read that.

Phones in the hills load over little: a page shrinks to a quarter. A page of who is signed in is sent as it
is: it holds secrets beside words that others wrote, and whoever counts its compressed bytes could guess at
them. On a card's page nobody else has words, and its cookie comes from no other site (SameSite).
"""

import gzip
from functools import lru_cache

from flask import Flask, Response, current_app, request

from pointsbank.web import access, caching

MINIMUM_BYTES = 1000
"""A smaller answer fits in one packet anyway."""
_LEVEL = 6
_KINDS = ("text/html", "text/css", "text/javascript", "image/svg+xml")


def register(app: Flask) -> None:
    """Compress what is for villagers, after everything else was said of an answer."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    """Compress an answer where it gains by it and its reader can undo it."""
    if not _is_for_everybody() or response.status_code != 200 or response.mimetype not in _KINDS:
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] <= 0 or "Range" in request.headers:
        return response
    response.direct_passthrough = False
    content = response.get_data()
    if len(content) < MINIMUM_BYTES:
        return response
    static = caching.is_static(request.endpoint or "")
    response.set_data(_kept(content) if static else gzip.compress(content, _LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    if response.headers.get("ETag"):
        # Another representation of the same: a weak one stands for both.
        response.set_etag(response.get_etag()[0] or "", weak=True)
    return response


def _is_for_everybody() -> bool:
    """Return whether the answer is a file of ours, or a page that was opened without signing in."""
    endpoint = request.endpoint
    if endpoint is None or caching.is_static(endpoint):
        return endpoint is not None
    needed = access.declared(current_app.view_functions[endpoint], request.method)
    is_open = needed == access.PUBLIC and request.path.startswith(("/open", "/c/"))
    return needed == access.CARD or is_open


@lru_cache(maxsize=64)
def _kept(content: bytes) -> bytes:
    """Return a file of ours compressed, once in a process."""
    return gzip.compress(content, 9, mtime=0)
