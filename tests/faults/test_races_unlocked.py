"""The same races at a server whose locks were taken out: a race that cannot be lost proves nothing."""

import pytest

from tests.faults.conftest import Serve
from tests.faults.races import ENDS, Race, two_reversals

races = pytest.mark.parametrize("race", ENDS, ids=lambda race: race.__name__)


@races
def test_without_its_locks_the_same_race_ends_badly(race: Race, kind: str, serve: Serve) -> None:
    # On PostgreSQL both reversals change the same shelf, and an UPDATE locks as well as FOR UPDATE does.
    untied = race is two_reversals and kind == "postgresql"
    scene = serve(kind, in_memory=True, flaws=("untied" if untied else "unlocked",))

    # Each try is a race: the control need only ever be lost once.
    assert any(race(scene).betrays(ENDS[race]) for _ in range(25))
