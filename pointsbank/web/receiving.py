"""A request as it comes in: judged once its head is there, and refused before its body is read.

A stranger may send a short form and no more; who is signed in carries a sign of it in the signed cookie of
our forms, which is checked without the database, and may send a photo.
"""

import math
import threading
import time
from typing import Any
from weakref import WeakKeyDictionary

from flask import Flask
from itsdangerous import BadData
from waitress.parser import HTTPRequestParser
from waitress.utilities import RequestEntityTooLarge
from werkzeug.http import parse_cookie

from pointsbank import isolated
from pointsbank.web.limits import (
    BODIES,
    BODIES_BYTES,
    BYTES_PER_SECOND,
    HEAD_SECONDS,
    RECEIVING_SECONDS,
    REFUSED_AGAIN_SECONDS,
    STAFF_BYTES,
    STRANGER_BYTES,
    UPLOADS_UNTIL,
)


class Bodies:
    """The large bodies that are being received, so that all of them together stay within the disk's bound."""

    def __init__(self) -> None:
        """Begin with none."""
        # By the request that receives one: a connection that breaks gives its part back by itself.
        self._sizes: WeakKeyDictionary[ReceivedRequest, int] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def take(self, request: "ReceivedRequest", size: int) -> bool:
        """Make room for a body, if there is."""
        with self._lock:
            if len(self._sizes) >= BODIES or sum(self._sizes.values()) + size > BODIES_BYTES:
                return False
            self._sizes[request] = size
            return True


class Refusals:
    """When a body was last refused unread: the first hears it at once, the next a little later.

    A program that is refused comes again at once. Eight of them took two thirds of the processor for pages
    that nobody reads. One who is held back takes no thread, and what he sends stays on his own machine.
    """

    def __init__(self) -> None:
        """Begin as if long ago."""
        # Not nought: a machine that has just started counts from there.
        self._last = -math.inf

    def until(self) -> float:
        """Return from when, by `time.monotonic`, the one that has just been refused may hear it."""
        now = time.monotonic()
        is_soon = now - self._last < REFUSED_AGAIN_SECONDS
        self._last = now + (REFUSED_AGAIN_SECONDS if is_soon else 0)
        return self._last


class ReceivedRequest(HTTPRequestParser):  # type: ignore[misc]
    """A request as it comes in: judged once its head is there.

    Attributes:
        refused: why no more of it is read, or nothing.
        is_permitted: somebody signed in sends it.
        arrived: since when its sender waits, once it is all here.
        answered_from: before this, by `time.monotonic`, it is not answered.
    """

    app: Flask
    bodies: Bodies
    refusals: Refusals
    error: Any
    refused = ""
    is_permitted = False
    arrived = answered_from = 0.0

    def __init__(self, adj: Any) -> None:
        """Begin now: who takes too long for the head is cut off."""
        super().__init__(adj)
        self.began = time.monotonic()

    def received(self, data: bytes) -> int:
        """Take in a part and return how much of it belongs to this request."""
        had_head = self.headers_finished
        consumed: int = super().received(data)
        if isinstance(self.error, RequestEntityTooLarge):
            self.error = None
            self._refuse("too_large")
        elif self.headers_finished and not had_head and not self.empty and self.error is None:
            self._judge()
        elif self.chunked and self.body_bytes_received > STRANGER_BYTES:
            # Browsers say how long a file is; who does not gets no more than a stranger.
            self._refuse("too_large")
        if self.completed:
            self.arrived = max(self.began, time.monotonic() - RECEIVING_SECONDS)
            if data[consumed:].strip():
                # Who asks many things at once and takes no answer keeps a thread waiting for room to write:
                # eight connections stopped all tills. Browsers ask again once they have the answer.
                self.headers["CONNECTION"] = "close"
                return len(data)
        return consumed

    def is_late(self) -> bool:
        """Return whether the rest should long have come."""
        allowed = HEAD_SECONDS + (0 if self.refused else self.content_length) / BYTES_PER_SECOND
        return not self.completed and time.monotonic() - self.began > allowed

    def _judge(self) -> None:
        if self.content_length <= STRANGER_BYTES:
            return
        self.is_permitted = _may_upload(self.app, self.headers.get("COOKIE", ""))
        if not self.is_permitted or self.content_length > STAFF_BYTES:
            self._refuse("too_large")
        elif isolated.PROCESS.is_full or not self.bodies.take(self, self.content_length):
            self._refuse("busy")

    def _refuse(self, reason: str) -> None:
        self.refused, self.completed, self.expect_continue = reason, True, False
        self.answered_from = self.refusals.until()
        self.close()
        self.body_rcv = None
        self.headers.pop("CONTENT_TYPE", None)
        self.headers |= {"CONTENT_LENGTH": "0", "CONNECTION": "close"}


def _may_upload(app: Flask, cookies: str) -> bool:
    """Return whether a cookie says that somebody was signed in, by our own signature on it."""
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    try:
        found = signer.loads(parse_cookie(cookies).get(app.config["SESSION_COOKIE_NAME"], ""))
    except (BadData, ValueError):
        return False
    until = found.get(UPLOADS_UNTIL, 0) if isinstance(found, dict) else 0
    return isinstance(until, int) and until > time.time()
