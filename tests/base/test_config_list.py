"""The settings of an installation: each declared, in README, with an example that is taken."""

import inspect
import re
import tomllib
from pathlib import Path

import pytest

from pointsbank import config, practice
from pointsbank.config_list import INSTALLATION
from tests.house.source import ROOT


def test_the_table_of_the_readme_has_every_setting_and_no_other() -> None:
    rows = re.findall(r"^\| `POINTSBANK_(\w+)`", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)

    assert {one.name.upper() for one in INSTALLATION} == set(rows)
    assert tuple(one.name for one in INSTALLATION) == config.NAMES


def test_each_example_is_a_line_of_the_file(tmp_path: Path) -> None:
    for one in INSTALLATION:
        [name] = tomllib.loads(one.example)
        assert name == one.name
        assert one.note.endswith("。") and one.shows and one.otherwise


def test_every_setting_that_is_read_can_be_set() -> None:
    read = re.findall(r"""values(?:\.get\(|, )?"(\w+)\"""", inspect.getsource(config))
    read += re.findall(r'_(?:folders|fonts)\("(\w+)"', inspect.getsource(config))

    assert set(read) == set(config.NAMES)


def test_a_second_database_is_named_in_the_file_and_is_not_the_first(tmp_path: Path) -> None:
    url, other = (f"postgresql+psycopg://jf:geheim@db/{name}" for name in ("jf", "lx"))
    given = {"POINTSBANK_DATABASE_URL": url, "POINTSBANK_PRACTICE_DATABASE_URL": other}
    settings = config.load(tmp_path, environ=given)

    assert settings.practice_database_url == other and practice.is_offered(settings)
    assert settings.shown("practice_database_url") == "postgresql+psycopg://jf:…@db/lx"
    for wrong in (url, "sqlite:///practice.sqlite3"):
        with pytest.raises(config.SettingInvalid, match="PRACTICE_DATABASE_URL"):
            config.load(tmp_path, environ=given | {"POINTSBANK_PRACTICE_DATABASE_URL": wrong})


def test_a_password_of_the_database_is_not_shown(tmp_path: Path) -> None:
    url = "postgresql+psycopg://jf:geheim@db/jf"
    settings = config.load(tmp_path, environ={"POINTSBANK_DATABASE_URL": url})

    assert settings.shown("database_url") == "postgresql+psycopg://jf:…@db/jf"
    assert settings.shown("port") == "8000"
    assert settings.shown("fonts") == ""
