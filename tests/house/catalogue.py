"""Collects every Chinese string that people see, and writes them down in gettext's format.

An entry is a sentence or a label as it stands in the program, with its expressions as named placeholders,
and the files in which it stands. Lines are not named: they would change with every line that moves.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from io import BytesIO

import babel
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from tests.house.source import ROOT, modules
from tests.house.strings_of_python import CHINESE, texts_in_module
from tests.house.strings_of_templates import texts_in_template

PAGE = ROOT / "docs" / "strings.pot"

_LAW = "words that rules read, never shown"
_READ = "words that imports read; what they mean is shown by its label"
_PEOPLE = "the made-up village: its people, deeds and goods are data, as a real village's are"

LEFT_OUT = {
    "pointsbank/law/characters.py": _LAW,
    "pointsbank/law/deeds.py": _LAW,
    "pointsbank/law/folding.py": _LAW,
    "pointsbank/law/ordinary_names.py": _LAW,
    "pointsbank/law/people.py": _LAW,
    "pointsbank/law/place_names.py": _LAW,
    "pointsbank/law/surnames.py": _LAW,
    "pointsbank/law/clearing.py _NAMED_LIKE": _LAW,
    "pointsbank/roster/surnames.py": "surnames and their readings",
    "pointsbank/sample/deeds.py": _PEOPLE,
    "pointsbank/sample/month.py": _PEOPLE,
    "pointsbank/sample/names.py": _PEOPLE,
    "pointsbank/sample/people.py": _PEOPLE,
    "pointsbank/sample/staff.py": _PEOPLE,
    "pointsbank/sample/village.py": _PEOPLE,
    "pointsbank/web/api/examples.py _IN": "values in the examples of the API's document",
    "pointsbank/sheets/base.py PUNCTUATION": "marks that every font must draw",
    "pointsbank/sheets/base.py _NAMES": "names that the examples of sheets are drawn with",
    "pointsbank/roster/group_names.py _NUMERALS": _READ,
    "pointsbank/scoring/deed_rows.py _HOW_OFTEN": _READ,
    "pointsbank/scoring/shapes/per_unit.py ONE_AT_A_TIME": _READ,
    "pointsbank/spreadsheets/finding.py _COUNTED": _READ,
    "pointsbank/spreadsheets/finding.py _NO_ITEM": _READ,
    "pointsbank/spreadsheets/grids.py _NOTHING": _READ,
    "pointsbank/spreadsheets/grids.py _DONE": _READ,
    "pointsbank/spreadsheets/headers.py _WHOLE": _READ,
    "pointsbank/spreadsheets/parsers.py NOTHING_KNOWN": _READ,
    "pointsbank/spreadsheets/passing.py _SUM_ALONE": _READ,
    "pointsbank/spreadsheets/passing.py _CHINESE": _READ,
    "pointsbank/spreadsheets/passing.py _NOTHING_BELOW": _READ,
    "pointsbank/spreadsheets/passing.py _PLACES": _READ,
    "pointsbank/spreadsheets/doubtful.py _NO_MORE": _READ,
    "pointsbank/roster/balances.py _NOT_BESIDE": _READ,
    "pointsbank/spreadsheets/words.py": _READ,
}
"""What holds Chinese and is not shown as it stands: a module, or one name of it, and why."""

SCRIPTS = ("scripts/run.py", "scripts/environment.py")
"""What a village starts; all other scripts are for developers."""

_LITERAL = re.compile("""(?P<mark>["'`])(?P<text>[^"'`\n]+)(?P=mark)""")
"""A string of JavaScript; ours hold no marks inside."""


@dataclass(frozen=True)
class Found:
    """A text where it stands."""

    place: str
    text: str
    kind: str = ""
    """In Python: the attribute or `argument=` that it is."""


@cache
def everything() -> tuple[Found, ...]:
    """Return every text that people see, file by file."""
    return (*_of_python(), *_of_templates(), *_of_browsers())


@cache
def entries() -> dict[str, tuple[str, ...]]:
    """Return each text once, with the files in which it stands; both in order."""
    places = defaultdict[str, set[str]](set)
    for found in everything():
        places[found.text].add(found.place)
    return {text: tuple(sorted(places[text])) for text in sorted(places)}


def catalogue() -> str:
    """Return the whole catalogue as gettext's tools read it."""
    begun = datetime(2026, 11, 29, tzinfo=UTC)  # a fixed day: the file changes with its entries alone
    whole = Catalog(project="pointsbank", version="main", copyright_holder="pointsbank", creation_date=begun)
    whole.header_comment = "# Every Chinese string that people see, written from the program:\n"
    whole.header_comment += "# pytest tests/house/test_catalogue.py --write"
    for text, places in entries().items():
        whole.add(text, locations=[(place, 1) for place in places])
    out = BytesIO()
    write_po(out, whole, width=0, include_lineno=False)
    # Another release of Babel writes the same entries.
    return out.getvalue().decode("utf-8").replace(f'"Generated-By: Babel {babel.__version__}\\n"\n', "")


def _of_python() -> Iterator[Found]:
    shown = [module for module in modules("pointsbank") if module.place not in LEFT_OUT]
    started = [module for module in modules("scripts") if module.place in SCRIPTS]
    for module in [*shown, *started]:
        for each in texts_in_module(module):
            if f"{module.place} {each.holder}" not in LEFT_OUT:
                yield Found(module.place, each.text, each.kind)


def _of_templates() -> Iterator[Found]:
    for path in sorted((ROOT / "templates").rglob("*.html")):
        place = path.relative_to(ROOT).as_posix()
        yield from (Found(place, text) for text in texts_in_template(path.read_text("utf-8")))


def _of_browsers() -> Iterator[Found]:
    """Yield what scripts of pages write."""
    for path in sorted((ROOT / "pointsbank" / "web" / "static").glob("*.js")):
        for literal in _LITERAL.finditer(path.read_text("utf-8")):
            if CHINESE.search(literal["text"]):
                yield Found(path.relative_to(ROOT).as_posix(), literal["text"].replace("${", "{"))
