"""Signs in whoever gives a password; of those whom no browser vouches for, few are judged at once.

Whoever guesses passwords must not hold every thread of the server. A try costs a hash and two writes, and
another login can be made up for each, so that no count of failures hits whoever does it. Those above the
bound hear at once to come again; browsers in which a login was signed in before are not counted.
"""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import cast

from flask import Response, current_app, make_response, redirect, request

from pointsbank import staff
from pointsbank.failures import Busy
from pointsbank.web import access, addresses, cookies, devices

ADMISSION = "pointsbank_admission"
"""Of an application's extensions: its `Admission`."""

AT_ONCE = 4
"""Half of the threads of the server: tills have the others."""
FROM_ONE_ADDRESS = 2
"""So that one address leaves room for the next; two in one office press the button in the same moment."""


class Admission:
    """Counts who is being judged, by network address; one for each application."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._counting = threading.Lock()
        self._inside: Counter[str] = Counter()

    @contextmanager
    def hold(self, address: str) -> Iterator[None]:
        """Let one in for the time of the block; nobody waits.

        Raises:
            Busy: as many as may be are inside, from everywhere or from this address.
        """
        with self._counting:
            if self._inside.total() >= AT_ONCE or self._inside[address] >= FROM_ONE_ADDRESS:
                raise Busy()
            self._inside[address] += 1
        try:
            yield
        finally:
            with self._counting:
                self._inside[address] -= 1
                if not self._inside[address]:
                    del self._inside[address]


def sign_in(*, login: str, password: str) -> str:
    """Check a password and begin a session for the browser that asks; return its secret token.

    Raises:
        Busy: too many whom no browser vouches for are being judged.
        SignInRefused, TooManyAttempts: as `staff.sign_in`.
    """
    device, address = devices.known(login), addresses.of(request)
    admission = cast(Admission, current_app.extensions[ADMISSION])
    with admission.hold(address) if device is None else nullcontext():
        return staff.sign_in(
            access.database(),
            login=login,
            password=password,
            address=address,
            device=device,
            at=access.now(),
        )


def enter(token: str, to: str) -> Response:
    """Lead a browser to an address with the cookie of the session that has just begun."""
    return cookies.keep_session(make_response(redirect(to, 303)), token, secure=access.settings().secure)
