"""Every closed list of codes has its Chinese words in `labels`, and no list is kept a second time."""

import ast
import enum
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import CheckConstraint

from pointsbank import labels
from pointsbank.labels import Labels
from pointsbank.omr.measuring import Answer
from pointsbank.proof.poster_check import Fit as PosterFit
from pointsbank.public_address import Reach
from pointsbank.reports import Form
from pointsbank.resting import AtRest
from pointsbank.roster.ranking import Fit
from pointsbank.staff import Permission
from pointsbank.storage_faults.reaching import Reached
from pointsbank.tables import metadata
from tests.house.source import ROOT, modules

importlib.import_module("pointsbank.scoring")  # makes the list of item shapes

_ONE_OF = re.compile(r"^\s*(\w+)\s+in\s+\(([^()]*)\)\s*$", re.IGNORECASE)
_CODE = re.compile(r"[a-z][a-z_]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
NOT_LISTS_OF_CODES = {"scheme_item.shape"}
"""CHECKs that still name codes which a register holds."""
TECHNICAL = {Form, Permission, AtRest, Reached, Reach, Fit, Answer, PosterFit}
"""Enumerations that people never read: the pages say what may be done."""


def families() -> list[Labels]:
    return list(labels.families().values())


@pytest.mark.parametrize("family", families(), ids=lambda family: family.family)
def test_every_code_has_a_chinese_name_of_its_own(family: Labels):
    assert all(_HAN.search(family.name(code)) for code in family.codes)
    assert len(set(family.names.values())) == len(family.codes)


@pytest.mark.parametrize("family", families(), ids=lambda family: family.family)
def test_a_name_and_every_spelling_lead_back_to_the_code(family: Labels):
    assert all(family.code(family.name(code)) == code for code in family.codes)
    assert all(family.code(word) == code for word, code in family.choices().items())


def closed_lists() -> dict[str, frozenset[str]]:
    """The columns whose CHECK lists the words they may hold, with these words."""
    found = {}
    for table in metadata.tables.values():
        for rule in table.constraints:
            match = isinstance(rule, CheckConstraint) and _ONE_OF.match(str(rule.sqltext))
            if match:
                codes = re.findall(r"'([\w/]*)'", match[2])
                found[f"{table.name}.{match[1]}"] = frozenset(codes) - {""}
    return found


@pytest.mark.parametrize("place", sorted(closed_lists().keys() - NOT_LISTS_OF_CODES))
def test_every_closed_list_of_the_database_has_its_words(place: str):
    assert closed_lists()[place] in {frozenset(family.codes) for family in families()}


def test_every_enumeration_has_its_words():
    known = {frozenset(family.codes) for family in families()}
    without = [
        found
        for found in _enumerations()
        # Wording that is Chinese itself needs no further word.
        if frozenset(found) not in known and found not in TECHNICAL and not all(map(_HAN.search, found))
    ]

    assert not without


def test_no_second_dictionary_from_codes_to_chinese():
    """A literal `{"household": "户", …}` or its reverse over codes that a list of labels already names."""
    codes = {code for family in families() for code in family.codes}
    again = [
        f"{module.place}:{node.lineno}"
        for module in modules("pointsbank")
        if not module.name.startswith("pointsbank.labels")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Dict) and _translates(node, codes)
    ]

    assert not again


def test_templates_ask_for_families_that_there_are():
    asked = {
        (path.name, family)
        for path in (ROOT / "templates").rglob("*.html")
        for family in re.findall(r"word\('(\w+)'\)", path.read_text("utf-8"))
    }

    assert not [(page, family) for page, family in asked if family not in labels.families()]


def test_the_readme_says_the_kinds_of_participant_as_the_pages_do():
    row = next(line for line in _readme() if line.startswith("| participant |"))
    said = dict(re.findall(r"([a-z ]+) \(([^():,]+)", row.split("|")[3]))

    kinds = labels.families()["participant_kind"]
    assert {code.strip().replace(" ", "_"): name for code, name in said.items()} == kinds.names


def test_the_readme_says_what_the_lists_say():
    """A word of the glossary that is also a code has the same Chinese name in both places."""
    names = labels.families()["transaction_kind"].names | labels.families()["unit"].names
    rows = [line.split("|")[1:3] for line in _readme() if line.count("|") == 4]
    wrong = {
        code: name
        for words, chinese in rows
        for code, name in zip(words.split(","), re.split("[,，]", chinese), strict=False)
        if code.strip() in names and names[code.strip()] != name.strip()
    }

    assert not wrong


def test_a_second_list_of_one_family_is_refused():
    with pytest.raises(ValueError, match="called unit"):
        Labels("unit", {"points": "积分"})


def test_one_word_for_two_codes_is_refused():
    with pytest.raises(ValueError, match="红 stands for"):
        Labels("test_of_two_codes", {"red": "红", "black": "黑"}, spellings={"black": ("红",)})


def _readme() -> list[str]:
    return (Path(ROOT) / "README.md").read_text("utf-8").splitlines()


def _enumerations() -> Iterator[type[enum.Enum]]:
    for module in modules("pointsbank"):
        for node in module.tree.body:
            if isinstance(node, ast.ClassDef) and any("Enum" in ast.unparse(base) for base in node.bases):
                yield getattr(importlib.import_module(module.name), node.name)


def _translates(node: ast.Dict, codes: set[str]) -> bool:
    """Whether a literal dictionary translates at least two codes into Chinese, or Chinese into codes."""
    pairs = [
        (key.value, value.value)
        for key, value in zip(node.keys, node.values, strict=True)
        if isinstance(key, ast.Constant) and isinstance(value, ast.Constant)
        if isinstance(key.value, str) and isinstance(value.value, str)
    ]
    into = [one for one, other in pairs if one in codes and _HAN.search(other) and len(other) <= 8]
    back = [one for one, other in pairs if other in codes and _HAN.search(one)]
    return len(into) > 1 or len(back) > 1
