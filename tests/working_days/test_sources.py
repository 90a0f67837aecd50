"""From where years are known, and what a spoiled file does."""

import os
from datetime import date
from pathlib import Path

import pytest

from pointsbank import working_days
from pointsbank.working_days import DaysOffInvalid, KeptYears
from tests.working_days.state_council import NOTICE_2026, NOTICE_2027


def test_the_library_knows_the_years_up_to_its_release_and_says_so() -> None:
    known = KeptYears().known()

    assert [known.source(year) for year in (2025, 2026, 2060)] == ["library", "library", "unknown"]


def test_a_notice_that_is_kept_counts_at_once(tmp_path: Path) -> None:
    years = KeptYears(tmp_path)
    before = years.known().calendar.is_working(date(2026, 12, 31))
    working_days.keep(tmp_path, NOTICE_2027, year=2027)

    assert (before, years.known().calendar.is_working(date(2026, 12, 31))) == (None, False)
    assert years.known().source(2027) == "file"


def test_a_kept_notice_goes_before_the_library(tmp_path: Path) -> None:
    changed = NOTICE_2026.replace("5月9日（周六）上班", "5月10日（周日）上班")
    working_days.keep(tmp_path, changed, year=2026)

    known = KeptYears(tmp_path).known()
    assert (known.calendar.is_working(date(2026, 5, 9)), known.source(2026)) == (False, "file")


def test_a_spoiled_file_makes_its_year_unknown_and_is_told(tmp_path: Path) -> None:
    working_days.keep(tmp_path, NOTICE_2026, year=2026)
    years = KeptYears(tmp_path)
    years.known()
    (tmp_path / "days_off" / "2026.txt").write_bytes(b"\xff\xfe\x00")

    known = years.known()
    assert known.calendar.is_working(date(2026, 10, 9)) is None
    assert [one.source for one in working_days.shown(known, today=date(2026, 6, 1))] == ["unknown", "unknown"]
    assert "2026年的放假安排不能用" in working_days.shown(known, today=date(2026, 6, 1))[0].refusal


def test_nothing_is_kept_of_what_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DaysOffInvalid):
        working_days.keep(tmp_path, NOTICE_2026, year=2027)

    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_text_of_notepad_is_read(encoding: str) -> None:
    assert working_days.decode(NOTICE_2026.encode(encoding), year=2026) == NOTICE_2026
