"""What entries of the ledger say, for programs: codes and names instead of the ids that the books hold."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlmodel import Session

from pointsbank import ledger, market, roster, staff
from pointsbank.points import Points
from pointsbank.prepared import chunks

_BY_CODE = frozenset({"award", "deduction"})
"""Kinds whose words name an item of the scheme by its code; in others it is a phrase of the sentence."""


class EntryNames:
    """The names and codes behind the ids in some entries of one village's ledger, looked up at once."""

    def __init__(
        self,
        session: Session,
        village: str,
        words: Iterable[Mapping[str, Any] | None],
        *more: str,
        at: datetime,
    ) -> None:
        """Look up whoever and whatever these words name.

        Args:
            more: further ids of staff and of participants.
        """
        kept = [one for one in words if one is not None]
        ids = {value for one in kept for value in one.values() if isinstance(value, str)} | set(more)
        self._names = _staff_names(session, ids)
        people = roster.by_ids(session, village=village, ids=ids - self._names.keys())
        self._codes = {one.id: one.code for one in people.values()}
        self._names |= {one.id: one.name for one in people.values()}
        self._goods: dict[str, str] = {}
        if any("lines" in one for one in kept):
            shelf = market.goods_list(session, village=village, at=at, also_inactive=True)
            self._goods = {one.id: one.code for one in shelf}

    def name(self, id: object) -> str:
        """Return what somebody is called; what nobody is called stays as it is."""
        return self._names.get(str(id), str(id))

    def owner(self, account: str) -> dict[str, str | None]:
        """Return whose account this is: the village's own by its kind, a household's by its code."""
        kind, whose = ledger.owner_of(account)
        return {"kind": kind, "participant": self._codes.get(whose) if whose else None}

    def sentence(self, kind: str, words: Mapping[str, Any] | None) -> str:
        """Return what an entry says without its kind."""
        return ledger.describe(kind, words, self.name)

    def reason(self, kind: str, words: Mapping[str, Any] | None) -> dict[str, Any] | None:
        """Return the reason of a movement, member by member; None once the words were erased."""
        if words is None:
            return None
        second = words.get("second") or words.get("approver")
        return {
            "sentence": self.sentence(kind, words),
            "participant": self._codes.get(str(words.get("participant"))),
            "heir": self._codes.get(str(words.get("heir"))),
            "item": words.get("item") if kind in _BY_CODE else None,
            "title": words.get("title"),
            "meeting": words.get("meeting"),
            "counted_in": words.get("counted_in"),
            "note": words.get("note") or None,
            "remark": words.get("remark") or None,
            "reason": words.get("reason"),
            "second": self.name(second) if second else None,
            "lines": [self._line(line) for line in words.get("lines", ())],
        }

    def _line(self, line: Sequence[Any]) -> dict[str, Any]:
        """Return pieces of goods with the price of one then."""
        goods, quantity, price = line
        return {
            "goods": self._goods.get(goods),
            "quantity": abs(quantity),
            "points": None if price is None else Points(price),
        }


def movements(session: Session, village: str, found: Sequence[Any], *, at: datetime) -> list[dict[str, Any]]:
    """Return transactions as programs see them."""
    accounts = {
        ledger.owner_of(account)[1]
        for one in found
        for posting in one.postings
        for account in (posting.source, posting.destination)
    }
    names = EntryNames(
        session, village, [one.words for one in found], *accounts, *(one.actor for one in found), at=at
    )
    return [
        {
            name: getattr(one, name)
            for name in ("index", "kind", "occurred_on", "recorded_at", "reverses", "leaf")
        }
        | {
            "actor": names.name(one.actor),
            "words": names.reason(one.kind, one.words),
            "postings": [
                asdict(posting)
                | {"source": names.owner(posting.source), "destination": names.owner(posting.destination)}
                for posting in one.postings
            ],
        }
        for one in found
    ]


def _staff_names(session: Session, ids: Collection[str]) -> dict[str, str]:
    names: dict[str, str] = {}
    for some in chunks(sorted(ids)):
        names |= staff.actors(session, ids=some)
    return names
