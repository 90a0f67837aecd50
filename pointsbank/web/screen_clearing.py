"""A person's data leave the screen of a counter: after a minute without a touch, and when the next one comes.

The next in the queue stands before the same screen. Every page on which one household's data stand at a
counter is named here, with the page that waits for the next household. Its address says when it was opened;
what was opened before somebody left opens no more, so that Back brings nothing again, with or without
scripts. What counts the touches is `static/clearing.js`. See docs/decisions/1951-gone-after-a-minute.md.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, Literal

from flask import Flask, flash, has_request_context, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from pointsbank.web import access
from pointsbank.web.access import NotSignedIn

CLEARED_AFTER = 60
"""Seconds without a touch after which a person's data are gone from the screen (issue 12, the counter)."""

WARNED_BEFORE = 15
"""Seconds before that in which the page says so and one touch keeps it."""

TYPING_SECONDS = 180
"""Where no script can count touches: seconds that a page with a form to fill in stays."""

LONGEST = timedelta(minutes=15)
"""An address of a counter's page opens for so long: as a visit by card lasts."""

OPENED: Final = "opened"
LEFT: Final = "left"
"""Names in addresses; the second is in the session's cookie too."""

_AT_COUNTER = {
    "at_reception": "reception",
    "claim_at_reception": "reception",
    "file_claim_at_reception": "reception",
    "question_at_reception": "reception",
    "record_at_reception": "reception",
    "till_goods": "till",
    "till_choose": "till",
    "till_confirm": "till",
    "till_redeem": "till",
    "at_counter": "counter",
    "enter_at_counter": "counter",
    "pin_of_card": "pins",
    "request_pin": "pins",
    "change_pin": "pins",
    "scan_new_card": "handing_out",
    "hand_card": "handing_out",
}
"""Pages where somebody always stands there, each with the page that waits for the next."""

_FROM_COUNTER = {
    "sale": "till",
    "return_pieces": "till",
    "reverse_sale": "till",
    "begin_exchange": "till",
    "roster_file": "reception",
    "household_cards": "reception",
    "card_lost": "reception",
    "card_handed_out": "reception",
    "one_score": "reception",
    "raise_objection": "reception",
    "one_claim": "reception",
    "one_question": "reception",
}
"""Pages of the staff's own work too: somebody stands there where they were opened from a counter's page."""

_READING = frozenset({"at_reception", "sale", "roster_file", "household_cards", "one_claim", "one_question"})

WAITING = frozenset({*_AT_COUNTER.values(), *_FROM_COUNTER.values()})
"""Pages that wait for the next household, and show nobody."""

_GONE = "接着办请重新扫卡或查找。"
_SENTENCES = {
    "idle": f"{CLEARED_AFTER}秒没有人动，上一户的资料已经收起。{_GONE}",
    "typed": f"{CLEARED_AFTER}秒没有人动，上一户的资料已经收起，没有提交的内容没有保存。{_GONE}",
}
_CLOSED = f"上一户的资料已经收起。{_GONE}"

Left = Literal["idle", "typed", "done"]


@dataclass(frozen=True, slots=True)
class Clearing:
    """How a page with a person's data is cleared.

    Attributes:
        idle, typed, done: where it leads: after a minute, after a minute with words typed, at a tap.
        untouched: seconds after which it leads there where no script counts touches.
    """

    idle: str
    typed: str
    done: str
    untouched: int
    after: int = CLEARED_AFTER
    before: int = WARNED_BEFORE


def register(app: Flask) -> None:
    """Clear screens: addresses of a counter's pages say when they were opened, and open while that counts."""
    app.url_defaults(_say_when)
    app.before_request(_clear)
    app.context_processor(lambda: {"clearing": of_page()})


def is_at_counter() -> bool:
    """Return whether this request is sent from, or opens, a page on which somebody at a counter stands."""
    name = _endpoint()
    return name in _AT_COUNTER or (name in _FROM_COUNTER and OPENED in request.args)


def of_page() -> Clearing | None:
    """Return how the page that is being drawn is cleared; None where nobody at a counter stands on it."""
    if not is_at_counter() or access.visit().village is None:
        return None
    untouched = CLEARED_AFTER if _endpoint() in _READING else TYPING_SECONDS
    return Clearing(_leaving("idle"), _leaving("typed"), _leaving("done"), untouched)


def begin() -> None:
    """Close every page of whoever stood there before: the next household, or a sale, begins anew."""
    # Later than any page before, though it is the same thousandth of a second.
    session[LEFT] = max(_milliseconds(), session.get(LEFT, 0) + 1)


def _leaving(how: Left) -> str:
    name = _endpoint()
    waiting = _AT_COUNTER.get(name) or _FROM_COUNTER[name]
    return url_for(f"pages.{waiting}", village=(request.view_args or {})["village"], left=how)


def _say_when(endpoint: str, values: dict[str, Any]) -> None:
    """Write into the address of a counter's page when it is opened."""
    name = endpoint.removeprefix("pages.")
    if not has_request_context() or OPENED in values or name not in {**_AT_COUNTER, **_FROM_COUNTER}:
        return
    if name in _AT_COUNTER or is_at_counter():
        values[OPENED] = str(max(_milliseconds(), session.get(LEFT, 0) + 1))


def _clear() -> ResponseReturnValue | None:
    """Note that somebody left, and lead away from pages that were opened before."""
    name = _endpoint()
    if request.method != "GET" or not _is_staff():
        return None
    if name in WAITING and LEFT in request.args:
        begin()
        if request.args[LEFT] in _SENTENCES:
            flash(_SENTENCES[request.args[LEFT]])
        return redirect(request.script_root + request.path, 303)
    if is_at_counter() and OPENED in request.args and not _is_open(request.args[OPENED]):
        flash(_CLOSED)
        return redirect(_leaving("done").partition("?")[0], 303)
    return None


def _is_open(opened: str) -> bool:
    """Return whether a page that was opened then may be opened again now."""
    if not (opened.isascii() and opened.isdecimal() and len(opened) < 16):
        return False
    longest = int(LONGEST.total_seconds() * 1000)
    earliest = _milliseconds() - longest
    closed = max(earliest, int(session.get(LEFT, 0)))
    return closed < int(opened) < earliest + 2 * longest


def _is_staff() -> bool:
    try:
        access.signed_in()
    except NotSignedIn:
        return False
    return True


def _milliseconds() -> int:
    return int(access.now().timestamp() * 1000)


def _endpoint() -> str:
    return (request.endpoint or "").removeprefix("pages.")
