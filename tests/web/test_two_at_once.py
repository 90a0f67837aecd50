"""Two people with the same form open: the second is stopped where the first has changed what it replaces."""

import pytest
from flask import Flask

from pointsbank import governing, villages
from tests.builders import VILLAGE, Chayuan
from tests.staff.people import hire
from tests.web.browser import Browser, hidden, words
from tests.web.test_townships import with_telephone

HERE = f"/v/{VILLAGE}"


@pytest.mark.parametrize(
    ("login", "page", "act", "first", "second"),
    [
        (
            "sun",
            "staff/zhou/change?change=roles&clerk=1&committee=1",
            "staff/zhou/roles",
            {"clerk": "1", "committee": "1"},
            {"committee": "1", "admin": "1"},
        ),
        (
            "li",
            "goods/soap",
            "goods/soap/words",
            {"name": "肥皂", "spec": "两块", "category": ""},
            {"name": "香皂", "spec": "", "category": ""},
        ),
    ],
)
def test_who_comes_second_looks_first(
    login: str,
    page: str,
    act: str,
    first: dict[str, str],
    second: dict[str, str],
    app: Flask,
    village: Chayuan,
) -> None:
    one, other = Browser(app).sign_in(login), Browser(app).sign_in(login)
    seals = [hidden(each.get(f"{HERE}/{page}"), "seen") for each in (one, other)]
    assert one.post(f"{HERE}/{act}", **first, seen=seals[0]).status_code == 303

    # The same once more, as by a second press of the button, is no other wish.
    assert one.post(f"{HERE}/{act}", **first, seen=seals[0]).status_code == 303
    refused = other.post(f"{HERE}/{act}", **second, seen=seals[1])

    assert refused.status_code == 409 and "已经被改过，什么也没有写入" in words(refused)
    assert hidden(other.get(f"{HERE}/{page}"), "seen") != seals[1]
    assert (
        other.post(f"{HERE}/{act}", **second, seen=hidden(other.get(f"{HERE}/{page}"), "seen")).status_code
        == 303
    )


def test_roles_that_were_not_given_are_ticked_as_they_were_sent(app: Flask, village: Chayuan) -> None:
    sun = Browser(app).sign_in("sun")

    refused = words(sun.post(f"{HERE}/staff/zhou/roles", supervisor="1", clerk="1"))

    assert 'name="supervisor" value="1" checked' in refused and 'name="clerk" value="1" checked' in refused
    assert 'name="committee" value="1" checked' not in refused


def test_a_group_is_renamed_by_who_saw_its_name(app: Flask, village: Chayuan) -> None:
    li, luo = Browser(app).sign_in("li"), hire(village.database, "luo", "committee", village=VILLAGE)
    other = Browser(app).sign_in(luo.login)
    group = f"{HERE}/groups/{village.read(villages.groups)[0].id}"
    seals = [hidden(each.get(group), "seen") for each in (li, other)]
    assert li.post(f"{group}/name", name="上湾组", seen=seals[0]).status_code == 303

    refused = other.post(f"{group}/name", name="下湾组", seen=seals[1])

    assert refused.status_code == 409 and 'value="下湾组"' in words(refused)
    assert "<h1>上湾组</h1>" in words(refused)


def test_a_township_is_renamed_by_who_saw_its_name(app: Flask, village: Chayuan) -> None:
    with village.database.writing() as session:
        township = f"/townships/{governing.make_township(session, name='河口镇').id}"
    for login in ("root", "lin"):
        hire(village.database, login, "admin", village=None)
    root, lin = (with_telephone(app, login) for login in ("root", "lin"))
    seals = [hidden(each.get(township), "seen") for each in (root, lin)]
    assert root.post(f"{township}/name", name="河口街道", seen=seals[0]).status_code == 303

    refused = lin.post(f"{township}/name", name="河口乡", seen=seals[1])

    assert refused.status_code == 409 and 'value="河口乡"' in words(refused)
    assert "<h1>河口街道</h1>" in words(refused)
    assert lin.post(f"{township}/name", name="河口乡", seen=hidden(refused, "seen")).status_code == 303
