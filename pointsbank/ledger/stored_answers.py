"""How the answer of a verb is kept as JSON, and made again of that when the same request comes twice."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Generic, TypeVar, cast, get_args, get_type_hints

from sqlmodel import Session

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class StoredAs(Generic[Answer]):
    """How an answer is kept: `store` makes a JSON object of it, `restore` makes the answer of that again.

    `restore` is called with the session, the stored object and, by name, the arguments of the verb.
    """

    store: Callable[[Answer], Mapping[str, Any]]
    restore: Callable[..., Answer]


def by_fields(kind: type[Answer]) -> StoredAs[Answer]:
    """Store a dataclass field by field, moments as ISO text and tuples of dataclasses as lists of lists."""
    names = [field.name for field in fields(cast(Any, kind)) if field.name != "status"]

    def store(done: Answer) -> dict[str, Any]:
        return {name: _as_json(getattr(done, name)) for name in names}

    def restore(_session: Session, stored: dict[str, Any], **_given: Any) -> Answer:
        hints = get_type_hints(kind)
        values = {name: _from_json(stored[name], hints[name]) for name in names}
        return kind(**values | {"status": "replayed"})

    return StoredAs(store, restore)


def _as_json(value: Any) -> Any:
    """Make a field's value fit for JSON."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [[getattr(one, field.name) for field in fields(one)] for one in value]
    return value


def _from_json(value: Any, hint: Any) -> Any:
    """Make a field's value of what was stored."""
    if hint is datetime:
        return datetime.fromisoformat(value)
    if isinstance(value, list):
        return tuple(get_args(hint)[0](*one) for one in value)
    return value
