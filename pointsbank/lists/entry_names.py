"""Who is behind the ids in the words of log entries: staff, and who holds points."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import Session

from pointsbank import ledger, roster, staff
from pointsbank.prepared import chunks


def names_in(
    session: Session, village: str, private: Iterable[tuple[str | None, Mapping[str, Any] | None]]
) -> ledger.Names:
    """Return what tells the name behind an id in these entries; what nobody is called stays as it is.

    Args:
        private: actor and words of each entry as of `ledger.private_part`; words are None once erased.

    Example:
        name_of = names_in(session, "cy", [("li-id", {"participant": "wang-id"})])
        name_of("wang-id")  # "王建国"
    """
    ids = {
        value
        for actor, words in private
        for value in (actor, *(words or {}).values())
        if isinstance(value, str) and value
    }
    names: dict[str, str] = {}
    for some in chunks(sorted(ids)):
        names |= staff.actors(session, ids=some)
    people = roster.by_ids(session, village=village, ids=ids - names.keys())
    names |= {one.id: one.name for one in people.values()}
    return lambda id: names.get(str(id), str(id))
