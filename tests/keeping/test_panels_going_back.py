"""0040: panels, calls and numbers are kept beside when a database goes back, and come again."""

from pointsbank import migrating, panels, proof, scoring
from pointsbank.drift import rule_differences
from tests.builders import VILLAGE
from tests.scoring.calling import keep


def test_panels_and_calls_survive_going_back_and_coming_again(database):
    kept = keep(database)
    called, meeting = kept.call(), kept.convene()
    closed = kept.write(scoring.close_meeting, meeting=meeting.meeting)
    before = kept.read(panels.panels), kept.read(scoring.calls), kept.read(scoring.minutes_of, found=closed)

    migrating.downgrade(database, "0038")
    migrating.upgrade(database)

    after = kept.read(panels.panels), kept.read(scoring.calls), kept.read(scoring.minutes_of, found=closed)
    assert after == before
    assert called.id in [one.id for one in after[1]]
    assert proof.verify(database, village=VILLAGE).findings == ()
    with database.engine.connect() as connection:
        assert rule_differences(connection) == []
