"""Cards and posters as files: whole or not at all, and readable by their owner only."""

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path

import pytest
from time_machine import travel

from pointsbank import sheets
from pointsbank.durable import writing_whole
from tests.cli.conftest import Run

REQUIRED = {
    "passbook": ("--participant", "001"),
    "receipt": ("--redemption", "nothing"),
    "sheet": ("--group", "一组"),
    "slip": ("--participant", "001"),
}
ROSTER = "户号,户主,小组,人口\n001,王建国,一组,4\n002,李秀英,一组,3\n"


@pytest.fixture
def households(village: Run, tmp_path: Path) -> Run:
    """A village with two households."""
    file = tmp_path / "roster.csv"
    file.write_text(ROSTER, "utf-8")
    assert village("import", "roster", file).status == 0
    return village


def test_cards_are_printed_for_everybody(households: Run, tmp_path: Path):
    told = households("print", "cards", "--out", tmp_path / "cards.pdf")

    assert told.out.startswith("第1批，2张")
    assert (tmp_path / "cards.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps owners in other ways")
def test_a_file_with_card_codes_is_its_owners_only(households: Run, tmp_path: Path):
    households("print", "cards", "--out", tmp_path / "cards.pdf")

    assert stat.S_IMODE((tmp_path / "cards.pdf").stat().st_mode) == 0o600


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond so many bytes, as on a full disk."""
    resource = pytest.importorskip("resource", reason="Windows has other limits")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def issued(tmp_path: Path) -> int:
    """How many cards were ever issued."""
    with closing(sqlite3.connect(tmp_path / "data" / "pointsbank.sqlite3")) as database:
        return int(database.execute("SELECT count(*) FROM card").fetchone()[0])


@pytest.mark.parametrize("broken", ["the drawing ends half-way", "no room for the file"])
def test_a_print_that_fails_issues_nothing(households: Run, tmp_path: Path, broken: str):
    out = tmp_path / "cards.pdf"
    if broken == "no room for the file":
        out = tmp_path / "data" / "pointsbank.sqlite3" / "cards.pdf"

    with files_of_at_most(3_000) if broken == "the drawing ends half-way" else nullcontext():
        assert households("print", "cards", "--participant", "001", "--out", out).status != 0
    assert (issued(tmp_path), out.exists()) == (0, False)

    # The control: the same print without what broke it issues its card.
    households("print", "cards", "--participant", "001", "--out", tmp_path / "good.pdf")
    assert issued(tmp_path) == 1


def test_cards_can_be_printed_for_one_household(households: Run, tmp_path: Path):
    assert households("print", "cards", "--participant", "001", "--out", tmp_path / "1.pdf").out.startswith(
        "第1批，1张"
    )
    assert households("print", "cards", "--participant", "999", "--out", tmp_path / "9.pdf").status == 1
    assert not (tmp_path / "9.pdf").exists()


def test_an_address_too_long_for_a_card_issues_none(
    households: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("POINTSBANK_PUBLIC_URL", "https://" + "very-" * 30 + "long.example.cn")

    told = households("print", "cards", "--out", tmp_path / "cards.pdf")

    assert (told.status, issued(tmp_path)) == (1, 0)


def test_a_poster_needs_a_closed_month(households: Run, tmp_path: Path):
    assert households("print", "poster", "--out", tmp_path / "poster.pdf").status == 1

    with travel("2026-12-01T02:00:00Z", tick=False):
        households("month", "close", "2026-11")
        told = households("print", "poster", "--out", tmp_path / "poster.pdf")

    assert told.status == 0
    assert (tmp_path / "poster.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps owners in other ways")
def test_a_file_is_its_owners_only_from_its_first_byte_on(tmp_path: Path):
    with writing_whole(tmp_path / "cards.pdf"):
        modes = [stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()]

    assert modes == [0o600]


def test_what_a_killed_print_left_goes_after_a_day(households: Run, tmp_path: Path):
    left = tmp_path / "data" / "out" / ".cards.pdf.x1.part"
    left.touch()
    os.utime(left, (0, 0))

    households("print", "cards", "--out", tmp_path / "cards.pdf")

    assert not left.exists()


def test_every_printed_file_in_the_data_directory_goes_after_a_week(households: Run, tmp_path: Path):
    out = tmp_path / "data" / "out"
    for sheet in (sheet.name for sheet in sheets.every()):
        fresh, old, mine = (out / name for name in (f"{sheet}-1.pdf", f"{sheet}-2.pdf", "mine.pdf"))
        for file in (fresh, old, mine):
            file.touch()
        for file in (old, mine):
            os.utime(file, (0, 0))

        # One print tells of every file that bears its sheet's name; a sheet that refuses removes them too.
        households("print", sheet, "--out", out / f"{sheet}-3.pdf", *REQUIRED.get(sheet, ()))

        assert (sheet, fresh.exists(), old.exists(), mine.exists()) == (sheet, True, False, True)


def test_a_damaged_list_of_prints_keeps_none_longer(households: Run, tmp_path: Path):
    out = tmp_path / "data" / "out"
    households("print", "cards", "--out", out / "cards.pdf")
    os.utime(out / "cards.pdf", (0, 0))
    (out / "kept-days.json").write_text("[1")

    households("print", "cards", "--out", out / "cards-2.pdf")

    assert not (out / "cards.pdf").exists()


def test_a_slip_is_written_for_a_receipt_printer_where_asked(households: Run, tmp_path: Path):
    file = tmp_path / "slip.bin"

    assert households("print", "slip", "--participant", "001", "--escpos", "--out", file).status == 0
    assert file.read_bytes().startswith(b"\x1b@") and "王建国".encode("gb18030") in file.read_bytes()
    assert "--escpos" not in households("print", "cards", "--help").out
