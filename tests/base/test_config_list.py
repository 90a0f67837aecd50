"""The settings of an installation: each declared, in README, with an example that is taken."""

import tomllib
from pathlib import Path

from pointsbank import config
from pointsbank.config_list import INSTALLATION
from tests.house.source import ROOT


def test_every_setting_stands_in_the_table_of_the_readme() -> None:
    table = (ROOT / "README.md").read_text("utf-8")

    assert [one.name for one in INSTALLATION if f"`POINTSBANK_{one.name.upper()}`" not in table] == []
    assert tuple(one.name for one in INSTALLATION) == config.NAMES


def test_each_example_is_a_line_of_the_file(tmp_path: Path) -> None:
    for one in INSTALLATION:
        [name] = tomllib.loads(one.example)
        assert name == one.name
        assert one.note.endswith("。") and one.shows and one.otherwise


def test_a_password_of_the_database_is_not_shown(tmp_path: Path) -> None:
    url = "postgresql+psycopg://jf:geheim@db/jf"
    settings = config.load(tmp_path, environ={"POINTSBANK_DATABASE_URL": url})

    assert settings.shown("database_url") == "postgresql+psycopg://jf:…@db/jf"
    assert settings.shown("port") == "8000"
    assert settings.shown("fonts") == ""
