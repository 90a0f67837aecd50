"""Request ids: the same request twice is one act, and answers the same."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session

from pointsbank.database import execute, is_postgresql, table_of
from pointsbank.errors import Invalid, Refused
from pointsbank.ledger.canonical import canonical
from pointsbank.ledger.models import RequestRow
from pointsbank.prepared import ask, write

_request = table_of(RequestRow)
_SHAPE = re.compile(r"[A-Za-z0-9_-]{8,64}")

# On PostgreSQL the insert waits for a concurrent request of the same id to end, so that of two the second
# always sees the first one's answer.
_CLAIM = {
    True: postgresql.insert(_request).on_conflict_do_nothing().returning(_request.c.request_id),
    False: sqlite.insert(_request).on_conflict_do_nothing().returning(_request.c.request_id),
}
_SEEN = select(_request.c.actor_id, _request.c.contents_digest, _request.c.answer).where(
    _request.c.village_id == bindparam("village"), _request.c.request_id == bindparam("request")
)
_QUEUE = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("one"), 0)))
_ANSWER = (
    update(_request)
    .where(_request.c.village_id == bindparam("village"), _request.c.request_id == bindparam("request"))
    .values(answer=bindparam("said"))
)


class RequestIdInvalid(Invalid):
    """The request id is missing or misshapen."""

    code = "request_id_invalid"
    sentence = "请求编号应为 8 到 64 个字母、数字、连字符或下划线，请刷新页面后重试。"
    fixed_by = "店员"


class RequestReused(Refused):
    """The same request id came with other contents or from somebody else: nothing more is said."""

    code = "request_reused"
    sentence = "这个请求编号已经用过，请刷新页面后重新操作。"
    fixed_by = "店员"


def claim_request(
    session: Session, *, village: str, request_id: str, by: str, contents: Mapping[str, Any], at: datetime
) -> dict[str, Any] | None:
    """Take a request id for this write, or give back the answer it was given before; raises RequestReused.

    Called before anything else is checked. A refusal rolls the claim back, so the id may be tried again.
    """
    if not isinstance(request_id, str) or not _SHAPE.fullmatch(request_id):
        raise RequestIdInvalid()
    digest = hashlib.sha256(canonical(contents)).digest()
    row = {
        "village_id": village,
        "request_id": request_id,
        "actor_id": by,
        "contents_digest": digest,
        "answer": None,
        "recorded_at": at,
    }
    if ask(session, _CLAIM[is_postgresql(session)], row).first() is not None:
        return None
    seen = ask(session, _SEEN, {"village": village, "request": request_id}).first()
    if seen.actor_id != by or bytes(seen.contents_digest) != digest or seen.answer is None:
        raise RequestReused()
    return cast("dict[str, Any]", json.loads(seen.answer))


def was_answered(session: Session, *, village: str, request_id: str) -> bool:
    """Whether this request has had its answer already, so that the same answer now is a repetition.

    Asked before the claim: where the same request is just being done, it waits until that has ended.
    """
    if is_postgresql(session):
        execute(session, _QUEUE, {"one": f"{village}/{request_id}"})
    seen = ask(session, _SEEN, {"village": village, "request": request_id}).first()
    return seen is not None and seen.answer is not None


def store_answer(session: Session, *, village: str, request_id: str, answer: Mapping[str, Any]) -> None:
    """Keep the answer beside the request, in the same transaction as what it did."""
    said = canonical(answer).decode()
    write(session, _ANSWER, {"village": village, "request": request_id, "said": said})
