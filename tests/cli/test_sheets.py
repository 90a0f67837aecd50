"""Cards and posters as files: whole or not at all, and readable by their owner only."""

import os
import stat
from pathlib import Path

import pytest
from time_machine import travel

from tests.cli.conftest import Run

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

    assert told.out.startswith("2张")
    assert (tmp_path / "cards.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps owners in other ways")
def test_a_file_with_card_codes_is_its_owners_only(households: Run, tmp_path: Path):
    households("print", "cards", "--out", tmp_path / "cards.pdf")

    assert stat.S_IMODE((tmp_path / "cards.pdf").stat().st_mode) == 0o600


def test_cards_can_be_printed_for_one_household(households: Run, tmp_path: Path):
    assert households("print", "cards", "--participant", "001", "--out", tmp_path / "1.pdf").out.startswith(
        "1张"
    )
    assert households("print", "cards", "--participant", "999", "--out", tmp_path / "9.pdf").status == 1
    assert not (tmp_path / "9.pdf").exists()


def test_only_a_card_handed_out_can_be_lost(households: Run, tmp_path: Path):
    households("print", "cards", "--out", tmp_path / "cards.pdf")
    assert households("card", "lost", "001").status == 1

    households("print", "cards", "--hand-out", "--out", tmp_path / "cards.pdf")
    assert households("card", "lost", "001").status == 0


def test_an_address_too_long_for_a_card_issues_none(
    households: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("POINTSBANK_PUBLIC_URL", "https://" + "very-" * 30 + "long.example.cn")

    told = households("print", "cards", "--hand-out", "--out", tmp_path / "cards.pdf")

    assert told.status == 1
    monkeypatch.delenv("POINTSBANK_PUBLIC_URL")
    assert households("card", "lost", "001").status == 1


def test_a_poster_needs_a_closed_month(households: Run, tmp_path: Path):
    assert households("print", "poster", "--out", tmp_path / "poster.pdf").status == 1

    with travel("2026-12-01T02:00:00Z", tick=False):
        households("month", "close", "2026-11")
        told = households("print", "poster", "--out", tmp_path / "poster.pdf")

    assert told.status == 0
    assert (tmp_path / "poster.pdf").read_bytes().startswith(b"%PDF")


def test_card_files_in_the_data_directory_go_after_a_week(households: Run, tmp_path: Path):
    old = tmp_path / "data" / "out" / "cards.pdf"
    households("print", "cards", "--out", old)
    os.utime(old, (0, 0))

    households("print", "cards", "--out", tmp_path / "data" / "out" / "cards-new.pdf")

    assert not old.exists()
