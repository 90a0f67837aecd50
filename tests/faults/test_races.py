"""Races over HTTP at a served village: each must end as if they had come one after the other."""

import pytest

from tests.faults.conftest import Serve
from tests.faults.races import ENDS, Race, run


@pytest.mark.parametrize("race", ENDS, ids=lambda race: race.__name__)
def test_a_race_ends_as_if_they_had_come_one_by_one(
    race: Race, kind: str, serve: Serve, rounds: range
) -> None:
    run(race, serve(kind, in_memory=True), rounds)
