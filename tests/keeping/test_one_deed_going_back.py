"""What was said to be one deed comes back when a database that went to an older version comes back."""

from sqlalchemy import text

from pointsbank import migrating, proof
from pointsbank.database import Database
from pointsbank.scoring import ScoreRow
from tests.builders import VILLAGE
from tests.scoring.panel import AUGUST, sit


def test_scores_of_one_deed_come_back(database: Database) -> None:
    panel = sit(database)
    rows = [ScoreRow("0101", item, AUGUST, same_deed="甲") for item in ("清扫", "助邻")]
    first, second = panel.enter(*rows)
    panel.hang_out()
    database = panel.village.database

    migrating.downgrade(database, "0048")
    with database.reading() as session:
        columns = session.connection().execute(text("SELECT * FROM score")).keys()
    migrating.upgrade(database)

    assert "same_deed" not in columns
    assert [panel.now(one).same_deed for one in (first, second)] == [None, first.id]
    assert proof.verify(database, village=VILLAGE).holds
    assert migrating.drift(database) == []
