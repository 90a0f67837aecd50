"""The practice village's site: the same program over its own database, under /practice beside the real one.

It is there as long as that database is. Each serving process looks at a file to see whether it was made,
thrown away or made anew.
"""

import threading
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, cast

from flask import Flask, current_app

from pointsbank import practice
from pointsbank.config import Settings
from pointsbank.errors import Problem

PREFIX = "/practice"
_SITE = "pointsbank_practice_site"
_WSGI = Callable[[dict[str, Any], Any], Iterable[bytes]]


class PracticeSite:
    """What answers under /practice, and hands everything else on."""

    def __init__(self, app: Flask, create: Callable[..., Flask]) -> None:
        """Stand before the real application; `create` makes the one for practice."""
        self._app, self._create = app, create
        self._rest: _WSGI = app.wsgi_app
        self._lock = threading.Lock()
        self._version: tuple[object, str] | None = None
        self._site: Flask | None = None

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer one request."""
        path = str(environ.get("PATH_INFO", ""))
        if path == PREFIX or path.startswith(f"{PREFIX}/"):
            site = self.current()
            if site is not None:
                environ["SCRIPT_NAME"] = str(environ.get("SCRIPT_NAME", "")) + PREFIX
                environ["PATH_INFO"] = path.removeprefix(PREFIX) or "/"
                return site.wsgi_app(environ, start_response)
        return self._rest(environ, start_response)

    def current(self) -> Flask | None:
        """Return the application for practice; None where there is none, or none that can be opened."""
        try:
            return self.opened()
        except Problem:
            return None

    def opened(self) -> Flask | None:
        """Return the application for practice; None where there is no practice village.

        Raises:
            PracticeOutdated, PracticeUnreachable: it cannot be opened; and those of `practice.open_database`.
        """
        settings = cast(Settings, self._app.extensions["pointsbank_settings"])
        with self._lock:
            made = practice.version(settings) if practice.is_offered(settings) else None
            # Its cards have the real site's address, which somebody may choose anew.
            found = None if made is None else (made, settings.public_url)
            if found != self._version:
                self._close()
                # One that cannot be opened is tried again by whoever asks next.
                self._version, self._site = None, None
                self._site = None if found is None else self._open(settings)
                self._version = found
            return self._site

    def _open(self, settings: Settings) -> Flask:
        database = practice.open_database(settings)
        own = replace(
            settings,
            practice=True,
            database_url=database.url,
            public_url=settings.public_url + PREFIX,
            # Nobody chooses the real one's address from there.
            address_set_in="练习村",
            watermark=(),
            backup_to=(),
        )
        return self._create(own, database)

    def _close(self) -> None:
        if self._site is not None:
            self._site.extensions["pointsbank_database"].dispose()


def mount(app: Flask, create: Callable[..., Flask]) -> None:
    """Let an application answer under /practice too."""
    app.extensions[_SITE] = site = PracticeSite(app, create)
    app.wsgi_app = site  # type: ignore[method-assign]


def current() -> Flask | None:
    """Return the application for practice beside the one that answers this request, if there is one."""
    return cast(PracticeSite, current_app.extensions[_SITE]).current()


def trouble() -> Problem | None:
    """Return why the practice village that is there cannot be opened; None where it can."""
    try:
        cast(PracticeSite, current_app.extensions[_SITE]).opened()
    except Problem as problem:
        return problem
    return None
