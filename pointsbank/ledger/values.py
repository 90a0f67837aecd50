"""What is handed to the ledger and what it answers: postings and transactions, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pointsbank.points import Points


@dataclass(frozen=True, slots=True)
class Posting:
    """An amount of one unit from one account to another, in hundredths, > 0.

    With `at_most_balance` only what the source account has is taken (扣完为止), and nothing where it has
    nothing.
    """

    source: str
    destination: str
    unit: str
    amount: Points
    at_most_balance: bool = False


@dataclass(frozen=True, slots=True)
class NewTransaction:
    """A transaction to be posted; `words` say who and why and stay out of the public part.

    A `source` is a kind and an id, and is posted once. A `new_source` was made in this very write: nobody can
    have posted it before, so that is not looked up.
    """

    kind: str
    occurred_on: date
    postings: tuple[Posting, ...]
    words: Mapping[str, Any] = field(default_factory=dict)
    source: tuple[str, str] | None = None
    reverses: int | None = None
    new_source: bool = False


@dataclass(frozen=True, slots=True)
class PostedTransaction:
    """A posted transaction: its log index, its leaf, its moment, and the balances it left, in hundredths."""

    index: int
    leaf: bytes
    recorded_at: datetime
    balances: Mapping[str, Points]
