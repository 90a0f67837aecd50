"""Base points are given by the program itself, once, when a period begins."""

from datetime import datetime, timedelta
from pathlib import Path

from pointsbank import duties, jobs
from pointsbank.database import Database
from pointsbank.duties import Runner
from pointsbank.jobs import Job
from tests.builders import NOW
from tests.duties.together import site
from tests.scoring.licence import NEXT_YEAR, licences


def look(database: Database, folder: Path, at: datetime) -> Job:
    """Look once and return how the duty stands."""
    Runner(site(database.url, folder), now=lambda: at, duties=[duties.find("base_points")]).run_due()
    with database.reading() as session:
        return jobs.find(session, name="base_points")


def test_the_program_gives_and_renews_them(database: Database, tmp_path: Path) -> None:
    village = licences(database)
    first = look(database, tmp_path, NOW)
    again = look(database, tmp_path, NOW + timedelta(minutes=2))
    renewed = look(database, tmp_path, NEXT_YEAR)

    assert first.result == again.result == "发放了8份基础分，收回了0份期满的。"
    assert again.began_at == first.began_at
    assert renewed.result == "发放了8份基础分，收回了8份期满的。"
    assert village.honour(village.panel.village.wang) == 12


def test_a_village_without_them_is_left_alone(database: Database, tmp_path: Path) -> None:
    assert look(database, tmp_path, NOW).result == ""
