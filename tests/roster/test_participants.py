"""Who holds points: added once, found by code, suspended and closed without losing anything."""

import pytest

from pointsbank import ledger, roster
from pointsbank.database import Database
from pointsbank.points import Points
from pointsbank.text import TextInvalid
from tests.builders import NEIGHBOUR, Chayuan, chayuan


@pytest.fixture
def here(sqlite_database: Database) -> Chayuan:
    """The village on SQLite, for rules that do not depend on the storage."""
    return chayuan(sqlite_database)


def test_a_new_household_has_two_empty_accounts(village: Chayuan):
    new = village.write(roster.add, code="0304", name="周丽", group="三组", people=2)

    assert village.balance(new) == ledger.Balance(Points(0), Points(0))
    assert (new.group, new.kind, new.status) == ("三组", "household", "active")


def test_a_code_is_given_once(village: Chayuan):
    with pytest.raises(roster.problems.ParticipantExists) as refused:
        village.write(roster.add, code="0101", name="周丽", group="三组", people=2)

    assert "0101" in refused.value.detail


def test_a_code_typed_full_width_is_the_same_code(village: Chayuan):
    assert village.read(roster.by_code, code=" ０１０１ ").id == village.wang.id


@pytest.mark.parametrize("code", ["9999", "", "\0", "\ud800", "x" * 5000, "0101'--"])
def test_an_unknown_code_is_said_to_be_unknown(village: Chayuan, code: str):
    with pytest.raises(roster.problems.ParticipantUnknown):
        village.read(roster.by_code, code=code)


def test_another_villages_household_looks_like_a_missing_one(village: Chayuan):
    village.found_neighbour()

    with pytest.raises(roster.problems.ParticipantUnknown):
        village.read(roster.by_id, village=NEIGHBOUR, id=village.wang.id)
    assert village.read(roster.by_ids, village=NEIGHBOUR, ids=[village.wang.id]) == {}
    assert village.read(roster.everyone, village=NEIGHBOUR) == []


def test_two_villages_may_use_the_same_code(village: Chayuan):
    village.found_neighbour()
    there = village.write(roster.add, village=NEIGHBOUR, code="0101", name="王建国", people=2)

    assert there.id != village.wang.id
    assert village.read(roster.by_code, code="0101").id == village.wang.id


def test_many_ids_are_asked_at_once(village: Chayuan):
    everyone = village.read(roster.everyone)
    ids = (
        [person.id for person in everyone] + [f"nobody-{number}" for number in range(2000)] + ["\0", "\ud800"]
    )

    assert village.read(roster.by_ids, ids=ids).keys() == {person.id for person in everyone}


def test_codes_are_listed_as_people_count(here: Chayuan):
    for code in ("7-10", "7-2", "7-1"):
        here.write(roster.add, code=code, name="周丽", group="七组", people=1)

    assert [p.code for p in here.read(roster.listing, group="七组").items] == ["7-1", "7-2", "7-10"]


def test_a_suspended_household_keeps_what_it_has(village: Chayuan):
    village.give(village.wang, 30)
    village.write(roster.edit, code="0101", facts=roster.NewFacts(status="suspended"), reason="核实")

    assert village.read(roster.by_code, code="0101").status == "suspended"
    assert village.balance(village.wang).points == 3000


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" 王　明 ", "王明"),
        ("买买提•艾力", "买买提·艾力"),
        ("阿依古丽 · 买买提", "阿依古丽·买买提"),
        ("䶮㛃𬱖犇堃", "䶮㛃𬱖犇堃"),
        ("John Smith", "John Smith"),
        ('=HYPERLINK("http://x")', '=HYPERLINK("http://x")'),
        ("{{7*7}}", "{{7*7}}"),
    ],
)
def test_a_name_is_spelled_one_way(here: Chayuan, typed: str, stored: str):
    assert here.write(roster.add, code="0401", name=typed, group="四组", people=1).name == stored


@pytest.mark.parametrize(
    "name",
    [
        "",
        "  ",
        "\u3000",
        "王\0",
        "王\n建国",
        "\u202e王",
        "王\u200b建国",
        "\u3164",
        "\ufffd",
        "王" * 61,
        "\ud800",
        "\ue000",
    ],
)
def test_a_name_that_misleads_the_eye_is_refused(here: Chayuan, name: str):
    with pytest.raises(TextInvalid):
        here.write(roster.add, code="0401", name=name, group="四组", people=1)


@pytest.mark.parametrize("code", ["", "a b", "<b>", "=1+1", "-1", "1" * 33, "0\u202e1"])
def test_a_code_that_cannot_be_typed_is_refused(here: Chayuan, code: str):
    with pytest.raises(TextInvalid):
        here.write(roster.add, code=code, name="周丽", group="四组", people=1)


@pytest.mark.parametrize("wrong", [{"kind": "cat"}, {"people": -1}, {"people": 101}])
def test_what_no_household_can_be_is_refused(here: Chayuan, wrong: dict[str, object]):
    with pytest.raises(roster.problems.ParticipantInvalid):
        here.write(roster.add, code="0401", name="周丽", **wrong)
