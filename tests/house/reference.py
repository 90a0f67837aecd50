"""Makes docs/reference.md: commands, refusals, sheets and pages, read from where each declares itself."""

from collections.abc import Iterator

import click

from pointsbank import cli, config, sheets
from pointsbank.errors import Problem, every_problem
from pointsbank.web import pages
from pointsbank.web.page import in_order
from tests.house.source import ROOT

PAGE = ROOT / "docs" / "reference.md"

OPENING = """# Reference

Written by `pytest tests/house/test_reference.py --write` from what each thing declares; a test fails when
it would write another. Who may open which route: [permissions](permissions.md). What a setting means:
[README](../README.md#settings).
"""

EVERYWHERE = ("data_dir", "data", "village_code", "as_login", "as_json")
"""Options that every command has; they are written once."""


def commands(
    group: click.Group = cli.pointsbank, above: str = "pointsbank"
) -> Iterator[tuple[str, click.Command]]:
    """Walk every command with its full name, groups left out."""
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from commands(command, f"{above} {name}")
        else:
            yield f"{above} {name}", command


def options(command: click.Command) -> list[click.Option]:
    """Return the options of a command."""
    return [option for option in command.params if isinstance(option, click.Option)]


def refusals() -> list[type[Problem]]:
    """Return every refusal of the program, by code."""
    return every_problem()


def reference() -> str:
    """Write the page."""
    lines = [OPENING, "## Commands", ""]
    for name, command in commands():
        words = [f"{name}", *(part.make_metavar(click.Context(command)) for part in _arguments(command))]
        lines += [f"### `{' '.join(words)}`", "", _one_line(command.help), ""]
        lines += [_described(option) for option in options(command) if option.name not in EVERYWHERE]
        lines.append("")
    lines += ["Every command also has:", ""]
    lines += [_described(option) for option in options(command) if option.name in EVERYWHERE]
    lines += ["", "## Settings", "", ", ".join(f"`POINTSBANK_{name.upper()}`" for name in config.NAMES), ""]
    lines += ["## Pages", "", "| page | purpose | permission |", "|---|---|---|"]
    tabs = in_order(tab for page in pages.declared() for tab in page.tabs)
    lines += [f"| {tab.label} | {tab.purpose} | {tab.permission} |" for tab in tabs]
    lines += ["", "## Sheets", "", "| sheet | title | what it is | permission |", "|---|---|---|---|"]
    lines += [
        f"| `{sheet.name}` | {sheet.title} | {sheet.about} | {sheet.permission} |" for sheet in sheets.every()
    ]
    lines += ["", "## Refusals", "", "| reason | sentence | who can mend it |", "|---|---|---|"]
    lines += [
        f"| `{problem.code}` | {problem.sentence.replace('|', '／')} | {problem.fixed_by} |"
        for problem in refusals()
    ]
    return "\n".join(lines) + "\n"


def _arguments(command: click.Command) -> list[click.Argument]:
    return [part for part in command.params if isinstance(part, click.Argument)]


def _described(option: click.Option) -> str:
    return f"- `{', '.join(option.opts)}` {_one_line(option.help)}"


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())
