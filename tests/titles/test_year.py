"""A year of a title: given, found wanting, taken off, put right, given back, lost, barred, stood again."""

import pytest

from pointsbank import proof, titles
from pointsbank.database import Database
from tests.builders import VILLAGE
from tests.titles.scene import (
    checked,
    founded,
    here,
    later,
    lost,
    nominated,
    standing,
    stands,
    taken_off,
)


@pytest.mark.both
def test_a_year_of_a_title(database: Database) -> None:
    founded(database)

    one = standing(database)
    assert (one.state, one.review_on) == ("standing", later(6 + 181).date())
    assert checked(database, one, days=30).state == "standing"
    off = taken_off(database, one, days=60)
    assert (off.state, off.deadline) == ("taken_off", later(90).date())
    assert checked(database, one, days=80).state == "put_right"
    with database.writing() as session:
        assert titles.give_back(session, title_id=one.id, **here(81)).state == "standing"
    taken_off(database, one, days=120)
    checked(database, one, False, False, days=150)
    gone = lost(database, one, days=151)

    assert (gone.state, gone.barred_until) == ("lost", later(151 + 365).date())
    with pytest.raises(titles.problems.TitleBarred, match="到2028年1月30日才能再参评"):
        nominated(database, days=515)
    again = standing(database, days=516)
    assert stands(database, again).state == "standing"
    assert [each.kind for each in gone.steps] == [
        *("checked", "voted", "hung", "given", "checked", "checked", "taken_off", "checked", "given_back"),
        *("checked", "taken_off", "checked", "lost"),
    ]
    with database.reading() as session:
        assert [
            each.state for each in titles.titles(session, village=VILLAGE, participant=gone.participant.id)
        ] == ["lost", "standing"]
    assert proof.verify(database, village=VILLAGE).holds
