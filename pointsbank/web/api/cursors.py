"""Cursors: where a long list goes on, signed so that nobody can make one up or carry it to another list."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from flask import current_app, request
from itsdangerous import BadData, URLSafeSerializer

from pointsbank import ledger

Row = TypeVar("Row")


def cursor(position: Any) -> str | None:
    """Return the cursor for a place in the list of this request; None at its end."""
    if position is None:
        return None
    made = _serializer().dumps(position)
    return made if isinstance(made, str) else made.decode("ascii")


def position(given: str | None) -> Any:
    """Return the place that a cursor encodes; None for the first page.

    Raises:
        CursorInvalid: not signed by us for this address and these filters.
    """
    if given is None:
        return None
    try:
        found = _serializer().loads(given)
    except BadData:
        raise ledger.problems.CursorInvalid() from None
    # Base64 has several spellings of the same bytes; only ours counts.
    if cursor(found) != given:
        raise ledger.problems.CursorInvalid()
    return found


def _serializer() -> URLSafeSerializer:
    """Return a signer for this address and its filters: a cursor of one village is invalid in another."""
    filters = sorted((name, value) for name, value in request.args.items() if name not in ("cursor", "limit"))
    return URLSafeSerializer(str(current_app.secret_key), salt=f"cursor:{request.path}:{filters!r}")


def page_of(
    rows: Iterable[Row], query: Mapping[str, Any], key: Callable[[Row], list[Any]], *, newest: bool = False
) -> dict[str, Any]:
    """Return one page of a short list in memory, ordered by key, descending with `newest`.

    Raises:
        CursorInvalid: the query's cursor is not one of this list.
    """
    after, limit = position(query["cursor"]), query["limit"]
    ordered = sorted(rows, key=key, reverse=newest)
    rest = [row for row in ordered if after is None or (key(row) < after if newest else key(row) > after)]
    return {"items": rest[:limit], "next": cursor(key(rest[limit - 1])) if len(rest) > limit else None}
