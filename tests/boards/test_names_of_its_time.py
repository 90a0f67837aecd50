"""A closed month's poster hangs: its board keeps names and groups of its time, whatever is edited later."""

from pointsbank import boards, publicity, roster, scoring
from pointsbank.database import Database
from pointsbank.publicity.noticeboard import PublicBoard
from pointsbank.roster import NewFacts
from pointsbank.sheets.poster.gathering import gather
from tests.builders import COMMITTEE, VILLAGE
from tests.proof import month
from tests.proof.month import on
from tests.publicity.scene import hung, settle

LATER = on(12, month=10)
GONE = NewFacts(name="赵小军", group="三组")


def edit(database: Database, *codes: str) -> None:
    """Everybody who is praised gets another head and another group."""
    with database.writing() as session:
        for code in codes:
            given = {"village": VILLAGE, "code": code, "facts": GONE, "reason": "户主更换"}
            roster.edit(session, **given, by=COMMITTEE, at=LATER)


def board(database: Database, which: str = month.MONTH) -> PublicBoard:
    """A month's board as it may hang."""
    with database.reading() as session:
        return publicity.public_board(session, village=VILLAGE, month=which, at=LATER)


def test_a_closed_month_names_who_was_praised_as_it_did(database: Database) -> None:
    month.live(database)
    before = board(database)
    assert before.red
    with database.reading() as session:
        drawn = gather(session, village=VILLAGE, by=COMMITTEE, at=LATER, public_url="https://x")
        codes = {one.participant.code for one in boards.listings(session, village=VILLAGE)}

    edit(database, *codes)

    assert board(database) == before
    with database.reading() as session:
        again = gather(session, village=VILLAGE, by=COMMITTEE, at=LATER, public_url="https://x")
        now = boards.listings(session, village=VILLAGE)[0].participant
    assert (again.red, again.groups, again.figures) == (drawn.red, drawn.groups, drawn.figures)
    assert (now.name, now.group) == ("赵小军", "三组")


def test_a_notice_that_hangs_names_who_was_scored_as_it_did(database: Database) -> None:
    with database.writing() as session:
        notice = hung(session, ("0101", "A1"), ("0102", "A2"))
    before = wall(database, notice.id)

    edit(database, "0101")

    assert wall(database, notice.id) == before
    with database.writing() as session:
        settle(session, notice)
    assert wall(database, notice.id) != before


def wall(database: Database, notice: str) -> list[tuple[str, str]]:
    """Names and groups on a notice."""
    with database.reading() as session:
        shown = publicity.public_notice(session, village=VILLAGE, notice_id=notice).entries
        meeting = publicity.notice_by_id(session, village=VILLAGE, notice_id=notice).meeting
        ids = [one.id for one in scoring.scores(session, village=VILLAGE, meeting=meeting)]
        names = publicity.names_on_notice(session, village=VILLAGE, meeting=meeting, scores=ids)
    assert [str(one.name) for one in shown] == [str(names[id]) for id in ids]
    return [(str(one.name), str(one.group)) for one in shown]
