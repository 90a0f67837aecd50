"""What the server takes from whom, before the application is asked: bodies, connections, time.

A request is judged when its head has come. A stranger may send a short form and no more; who is signed in
carries a sign of it in the signed cookie of our forms, which is checked without the database, and may send a
photo. What is refused is never read into memory or onto the disk; the application answers it as it answers
all else, and what still comes is thrown away for a moment, so that the sender hears the answer.
"""

import socket
import sys
import threading
import time
from typing import Any
from weakref import WeakKeyDictionary

from flask import Flask
from itsdangerous import BadData
from waitress import create_server
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import ErrorTask, WSGITask
from waitress.utilities import RequestEntityTooLarge
from werkzeug.http import parse_cookie

from pointsbank import isolated
from pointsbank.web.addresses import is_trusted
from pointsbank.web.caching import NOBODY
from pointsbank.web.limits import (
    ARRIVED,
    BODIES,
    BODIES_BYTES,
    BYTES_PER_SECOND,
    CONNECTIONS,
    CONNECTIONS_FROM_ONE_ADDRESS,
    HEAD_BYTES,
    HEAD_SECONDS,
    LINGER_SECONDS,
    RECEIVED_BYTES,
    RECEIVING_SECONDS,
    REFUSED,
    SIGNED_IN,
    STAFF_BYTES,
    STAFF_RECEIVED_BYTES,
    STRANGER_BYTES,
    STRANGER_IDLE_SECONDS,
    UPLOADS_UNTIL,
)


class _Bodies:
    """The large bodies that are being received, so that all of them together stay within the disk's bound."""

    def __init__(self) -> None:
        # By the request that receives one: a connection that breaks gives its part back by itself.
        self._sizes: WeakKeyDictionary[_Request, int] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def take(self, request: "_Request", size: int) -> bool:
        """Make room for a body, if there is."""
        with self._lock:
            if len(self._sizes) >= BODIES or sum(self._sizes.values()) + size > BODIES_BYTES:
                return False
            self._sizes[request] = size
            return True


class _Request(HTTPRequestParser):  # type: ignore[misc]
    """A request as it comes in: judged once its head is there.

    Attributes:
        refused: why no more of it is read, or nothing.
        is_permitted: somebody signed in sends it.
        arrived: since when its sender waits, once it is all here.
    """

    app: Flask
    bodies: _Bodies
    error: Any
    refused = ""
    is_permitted = False
    arrived = 0.0

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
        self.close()
        self.body_rcv = None
        self.headers.pop("CONTENT_TYPE", None)
        self.headers |= {"CONTENT_LENGTH": "0", "CONNECTION": "close"}


class _Task(WSGITask):  # type: ignore[misc]
    """Answers a request, and notes what the application found out about who sent it."""

    def execute(self) -> None:
        """Run the application."""
        environ = self.get_environment()
        environ[ARRIVED] = self.request.arrived
        if self.request.refused:
            environ[REFUSED] = self.request.refused
            self.channel.lingers = True
        super().execute()
        self.channel.is_known = self.channel.is_known or environ.get(SIGNED_IN, False)


class _ErrorTask(ErrorTask):  # type: ignore[misc]
    """Answers what never reached the application: nobody keeps that either."""

    def execute(self) -> None:
        """Say who may keep the answer, then answer."""
        self.response_headers.append(("Cache-Control", NOBODY))
        super().execute()


_SINK = bytearray(1024 * 1024)
"""Where that lands which nobody reads."""
_UNREAD = socket.MSG_TRUNC if sys.platform == "linux" else 0
"""On Linux the system throws it away itself and copies nothing: taken in small pieces, the bodies of refused
files held the thread that hears the tills, too."""


class _Channel(HTTPChannel):  # type: ignore[misc]
    """A connection.

    Attributes:
        is_known: somebody signed in has sent a request over it.
        lingers: it is read for a moment after the answer, so that the answer arrives.
    """

    task_class = _Task
    error_task_class = _ErrorTask
    is_known = False
    lingers = False
    _lingers_until: float | None = None

    def __init__(self, server: Any, *arguments: Any, **named: Any) -> None:
        """Take the connection, and close another where there are too many."""
        super().__init__(server, *arguments, **named)
        _evict_strangers(server, self)

    def readable(self) -> bool:
        """Return whether more is wanted; ends what has waited too long."""
        if self._lingers_until is not None:
            if time.monotonic() > self._lingers_until:
                self.will_close = True
            return not self.will_close
        if self._is_over_time():
            self.will_close = True
        return bool(super().readable())

    def recv(self, buffer_size: int) -> bytes:
        """Take what came, of a large body that is read in large pieces."""
        is_large = self.request is not None and self.request.is_permitted
        return bytes(super().recv(STAFF_RECEIVED_BYTES if is_large else buffer_size))

    def handle_read(self) -> None:
        """Read on, or throw away what comes after a refusal."""
        if self._lingers_until is None:
            super().handle_read()
            return
        try:
            thrown_away = self.socket.recv_into(_SINK, len(_SINK), _UNREAD)
        except OSError:
            thrown_away = 0
        if not thrown_away:
            self.handle_close()

    def received(self, data: bytes) -> bool:
        """Take in what came."""
        taken = bool(super().received(data))
        self.is_known = self.is_known or (self.request is not None and self.request.is_permitted)
        return taken

    def handle_close(self) -> None:
        """Close, after a refusal only once the sender had time to hear it."""
        if self.lingers and self.connected and self._lingers_until is None:
            try:
                self.socket.shutdown(socket.SHUT_WR)
            except OSError:
                pass
            else:
                self._lingers_until = time.monotonic() + LINGER_SECONDS
                self.will_close = self.close_when_flushed = False
                return
        super().handle_close()

    def is_waiting(self) -> bool:
        """Return whether nothing is being answered here."""
        return not self.requests and not self.total_outbufs_len

    def _is_over_time(self) -> bool:
        if self.request is not None:
            return bool(self.request.is_late())
        idle = time.time() - self.last_activity
        return self.is_waiting() and not self.is_known and idle > STRANGER_IDLE_SECONDS


def _evict_strangers(server: Any, newest: _Channel) -> None:
    """Close the stranger that has waited longest where there are too many, from one address or from all."""
    others = [channel for channel in server.active_channels.values() if channel is not newest]
    waiting = [one for one in others if one.is_waiting() and not one.is_known and not one.will_close]
    here = [one for one in waiting if one.addr[0] == newest.addr[0]]
    too_many_here = sum(one.addr[0] == newest.addr[0] for one in others) >= CONNECTIONS_FROM_ONE_ADDRESS
    # Behind a proxy of ours everybody comes from one address.
    trusted = newest.parser_class.app.extensions["pointsbank_settings"].trusted_proxies
    if too_many_here and here and not is_trusted(newest.addr[0], trusted):
        min(here, key=lambda one: one.last_activity).will_close = True
    elif len(others) >= CONNECTIONS:
        min(waiting, key=lambda one: one.last_activity, default=newest).will_close = True


def _may_upload(app: Flask, cookies: str) -> bool:
    """Return whether a cookie says that somebody was signed in, by our own signature on it."""
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    try:
        found = signer.loads(parse_cookie(cookies).get(app.config["SESSION_COOKIE_NAME"], ""))
    except (BadData, ValueError):
        return False
    until = found.get(UPLOADS_UNTIL, 0) if isinstance(found, dict) else 0
    return isinstance(until, int) and until > time.time()


def listen(app: Flask, *, host: str, port: int, threads: int = 8) -> Any:
    """Return a server for the application that listens at an address, to be `run`.

    Raises:
        OSError: the address is taken or not ours.
    """
    server: Any = create_server(
        app,
        host=host,
        port=port,
        threads=threads,
        ident=None,
        recv_bytes=RECEIVED_BYTES,
        inbuf_overflow=2 * STRANGER_BYTES,
        max_request_header_size=HEAD_BYTES,
        max_request_body_size=STAFF_BYTES + 1,
        connection_limit=CONNECTIONS + 60,
        # Read by `addresses`, and only what a proxy wrote that the settings name.
        clear_untrusted_proxy_headers=False,
        asyncore_use_poll=True,
    )
    request = type("_RequestHere", (_Request,), {"app": app, "bodies": _Bodies()})
    channel = type("_ChannelHere", (_Channel,), {"parser_class": request})
    # One place for each address the host's name stands for.
    for place in (server.map if hasattr(server, "map") else server._map).values():
        if hasattr(place, "channel_class"):
            place.channel_class = channel
    return server
