"""A year's end: planned, posted by two people, undone by two people; the ledger holds all the while."""

import pytest

from pointsbank import proof, year_end
from pointsbank.database import Database
from pointsbank.points import whole
from tests.builders import VILLAGE, chayuan
from tests.year_end.scene import AUTUMN, JANUARY, LATER, ended, move, points_of, resolved, undone

problems = year_end.problems


@pytest.mark.both
def test_what_stood_at_the_turn_goes_and_what_came_since_stays(database: Database):
    cast = chayuan(database)
    resolved(cast)
    move(cast, cast.wang, 120, at=AUTUMN, honour=True)
    move(cast, cast.shan, 30, at=AUTUMN)
    move(cast, cast.wang, -20, at=JANUARY, kind="redemption")
    move(cast, cast.wang, 5, at=JANUARY)
    run = ended(cast)

    assert (run.accounts, run.points_gone) == (2, whole(130))
    assert (points_of(cast, cast.wang), points_of(cast, cast.shan)) == (whole(5), 0)
    assert cast.balance(cast.wang).honour == whole(120)
    assert proof.verify(database, village=VILLAGE).holds

    move(cast, cast.wang, -3, at=LATER, kind="redemption")
    undone(cast)

    assert (points_of(cast, cast.wang), points_of(cast, cast.shan)) == (whole(102), whole(30))
    assert proof.verify(database, village=VILLAGE).holds
    assert [one.status for one in cast.read(year_end.runs)] == ["undone"]
