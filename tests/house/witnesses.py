"""What vouches for each table and column, as a table for docs/promises.md."""

from collections import defaultdict

from sqlalchemy import Table

from pointsbank.tables import metadata
from pointsbank.witness import RULES, Checked, Rule, Unwitnessed, Witnessed
from tests.house.source import ROOT

PAGE = ROOT / "docs" / "promises.md"
BEGIN, END = "<!-- witnesses -->", "<!-- end of witnesses -->"
OWN = "rows_witnessed"
_BEFORE = "it is there before anybody decides, and is told then: in the entry of the decision are"
_STEP = "its entry names the household and the thing; the row's own key is in no entry"
UNNAMED = {
    "account_act": "what was done to a login; the person and the roles are said",
    "card": "handing out is two signatures on a list, with no entry for each card",
    "card_token": "its key is a digest that no entry may hold",
    "index_figure": "made at the month's close of what the log tells of; the close counts its rows",
    "listing_decision": _STEP,
    "listing_end": _STEP,
    "meeting": f"{_BEFORE} the meeting and its scores",
    "meeting_agenda": f"{_BEFORE} each line and what came of it",
    "meeting_attendance": f"{_BEFORE} who judged",
    "meeting_recusal": "a relation is a private matter; the close says which household each left to others",
    "panel_group": "the entry says the area by the names of its groups",
    "panel_member": "who has sat may be forgotten, and the entries that name him go with him",
    "year_end_line": "a thousand lines: the entry of each account says what it moved, the run their sums",
    "panel_relative": "a relation is a private matter, which no entry holds",
    "pin_proposal": "waits for a request, which is said, and is gone once that has ended",
    "request": "a sale's words hold its digest; the others are answers to what is named itself",
    "scheme": f"{_BEFORE} the version, its resolution and its first day",
    "scheme_item": f"{_BEFORE} the items",
    "score": f"{_BEFORE} the scores by number; what is posted is compared with its words",
    "staff": "a name or a password changes no right; who may do what is staff_role",
    "staff_kin": "a relation is a private matter, which no entry holds",
    "grade": "the month's entry says how many there are, not which grade each was given",
    "standing": "the month's entry says how many there are, not where each stood",
    "stock_move": "a delivery has no entry; sales and returns are compared with their words",
    "stocktake": f"{_BEFORE} the differences that were posted",
    "stocktake_count": f"{_BEFORE} the differences that were posted",
    "stocktake_return": "a slip that was sent back is no decision",
    "walking_place": "the entry says whose walk it is and of how many households; nobody gains by a place",
}
"""Tables with kinds of entries of which no row is held against the entries' words, and why."""


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
    lines += ["", "| told in entries of its own kinds that do not say each row | why |", "|---|---|"]
    lines += [f"| `{table}` | {why} |" for table, why in UNNAMED.items()]
    return "\n".join([BEGIN, *lines, END])


def _line(what: str, rule: Rule) -> str:
    if isinstance(rule, Unwitnessed):
        return f"| {what} | **not**: {rule.kind}; {rule.why} | |"
    if isinstance(rule, Checked):
        return f"| {what} | {rule.by} | {_kinds(rule.kinds)} |"
    found = "its digest"
    if rule.named_by:
        found += ", and what its entries say"
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
