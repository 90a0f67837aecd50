"""What may hang passes, what may not is found by its rule, however it is typed."""

import re
from collections.abc import Callable

import pytest

from pointsbank import law
from pointsbank.law import Use
from pointsbank.law.characters import SIMPLIFIED
from tests.law.corpus import MAY, MUST_NOT


def test_there_are_more_than_a_hundred_of_each():
    assert len({row["text"] for row in MAY}) >= 100
    assert len({row["text"] for row in MUST_NOT}) >= 100


@pytest.mark.parametrize("row", MAY, ids=lambda row: f"{row['use']}-{row['text']}")
def test_what_may_stand_stands(row: dict[str, str]):
    assert [(one.rule.code, one.words) for one in law.findings(row["text"], Use(row["use"]))] == []


@pytest.mark.parametrize("row", MUST_NOT, ids=lambda row: f"{row['use']}-{row['text']}")
def test_what_must_not_stand_is_found_by_its_rule(row: dict[str, str]):
    found = [one.rule.code for one in law.findings(row["text"], Use(row["use"]))]

    assert row["rule"] in found


OLD = {new: chr(old) for old, new in SIMPLIFIED.items()}
WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
SPELLINGS: dict[str, Callable[[str], str]] = {
    "spaces": " ".join,
    "dots": "·".join,
    "full width": lambda text: text.translate(WIDE),
    "old characters": lambda text: "".join(OLD.get(letter, letter) for letter in text),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_another_spelling_hides_no_word(spelling: str):
    # A word in pinyin is a word only while its letters stand together.
    rows = [row for row in MUST_NOT if not re.search("[a-zǎāóǔ ]{3}|du", row["text"])]
    spelled = {SPELLINGS[spelling](row["text"]): Use(row["use"]) for row in rows}

    assert len(rows) > 300
    assert [text for text, use in spelled.items() if not law.findings(text, use)] == []


SEPARATORS = [*" ·.-　*“●+☆→!、", "\ufe0f", "\u20dd"]


@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("word", ["赌博", "低保", "吸毒", "精神病", "上访", "辍学", "残疾", "拘留"])
def test_a_word_with_something_between_its_characters_is_the_same_word(word: str, separator: str):
    assert law.findings(separator.join(word), Use.FACT)
