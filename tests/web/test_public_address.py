"""The public address: chosen on a page, taken over by every process, never against the operator."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from time_machine import Traveller

from pointsbank import config, public_address, roster
from pointsbank.public_address import Reach, reach_of
from tests.builders import VILLAGE, Chayuan
from tests.staff.people import give_factor, hire
from tests.web.browser import Browser, hidden, words
from tests.web.conftest import settings

PAGE = f"/v/{VILLAGE}/address"


@pytest.fixture
def he(app: Flask, village: Chayuan) -> Browser:
    """Whoever runs the installation."""
    person = hire(village.database, "qian", "admin", village=None)
    browser = Browser(app).sign_in("qian")
    with village.database.writing() as session:
        give_factor(session, person)
    return browser


@pytest.mark.parametrize(
    ("url", "reach"),
    [
        ("http://localhost:8000", Reach.THIS_MACHINE),
        ("http://127.0.0.1:8000", Reach.THIS_MACHINE),
        ("http://127.9.9.9", Reach.THIS_MACHINE),
        ("http://[::1]:8000", Reach.THIS_MACHINE),
        ("http://0.0.0.0:8000", Reach.THIS_MACHINE),
        ("http://169.254.7.7", Reach.THIS_MACHINE),
        ("http://cunwei-pc:8000", Reach.THIS_MACHINE),
        ("http://cunwei-pc.local", Reach.THIS_MACHINE),
        ("http://jf.test", Reach.THIS_MACHINE),
        ("http://192.168.1.20:8000", Reach.SAME_NETWORK),
        ("http://10.1.2.3", Reach.SAME_NETWORK),
        ("https://jf.chayuan.cn", Reach.EVERYWHERE),
        ("http://203.0.114.7", Reach.EVERYWHERE),
    ],
)
def test_who_can_open_an_address(url: str, reach: Reach) -> None:
    assert reach_of(url) is reach


def test_a_chosen_address_is_on_the_next_cards_and_at_the_next_start(
    he: Browser, app: Flask, tmp_path: Path
) -> None:
    assert "村民的手机打不开这个网址" in words(he.get(PAGE))

    shown = he.follow(he.post(PAGE, public_url="http://192.168.1.20:8000/", listen="1"))

    assert "公开网址是 http://192.168.1.20:8000" in words(shown) and "请关掉服务再启动一次" in words(shown)
    assert app.extensions["pointsbank_settings"].public_url == "http://192.168.1.20:8000"
    started = config.load(tmp_path, environ={})
    assert (started.public_url, started.host) == ("http://192.168.1.20:8000", "0.0.0.0")
    assert config.load(tmp_path, environ={}, host="127.0.0.1").host == "127.0.0.1"


def test_who_chose_which_address_is_read_by_every_supervisor_and_the_network_stays_open(
    he: Browser, app: Flask, tmp_path: Path, clock: Traveller
) -> None:
    he.get(PAGE)
    he.post(PAGE, public_url="http://192.168.1.20:8000", listen="1")
    clock.shift(1)
    app.extensions["pointsbank_settings"] = replace(settings(tmp_path), host="0.0.0.0")
    he.post(PAGE, public_url="http://jf.chayuan.cn")
    he.post(PAGE, public_url="http://jf.chayuan.cn")

    page = words(Browser(app).sign_in("zhao").get(f"/v/{VILLAGE}/staff-events?kind=address_set"))

    open_to_all = "网络里的机器都能打开"
    assert f"无 → http://192.168.1.20:8000，{open_to_all}" in page
    assert f"http://192.168.1.20:8000，{open_to_all} → http://jf.chayuan.cn，{open_to_all}" in page
    assert page.count("选定公开网址</td>") == 2 and 'data-name="操作人">qian</td>' in page
    assert config.load(tmp_path, environ={}).host == "0.0.0.0"


def test_what_another_process_kept_holds_from_the_next_request(
    he: Browser, app: Flask, tmp_path: Path
) -> None:
    public_address.keep(tmp_path, public_url="http://jf.chayuan.cn")

    assert "http://jf.chayuan.cn" in words(he.get(PAGE))
    # From http to https only the next start leads, for the cookies of both are apart.
    public_address.keep(tmp_path, public_url="https://jf.chayuan.cn")
    assert '<p class="big long">http://jf.chayuan.cn</p>' in words(he.get(PAGE))
    assert config.load(tmp_path, environ={}).secure
    (tmp_path / public_address.FILE).write_text("public_url = ", "utf-8")
    assert he.get(PAGE).status_code == 200
    with pytest.raises(config.SettingInvalid, match=r"address\.toml"):
        config.load(tmp_path, environ={})


@pytest.mark.parametrize(
    "url", ["jf.chayuan.cn", "ftp://jf.cn", "http://", "http://村.cn", 'http://a.cn/"x', "javascript:x"]
)
def test_what_is_no_address_is_said_at_its_field(he: Browser, tmp_path: Path, url: str) -> None:
    refused = he.post(PAGE, public_url=url)

    assert refused.status_code == 422 and 'id="public_url-wrong"' in words(refused)
    assert not (tmp_path / public_address.FILE).exists()


def test_what_the_operator_set_is_not_changed_here(he: Browser, app: Flask, tmp_path: Path) -> None:
    app.extensions["pointsbank_settings"] = replace(
        settings(tmp_path), address_set_in="POINTSBANK_PUBLIC_URL"
    )
    public_address.keep(tmp_path, public_url="http://elsewhere.cn")

    assert he.post(PAGE, public_url="http://jf.chayuan.cn").status_code == 409
    assert "elsewhere.cn" not in words(he.get(PAGE))
    own = config.load(tmp_path, environ={"POINTSBANK_PUBLIC_URL": "http://own.cn"})
    assert (own.public_url, own.address_set_in) == ("http://own.cn", "POINTSBANK_PUBLIC_URL")


def test_the_admin_of_one_village_among_several_does_not_choose_for_all(
    browser: Browser, village: Chayuan
) -> None:
    village.found_neighbour()

    assert browser.sign_in("sun").get(PAGE).status_code == 403


def test_before_another_address_is_kept_it_is_said_how_many_cards_stay_behind(
    he: Browser, app: Flask, village: Chayuan
) -> None:
    [card] = village.write(roster.issue, participants=[village.wang.id], public_url="http://old.cn")
    village.write(roster.hand_out, cards=[card.id])

    asked = he.post(PAGE, public_url="https://jf.chayuan.cn")
    assert "使用中的卡有1张印着别的网址" in words(asked) and "柜台只认卡号那一串" in words(asked)
    assert app.extensions["pointsbank_settings"].public_url != "https://jf.chayuan.cn"

    done = he.follow(he.post(PAGE, public_url=hidden(asked, "public_url"), sure=hidden(asked, "sure")))
    assert "公开网址是 https://jf.chayuan.cn" in words(done)
    assert "http://old.cn" in words(done) and "只给别的网址的户打印新卡" in words(done)
    li = Browser(app).sign_in("li")
    assert "1户，1张卡" in words(li.post(f"/v/{VILLAGE}/print/cards/check", group="*", old_address="1"))
