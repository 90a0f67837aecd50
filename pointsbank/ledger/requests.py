"""Request ids: the same request twice is one act and gets the same answer.

Every verb that moves points or stock carries the decorator `idempotent`. One row per request holds who sent
it, the SHA-256 of what it asked for, and the answer as canonical JSON. The row is inserted before anything is
validated and gets its answer in the same transaction as the act, so a refusal removes it with everything else
and the same id may be tried again.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial, wraps
from inspect import signature
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar, cast

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from pointsbank.database import Database, execute, is_postgresql
from pointsbank.errors import Invalid, Refused
from pointsbank.ledger.canonical import canonical
from pointsbank.ledger.models import RequestRow
from pointsbank.ledger.stored_answers import StoredAs, by_fields
from pointsbank.outcomes import KEPT, roll_back
from pointsbank.prepared import execute_many, fetch

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

_SHAPE = re.compile(r"[A-Za-z0-9_-]{8,64}")

# On PostgreSQL the insert waits for a concurrent request of the same id to end, so that of two the second
# always sees the first one's answer.
_RESERVE = {
    True: postgresql.insert(RequestRow).on_conflict_do_nothing().returning(col(RequestRow.request_id)),
    False: sqlite.insert(RequestRow).on_conflict_do_nothing().returning(col(RequestRow.request_id)),
}
_same_request = RequestRow.in_village(bindparam("village")) & (
    col(RequestRow.request_id) == bindparam("request")
)
_SEEN = select(
    col(RequestRow.actor_id),
    col(RequestRow.contents_digest),
    col(RequestRow.answer),
    col(RequestRow.recorded_at),
).where(_same_request)
_QUEUE = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("one"), 0)))
_STORE = (
    update(RequestRow)
    .where(_same_request)
    .values(answer=bindparam("new_answer"), log_index=bindparam("new_index"))
)

ASKED = "what a request asked for"
"""Of `session.info`: id and digest (hex) of a request of which the words of an entry tell."""


class _Reserved(NamedTuple):
    """A request id that was new."""

    request_id: str


class _Seen(NamedTuple):
    """A request on record; `answer` is None while it is being carried out."""

    actor_id: str
    contents_digest: bytes
    answer: str | None
    recorded_at: datetime


class RequestIdInvalid(Invalid):
    """The request id is missing or misshapen."""

    code = "request_id_invalid"
    sentence = "请求编号应为8至64个字母、数字、连字符或下划线，请刷新页面后重试。"
    fixed_by = "店员"
    at = ("request_id",)


class RequestReused(Refused):
    """The same request id came with other contents or from another person; its answer is not shown."""

    code = "request_reused"
    sentence = "这个请求编号已经用过，请刷新页面后重新操作。"
    fixed_by = "店员"


def idempotent(
    verb: str,
    contents: Callable[..., Mapping[str, Any]],
    answer: type[Answer] | StoredAs[Answer],
    *,
    witnessed: bool = False,
) -> Callable[[Callable[Concatenate[Session, Given], Answer]], Callable[Concatenate[Session, Given], Answer]]:
    """Make a verb act once for each `request_id`; a repeat gets the first answer again.

    The verb takes village, request_id, by and at by keyword. A verb whose `request_id` may be None acts
    without a record where it is.

    Args:
        verb: The name that tells requests apart; part of every stored digest, so never changed.
        contents: Called with the verb's keyword arguments; returns those by which two requests are the same,
            as JSON of ASCII text.
        answer: The dataclass the verb returns. Its `status` is "completed", and "replayed" in a repeat; all
            other fields are stored.
        witnessed: The entry that the verb posts says what was asked, and the answer, which has its `index`,
            follows from it: so the row costs no digest of its own.

    Raises:
        RequestIdInvalid: The id is not 8 to 64 letters, digits, hyphens or underscores.
        RequestReused: The id was used with other contents or by another person.

    Example:
        @idempotent("open_box", same("box"), Opened)
        def open_box(session, *, village, box, request_id, by, at) -> Opened: ...

        open_box(session, box="A", request_id="till-1-000042", ...).status  # "completed"
        open_box(session, box="A", request_id="till-1-000042", ...).status  # "replayed"
    """
    stored = answer if isinstance(answer, StoredAs) else by_fields(answer)

    def decorate(
        act: Callable[Concatenate[Session, Given], Answer],
    ) -> Callable[Concatenate[Session, Given], Answer]:
        parameters = signature(act).parameters.values()
        defaults = {one.name: one.default for one in parameters if one.default is not one.empty}

        @wraps(act)
        def once(session: Session, /, *args: Given.args, **kwargs: Given.kwargs) -> Answer:
            given: dict[str, Any] = {**defaults, **kwargs}
            if given["request_id"] is None and "request_id" in defaults:
                return act(session, *args, **kwargs)
            asked = {"verb": verb, **contents(**given)}
            key = {"village": given["village"], "request_id": given["request_id"]}
            before = reserve_request(session, **key, by=given["by"], contents=asked, at=given["at"])
            if before is not None:
                return stored.restore(session, before, **given)
            if not witnessed:
                session.info.pop(ASKED, None)
            done = act(session, *args, **kwargs)
            kept = stored.store(done)
            store_answer(session, **key, answer=kept, index=kept["index"] if witnessed else None)
            return done

        return once

    return decorate


def same(*names: str) -> Callable[..., dict[str, str]]:
    """Return `contents` for `idempotent`: requests are the same whose arguments of these names are the same.

    Args:
        names: Of arguments that are texts, whole numbers or None.

    Example:
        @idempotent("open_box", same("box", "note"), Opened)
    """
    # `ascii` writes even what no text can hold.
    return lambda **given: {name: ascii(given[name]) for name in names}


def reserve_request(
    session: Session, *, village: str, request_id: str, by: str, contents: Mapping[str, Any], at: datetime
) -> dict[str, Any] | None:
    """Reserve a request id for this write and return None, or return the answer stored under it before.

    Raises RequestIdInvalid, RequestReused.
    """
    _check_id(request_id)
    digest = hashlib.sha256(canonical(contents)).digest()
    row = {
        "village_id": village,
        "request_id": request_id,
        "actor_id": by,
        "contents_digest": digest,
        "answer": None,
        "recorded_at": at,
    }
    if _reserve(session, row):
        # Should COMMIT get no answer, this is how to find out what became of it.
        session.info.setdefault(KEPT, partial(_is_kept, row=row))
        session.info[ASKED] = request_id, digest.hex()
        return None
    seen = _find(session, village, request_id)
    if seen is None or (seen.actor_id, seen.contents_digest) != (by, digest) or seen.answer is None:
        raise RequestReused()
    return cast("dict[str, Any]", json.loads(seen.answer))


def _reserve(session: Session, row: Mapping[str, Any]) -> bool:
    """Insert the request and return True, or False if it is on record; waits for one that is under way."""
    return fetch(session, _RESERVE[is_postgresql(session)], row, into=_Reserved).first() is not None


def _is_kept(session: Session, row: Mapping[str, Any]) -> bool:
    """Return whether this very request is on record with its answer; to be rolled back afterwards."""
    if _reserve(session, row):
        return False
    seen = _find(session, row["village_id"], row["request_id"])
    same_one = seen is not None and (seen.actor_id, seen.contents_digest) == (
        row["actor_id"],
        row["contents_digest"],
    )
    return same_one and seen is not None and seen.answer is not None


def was_kept(database: Database, *, village: str, request_id: str, at: datetime) -> datetime | None:
    """Return when the act with this request id was recorded, None if it was not and is not under way.

    Waits for an act that is just being committed, up to 8 s, so that None is no guess.

    Raises:
        RequestIdInvalid: The id is not 8 to 64 letters, digits, hyphens or underscores.

    Example:
        was_kept(database, village="chayuan", request_id="till-1-000042", at=now)  # None, or the moment
    """
    _check_id(request_id)
    row = {"village_id": village, "request_id": request_id, "actor_id": "", "contents_digest": bytes(32)}
    with database.writing() as session:
        seen = None
        if not _reserve(session, row | {"answer": None, "recorded_at": at}):
            seen = _find(session, village, request_id)
        roll_back(session)
    return seen.recorded_at if seen is not None and seen.answer is not None else None


def _find(session: Session, village: str, request_id: str) -> _Seen | None:
    """Return the request on record, if there is one."""
    return fetch(session, _SEEN, {"village": village, "request": request_id}, into=_Seen).first()


def _check_id(request_id: object) -> None:
    """Raise RequestIdInvalid for what is not 8 to 64 letters, digits, hyphens or underscores."""
    if not isinstance(request_id, str) or not _SHAPE.fullmatch(request_id):
        raise RequestIdInvalid()


def was_answered(session: Session, *, village: str, request_id: str, wait: bool = True) -> bool:
    """Return True if this request was answered before, so that its answer now is a repetition.

    To be called before the verb itself. With `wait`, on PostgreSQL, it waits for a concurrent caller with the
    same id.

    Raises RequestIdInvalid.

    Example:
        was_answered(session, village="chayuan", request_id="till-1-000042")  # False; after `redeem` True
    """
    _check_id(request_id)
    if wait and is_postgresql(session):
        execute(session, _QUEUE, {"one": f"{village}/{request_id}"})
    seen = _find(session, village, request_id)
    return seen is not None and seen.answer is not None


def store_answer(
    session: Session, *, village: str, request_id: str, answer: Mapping[str, Any], index: int | None = None
) -> None:
    """Store the answer beside the request, in the same transaction as what it did.

    Args:
        index: of the entry whose words tell of the request.
    """
    text = canonical(answer).decode()
    values = {"village": village, "request": request_id, "new_answer": text, "new_index": index}
    execute_many(session, _STORE, values)
