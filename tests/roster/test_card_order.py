"""What handing out does to a household's other cards: one rule, by examples."""

from datetime import timedelta

import pytest

from pointsbank.roster.card_order import StandingCard, hand_out_of
from tests.builders import NOW


def card(
    id: str, *, slot: int = 1, status: str = "printed", batch: int = 1, who: str = "wang"
) -> StandingCard:
    """A card; later batches were printed earlier by the clock, which was put back."""
    return StandingCard(id, who, slot, status, batch, NOW - timedelta(days=batch))


IN_USE, OLD, NEW = card("in use", status="active"), card("old", batch=2), card("new", batch=3)
CITY = card("city", slot=2, status="active", batch=2)
BEFORE = card("before batches", batch=0)


@pytest.mark.parametrize(
    ("chosen", "activated", "ended", "useless"),
    [
        (["new"], {"new"}, {"in use"}, {"old", "before batches"}),
        (["old"], {"old"}, {"in use"}, {"before batches"}),
        (["before batches"], {"before batches"}, {"in use"}, set()),
        (["old", "new"], {"new"}, {"in use"}, {"old", "before batches"}),
        (["in use"], set(), set(), set()),
        (["city"], set(), set(), set()),
        ([], set(), set(), set()),
    ],
)
def test_a_card_ends_the_older_ones_of_its_slot_and_never_a_newer(
    chosen: list[str], activated: set[str], ended: set[str], useless: set[str]
) -> None:
    done = hand_out_of([NEW, IN_USE, CITY, BEFORE, OLD], chosen)

    assert (set(done.activated), set(done.ended), set(done.useless)) == (activated, ended, useless)


def test_households_are_counted_by_what_changes_for_them() -> None:
    second = card("second", slot=2, batch=4)
    first_ever = card("first", batch=4, who="li")
    exchanged = card("exchanged", batch=4)

    done = hand_out_of([IN_USE, second, first_ever, exchanged], ["second", "first", "exchanged"])

    assert (done.households, done.first, done.exchanged) == (2, 1, 1)
