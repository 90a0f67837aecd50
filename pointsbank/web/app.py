"""Puts the application together: settings and database in, one Flask application out."""

import mimetypes
from typing import Any

from flask import Flask, Response, request
from flask_bootstrap import Bootstrap5
from flask_wtf.csrf import CSRFProtect

from pointsbank import paths, proof, working_days
from pointsbank.config import Settings
from pointsbank.database import Database
from pointsbank.watermark import Keeper
from pointsbank.web import (
    access,
    address_chosen,
    api,
    approving,
    backup_age,
    caching,
    compressing,
    cookies,
    display,
    errors,
    first_day,
    limits,
    pages,
    practice_site,
    screen_clearing,
    signing_in,
    uploads,
)
from pointsbank.web.clock import Clock
from pointsbank.web.pacing import Pace
from pointsbank.web.signing_in import Admission
from pointsbank.web.stopping import refuse_stopped

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        # Bootstrap draws ticks and arrows as data: images.
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)


class _Application(Flask):
    """A Flask application that leaves the log of unexpected exceptions to `errors.answer_unexpected`."""

    request_class = uploads.UploadRequest

    def log_exception(self, exc_info: Any) -> None:
        """Write nothing: the answer's reference must stand in the log line."""


def create_app(settings: Settings, database: Database | None = None, keeper: Keeper | None = None) -> Flask:
    """Make the web application; a server hands in its database and who keeps the stubs of its logs."""
    # Windows' registry can call .js text/plain, and then no module loads.
    mimetypes.add_type("text/javascript", ".js")
    app = _Application(__name__, template_folder=str(paths.shipped("templates")), static_folder="static")
    app.config.update(_config(settings))
    app.extensions["pointsbank_settings"] = settings
    database = database or Database(settings.database_url, secret=settings.secret_key)
    proof.let_sign(database, settings)
    app.extensions["pointsbank_database"] = working_days.follow(database, settings.data_dir)
    app.extensions["pointsbank_clock"] = Clock()
    app.extensions["pointsbank_keeper"] = keeper
    app.extensions["pointsbank_stopped"] = None
    app.extensions[uploads.PACE] = Pace()
    app.extensions[signing_in.ADMISSION] = Admission()
    # First, so that it speaks last of all about who may keep an answer.
    compressing.register(app)
    caching.register(app)
    address_chosen.register(app)
    app.before_request(refuse_stopped)
    app.before_request(uploads.refuse_unread)
    app.before_request(access.guard)
    app.before_request(uploads.take_turn)
    _protect_forms(app)
    app.before_request(approving.end_overdue)
    screen_clearing.register(app)
    Bootstrap5(app)
    display.register(app)
    backup_age.register(app)
    first_day.register(app)
    pages.register(app)
    api.register(app)
    errors.register(app)
    _open_files(app)
    app.after_request(_harden)
    app.teardown_request(uploads.remove)
    if not settings.practice:
        practice_site.mount(app, create_app)
    return app


def _config(settings: Settings) -> dict[str, object]:
    secure = settings.secure
    return {
        "SECRET_KEY": settings.secret_key,
        # The guard raises it for who is signed in.
        "MAX_CONTENT_LENGTH": limits.STRANGER_BYTES,
        "MAX_FORM_MEMORY_SIZE": limits.FORM_BYTES,
        "MAX_FORM_PARTS": 5000,
        "SESSION_COOKIE_NAME": cookies.own_name("pointsbank_form", secure=secure, practice=settings.practice),
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        # Over plain http a Secure cookie is dropped, and signing in would fail without a word.
        "SESSION_COOKIE_SECURE": secure,
        # A till stays open all day: its forms must still work in the evening.
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_CHECK_DEFAULT": False,
        "BOOTSTRAP_SERVE_LOCAL": True,
    }


_WITHOUT_TOKEN = frozenset({"pages.set_size", "pages.check_poster"})
"""Asked for from public pages, which set no cookie and so have no token; both write nothing."""


def _protect_forms(app: Flask) -> None:
    """Require a token in every form post; programs prove themselves by bearer token instead of a cookie."""
    protection = CSRFProtect(app)

    @app.before_request
    def check_form_token() -> None:
        if not request.path.startswith("/api/") and request.endpoint not in _WITHOUT_TOKEN:
            protection.protect()


def _open_files(app: Flask) -> None:
    """Open the files that we and our libraries ship to everybody."""
    for endpoint, view in list(app.view_functions.items()):
        if caching.is_static(endpoint):
            app.view_functions[endpoint] = access.opened(view)


def _harden(response: Response) -> Response:
    """Set the headers that keep browsers from doing what no page of ours needs."""
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("X-Frame-Options", "DENY")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "geolocation=(), microphone=(), camera=(self)")
    if access.settings().public_url.startswith("https://"):
        # Browsers ignore these two over plain http, and complain.
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    return response
