"""People hear at home of stubs that are away; from data that is no longer the village's nothing is served."""

import sqlite3
from pathlib import Path

import pytest
from flask import Flask

from pointsbank import watermark
from pointsbank.database import Database
from pointsbank.storage_faults import files, servers
from pointsbank.watermark import Keeper, Place
from pointsbank.watermark.keeping import DatabaseExchanged
from pointsbank.web.app import create_app
from scripts.cluster import Cluster
from tests.builders import Chayuan
from tests.web.browser import Browser, words
from tests.web.conftest import settings


@pytest.fixture
def keeper(village: Chayuan, tmp_path: Path):
    """Who keeps the stubs of the village, in a folder and on a stick that is away."""
    watermark.begin(village.database, [Place(tmp_path / "here")], just_made=True)
    keeper = Keeper(village.database, [tmp_path / "here", tmp_path / "nowhere" / "stick"])
    keeper.start()
    yield keeper
    keeper.stop()


@pytest.fixture
def kept(app: Flask, keeper: Keeper) -> Browser:
    """A browser on a site whose stubs are kept."""
    app.extensions["pointsbank_keeper"] = keeper
    return Browser(app)


@pytest.mark.parametrize("login", ["li", "chen", "zhao", "sun"])
def test_a_stick_that_is_away_is_said_on_everybody_s_home_page(kept: Browser, login: str, keeper: Keeper):
    while not keeper.warnings():
        pass

    page = words(kept.sign_in(login).get("/v/chayuan"))

    assert "不在，请插上U盘" in page
    assert page.count("不在，请插上U盘") == 1


def test_a_site_without_stubs_says_so(browser: Browser):
    assert "没有设置账外存根" in words(browser.sign_in("li").get("/v/chayuan"))


@pytest.mark.parametrize("path", ["/", "/v/chayuan", "/sign-in", "/healthz", "/api/v1/villages"])
def test_nothing_is_served_from_a_database_that_was_exchanged(kept: Browser, keeper: Keeper, path: str):
    kept.sign_in("li")
    keeper.hold(DatabaseExchanged())

    answer = kept.get(path)

    assert answer.status_code == 503
    assert "已停止服务" in (answer.json["detail"] if answer.is_json else words(answer))


def test_a_page_found_torn_stops_the_site(browser: Browser, village: Chayuan):
    browser.sign_in("li")
    village.database.dispose()
    file = Path(str(village.database.engine.url.database))
    with sqlite3.connect(file) as connection:
        [root] = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'participant'"
        ).fetchone()
    connection.close()
    content = bytearray(file.read_bytes())
    content[(root - 1) * 4096 : root * 4096] = b"\xff" * 4096
    file.write_bytes(content)

    first, second = browser.get("/v/chayuan/roster"), browser.get("/sign-in")

    assert (first.status_code, second.status_code) == (503, 503)
    for answer in (first, second):
        assert "数据库文件已损坏" in words(answer) and "已停止服务" in words(answer)


def test_the_check_says_why_the_database_cannot_be_used_and_names_no_path(browser: Browser, village: Chayuan):
    file = Path(str(village.database.engine.url.database))
    village.database.dispose()
    file.rename(file.with_name("elsewhere"))
    file.mkdir()

    answer = browser.get("/healthz")

    assert answer.status_code == 503
    assert files.FileIsFolder.sentence in words(answer)
    assert file.name not in words(answer)


def test_the_check_says_that_a_server_takes_no_writes(
    cluster: Cluster, postgresql_database: Database, tmp_path: Path
):
    browser = Browser(create_app(settings(tmp_path), postgresql_database))
    assert browser.get("/healthz").status_code == 200
    name = postgresql_database.engine.url.database
    postgresql_database.dispose()
    cluster.run(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on')

    answer = browser.get("/healthz")

    assert answer.status_code == 503
    assert servers.ReadOnly.sentence in words(answer)
