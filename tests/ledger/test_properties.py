"""Whatever is posted, in whatever order: units sum to zero, balances are sums of postings, the log holds."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pointsbank import ledger
from pointsbank.database import Database
from pointsbank.errors import Problem
from tests.builders import chayuan
from tests.ledger.moves import award, deduction, purchase

_ACTS = st.lists(
    st.tuples(
        st.sampled_from(["award", "stop", "below", "purchase", "reverse"]),
        st.sampled_from(["wang", "namesake", "maimaiti"]),
        st.integers(1, 30),
    ),
    min_size=1,
    max_size=25,
)


def test_the_books_always_balance(sqlite_database: Database) -> None:
    village = chayuan(sqlite_database)
    expected: dict[str, list[int]] = {"wang": [0, 0], "namesake": [0, 0], "maimaiti": [0, 0]}
    posted: list[tuple[int, str, int, int]] = []

    @settings(
        max_examples=40,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(acts=_ACTS)
    def play(acts: list[tuple[str, str, int]]) -> None:
        for kind, who, amount in acts:
            _act(village, expected, posted, kind, who, amount)
        state = ledger.audit(sqlite_database, village="chayuan")
        assert state.findings == []
        for who, (points, honour) in expected.items():
            held = village.balance(getattr(village, who))
            assert (held.points, held.honour) == (points, honour)

    play()


def _act(
    village: Any, expected: dict[str, list[int]], posted: list[Any], kind: str, who: str, amount: int
) -> None:
    """One act on the ledger, and on a model that is only two numbers a household."""
    person, held = getattr(village, who), expected[who]
    points, honour = 0, 0
    try:
        if kind == "award":
            [done] = village.write(ledger.post, entries=[award(person, amount)])
            points, honour = amount * 100, amount * 100
        elif kind in ("stop", "below"):
            stop = kind == "stop"
            [done] = village.write(ledger.post, entries=[deduction(person, amount, at_most_balance=stop)])
            points, honour = -amount * 100, -amount * 100
            points = -min(-points, max(held[0], 0)) if stop else points
        elif kind == "purchase":
            [done] = village.write(ledger.post, entries=[purchase(person, amount * 100)])
            points = -amount * 100
        else:
            index, whose, *moved = posted.pop() if posted else (10**9, who, 0, 0)
            village.write(ledger.reverse, index=index, words={})
            expected[whose][0] -= moved[0]
            expected[whose][1] -= moved[1]
            return
    except Problem:
        assert kind == "reverse" or (kind == "purchase" and held[0] < amount * 100)
        return
    held[0] += points
    held[1] += honour
    posted.append((done.index, who, points, honour))
