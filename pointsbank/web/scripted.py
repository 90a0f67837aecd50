"""What a script of a page is answered, where without it the whole page would be drawn again.

It sends the same form to the same action and asks for JSON; the sentences are those that the page would show.
"""

from typing import Any

from flask import Response, jsonify, request

from pointsbank.web.bound import BoundForm

JSON = "application/json"


def asks() -> bool:
    """Return whether a script asks, rather than a browser for its window, which prefers pages."""
    return request.accept_mimetypes.best == JSON


def done(message: str, address: str) -> Response:
    """Return that an action was done: its sentence, and where its page is."""
    return jsonify(message=message, address=address)


def refused(form: BoundForm) -> Response:
    """Return why nothing was written: a code, a sentence, the wrong fields, whom unclear words may mean."""
    rows = [one.sentence for one in form.rows()]
    sentences = rows or list(form.errors.values()) or [form.sentence()]
    answer = jsonify(
        code=form.refusal.code if form.refusal is not None else "invalid",
        sentences=sentences,
        fields=form.errors,
        offers={
            name: [_offer(one) for one in offers[0].people] for name, offers in form.offers.items() if offers
        },
    )
    answer.status_code = form.status
    return answer


def _offer(one: Any) -> dict[str, str]:
    """Return a household or an item as boxes show it."""
    return {"code": one.code, "name": one.name, "group": one.group}
