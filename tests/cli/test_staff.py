"""Adding people from the command line, and who is said to have acted."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from pointsbank import staff
from pointsbank.database import Database
from pointsbank.staff.account_acts import ANYBODY, acts_upon
from tests.cli.conftest import Run, settle_all


def test_a_person_is_added_with_a_random_password_shown_once(village: Run):
    told = json.loads(village("staff", "add", "li", "--role", "committee", "--json").out)

    assert told["login"] == "li"
    assert len(told["password"]) >= 10


def test_a_password_can_come_from_standard_input(village: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("tiedao yusan pingguo\n"))

    told = village("staff", "add", "chen", "--role", "clerk", "--password-stdin")

    assert told.status == 0
    assert "tiedao" not in told.out


def test_a_short_password_is_refused(village: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))

    assert village("staff", "add", "chen", "--role", "clerk", "--password-stdin").status == 1


def test_a_token_is_printed_alone_so_that_a_script_can_take_it(village: Run):
    village("staff", "add", "chen", "--role", "clerk")

    told = village("staff", "token", "chen")

    assert told.status == 0
    assert told.out.strip().isascii() and " " not in told.out.strip()


def test_a_supervisor_is_never_also_on_the_committee(village: Run):
    told = village("staff", "add", "zhao", "--role", "supervisor", "--role", "committee")

    assert told.status == 1


def test_a_leader_is_added_with_the_group_that_there_is(village: Run):
    village("village", "group", "add", "一组")
    leader = ("staff", "add", "qian", "--role", "leader")

    assert village(*leader).status == 1
    assert village(*leader, "--group", "九组").status == 1
    assert village("staff", "add", "chen", "--role", "clerk", "--group", "一组").status == 2
    assert village(*leader, "--group", "一组").status == 0
    assert village("staff", "roles", "qian", "--role", "clerk").status == 0


def test_the_county_s_role_is_given_in_a_township_that_there_is(village: Run):
    added = ("staff", "add", "he", "--role", "county", "--township")

    assert village(*added, "河口镇").status == 1
    assert village("township", "add", "河口镇").status == 0
    assert village("township", "put", "河口镇").status == 0
    assert village("staff", "add", "chen", "--role", "clerk", "--township", "河口镇").status == 2
    assert village(*added, "河口镇").status == 0
    assert village("township", "rename", "河口镇", "河口街道").status == 0
    assert "河口街道：茶源村（chayuan）" in village("township", "list").out
    assert village("township", "leave").status == 0
    assert json.loads(village("township", "list", "--json").out)["villages"] == ["chayuan"]


def test_setting_up_names_the_acts_that_stay_shut(run: Run):
    founded = run("village", "create", "chayuan", "茶源村")
    assert "现在缺评议小组、超市店员、村务监督" in founded.out
    assert "  还没有村务监督：" in founded.out and "盘点入账" in founded.out

    for login, role in (("li", "committee"), ("chen", "clerk"), ("zhao", "supervisor")):
        added = json.loads(run("staff", "add", login, "--role", role, "--json").out)
    assert {one["act"]: one["missing"] for one in added["shut"]}["答复对评分的异议"] == (
        "zhao的账号要由本人改过密码、满24小时"
    )


@pytest.mark.parametrize("who", [(), ("--as", "chen"), ("--as", "sun")])
def test_what_is_done_to_a_login_at_the_machine_is_done_by_nobody_known(
    village: Run, tmp_path: Path, who: tuple[str, ...]
):
    for login in ("chen", "sun"):
        assert village("staff", "add", login, "--role", "clerk").status == 0
    settle_all(tmp_path / "data", dict.fromkeys(("chen", "sun"), "tiedao yusan pingguo"))
    assert village("staff", "password", "chen", *who).status == 0

    database = Database(f"sqlite:///{tmp_path / 'data' / 'pointsbank.sqlite3'}")
    with database.reading() as session:
        chen = staff.by_login(session, login="chen").id
        [history] = [acts_upon(session, [chen])[chen]]
    database.dispose()

    of_others = [(act.kind, act.by) for act in history if act.by != chen]
    assert of_others == [("made", ANYBODY), ("password_reset", ANYBODY)]


def test_an_unknown_person_cannot_act(village: Run):
    assert village("village", "create", "liulin", "柳林村", "--as", "nobody").status == 1


def test_a_county_role_holds_everywhere(village: Run):
    assert village("staff", "add", "xian", "--role", "county").status == 0


def test_roles_are_replaced_whole(village: Run):
    village("staff", "add", "chen", "--role", "clerk")

    assert village("staff", "roles", "chen", "--role", "clerk", "--role", "admin").status == 0
    assert village("staff", "roles", "chen", "--role", "committee", "--role", "supervisor").status == 1
    assert village("staff", "roles", "nobody", "--role", "clerk").status == 1


def test_an_account_is_disabled_and_enabled_and_its_tokens_revoked(village: Run):
    village("staff", "add", "chen", "--role", "clerk")
    village("staff", "token", "chen")

    assert "1个" in village("staff", "revoke", "--all").out
    assert "0个" in village("staff", "revoke", "chen").out
    assert [village("staff", verb, "chen").status for verb in ("disable", "enable")] == [0, 0]
    assert village("staff", "disable", "nobody").status == 1
    assert village("staff", "revoke").status == village("staff", "revoke", "chen", "--all").status == 2


def test_a_first_password_is_changed_by_its_owner_before_anything_else(
    village: Run, monkeypatch: pytest.MonkeyPatch
):
    first = json.loads(village("staff", "add", "sun", "--role", "admin", "--json").out)["password"]
    refused = village("village", "create", "liulin", "柳林村", "--as", "sun")
    assert (refused.status, "别人设的" in refused.err) == (1, True)

    for typed, status in (("wrong\ntiedao yusan pingguo\n", 1), (f"{first}\ntiedao yusan pingguo\n", 0)):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        assert village("staff", "password", "sun", "--own", "--password-stdin").status == status

    assert village("village", "create", "liulin", "柳林村", "--as", "sun").status == 0


@pytest.mark.parametrize("password", ["chayuancun2026", "zhaojiandu88", "jifenyinhang1"])
def test_a_password_that_is_guessed_first_is_refused(
    village: Run, monkeypatch: pytest.MonkeyPatch, password: str
):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))

    told = village("staff", "add", "zhao", "--role", "supervisor", "--name", "赵监督", "--password-stdin")

    assert (told.status, "太容易猜到" in told.err) == (1, True)


def test_tokens_are_listed_and_revoked_one_by_one(village: Run):
    village("staff", "add", "chen", "--role", "clerk")
    tokens = [village("staff", "token", "chen", "--name", name).out.strip() for name in ("收银", "报表")]
    listed = village("staff", "tokens", "chen", "--json").out
    assert not any(token in listed for token in tokens)
    [one] = [each["id"] for each in json.loads(listed)["tokens"] if each["name"] == "收银"]

    assert "1个" in village("staff", "revoke", "chen", "--token", one).out
    assert [each["name"] for each in json.loads(village("staff", "tokens", "--json").out)["tokens"]] == [
        "报表"
    ]
    assert village("staff", "revoke", "chen", "--token", one).status == 1
    assert village("staff", "token", "chen", "--days", 367).status == 1
    assert village("staff", "revoke", "--all", "--token", one).status == 2


def test_an_admin_who_lost_everything_is_let_in_again_and_the_log_says_so(village: Run):
    village("staff", "add", "sun", "--role", "admin")
    village("staff", "add", "chen", "--role", "clerk")

    assert len(json.loads(village("staff", "recover", "sun", "--json").out)["password"]) >= 10

    assert village("staff", "recover", "chen").status == 1
    assert "在服务器上恢复账号" in village("staff", "events").out
    assert village("ledger", "verify").status == 0


def open_counter(village: Run, folder: Path) -> None:
    """A roster, rules with an item for the counter, and a clerk."""
    files = {
        "roster": "户号,户主,小组,人口\n001,王建国,一组,4\n002,李秀英,一组,3\n",
        "scheme": "编号,条目,方向,分值,单位,柜台登记,每日上限\nH1,交可回收物,加分,0.5,公斤,是,10\n",
    }
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
        adopted = ("--resolution", "第1号决议", "--from", "2026-01-01") if name == "scheme" else ()
        assert village("import", name, str(folder / f"{name}.csv"), *adopted).status == 0
    village("staff", "add", "chen", "--role", "clerk")
    settle_all(folder / "data", {"chen": "tiedao yusan pingguo"})


def test_what_is_brought_to_the_counter_is_entered_but_for_the_own_household(
    village: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    open_counter(village, tmp_path)

    def enter(code: str, quantity: str = "3") -> Any:
        monkeypatch.setattr("sys.stdin", io.StringIO("tiedao yusan pingguo\n"))
        asked = ("--quantity", quantity, "--by", "chen", "--password-stdin")
        return village("counter", "enter", code, "H1", *asked)

    near = ("staff", "kin", "chen", "--household", "001")
    assert json.loads(village(*near, "--relation", "own", "--json").out)["kin"] == [
        {"participant": "001", "relation": "own"}
    ]

    refused, entered = enter("001"), enter("002")

    assert (refused.status, entered.status) == (1, 0), entered.err
    assert "请由另一位店员登记" in refused.err and "002 李秀英 +1.5分" in entered.out
    assert "柜台登记" in village("counter", "list").out
    assert village(*near).status == village(*near, "--relation", "own", "--drop").status == 2
    assert json.loads(village(*near, "--drop", "--json").out)["kin"] == []
    assert enter("001").status == 0
    assert [enter("002", odd).status for odd in ("三斤", "NaN", "sNaN", "1e999999", "0.001", "-1")] == [1] * 6
