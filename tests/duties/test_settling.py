"""Notices whose days are over are settled by themselves, unless the village wants a person to do it."""

from datetime import timedelta
from pathlib import Path

import pytest

from pointsbank import duties, governing, jobs, ledger, proof, publicity, staff
from pointsbank.database import Database
from pointsbank.dates import day_of
from pointsbank.duties import Runner
from pointsbank.jobs import Job
from pointsbank.publicity import Notice
from tests.builders import NEIGHBOUR, hang_out
from tests.duties.together import site
from tests.ledger.tampering import tamper
from tests.publicity.scene import (
    CODE,
    LI,
    NOW,
    ZHAO,
    after,
    found_village,
    honour,
    hung,
    meeting_with,
    scores_of,
)


def look(database: Database, folder: Path, day: int = 4) -> Job:
    """Look once, so many days after the notice was hung, and return how the duty stands."""
    here = site(database.url, folder)
    Runner(here, now=lambda: after(day), duties=[duties.find("settling")]).run_due()
    with database.reading() as session:
        return jobs.find(session, name="settling")


def choose(database: Database, chosen: str) -> None:
    """The village chooses what happens when a notice's days are over."""
    with database.writing() as session:
        governing.change_settings(session, village=CODE, by=LI, at=NOW, settling=chosen)


def hang(database: Database, *deeds: tuple[str, str]) -> Notice:
    """A founded village and its meeting's notice."""
    with database.writing() as session:
        return hung(session, *deeds)


def stands(database: Database, notice: Notice, village: str = CODE) -> Notice:
    """The notice as it is now."""
    with database.reading() as session:
        return publicity.notice(session, village=village, notice_id=notice.id).notice


def test_what_nothing_stands_against_is_posted_by_the_program_when_the_days_are_over(
    database: Database, tmp_path: Path
):
    notice = hang(database, ("0101", "A1"), ("0102", "A2"))
    with database.writing() as session:
        contested = scores_of(session, notice)[1].id
        objection = publicity.raise_objection(
            session, village=CODE, score=contested, raised_by="匿名", reason="不在家", by=LI, at=after(3)
        )

    assert look(database, tmp_path, day=3) == Job("settling")  # its last day is not over
    assert look(database, tmp_path).result == "入账1份公示，共1条；有异议的1条等答复。"

    settled = stands(database, notice)
    assert (settled.status, settled.settled_by) == ("settled", staff.SYSTEM)
    with database.writing() as session:
        assert (honour(session, "0101"), honour(session, "0102")) == (500, 0)
        answer = {"upheld": False, "reason": "有照片为证", "by": ZHAO, "at": after(5)}
        publicity.decide_objection(session, village=CODE, objection=objection.id, **answer)
        assert honour(session, "0102") == 250
        [down] = ledger.log_entries(session, village=CODE, kinds=("notice_down",))
        assert down.actor == staff.SYSTEM
    assert proof.verify(database, village=CODE).holds


def test_where_the_village_chose_so_somebody_presses_the_button(sqlite_database: Database, tmp_path: Path):
    notice = hang(sqlite_database, ("0101", "A1"))
    choose(sqlite_database, "by_hand")

    assert look(sqlite_database, tmp_path, day=40) == Job("settling")
    assert stands(sqlite_database, notice).status == "open"
    choose(sqlite_database, "by_itself")
    assert look(sqlite_database, tmp_path, day=40).state == "done"


def test_a_notice_that_cannot_be_settled_stops_no_other_village_and_is_tried_again(
    database: Database, tmp_path: Path
):
    broken = hang(database, ("0101", "A1"))
    with database.writing() as session:
        found_village(session, NEIGHBOUR)
        meeting = meeting_with(session, ("0101", "A1"), village=NEIGHBOUR)
        later = NOW + timedelta(minutes=1)
        whole = hang_out(session, village=NEIGHBOUR, meeting=meeting, by=LI, at=later)
    tamper(database, f"UPDATE log_head SET size = size - 1 WHERE village_id = '{CODE}'")

    job = look(database, tmp_path)

    assert job.state == "failed"
    assert job.error.startswith("1 份期满的公示没有入账（茶源村“九月评议会公示”），稍后再试；其余入账 1 份。")
    assert (stands(database, broken).status, stands(database, whole, NEIGHBOUR).status) == ("open", "settled")

    tamper(database, f"UPDATE log_head SET size = size + 1 WHERE village_id = '{CODE}'")
    assert look(database, tmp_path, day=5).result == "入账1份公示，共1条。"
    assert stands(database, broken).settled_at == after(5)


def test_what_never_hung_is_never_settled(database: Database, tmp_path: Path):
    with database.writing() as session:
        found_village(session)
        meeting = meeting_with(session, ("0101", "A1"))
        notice = publicity.close_and_publish(session, village=CODE, meeting=meeting, by=LI, at=NOW)

    assert look(database, tmp_path, day=400) == Job("settling")
    assert stands(database, notice).standing == "unhung"


@pytest.mark.parametrize("days", [0, 4])
def test_what_is_due_is_over(sqlite_database: Database, days: int):
    notice = hang(sqlite_database, ("0101", "A1"))

    with sqlite_database.reading() as session:
        due = publicity.due_by_themselves(session, at=after(days))
    assert [one.notice for one in due] == [notice.id] * (day_of(after(days)) > notice.ends_on)


def test_a_notice_from_before_hangings_were_recorded_is_left_to_a_person_unless_the_village_said_so(
    database: Database, tmp_path: Path
):
    notice = hang(database, ("0101", "A1"))
    tamper(database, "UPDATE notice SET days = NULL, hung_on = NULL")

    with database.reading() as session:
        assert not publicity.settles_by_itself(session, village=CODE, notice=notice.id)
        assert publicity.unhung(session, village=CODE) == []
        [over] = publicity.over(session, village=CODE, day=day_of(after(4)))
    assert (over.hung_on, over.days, over.ends_on) == (notice.hung_on, 3, notice.ends_on)
    assert look(database, tmp_path, day=40) == Job("settling")
    choose(database, "by_hand")
    choose(database, "by_itself")
    assert look(database, tmp_path, day=41).result == "入账1份公示，共1条。"
