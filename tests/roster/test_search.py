"""Finding people: by characters, pinyin, initials and code; surnames are read as surnames."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import Style, lazy_pinyin, pinyin
from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from pointsbank import ledger, roster
from pointsbank.roster.search import _ways, reading
from tests.builders import Chayuan


def found(village: Chayuan, query: str, **more: object) -> list[str]:
    """The codes of those found, in order."""
    return [person.code for person in village.read(roster.listing, query=query, **more).items]


@pytest.mark.parametrize(
    "query", ["王", "建国", "王建国", "wjg", "WJG", "wangjianguo", "wang jianguo", "jianguo"]
)
def test_a_household_is_found_by_any_part_of_its_name(village: Chayuan, query: str):
    assert found(village, query)[:2] == ["0101", "0102"]


def test_namesakes_are_told_apart_by_code(village: Chayuan):
    assert found(village, "0102") == ["0102"]


def test_the_very_code_comes_first(village: Chayuan):
    village.write(roster.add, code="0099-0302", name="李四", group="三组", people=1)

    assert found(village, "0302") == ["0302", "0099-0302"]


@pytest.mark.parametrize(
    "query", ["买买提·艾力", "买买提•艾力", "买买提.艾力", "买买提艾力", "艾力", "mmtal", "maimaiti"]
)
def test_an_interpunct_does_not_stand_in_the_way(village: Chayuan, query: str):
    assert found(village, query) == ["0201"]


@pytest.mark.parametrize("query", ["䶮", "zy", "zengyan", "cengyan", "曾"])
def test_a_rare_character_and_every_reading_are_found(village: Chayuan, query: str):
    assert "0202" in found(village, query)


@pytest.mark.parametrize(
    "query", ["%", "_", "\\", "' or 1=1 --", "\0", "\ud800", "龘", "  x  q ", "０９９９"]
)
def test_a_query_that_fits_nobody_finds_nobody(village: Chayuan, query: str):
    assert found(village, query) == []


def test_full_width_digits_are_read_as_digits(village: Chayuan):
    assert found(village, "０１０１") == ["0101"]


def test_a_group_is_listed_by_its_name_or_id(village: Chayuan):
    assert found(village, "", group="二组") == ["0201", "0202", "0203"]
    assert found(village, "", group=village.maimaiti.group_id) == ["0201", "0202", "0203"]
    assert found(village, "", group="九组") == []


def test_pages_follow_each_other_without_gap_or_repetition(village: Chayuan):
    everyone = [person.code for person in village.read(roster.everyone)]
    seen, after = [], None
    while True:
        page = village.read(roster.listing, limit=5, after=after)
        seen += [person.code for person in page.items]
        after = page.next
        if after is None:
            break

    assert seen == everyone


def test_pages_of_a_search_show_the_very_code_only_once(village: Chayuan):
    first = village.read(roster.listing, query="0", limit=1)
    village.write(roster.add, code="0", name="零号", group="一组", people=1)
    seen, after = [], None
    for _ in range(20):
        page = village.read(roster.listing, query="0", limit=1, after=after)
        seen += [person.code for person in page.items]
        after = page.next
        if after is None:
            break

    assert first.items[0].code == "0101"
    assert seen[0] == "0"
    assert len(seen) == len(set(seen)) == 13


def test_a_cursor_we_did_not_give_is_refused(village: Chayuan):
    with pytest.raises(ledger.problems.CursorInvalid):
        village.read(roster.listing, after="'; drop table")


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("单雄信", "shan xiong xin"),
        ("曾国藩", "zeng guo fan"),
        ("解缙", "xie jin"),
        ("仇英", "qiu ying"),
        ("查良", "zha liang"),
        ("朴树", "piao shu"),
        ("区静", "ou jing"),
        ("覃海", "qin hai"),
        ("盖天", "ge tian"),
        ("翟天", "zhai tian"),
        ("乐嘉", "yue jia"),
        ("缪昌", "miao chang"),
        ("欧阳犇", "ou yang ben"),
        ("尉迟恭", "yu chi gong"),
        ("买买提·艾力", "mai mai ti ai li"),
        ("吕秀", "lv xiu"),
    ],
)
def test_surnames_are_read_as_surnames(name: str, read: str):
    assert reading(name) == read


_CHARACTERS = "".join(map(chr, PINYIN_DICT))
_LETTERS = st.one_of(st.sampled_from(_CHARACTERS), st.sampled_from("王单曾重长行乐 ·a1é〇䶮😀"))
_NAMES = st.one_of(st.text(_LETTERS, max_size=8), st.sampled_from(sorted(PHRASES_DICT)))


@given(_NAMES)
def test_word_by_word_a_name_is_read_as_the_dictionary_reads_it(name: str):
    plain = re.sub(r"[\s·]+", "", name)

    assert [list(way) for way in _ways(name)] == pinyin(plain, style=Style.NORMAL, heteronym=True)
    assert [way[0] for way in _ways(name)] == lazy_pinyin(plain)
