"""Thirty tills at once over HTTP at a served village: the last piece and the last points."""

import pytest

from tests.faults.conftest import Serve
from tests.faults.races import OF_THIRTY, Race, run


@pytest.mark.parametrize("race", OF_THIRTY, ids=lambda race: race.__name__)
def test_a_race_of_thirty_ends_as_if_they_had_come_one_by_one(
    race: Race, kind: str, serve: Serve, rounds: range
) -> None:
    run(race, serve(kind, in_memory=True), rounds)
