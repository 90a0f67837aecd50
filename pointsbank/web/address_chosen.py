"""Takes over an address that was chosen on the page, by whichever of the serving processes."""

import os
from dataclasses import replace

from flask import Flask, current_app

from pointsbank import public_address
from pointsbank.config import Settings

_SEEN = "pointsbank_address_seen"


def register(app: Flask) -> None:
    """Look before each request whether another process has kept another address."""
    app.extensions[_SEEN] = None
    app.before_request(take_over)


def take_over() -> None:
    """Use the address that is kept, unless the operator has set one.

    From http to https only the next start leads: who is signed in over http would be sent out, for browsers
    keep the cookies of both apart.
    """
    settings: Settings = current_app.extensions["pointsbank_settings"]
    file = settings.data_dir / public_address.FILE
    try:
        found = os.stat(file)
    except OSError:
        return
    seen = (str(file), found.st_mtime_ns, found.st_ino)
    if settings.address_set_in or current_app.extensions[_SEEN] == seen:
        return
    current_app.extensions[_SEEN] = seen
    try:
        url = public_address.kept(settings.data_dir).get("public_url", settings.public_url)
    except (OSError, ValueError):
        # The next start says what is wrong with it.
        return
    if url.startswith("https://") == settings.secure:
        current_app.extensions["pointsbank_settings"] = replace(settings, public_url=url)
