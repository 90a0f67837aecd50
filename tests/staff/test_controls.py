"""Which acts stay shut, and who is missing for them: decided on values, then asked of a village."""

from datetime import timedelta

import pytest

from pointsbank import staff
from pointsbank.database import Database
from pointsbank.staff.controls import Control, Person, declare, roles_missing, shut
from pointsbank.staff.permissions import Role
from tests.builders import NOW, VILLAGE
from tests.staff.people import HASHED, hire

COMMITTEE, CLERK, SUPERVISOR, ADMIN, COUNTY, *_ = Role
SALE = Control("兑换", "", "", "", people=(frozenset({CLERK, ADMIN}), frozenset({CLERK, COMMITTEE, ADMIN})))
ANSWER = Control("答复", "", "", "", people=(frozenset({SUPERVISOR}),))
OTHER = "一个人，还要另一位评议小组或超市店员"
CLOSE = Control("月结", "", "", "")

EXAMPLES = [
    # people by name and roles, pairs of logins in one hand, what is missing by act
    ({}, set(), {"兑换": "还没有超市店员", "答复": "还没有村务监督"}),
    ({"sun": {ADMIN}}, set(), {"兑换": f"只有sun{OTHER}", "答复": "还没有村务监督"}),
    ({"sun": {ADMIN}, "zhao": {SUPERVISOR}}, set(), {"兑换": f"只有sun{OTHER}"}),
    ({"chen": {CLERK}, "zhao": {SUPERVISOR}}, set(), {"兑换": f"只有chen{OTHER}"}),
    ({"chen": {CLERK}, "li": {COMMITTEE}, "zhao": {SUPERVISOR}}, set(), {}),
    ({"chen": {CLERK, COMMITTEE}, "zhao": {SUPERVISOR}}, set(), {"兑换": f"只有chen{OTHER}"}),
    (
        {"chen": {CLERK}, "li": {COMMITTEE}, "zhao": {SUPERVISOR}},
        {"chen li", "zhao zhao"},
        {"兑换": "chen、li的账号要由本人改过密码、满24小时", "答复": "zhao的账号要由本人改过密码、满24小时"},
    ),
    ({"chen": {CLERK}, "li": {COMMITTEE}, "wu": {CLERK}, "zhao": {SUPERVISOR}}, {"chen li", "wu wu"}, {}),
    ({"xian": {COUNTY}}, set(), {"兑换": "还没有超市店员", "答复": "还没有村务监督"}),
]  # fmt: skip


@pytest.mark.parametrize(("people", "one_hand", "missing"), EXAMPLES)
def test_an_act_is_shut_until_those_whom_it_needs_exist(
    people: dict[str, set[Role]], one_hand: set[str], missing: dict[str, str]
) -> None:
    persons = [Person(name, name, frozenset(roles)) for name, roles in people.items()]
    found = shut([SALE, ANSWER, CLOSE], persons, lambda *pair: " ".join(sorted(pair)) in one_hand)

    assert {one.act: one.missing for one in found} == missing


@pytest.mark.parametrize(
    ("people", "missing"),
    [
        ([], [COMMITTEE, CLERK, SUPERVISOR]),
        ([{COMMITTEE, CLERK}, {SUPERVISOR}], [CLERK]),
        ([{COMMITTEE, CLERK}, {COMMITTEE}, {SUPERVISOR}], []),
        ([{ADMIN}] * 3, [COMMITTEE, CLERK, SUPERVISOR]),
        ([{COMMITTEE}] * 40 + [{CLERK}] * 40, [SUPERVISOR]),
    ],
)
def test_the_least_staff_is_three_different_people(people: list[set[Role]], missing: list[Role]) -> None:
    persons = [Person(str(number), "", frozenset(roles)) for number, roles in enumerate(people)]

    assert roles_missing(persons) == missing


def test_a_village_opens_act_by_act(database: Database) -> None:
    def acts(*, hours: float = 0) -> dict[str, str]:
        with database.reading() as session:
            at = NOW + timedelta(hours=hours)
            return {one.act: one.missing for one in staff.acts_shut(session, village=VILLAGE, at=at)}

    large, answer = "超过限额或没有扫卡的兑换", "答复对评分的异议"
    hire(database, "chen", "clerk")
    assert (acts()[large], acts()[answer]) == (
        "只有陈店员一个人，还要另一位评议小组或超市店员",
        "还没有村务监督",
    )
    with database.writing() as session:
        for login, role in (("li", "committee"), ("zhao", "supervisor")):
            roles = [(VILLAGE, role)]
            one = staff.add(session, login=login, password=HASHED, name=login, roles=roles, by="x", at=NOW)
            staff.change_password(session, staff=one.id, password=HASHED, by=one.id, at=NOW)
        assert staff.staff_missing(session, village=VILLAGE) == []
    assert "满24小时" in acts()[large] and "满24小时" in acts()[answer]

    assert acts(hours=24) == {}


def test_an_act_is_declared_once() -> None:
    [known, *_] = staff.controls()

    with pytest.raises(ValueError, match="declared"):
        declare(Control(known.act, "", "", "elsewhere"))
