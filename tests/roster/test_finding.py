"""One finder: who is meant, who is offered, who is not shown, and that it is true at this moment."""

import pytest

from pointsbank import roster
from pointsbank.database import Database
from tests.builders import NOW, Chayuan


def codes(found: roster.Found) -> list[str]:
    return [one.code for one in found.items]


@pytest.mark.parametrize("query", ["0302", "欧阳犇", "oyb", "ouyang", "０３０２", "三组 欧阳"])
def test_who_alone_fits_is_meant(village: Chayuan, query: str):
    assert village.read(roster.find, query=query).meant == village.ouyang


@pytest.mark.parametrize("query", ["王建国", "wjg", "王", "一组"])
def test_several_are_offered_and_none_is_meant(village: Chayuan, query: str):
    found = village.read(roster.find, query=query)

    assert found.meant is None
    assert codes(found)[:2] == ["0101", "0102"]


@pytest.mark.parametrize("query", ["歐陽犇", "欧阳奔", "歐陽 三组"])
def test_who_is_found_by_the_sound_alone_is_offered_and_never_meant(village: Chayuan, query: str):
    found = village.read(roster.find, query=query)

    assert (found.items, found.meant) == ([village.ouyang], None)


def test_the_very_code_is_meant_though_others_hold_it(village: Chayuan):
    longer = village.write(roster.add, code="90302", name="李四")

    found = village.read(roster.find, query="0302")

    assert (found.meant, found.items) == (village.ouyang, [village.ouyang, longer])


def test_a_card_is_found_by_its_number_and_by_what_a_scanner_reads(village: Chayuan):
    card = village.card(village.shan)

    for query in (card.number, roster.spaced(card.number), f"HTTP://CY.EXAMPLE/C/{card.token}"):
        assert village.read(roster.find, query=query).meant == village.shan


def test_a_number_that_is_one_code_and_another_card_is_asked_about(village: Chayuan):
    number = village.card(village.shan).number
    other = village.write(roster.add, code=number, name="李四")

    found = village.read(roster.find, query=number)

    assert found.meant is None
    assert sorted(codes(found)) == sorted([other.code, village.shan.code])


def test_who_is_closed_is_found_by_code_alone(village: Chayuan):
    with village.database.writing() as session:
        roster.retire(session, village="chayuan", participant=village.li.id, by="li", at=NOW)

    assert codes(village.read(roster.find, query="李秀英")) == []
    assert codes(village.read(roster.find, query="李秀英", also_closed=True)) == ["0303"]
    assert codes(village.read(roster.find, query="0303")) == ["0303"]


def test_who_leads_a_group_finds_nobody_else(village: Chayuan):
    second = {village.shan.group_id}
    card = village.card(village.wang)

    assert codes(village.read(roster.find, query="王", groups=second)) == []
    assert codes(village.read(roster.find, query="0101", groups=second)) == []
    assert codes(village.read(roster.find, query=card.number, groups=second)) == []
    assert codes(village.read(roster.find, query="sxm", groups=second)) == ["0203"]


def test_more_than_are_offered_is_told(village: Chayuan):
    found = village.read(roster.find, query="0", limit=3)

    assert (codes(found), found.more) == (["0101", "0102", "0201"], True)


def test_another_process_sees_a_new_name_at_once(village: Chayuan):
    elsewhere = Database(str(village.database.engine.url.render_as_string(hide_password=False)))
    try:
        with elsewhere.reading() as session:
            assert not roster.find(session, village="chayuan", query="hxm").items
        village.write(roster.add, code="0401", name="韩小梅", group="四组")
        with elsewhere.reading() as session:
            assert codes(roster.find(session, village="chayuan", query="hxm")) == ["0401"]
            assert codes(roster.find(session, village="chayuan", query="四组")) == ["0401"]
    finally:
        elsewhere.dispose()


def test_pages_of_a_search_go_from_the_best_fit_to_the_last(village: Chayuan):
    village.write(roster.add, code="0099", name="钟耀英")
    seen, after = [], None
    for _ in range(5):
        page = village.read(roster.listing, query="oy", limit=1, after=after)
        seen += [one.code for one in page.items]
        after = page.next
        if after is None:
            break

    assert seen == ["0302", "0099"]
