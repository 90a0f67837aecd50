"""The village on paper: what a careful clerk with a notebook would have, in plain dicts."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from pointsbank.dates import next_month

Move = tuple[str, str, int]
"""From one account to another, in hundredths."""


@dataclass
class Household:
    """One household: where it stands, its card, and cards that once were."""

    id: str
    code: str
    state: str = "open"
    people: int = 3
    card: str | None = None
    dead_cards: list[str] = field(default_factory=list)


@dataclass
class Sale:
    """A basket that was sold."""

    id: str
    who: Household
    lines: dict[str, int]
    prices: dict[str, int]
    returned: dict[str, int] = field(default_factory=dict)

    @property
    def left(self) -> dict[str, int]:
        """The pieces that did not come back."""
        all_left = {code: pieces - self.returned.get(code, 0) for code, pieces in self.lines.items()}
        return {code: pieces for code, pieces in all_left.items() if pieces}

    @property
    def back(self) -> bool:
        """Whether nothing of it is left."""
        return not self.left


@dataclass
class Paper:
    """Balances, shelves, scores on their way, and what could be asked again."""

    households: list[Household] = field(default_factory=list)
    balances: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    stock: dict[str, int] = field(default_factory=dict)
    price: dict[str, int] = field(default_factory=dict)
    by_hand: list[tuple[str, int, int]] = field(default_factory=list)
    stocktake: str | None = None
    is_shelf_signed: bool = False
    differences: dict[str, int] = field(default_factory=dict)
    meeting: str | None = None
    entered: dict[str, tuple[Household, int]] = field(default_factory=dict)
    notices: list[tuple[str, dict[str, tuple[Household, int]]]] = field(default_factory=list)
    sales: list[Sale] = field(default_factory=list)
    posted: dict[int, list[Move]] = field(default_factory=dict)
    scores: dict[str, tuple[Household, int, int]] = field(default_factory=dict)
    counted: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    requests: list[tuple[Any, dict[str, Any], int]] = field(default_factory=list)
    closed_months: list[str] = field(default_factory=list)

    def open(self) -> list[Household]:
        """The households that have not ended."""
        return [one for one in self.households if one.state == "open"]

    def ended(self) -> list[Household]:
        """Those that have, and are not forgotten."""
        return [one for one in self.households if one.state == "closed"]

    def correctable(self) -> list[str]:
        """The posted scores whose entry stands, as they were posted.

        By their ids, which are drawn anew, the same choices would correct another score in another run.
        """
        return [id for id, (_, _, index) in self.scores.items() if index in self.posted]

    def month_for(self, month: str) -> str:
        """The month in which something of a month counts now: the first that is not closed."""
        return max([month, *map(next_month, self.closed_months[-1:])])

    def points(self, who: Household) -> int:
        """What a household can spend."""
        return self.balances[f"{who.id}.points"]

    def waiting(self, who: Household) -> int:
        """How many scores of a household are on their way."""
        lots = [self.entered, *(scores for _, scores in self.notices)]
        return sum(owner is who for scores in lots for owner, _ in scores.values())

    def move(self, moves: list[Move]) -> None:
        """Move between accounts, below zero if need be."""
        for source, destination, amount in moves:
            self.balances[source] -= amount
            self.balances[destination] += amount

    def award(self, who: Household, amount: int) -> list[Move]:
        """So many points and as much honour."""
        moves = [(f"issuance.{unit}", f"{who.id}.{unit}", amount) for unit in ("points", "honour")]
        self.move(moves)
        return moves

    def deduct(self, who: Household, amount: int) -> list[Move]:
        """Honour in full, points as far as there are any."""
        held = min(amount, max(self.points(who), 0))
        moves = [
            (f"{who.id}.points", "issuance.points", held),
            (f"{who.id}.honour", "issuance.honour", amount),
        ]
        moves = [move for move in moves if move[2]]
        self.move(moves)
        return moves

    def empty(self, who: Household, into: Household | None) -> None:
        """Everything a household holds or owes goes elsewhere."""
        for unit in ("points", "honour"):
            other = f"{into.id}.{unit}" if into else f"expiry.{unit}"
            self.move([(f"{who.id}.{unit}", other, self.balances[f"{who.id}.{unit}"])])
