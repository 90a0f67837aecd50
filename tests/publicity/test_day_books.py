"""Day books hang afterwards: a week on one notice, on which nothing waits and anybody may object."""

from datetime import timedelta
from pathlib import Path

import pytest

from pointsbank import duties, jobs, ledger, proof, publicity, scoring
from pointsbank.database import Database
from pointsbank.duties import Runner
from pointsbank.jobs import Job
from pointsbank.points import whole
from pointsbank.publicity import Notice
from tests.builders import SUPERVISOR, VILLAGE
from tests.duties.together import site
from tests.scoring.counter import Counter, later, open_counter


@pytest.fixture
def desk(sqlite_database: Database) -> Counter:
    """A counter at which something was entered on Tuesday and on Wednesday."""
    return opened(sqlite_database)


def opened(database: Database) -> Counter:
    """A counter at which something was entered on Tuesday, for two households, and on Wednesday."""
    counter = open_counter(database)
    for who, days in (("0101", 0), ("0102", 0), ("0101", 1)):
        counter.enter(who, at=later(days))
    return counter


def look(desk: Counter, folder: Path, days: int, *names: str) -> Job:
    """Let the duty look, so many days after the first."""
    here = site(desk.village.database.url, folder)
    wanted = [duties.find(name) for name in names or ("day_books",)]
    Runner(here, now=lambda: later(days), duties=wanted).run_due()
    with desk.village.database.reading() as session:
        return jobs.find(session, name=wanted[0].name)


def notices(desk: Counter) -> list[Notice]:
    return list(desk.village.read(publicity.notices))


def test_the_program_closes_each_day_and_hangs_the_week_when_it_is_over(database: Database, tmp_path: Path):
    desk = opened(database)
    for days in (1, 2, 5):
        look(desk, tmp_path, days)
    assert ([desk.book(days).status for days in (0, 1)], notices(desk)) == (["closed"] * 2, [])

    look(desk, tmp_path, 6)
    look(desk, tmp_path, 7)

    [notice] = notices(desk)
    assert (notice.title, notice.standing) == ("柜台登记公示（9月1日至9月2日）", "unhung")
    shown = desk.village.read(publicity.public_notice, notice_id=notice.id)
    assert ([one.name for one in shown.entries], shown.is_posted) == (["王*国"] * 3, True)
    assert proof.verify(database, village=VILLAGE).holds


def hung(desk: Counter, folder: Path) -> Notice:
    """The week's notice, on display since Monday."""
    look(desk, folder, 6)
    [notice] = notices(desk)
    desk.village.write(publicity.hang, notice=notice.id, place="村务公开栏", at=later(6))
    return notice


def test_its_days_end_by_themselves_and_move_nothing(desk: Counter, tmp_path: Path):
    hung(desk, tmp_path)
    before = desk.points()

    look(desk, tmp_path, 11, "settling")

    assert [one.status for one in notices(desk)] == ["settled"]
    assert desk.points() == before == whole(4)


def test_an_objection_to_a_posted_entry_freezes_nothing(desk: Counter, tmp_path: Path):
    notice = hung(desk, tmp_path)
    [first, *_] = desk.village.read(scoring.scores, meeting=desk.book().id)
    said = {"raised_by": "李秀英", "reason": "那天没有来", "by": SUPERVISOR, "at": later(7)}

    raised = desk.village.write(publicity.raise_objection, score=first.id, **said)

    assert raised.notice == notice.id
    assert desk.village.read(scoring.score, score_id=first.id).status == "posted"


def test_before_it_hangs_an_entry_is_put_right_and_not_objected_to(desk: Counter):
    [first, *_] = desk.village.read(scoring.scores, meeting=desk.book().id)
    said = {"raised_by": "李秀英", "reason": "那天没有来", "by": SUPERVISOR}

    with pytest.raises(publicity.problems.NotYetGathered, match="申请更正"):
        desk.village.write(publicity.raise_objection, score=first.id, **said)


def test_a_month_that_ends_within_a_week_hangs_by_itself(sqlite_database: Database, tmp_path: Path):
    desk = open_counter(sqlite_database)
    desk.enter(at=later(29))
    desk.enter(at=later(30))

    look(desk, tmp_path, 30)

    assert [one.title for one in notices(desk)] == ["柜台登记公示（9月30日）"]


def test_two_that_gather_at_once_make_one_notice(desk: Counter):
    for days in (0, 1):
        desk.close(days, at=later(6))

    made = [desk.village.write(publicity.gather_day_books, at=later(6)) for _ in range(2)]

    assert (made[0] is not None, made[1], len(notices(desk))) == (True, None, 1)


def test_the_log_says_when_it_was_put_up_and_that_its_days_are_over(desk: Counter, tmp_path: Path):
    notice = hung(desk, tmp_path)
    desk.village.write(publicity.settle, notice=notice.id, at=later(6) + timedelta(days=9))

    kinds = {"notice_up", "notice_down", "minutes_closed"}
    with desk.village.database.reading() as session:
        entries = ledger.log_entries(session, village=VILLAGE, kinds=tuple(kinds), limit=10)
    said = {ledger.describe(one.kind, one.words, str) for one in entries}

    assert "柜台登记2天的公示期满" in said
