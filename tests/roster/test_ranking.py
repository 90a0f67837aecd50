"""Who fits best: the rule by itself, and the same rule as each database carries it out."""

import pytest

from pointsbank import roster
from pointsbank.roster.ranking import Fit, fit, read_query
from pointsbank.roster.search import search_key, sort_key
from pointsbank.roster.tokens import make_number
from tests.builders import Chayuan

PEOPLE = {
    "01001": ("钟耀英", "上湾组"),
    "01002": ("王建国", "上湾组"),
    "01003": ("王建国", "下湾组"),
    "01004": ("王建", "下湾组"),
    "01005": ("贾国栋", "上湾组"),
    "01006": ("欧阳犇", "上湾组"),
    "01007": ("单雪梅", "下湾组"),
    "01008": ("仇英", "下湾组"),
    "01009": ("区静", "上湾组"),
    "01010": ("曾䶮", "上湾组"),
    "01011": ("解𬱖", "第五村民小组"),
    "01012": ("阿依古丽·买买提", "上湾组"),
    "01013": ("张上湾", "下湾组"),
    "5": ("史凤泉", "下湾组"),
    "012345674": ("李四", "上湾组"),
    "00500": ("吕秀", "三组"),
}

EXAMPLES = {
    # initials of the surname go before what stands somewhere inside: ya|oy|ing
    "oy": ["01006", "01001"],
    "OY": ["01006", "01001"],
    "wjg": ["01002", "01003"],
    # initials: 贾国栋 begins so, 王建国 has them inside
    "jg": ["01005", "01002", "01003"],
    # a whole name, then who begins like it
    "王建": ["01004", "01002", "01003"],
    "wangjian": ["01004", "01002", "01003"],
    "建国": ["01002", "01003"],
    "wang jianguo": ["01002", "01003"],
    "王　建国": ["01002", "01003"],
    # surnames as surnames are read, and as the dictionary reads them
    "shan": ["01007", "01013"],
    "dan": ["01007"],
    "qiu": ["01008"],
    "ou": ["01006", "01009", "01008"],
    "qujing": ["01009"],
    "zeng": ["01010"],
    "xie": ["01011"],
    "䶮": ["01010"],
    "𬱖": ["01011"],
    "阿依古丽•买买提": ["01012"],
    "阿依古丽买买提": ["01012"],
    "mmt": ["01012"],
    "lv": ["00500"],
    "lü": ["00500"],
    # the very code first, then codes that begin so, then those that hold it
    "5": ["5", "00500", "01005", "012345674"],
    "００５００": ["00500"],
    "005": ["00500", "01005"],
    "012345674": ["012345674"],
    "012 345 674": ["012345674"],
    # with the word that stands before it on a card
    "卡号：012 345 674": ["012345674"],
    "No.012345674": ["012345674"],
    "№ ０１２３４５６７４": ["012345674"],
    "户号 01002": ["01002"],
    # the group comes after every name, and narrows what else was typed
    "上湾": ["01013", "01001", "01002", "01005", "01006", "01009", "01010", "01012", "012345674"],
    "wjg 下湾组": ["01003"],
    "下湾组 王建国": ["01003"],
    "湾": ["01013"],
    # a group with a number, however it is written
    "三组": ["00500"],
    "5组": ["01011"],
    "第 3 组": ["00500"],
    "第三村民小组 吕": ["00500"],
    "": [],
    "xyz": [],
    "%": [],
    "\0": [],
    "\ud800": [],
}


def in_order(query: str) -> list[str]:
    """The codes of those who fit, in their order, by the rule alone."""
    asked = read_query(query)
    fits = {
        code: fit(asked, code=code, search_key=search_key(name, code), group=group)
        for code, (name, group) in PEOPLE.items()
    }
    found = [code for code, level in fits.items() if level is not None and asked.words]
    return sorted(found, key=lambda code: (fits[code], sort_key(code)))


@pytest.mark.parametrize("query", EXAMPLES, ids=ascii)
def test_best_fit_comes_first(query: str):
    assert in_order(query) == EXAMPLES[query]


def test_a_card_is_as_good_as_the_code():
    key, number = search_key("王芳", "0101"), make_number(bytes(8))
    spaced = read_query(roster.spaced(number))

    assert fit(spaced, code="0101", search_key=key, cards=[number]) is Fit.EXACT
    printed = read_query(f"卡号 {roster.spaced(number)}")
    assert fit(printed, code="0101", search_key=key, cards=[number]) is Fit.EXACT
    assert fit(spaced, code="0101", search_key=key) is None


def test_each_database_puts_them_in_the_same_order(village: Chayuan):
    for code, (name, group) in PEOPLE.items():
        village.write(roster.add, code=code, name=name, group=group)
    own = set(PEOPLE)

    for query, codes in EXAMPLES.items():
        found = village.read(roster.find, query=query, limit=100).items
        assert [one.code for one in found if one.code in own] == codes, query
