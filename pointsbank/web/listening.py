"""What the server takes from whom, before the application is asked: connections and time.

What `receiving` refuses is never read into memory or onto the disk; the application answers it as it answers
all else, and what still comes is thrown away for a moment, so that the sender hears the answer. Who comes
again at once hears it a little later: he is held back without a thread.
"""

import socket
import sys
import time
from typing import Any

from flask import Flask
from waitress import create_server
from waitress.channel import HTTPChannel
from waitress.task import ErrorTask, ThreadedTaskDispatcher, WSGITask

from pointsbank.web.addresses import is_trusted
from pointsbank.web.caching import NOBODY
from pointsbank.web.limits import (
    ARRIVED,
    CONNECTIONS,
    CONNECTIONS_FROM_ONE_ADDRESS,
    HEAD_BYTES,
    LINGER_SECONDS,
    RECEIVED_BYTES,
    REFUSED,
    SIGNED_IN,
    STAFF_BYTES,
    STAFF_RECEIVED_BYTES,
    STRANGER_BYTES,
    STRANGER_IDLE_SECONDS,
)
from pointsbank.web.receiving import Bodies, ReceivedRequest, Refusals


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


class _Dispatcher(ThreadedTaskDispatcher):  # type: ignore[misc]
    """Gives requests to threads, those that are held back once their time has come."""

    def add_task(self, task: "_Channel") -> None:
        """Give a connection's first request to a thread, now or later."""
        if not task.put_off():
            super().add_task(task)


class _ErrorTask(ErrorTask):  # type: ignore[misc]
    """Answers what never reached the application: nobody keeps that either."""

    def execute(self) -> None:
        """Say who may keep the answer, then answer."""
        self.response_headers.append(("Cache-Control", NOBODY))
        super().execute()


LOOP_SECONDS = 0.25
"""Between two looks at the connections where nothing comes."""
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
    put_off_until = 0.0
    _lingers_until: float | None = None

    def __init__(self, server: Any, *arguments: Any, **named: Any) -> None:
        """Take the connection, and close another where there are too many."""
        super().__init__(server, *arguments, **named)
        _evict_strangers(server, self)

    def put_off(self) -> bool:
        """Return whether what has been asked here is answered later, by a look at each turn of the loop."""
        until = self.requests[0].answered_from
        self.put_off_until = until if until > time.monotonic() else 0.0
        return bool(self.put_off_until)

    def readable(self) -> bool:
        """Return whether more is wanted; ends what has waited too long."""
        if 0 < self.put_off_until <= time.monotonic():
            # Its time has come, and here is where it is thought of.
            self.server.add_task(self)
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
        return (not self.requests or self.put_off_until > 0) and not self.total_outbufs_len

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


def listen(app: Flask, *, host: str, port: int, threads: int = 8) -> Any:
    """Return a server for the application that listens at an address, to be `run`.

    Raises:
        OSError: the address is taken or not ours.
    """
    dispatcher = _Dispatcher()
    dispatcher.set_thread_count(threads)
    server: Any = create_server(
        app,
        _dispatcher=dispatcher,
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
    request = type(
        "_RequestHere", (ReceivedRequest,), {"app": app, "bodies": Bodies(), "refusals": Refusals()}
    )
    channel = type("_ChannelHere", (_Channel,), {"parser_class": request})
    # Else who is held back waits a second longer where nothing else comes.
    server.adj.asyncore_loop_timeout = LOOP_SECONDS
    # One place for each address the host's name stands for.
    for place in (server.map if hasattr(server, "map") else server._map).values():
        if hasattr(place, "channel_class"):
            place.channel_class = channel
    return server
