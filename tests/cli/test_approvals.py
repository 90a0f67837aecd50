"""Requests that wait for a second person, seen and answered at the machine with that person's password."""

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
import time_machine

from pointsbank import approvals, backups, roster, staff
from pointsbank.approvals import HandedCard
from pointsbank.database import Database
from tests.cli.conftest import Ran, Run, settle_all

PASSWORDS = {"li": "tiedao yusan pingguo", "chen": "luobo qianbi houzi"}
ROSTER = "户号,户主,小组,人口\n001,王建国,一组,4\n"

Answer = Callable[..., Ran]


@pytest.fixture
def answer(village: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Answer:
    """Answer as somebody, whose password is typed into standard input; the village has a printed card."""

    def run_as(verb: str, *words: object, second: str, password: str = "") -> Ran:
        monkeypatch.setattr(sys, "stdin", StringIO(f"{password or PASSWORDS[second]}\n"))
        return village("approval", verb, *words, "--second", second, "--password-stdin")

    with time_machine.travel(datetime.now(UTC) - timedelta(days=2)):
        for login, role in (("li", "committee"), ("chen", "clerk")):
            monkeypatch.setattr(sys, "stdin", StringIO(f"{PASSWORDS[login]}\n"))
            assert village("staff", "add", login, "--role", role, "--password-stdin").status == 0
        settle_all(tmp_path / "data", PASSWORDS)
    file = tmp_path / "roster.csv"
    file.write_text(ROSTER, "utf-8")
    assert village("import", "roster", file).status == 0
    assert village("print", "cards", "--out", tmp_path / "cards.pdf").status == 0
    return run_as


def sign(data: Path) -> str:
    """Sign as 李 that the card was handed out, as on the page; return the request's id."""
    database = Database(f"sqlite:///{data / 'pointsbank.sqlite3'}")
    backups.unseal(database)
    with database.writing() as session:
        printed = roster.printed_cards(session, village="chayuan")
        cards = [HandedCard(card, who) for who, card in printed.items()]
        by = staff.by_login(session, login="li").id
        now = datetime.now(UTC)
        made = approvals.request_hand_out(session, village="chayuan", cards=cards, by=by, at=now)
    database.dispose()
    return made.id


def test_a_request_is_confirmed_with_the_second_person_s_password_alone(
    answer: Answer, village: Run, tmp_path: Path
):
    assert village("approval", "list").out == "没有等待确认的申请。\n"
    one = sign(tmp_path / "data")
    [listed] = json.loads(village("approval", "list", "--json").out)["approvals"]
    assert (listed["id"], listed["seconds"]) == (one, ["chen"])
    assert "发放积分卡：王建国（001）（可以确认的人：chen）" in village("approval", "list").out

    assert answer("confirm", one, second="chen", password="something else").status == 1
    himself = answer("confirm", one, second="li")
    assert (himself.status, "要由另一位角色不同的工作人员确认" in himself.err) == (1, True)
    assert village("card", "lost", "001").status == 1
    done = answer("confirm", one, second="chen")
    assert (done.status, done.out) == (0, "已登记发放1张卡。\n")
    assert village("card", "lost", "001").status == 0
    assert "不能再处理" in answer("confirm", one, second="chen").err


def test_what_is_overdue_is_ended_by_a_command(answer: Answer, village: Run, tmp_path: Path):
    one = sign(tmp_path / "data")
    assert village("approval", "expire").out == "已结束0份过期的申请。\n"
    with time_machine.travel(datetime.now(UTC) + timedelta(days=7)):
        assert village("approval", "expire").out == "已结束1份过期的申请。\n"
    assert one not in village("approval", "list").out


def test_a_request_is_declined_for_one_of_four_reasons(answer: Answer, village: Run, tmp_path: Path):
    one = sign(tmp_path / "data")
    assert answer("decline", one, "--reason", "unlucky", second="chen").status == 2

    told = answer("decline", one, "--reason", "not_present", second="chen")

    assert (told.status, told.out) == (0, "未同意，这件事没有办。\n")
    assert village("approval", "list").out == "没有等待确认的申请。\n"
    assert village("card", "lost", "001").status == 1


def test_no_card_is_handed_out_by_a_command_whoever_is_named(answer: Answer, village: Run, tmp_path: Path):
    out = tmp_path / "more.pdf"
    for acting in ((), ("--as", "li")):
        told = village("print", "cards", "--hand-out", *acting, "--out", out)
        assert told.status == 1
        assert "命令行里不能签" in told.err and "请去掉 --hand-out 打印" in told.err

    assert not out.exists()
    assert village("approval", "list").out == "没有等待确认的申请。\n"
    assert "--hand-out" not in village("print", "cards", "--help").out
