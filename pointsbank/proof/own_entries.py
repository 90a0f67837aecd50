"""One entry of a household's own, with all that its telephone needs to check it by itself.

The hidden part and its salt are given so that the commitment can be computed again. They are the household's
own words; where they name another participant they are withheld, and the page says so. The same entry of
somebody else's is answered as one that is not there.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from pointsbank import ledger, roster
from pointsbank.ledger import HONOUR, POINTS, account_of
from pointsbank.proof.anchors import Anchor, anchors


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """An entry that moved a household's points.

    Attributes:
        amounts: unit and hundredths, > 0, of each movement.
        public: the bytes that its leaf hashes, as text.
        private: the hidden bytes as text, with their salt in hexadecimal; None where `withheld` or erased.
        withheld: they name another participant, and are not given.
        anchor: of the first closed month that covers it, None before that; `path` leads to its root.
    """

    index: int
    amounts: tuple[tuple[str, int], ...]
    public: str
    salt: str
    private: str | None
    withheld: bool
    anchor: Anchor | None
    path: tuple[bytes, ...]


def own_entry(session: Session, *, village: str, participant: str, index: int) -> OwnEntry:
    """Return an entry of the participant's (id) own, and how it is checked.

    Raises:
        LogEntryUnknown: there is no such entry, or it moved nothing of theirs.
        VillageUnknown: there is no such village.

    Example:
        proof.own_entry(session, village="cy", participant=wang.id, index=17).path
    """
    stored = ledger.entry_parts(session, village=village, index=index)
    own = {account_of(participant, unit) for unit in (POINTS, HONOUR)}
    if not own & ledger.accounts_moved(session, village=village, index=index):
        raise ledger.problems.LogEntryUnknown()
    withheld = stored.private is not None and _names_others(session, village, participant, stored.private)
    given = stored.private is not None and not withheld
    sealed = next((one for one in anchors(session, village=village) if one.log_index >= index), None)
    path: tuple[bytes, ...] = ()
    if sealed is not None:
        tree = ledger.tiled_tree(session, village=village, size=int(sealed.fields["size"]))
        path = tuple(tree.inclusion_path(index))
    return OwnEntry(
        index=index,
        amounts=tuple((unit, amount) for unit, amount in json.loads(stored.public)["p"]),
        public=stored.public.decode(),
        salt=(stored.salt or b"").hex() if given else "",
        private=(stored.private or b"").decode() if given else None,
        withheld=withheld,
        anchor=sealed,
        path=path,
    )


def _names_others(session: Session, village: str, participant: str, private: bytes) -> bool:
    """Tell whether an entry's hidden part has another participant's id in it."""
    try:
        moved = json.loads(private)
    except ValueError:  # somebody spoiled it: the commitment will not fit
        return False
    ids = {text.partition(".")[0] for text in _texts(moved) if 0 < len(text) <= 64} - {participant}
    return bool(roster.by_ids(session, village=village, ids=ids))


def _texts(value: Any) -> Iterator[str]:
    """Yield every text within a value of JSON, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
