"""Names that no font draws are said, and a font file is tried before it is set."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.printing.fontfile import UIGHUR, YI, made_font
from tests.printing.reading import squeezed, text_of

ROSTER = f"户号,户主,小组,人口\n0101,王建国,一组,4\n0102,{UIGHUR},一组,3\n0103,{YI},一组,2\n"


@pytest.fixture
def mixed(village: Run, tmp_path: Path) -> Run:
    """The command line over a village with a Uyghur and a Yi household."""
    (tmp_path / "roster.csv").write_text(ROSTER, "utf-8")
    assert village("import", "roster", tmp_path / "roster.csv").status == 0
    return village


def test_the_list_says_what_is_drawn_and_which_names_are_not(mixed: Run):
    told = mixed("fonts", "list")

    assert told.status == 0
    assert "汉字" in told.out and "谚文" in told.out and "藏文" not in told.out
    assert f"“{UIGHUR}”印成“户号0102”" in told.out
    assert f"“{YI}”印成“户号0103”" in told.out and "U+A00B 彝文" in told.out


def test_a_print_says_which_names_are_not_drawn_and_goes_on(mixed: Run, tmp_path: Path):
    told = mixed("print", "cards", "--out", tmp_path / "cards.pdf", "--json")

    assert told.status == 0
    # A card bears the name as the village prints it: masked.
    assert f"“{UIGHUR[0]}*{UIGHUR[-1]}”印成“户号0102”" in told.err
    assert [one["instead"] for one in json.loads(told.out)["undrawn"]] == ["户号0102", "户号0103"]
    assert json.loads(told.out)["cards"] == 3
    assert "户号0102" in squeezed(text_of((tmp_path / "cards.pdf").read_bytes()))


def test_a_file_is_tried_and_set(mixed: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    file, sample = made_font(tmp_path / "own.ttf"), tmp_path / "sample.pdf"

    told = mixed("fonts", "try", file, "--out", sample)

    assert told.status == 0, told.err
    assert "彝文2字" in told.out
    assert "阿拉伯字母" in told.out and "画不对" in told.out
    assert "新画得出1个名字" in told.out and "使用许可由村里自己负责" in told.out
    assert YI in text_of(sample.read_bytes())
    monkeypatch.setenv("POINTSBANK_FONTS", str(file))
    assert "户号0103" not in mixed("fonts", "list").out


def test_a_file_that_cannot_be_printed_with_is_refused(mixed: Run, tmp_path: Path):
    told = mixed(
        "fonts", "try", made_font(tmp_path / "own.otf", outlines=False), "--out", tmp_path / "no.pdf"
    )

    assert (told.status, (tmp_path / "no.pdf").exists()) == (1, False)
    assert "CFF" in told.err


def test_a_setting_without_a_file_stops_the_start(
    village: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("POINTSBANK_FONTS", str(tmp_path / "nowhere.ttf"))

    assert "nowhere.ttf" in village("db", "check").err
