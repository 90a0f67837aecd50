"""How the command line answers: results on stdout, as words or JSON; refusals on stderr."""

import json
from collections.abc import Mapping
from typing import Any, Protocol

import click

from pointsbank.errors import Problem
from pointsbank.spreadsheets.problems import BadRows


class Imported(Protocol):
    """What every import tells about itself."""

    @property
    def added(self) -> int:
        """Rows that were new."""

    @property
    def changed(self) -> int:
        """Rows that changed something."""

    @property
    def unchanged(self) -> int:
        """Rows that said what was so already."""

    @property
    def ignored_columns(self) -> Any:
        """Columns nobody asked for."""

    @property
    def warnings(self) -> Any:
        """What a person should look at."""


def tell(as_json: bool, facts: Mapping[str, Any], words: str) -> None:
    """Answer once: the facts where a machine reads, the words where a person does."""
    click.echo(json.dumps(facts, ensure_ascii=False, default=str) if as_json else words)


def progress(line: str) -> None:
    """One line of progress; on stderr, where it spoils no result."""
    click.echo(f"· {line}", err=True)


def complain(problem: Problem | str) -> None:
    """Say on stderr why nothing was done; of a bad table, every bad cell."""
    if isinstance(problem, BadRows):
        click.echo(f"有{len(problem.problems)}处需要改正，一行也没有写入：", err=True)
        for row in problem.problems:
            click.echo(f"  {row}", err=True)
        return
    click.echo(str(problem.detail if isinstance(problem, Problem) else problem), err=True)


def tell_import(as_json: bool, result: Imported, *, dry_run: bool) -> None:
    """Say what an import did, or would do."""
    facts = {
        "added": result.added,
        "changed": result.changed,
        "unchanged": result.unchanged,
        "ignored_columns": list(result.ignored_columns),
        "warnings": [str(warning) for warning in result.warnings],
        "dry_run": dry_run,
    }
    counted = f"新增{result.added}，更改{result.changed}，未变{result.unchanged}。"
    if not (result.added or result.changed):
        counted = f"没有变化：{result.unchanged}行与现有内容相同。"
    lines = [("试算：" if dry_run else "") + counted]
    if facts["ignored_columns"]:
        lines.append("没有用到的列：" + "、".join(result.ignored_columns) + "。")
    tell(as_json, facts, "\n".join([*lines, *(str(warning) for warning in result.warnings)]))
