"""`Cleared` is made in one place, of texts that passed, and stays what it is."""

import copy
import pickle
from collections.abc import Callable

import pytest

from pointsbank import law
from pointsbank.law import Cleared, Use

TEXT = "门前杂物堆放，三次提醒未清理"


def test_a_cleared_text_reads_as_it_was_written():
    assert law.clear(TEXT, Use.FACT) == TEXT
    assert isinstance(law.clear(TEXT, Use.FACT), Cleared)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Cleared(TEXT),
        lambda: Cleared(TEXT, object()),
        lambda: Cleared(law.clear(TEXT, Use.FACT)),
        lambda: type("Loose", (Cleared,), {}),
        lambda: pickle.dumps(law.clear(TEXT, Use.FACT)),
    ],
)
def test_nobody_else_makes_one(make: Callable[[], object]):
    with pytest.raises(TypeError):
        make()


def test_a_copy_is_the_same_text():
    text = law.clear(TEXT, Use.FACT)

    assert copy.copy(text) is copy.deepcopy(text) is text


def test_what_is_put_together_from_cleared_texts_is_not_cleared():
    text = law.clear(TEXT, Use.FACT)

    assert not isinstance(text + text, Cleared)
    assert not isinstance(f"{text}，{text}", Cleared)
    assert not isinstance(text[:3], Cleared)


def test_what_was_written_before_its_rule_is_replaced():
    instead = law.clear("（不公开）", Use.PLACE)

    assert law.replace_unlawful("低保户", Use.FACT, instead=instead) is instead
    assert law.replace_unlawful(TEXT, Use.FACT, instead=instead) == TEXT


def test_every_word_that_was_found_is_named_up_to_three():
    with pytest.raises(law.problems.Wording, match="另有1处"):
        law.check("赌博、吸毒、打架、上访", Use.FACT)
