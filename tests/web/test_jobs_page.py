"""What the program does by itself, on its page; backups: taken along by who may, written down for all."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from pointsbank import backups, jobs, staff
from pointsbank.duties import name_of
from tests.builders import NOW, VILLAGE, Chayuan
from tests.staff.people import hire
from tests.web.browser import Browser, words
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
    assert "下载备份</td>" in told and name_of(NOW) in told


def test_a_short_or_doubtful_passphrase_takes_nothing_along(wu: Browser, tmp_path: Path):
    wu.get("/jobs")
    short = wu.post("/jobs/backup/download", passphrase="短", again="短")
    doubtful = wu.post("/jobs/backup/download", passphrase=PHRASE, again=PHRASE + "x")

    assert "口令至少要16个" in words(short) and 'href="#passphrase"' in words(short)
    assert "两次输入的口令不一样" in words(doubtful)
    assert PHRASE not in words(doubtful)
    assert list((tmp_path / "uploads").glob("*")) == []
    assert "没有这样的记录" in words(wu.get(f"/v/{VILLAGE}/staff-events?kind=backup_taken"))


@pytest.mark.parametrize("login", ["sun", "li", "zhao", "chen"])
def test_nobody_but_the_administrator_of_the_installation_takes_one(browser: Browser, login: str):
    browser.sign_in(login)

    assert browser.get("/jobs").status_code == 403
    assert browser.post("/jobs/backup/download").status_code == 403
    assert browser.post("/jobs/backup").status_code == 403


def test_home_says_how_old_the_last_backup_is_and_warns_all_after_days(
    app: Flask, wu: Browser, tmp_path: Path
):
    home = f"/v/{VILLAGE}"
    assert "还没有备份" in words(wu.get(home))

    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / name_of(NOW - timedelta(days=5))).touch()

    assert "（5天前）" in words(wu.get(home))
    assert "已经5天没有备份了" in words(Browser(app).sign_in("li").get(home))
