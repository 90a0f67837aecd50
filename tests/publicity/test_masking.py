"""Names as they may hang in public."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pointsbank.publicity.masking import NAMED, NUMBERED, mask, public_name


class Somebody:
    """A name of a kind."""

    def __init__(self, name: str, kind: str = "household") -> None:
        self.name, self.kind, self.code = name, kind, "0101"


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("王明", "王*"),
        ("王建国", "王*国"),
        ("张王秀英", "张**英"),
        ("欧阳明", "欧阳*"),
        ("欧阳修文", "欧阳*文"),
        ("司马光", "司马*"),
        ("诸葛孔明", "诸葛*明"),
        ("买买提·艾力", "买**·*力"),
        ("阿卜杜拉·买买提·艾力", "阿***·***·*力"),
        ("𬱖𬭎犇", "𬱖*犇"),
        ("䶮堃", "䶮*"),
        ("王", "*"),
        ("欧阳", "欧*"),
        ("John Smith", "J*** ****h"),
        ("A·B", "*·*"),
        ("买买提·", "买*提"),
        ("葛\U000e0100建国", "葛\U000e0100*国"),
        ("", "*"),
    ],
)
def test_the_middle_of_a_name_is_hidden(name: str, masked: str) -> None:
    assert mask(name) == masked


NAMES = st.text(st.characters(codec="utf-8", categories=("L", "M", "N")), min_size=1, max_size=12)


@given(st.lists(NAMES, min_size=1, max_size=3).map("·".join))
def test_a_mask_always_hides_something(name: str) -> None:
    masked = mask(name)

    assert "*" in masked
    assert name not in masked


@given(NAMES)
def test_a_mask_hides_at_least_one_of_two_letters(name: str) -> None:
    assert mask(name).count("*") >= 1
    assert len(mask(name)) <= max(len(name), 1)


def test_a_household_is_masked_unless_it_agreed() -> None:
    household = Somebody("王建国")

    assert public_name(household, None, 12) == "王*国"
    assert public_name(household, NAMED, 12) == "王建国"
    assert public_name(household, NUMBERED, 12) == "第12户"


def test_a_party_member_is_a_person_too() -> None:
    assert public_name(Somebody("李秀英", "party_member"), None, 1) == "李*英"


@pytest.mark.parametrize("kind", ["party_branch", "volunteer_team", "organisation", "group"])
def test_who_is_not_a_person_is_named_in_full(kind: str) -> None:
    assert public_name(Somebody("红马甲志愿队", kind), None, 1) == "红马甲志愿队"
