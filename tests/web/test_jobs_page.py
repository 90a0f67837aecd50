"""What the program does by itself, on its page; backups: taken along by who may, written down for all."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from pointsbank import backups, duties, jobs, staff
from pointsbank.duties import name_of
from tests.builders import NOW, VILLAGE, Chayuan
from tests.staff.people import hire
from tests.web.browser import Browser, words
from tests.web.conftest import settings
from tests.web.test_second_factor import enrol

PHRASE = "四个不相干的词语"


@pytest.fixture
def wu(village: Chayuan, browser: Browser) -> Browser:
    """The administrator of the installation, signed in with a telephone."""
    hire(village.database, "wu", "admin", village=None)
    enrol(browser.sign_in("wu"))
    return browser


def test_the_page_shows_each_duty_with_its_progress_result_and_failure(wu: Browser, village: Chayuan):
    with village.database.writing() as session:
        jobs.take(session, seen=jobs.find(session, name="backup"), worker="w", at=NOW)
        jobs.report(session, name="backup", worker="w", step=1, steps=3, doing="检查备份能不能恢复")
        jobs.take(session, seen=jobs.find(session, name="old_prints"), worker="w", at=NOW)
        jobs.finish(session, name="old_prints", worker="w", result="删除了3个到期的打印文件。", at=NOW)
        jobs.take(session, seen=jobs.find(session, name="ended_sign_ins"), worker="w", at=NOW)
        jobs.fail(session, name="ended_sign_ins", worker="w", error="服务器磁盘已满。", at=NOW)

    shown = words(wu.get("/jobs"))

    assert '<progress value="1" max="3"' in shown and "检查备份能不能恢复" in shown
    assert "删除了3个到期的打印文件。" in shown and "服务器磁盘已满。" in shown
    assert 'http-equiv="refresh"' in shown


def test_an_idle_page_does_not_look_again(wu: Browser):
    assert 'http-equiv="refresh"' not in words(wu.get("/jobs"))


def test_asking_is_kept_with_who_asked_and_only_for_what_may_be_asked(wu: Browser, village: Chayuan):
    wu.get("/jobs")
    assert wu.post("/jobs/backup").status_code == 303
    with village.database.reading() as session:
        asked = jobs.find(session, name="backup")
        assert asked.asked_by == staff.by_login(session, login="wu").id
    assert wu.post("/jobs/old_prints").status_code == 404
    assert wu.post("/jobs/nothing").status_code == 404


def test_a_backup_taken_along_is_whole_and_every_supervisor_reads_who_took_it(
    app: Flask, wu: Browser, village: Chayuan, tmp_path: Path
):
    wu.get("/jobs")
    sent = wu.post("/jobs/backup/download", passphrase=PHRASE, again=PHRASE)

    assert sent.status_code == 200
    assert name_of(NOW) in sent.headers["Content-Disposition"]
    (tmp_path / "taken").write_bytes(sent.get_data())
    sent.close()
    with backups.opened(tmp_path / "taken", aside=tmp_path, passphrase=PHRASE) as plain:
        rows = sqlite3.connect(plain).execute("SELECT count(*) FROM participant").fetchone()
    assert rows == (12,)
    assert list((tmp_path / "uploads").iterdir()) == []
    told = words(Browser(app).sign_in("zhao").get(f"/v/{VILLAGE}/staff-events"))
    assert "下载备份或看口令</td>" in told and name_of(NOW) in told


def test_a_short_or_doubtful_passphrase_takes_nothing_along(wu: Browser, tmp_path: Path):
    wu.get("/jobs")
    short = wu.post("/jobs/backup/download", passphrase="短", again="短")
    doubtful = wu.post("/jobs/backup/download", passphrase=PHRASE, again=PHRASE + "x")

    assert "口令至少要16个" in words(short) and 'href="#passphrase"' in words(short)
    assert "两次输入的口令不一样" in words(doubtful)
    assert PHRASE not in words(doubtful)
    assert list((tmp_path / "uploads").glob("*")) == []
    assert "没有这样的记录" in words(wu.get(f"/v/{VILLAGE}/staff-events?kind=backup_taken"))


def test_what_opens_the_locked_backups_is_shown_only_to_who_is_written_down(
    app: Flask, wu: Browser, tmp_path: Path
):
    asked = "/jobs/backup/passphrase"
    wu.get("/jobs")
    assert "都没有加密" in words(wu.post(asked)) and "看备份口令" not in words(wu.get("/jobs"))
    app.extensions["pointsbank_settings"] = replace(settings(tmp_path), backup_to=(tmp_path / "stick",))
    phrase = duties.passphrase(app.extensions["pointsbank_settings"])

    opened, looked_at = wu.get("/jobs"), wu.get(asked)
    zhao = Browser(app).sign_in("zhao")
    events = f"/v/{VILLAGE}/staff-events?kind=backup_taken"
    before = words(zhao.get(events))
    shown = wu.post(asked)

    assert "看备份口令" in words(opened) and phrase not in words(opened) and looked_at.status_code == 405
    assert phrase in words(shown) and 'http-equiv="refresh"' not in words(shown)
    assert "没有这样的记录" in before and "看了打开其他文件夹里备份的口令" in words(zhao.get(events))
    zhao.get(f"/v/{VILLAGE}")
    assert zhao.post(asked).status_code == 403


OF_THE_MACHINE = ("/jobs", "/installation", f"/v/{VILLAGE}/address")


@pytest.mark.parametrize("login", ["li", "zhao", "chen"])
def test_nobody_but_an_administrator_takes_one(browser: Browser, login: str):
    browser.sign_in(login)

    answers = [browser.get(path) for path in OF_THE_MACHINE]
    answers += [browser.post("/jobs/backup/download"), browser.post("/jobs/backup")]
    assert [one.status_code for one in answers] == [403] * 5
    assert "请联系管理员" in words(answers[0]) and "后台工作" not in words(browser.get(f"/v/{VILLAGE}"))


def test_the_admin_of_the_only_village_looks_after_the_machine(browser: Browser, village: Chayuan):
    sun = browser.sign_in("sun")

    assert "还没有备份" in words(sun.get(f"/v/{VILLAGE}"))
    assert [sun.get(path).status_code for path in OF_THE_MACHINE] == [200] * 3
    sent = sun.post("/jobs/backup/download", passphrase=PHRASE, again=PHRASE)
    assert sent.status_code == 200 and name_of(NOW) in sent.headers["Content-Disposition"]
    sent.close()
    assert sun.post("/jobs/backup").status_code == 303
    # Founding a second village is what ends this.
    assert sun.get("/villages/new").status_code == sun.get("/townships").status_code == 403
    with village.database.reading() as session:
        [one] = [one for one in staff.everyone(session) if one.staff.login == "sun"]
        locked = staff.lock_person(session, person=one.staff.id)
    assert one.only_village == locked.only_village == VILLAGE


def test_with_a_second_village_the_machine_is_nobody_s_but_of_who_administers_all(
    app: Flask, browser: Browser, village: Chayuan
):
    sun = browser.sign_in("sun")
    assert sun.get("/jobs").status_code == 200

    village.found_neighbour()

    answers = [sun.get(path) for path in OF_THE_MACHINE]
    answers += [sun.post("/jobs/backup/download", passphrase=PHRASE, again=PHRASE), sun.post("/jobs/backup")]
    assert [one.status_code for one in answers] == [403] * 5
    for one in answers:
        assert "管理所有村的管理员" in words(one) and "pointsbank staff add 账号 --role admin" in words(one)
    assert "后台工作" not in words(sun.get(f"/v/{VILLAGE}"))
    hire(village.database, "wu", "admin", village=None)
    wu = Browser(app).sign_in("wu")
    enrol(wu)
    assert wu.get("/jobs").status_code == 200


def test_home_says_how_old_the_last_backup_is_and_warns_all_after_days(
    app: Flask, wu: Browser, tmp_path: Path
):
    home = f"/v/{VILLAGE}"
    assert "还没有备份" in words(wu.get(home))

    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / name_of(NOW - timedelta(days=5))).touch()

    assert "（5天前）" in words(wu.get(home))
    assert "已经5天没有备份了" in words(Browser(app).sign_in("li").get(home))
