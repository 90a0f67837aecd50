"""Nothing undocumented: commands, options, settings, refusals, sheets and pages say what they are for."""

import click
import pytest

from pointsbank import config, sheets
from pointsbank.web import pages
from tests.house.reference import PAGE, commands, options, reference, refusals
from tests.house.source import ROOT


def test_the_reference_is_what_the_program_declares(write: bool):
    now = reference()
    if write:
        PAGE.write_text(now, encoding="utf-8")

    assert PAGE.read_text("utf-8") == now, "run pytest tests/house/test_reference.py --write"


@pytest.mark.parametrize(
    "name, command", list(commands()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_command_and_option_has_help(name: str, command: click.Command):
    assert command.help, name
    assert not [option.name for option in options(command) if not option.help]


@pytest.mark.parametrize("name", config.NAMES)
def test_every_setting_is_explained_in_the_readme(name: str):
    assert f"| `POINTSBANK_{name.upper()}` |" in (ROOT / "README.md").read_text("utf-8")


def test_every_command_is_named_in_the_readme():
    text = (ROOT / "README.md").read_text("utf-8")
    verbs = {name.split()[1] for name, _ in commands()}

    assert not [verb for verb in verbs if f"pointsbank {verb}" not in text and f"· {verb} " not in text]


def test_every_refusal_says_what_to_do_and_who_can():
    assert not [problem.code for problem in refusals() if not problem.sentence or not problem.fixed_by]


def test_every_tab_says_what_its_page_is_for():
    assert not [
        tab.label for page in pages.declared() for tab in page.tabs if not tab.purpose or not tab.label
    ]


def test_every_sheet_says_what_it_is():
    assert not [sheet.name for sheet in sheets.every() if not sheet.title or not sheet.about]


def test_every_document_is_reached_from_the_readme():
    text = (ROOT / "README.md").read_text("utf-8") + (ROOT / "CONTRIBUTING.md").read_text("utf-8")

    assert not [page.name for page in (ROOT / "docs").glob("*.md") if f"docs/{page.name}" not in text]
