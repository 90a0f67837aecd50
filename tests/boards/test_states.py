"""The state of a listing follows from what was recorded of it; each state has its Chinese word."""

import pytest

from pointsbank import labels
from pointsbank.boards import states
from pointsbank.boards.states import DOWN, EXPIRED, LAPSED, PROPOSED, REJECTED, UP, WITHDRAWN
from pointsbank.objections.filing import status

EXAMPLES = [
    (None, False, PROPOSED),
    (None, True, WITHDRAWN),
    ((2, 1), False, UP),
    ((2, 1), True, DOWN),
    ((1, 1), False, REJECTED),
    ((0, 3), False, REJECTED),
]


@pytest.mark.parametrize(("votes", "ended", "state"), EXAMPLES)
def test_the_state_follows_from_the_steps(votes: tuple[int, int] | None, ended: bool, state: str) -> None:
    assert states.state(votes, ended=ended) == state


def test_every_state_has_its_word() -> None:
    recorded = {state for _, _, state in EXAMPLES}
    assert recorded | {EXPIRED, LAPSED} == set(labels.families()["listing_status"].codes)
    assert {status(answer) for answer in (None, True, False)} == set(
        labels.families()["objection_status"].codes
    )
