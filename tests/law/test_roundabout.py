"""How many texts are stopped that nobody mended a rule by, and how many of everyday ones in vain."""

import re
from re import _constants as code
from re import _parser as reader
from typing import Any

import pytest

from pointsbank import law
from pointsbank.law import Use
from tests.law.corpus import EVERYDAY, ROUNDABOUT, WRITTEN, share
from tests.law.test_rules import RULES, each


@pytest.mark.parametrize(
    ("written", "least"), [("beside", 1.0), ("before", 0.95), ("after", 0.35)], ids=WRITTEN
)
def test_roundabout_texts_are_stopped(written: str, least: float):
    stopped, of = share("roundabout.csv", written)

    assert of >= 90
    assert stopped / of >= least


def test_everyday_texts_are_not_stopped():
    stopped = [share("everyday.csv", written)[0] for written in WRITTEN]

    assert len(EVERYDAY) >= 400
    assert stopped[:2] == [0, 0]
    assert stopped[2] <= 2


@pytest.mark.parametrize("written", WRITTEN)
def test_a_hint_at_a_person_tells_of_nothing_outward(written: str):
    facts = [row["text"] for row in ROUNDABOUT if row["written"] == written and row["use"] == "fact"]
    passed = [text for text in facts if law.names_a_matter(text) and not law.findings(text, Use.FACT)]

    assert len(facts) >= 100
    assert len(passed) <= 2


def test_every_way_of_saying_it_is_a_way_somebody_says_it():
    said = [law.folding.fold(row["text"]) for row in ROUNDABOUT]
    idle = [
        (rule.code, words)
        for rule in RULES.values()
        for words in rule.roundabout
        if not any(re.search(words, text.digits if rule.digits else text.words) for text in said)
    ]

    assert not idle


@each
def test_a_rule_reads_any_text_in_a_time_that_grows_with_its_length_alone(rule: Any):
    """Only single characters repeat without end, and nothing that repeats holds such a repeat."""
    for pattern in (rule.pattern, *rule.roundabout, rule.unless):
        _check(reader.parse(pattern), within=1)


@pytest.mark.parametrize("pattern", ["(?:a+)+b", "(?:a|b*)*c", "(?:[0-9]+.?){20}"])
def test_a_pattern_that_explodes_is_found(pattern: str):
    with pytest.raises(AssertionError):
        _check(reader.parse(pattern), within=1)


def _check(parts: Any, *, within: int) -> None:
    """Walk a pattern; `within` is how often what surrounds a part may repeat."""
    for kind, what in parts:
        if kind in (code.MAX_REPEAT, code.MIN_REPEAT):
            _, most, inner = what
            assert most < 50 or (within == 1 and len(inner) == 1 and inner[0][0] in (code.IN, code.LITERAL))
            assert most == 1 or within == 1
            _check(inner, within=max(within, most))
        elif kind is code.SUBPATTERN:
            _check(what[3], within=within)
        elif kind is code.BRANCH:
            for branch in what[1]:
                _check(branch, within=within)
        elif kind in (code.ASSERT, code.ASSERT_NOT):
            _check(what[1], within=within)


def test_longest_texts_of_the_rules_own_words_are_read():
    words = "".join(rule.stops[0][1] for rule in RULES.values())
    texts = (words * 10, "酒" * 2000, "第" + "一" * 2000, "1" * 2000, "参加" * 1000, "y i " * 1000)

    assert all(law.findings(text, use) is not None for text in texts for use in Use)
