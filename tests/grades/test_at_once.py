"""Two resolutions written down at once: each table has its number, of one name only the later day stands."""

import pytest

from pointsbank import grades, villages
from pointsbank.database import Database
from tests.builders import VILLAGE
from tests.grades.scene import COLOURS, adopted
from tests.proof import month
from tests.scoring.test_racing import at_once


def adopt_two(database: Database) -> list[object]:
    """Two people adopt two tables of different names, at once."""
    month.begin(database)
    return at_once(lambda name: adopted(database, *COLOURS, name=name), ["文明三色", "环境三色"])


@pytest.mark.both
def test_two_tables_adopted_at_once_both_stand(database: Database) -> None:
    answers = adopt_two(database)

    assert sorted(getattr(one, "number", repr(one)) for one in answers) == [1, 2]
    with database.reading() as session:
        assert {one.name for one in grades.adopted_tables(session, village=VILLAGE)} == {
            "文明三色",
            "环境三色",
        }


def test_without_the_lock_of_the_village_one_of_them_fails(
    postgresql_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(villages, "lock", lambda *_, **__: None)

    answers = adopt_two(postgresql_database)

    assert [one for one in answers if isinstance(one, Exception)]
