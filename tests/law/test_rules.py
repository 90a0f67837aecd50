"""Every rule says why, by which law and since when, and is tried on its own examples."""

import re
from datetime import date
from pathlib import Path

import pytest

from pointsbank import law
from pointsbank.law import Use, deeds
from pointsbank.law.characters import SIMPLIFIED
from pointsbank.law.register import KINDS
from pointsbank.law.rules import Rule

RULES = {rule.code: rule for kind in KINDS for rule in kind.rules}
each = pytest.mark.parametrize("rule", RULES.values(), ids=RULES.keys())


@each
def test_a_rule_stops_its_own_examples(rule: Rule):
    missed = [
        text
        for use, text in rule.stops
        if rule.code not in [one.rule.code for one in law.findings(text, use)]
    ]

    assert rule.stops
    assert not missed


@each
def test_a_rule_lets_its_counterexamples_stand(rule: Rule):
    stopped = {text: law.findings(text, use) for use, text in rule.passes}

    assert not {text: found for text, found in stopped.items() if found}


@each
def test_the_words_a_rule_offers_pass_every_rule_wherever_it_holds(rule: Rule):
    offered = {words: law.findings(words, use) for words in rule.instead for use in rule.uses}

    assert rule.instead
    assert not {words: found for words, found in offered.items() if found}


@each
def test_a_rule_names_its_law_and_its_days(rule: Rule):
    assert re.fullmatch("[a-z_]+", rule.code)
    assert re.search(r"法|条例|办法|国办", rule.source)
    assert rule.because and not rule.because.endswith("。")
    assert date(1982, 1, 1) < rule.since <= rule.reviewed


def test_kinds_and_rules_have_names_of_their_own():
    assert len({kind.code for kind in KINDS}) == len({kind.name for kind in KINDS}) == len(KINDS)
    assert len(RULES) == sum(len(kind.rules) for kind in KINDS)


def test_a_refusal_names_rule_law_and_words_that_may_stand():
    with pytest.raises(law.problems.Wording) as refused:
        law.check("该户为低保户", Use.FACT, field="事实说明")

    sentence = refused.value.detail
    assert sentence.startswith("事实说明不能上墙：“低保”属于家庭困难和救助信息")
    assert "社会救助暂行办法第61条" in sentence
    assert sentence.endswith("可以写：“门前杂物堆放，三次提醒未清理”、“帮助邻居”。")


def test_old_characters_lead_to_characters_that_rules_have():
    words = "".join(rule.pattern + "".join(rule.roundabout) + rule.unless for rule in RULES.values())
    words += Path(str(deeds.__file__)).read_text("utf-8")

    assert not [old for old, new in SIMPLIFIED.items() if new not in words]
