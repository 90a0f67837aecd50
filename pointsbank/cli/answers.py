"""Prints answers: results on stdout as sentences or JSON, refusals on stderr."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from pointsbank.errors import Problem
from pointsbank.lazy import LazyModule
from pointsbank.spreadsheets import Imported, counts_of, notes_of
from pointsbank.spreadsheets.problems import BadRows, RowsInDoubt

if TYPE_CHECKING:
    from pointsbank.web import errors
else:
    # Half a second to load, for a program whose command was refused.
    errors = LazyModule("pointsbank.web.errors", seldom=True)


def echo_result(as_json: bool, facts: Mapping[str, Any], words: str) -> None:
    """Print a result once: the facts as JSON where a machine reads, else the sentence."""
    click.echo(json.dumps(facts, ensure_ascii=False, default=str) if as_json else words)


def echo_progress(line: str) -> None:
    """Print a line of progress, on stderr so that it spoils no result."""
    click.echo(f"· {line}", err=True)


def echo_error(problem: Problem | str) -> None:
    """Print on stderr why nothing was done; of a bad table, every bad cell."""
    if isinstance(problem, BadRows):
        count = len(problem.problems)
        sentence = f"有{count}处需要改正，一行也没有写入："
        if isinstance(problem, RowsInDoubt):
            sentence = f"有{count}处要先核对，一行也没有写入；核对后确实如此，请加上 --confirmed 再导入："
        click.echo(sentence, err=True)
        for row in problem.problems:
            click.echo(f"  {row}", err=True)
        for line in problem.found:
            click.echo(line, err=True)
        return
    click.echo(str(problem.detail if isinstance(problem, Problem) else problem), err=True)
    for line in problem.fields.get("lines", ()) if isinstance(problem, Problem) else ():
        click.echo(f"  {line}", err=True)


def echo_problem(problem: Problem | str, *, reason: str = "refused") -> None:
    """Print on stderr why nothing was done, as the API answers it: one JSON object (RFC 9457)."""
    if isinstance(problem, str):
        facts: dict[str, Any] = {"reason": reason, "detail": problem}
    else:
        rows = getattr(problem, "problems", ())
        facts = {
            "status": errors.status_of(type(problem)),
            "reason": problem.code,
            "detail": problem.detail,
            "fixed_by": problem.fixed_by,
            "reference": problem.fields.get("reference"),
            "errors": [{"field": f"{row.row}.{row.column}", "detail": row.sentence} for row in rows]
            or problem.fields.get("errors"),
        }
    body = {"type": f"urn:pointsbank:problem:{facts['reason']}"} | facts
    click.echo(
        json.dumps({name: value for name, value in body.items() if value}, ensure_ascii=False, default=str),
        err=True,
    )


def echo_import(as_json: bool, result: Imported, *, dry_run: bool) -> None:
    """Print what an import did, or would do."""
    facts = {
        "added": result.added,
        "changed": result.changed,
        "unchanged": result.unchanged,
        "ignored_columns": list(result.ignored_columns),
        "found": list(result.found),
        "warnings": [str(warning) for warning in result.warnings],
        "dry_run": dry_run,
    }
    counted = ("试算：" if dry_run else "") + counts_of(result)
    echo_result(as_json, facts, "\n".join([counted, *notes_of(result)]))
