"""What vouches for each table and column, as a table for docs/promises.md."""

from collections import defaultdict

from sqlalchemy import Table

from pointsbank.tables import metadata
from pointsbank.witness import RULES, Checked, Rule, Unwitnessed, Witnessed
from tests.house.source import ROOT

PAGE = ROOT / "docs" / "promises.md"
BEGIN, END = "<!-- witnesses -->", "<!-- end of witnesses -->"
OWN = "rows_witnessed"


def tables() -> list[Table]:
    """Return every table, ordered by name."""
    return sorted(metadata.tables.values(), key=lambda table: table.name)


def printed() -> str:
    """Return the table: a row for each table, and one for each of its columns that is treated otherwise."""
    lines = ["| table, column | found by | told in |", "|---|---|---|"]
    for table in tables():
        rule = RULES[table.name]
        lines.append(_line(f"`{table.name}`", rule))
        if isinstance(rule, Witnessed):
            alike: dict[Rule, list[str]] = defaultdict(list)
            for column in sorted(rule.apart):
                alike[rule.apart[column]].append(f"`{column}`")
            lines += [_line(f"… {', '.join(columns)}", own) for own, columns in alike.items()]
    return "\n".join([BEGIN, *lines, END])


def _line(what: str, rule: Rule) -> str:
    if isinstance(rule, Unwitnessed):
        return f"| {what} | **not**: {rule.kind}; {rule.why} | |"
    if isinstance(rule, Checked):
        return f"| {what} | {rule.by} | {_kinds(rule.kinds)} |"
    found = "its digest"
    if rule.by_words:
        found += f"; where `{rule.by_words}` is given, the words of that entry"
    if rule.leaving:
        left = ", ".join(f"`{column}`" for column in sorted(rule.leaving))
        found += f"; once posted, {left} by the words of the entry"
    kinds = (*rule.kinds, OWN) if rule.at_once else (*rule.kinds, "the next entry")
    return f"| {what} | {found} | {_kinds(kinds)} |"


def _kinds(kinds: tuple[str, ...]) -> str:
    return ", ".join(kinds)


def written(page: str) -> str:
    """Return the page with the table as it is now."""
    before, _, rest = page.partition(BEGIN)
    return before + printed() + rest.partition(END)[2]
