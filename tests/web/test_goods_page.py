"""Goods on their pages: other words wait for a second person, and others see who put what there."""

import io

from flask import Flask

from pointsbank import market
from tests.builders import NOW, VILLAGE, Chayuan
from tests.web.browser import Browser, words

HOME = f"/v/{VILLAGE}"
GOODS = f"{HOME}/goods"


def test_goods_on_the_shelf_are_renamed_by_two_and_the_log_says_so(
    app: Flask, village: Chayuan, browser: Browser
) -> None:
    li = browser.sign_in("li")
    assert 'value="大米"' in words(li.get(f"{GOODS}/rice"))
    asked = li.follow(li.post(f"{GOODS}/rice/words", name="大米", spec="10斤", category=""))
    assert "大米 → 大米（10斤），从确认时起；每件仍是20积分。" in words(asked)
    assert li.post(f"{asked.request.path}/confirmation").status_code == 403
    refused = li.post(f"{GOODS}/rice/words", name="", spec="20斤", category="")
    assert refused.status_code == 422 and 'value="20斤"' in words(refused)
    assert li.post(f"{GOODS}/soap/words", name="肥皂", spec="", category="").status_code == 303

    zhao = Browser(app).sign_in("zhao")
    done = zhao.follow(zhao.post(f"{asked.request.path}/confirmation"))
    assert "rice已改为大米（10斤）。" in words(done)
    log = words(zhao.get(f"{HOME}/log?kind=goods_described"))
    for sentence in ("rice 大米改为大米（10斤），每件20分", "soap 香皂改为肥皂，每件5分"):
        assert sentence in log and sentence in words(zhao.get(HOME))


def test_a_table_is_tried_first_and_says_which_rows_wait(village: Chayuan, browser: Browser) -> None:
    li = browser.sign_in("li")

    table = io.BytesIO("编号,名称,规格,积分,每户每月限量\nrice,大米,10斤,20,2\n".encode())
    looked = li.post(f"{HOME}/imports/goods", file=(table, "goods.csv"))
    row = "第2行：rice 大米改为大米（10斤）："
    assert f"{row}成为申请，要另一位角色不同的工作人员确认" in words(li.follow(looked))
    assert "双人确认</h2>" not in words(li.get(HOME))
    assert f"{row}成为申请" in words(li.follow(li.post(looked.headers["Location"])))
    assert "改商品名称规格：大米（rice）" in words(li.get(HOME))
    assert village.read(market.goods_by_code, code="rice", at=NOW).spec == ""


def test_others_see_new_goods_and_their_first_price_on_their_home_page(app: Flask, browser: Browser) -> None:
    li = browser.sign_in("li")
    li.post(GOODS, code="N01", name="大米", spec="10斤", points="1", stock="5")

    assert "N01" not in words(li.get(HOME))
    shown = words(Browser(app).sign_in("zhao").get(HOME))
    assert "新上架 N01 大米（10斤） 1分（期初5件）" in shown and "李主任" in shown


def test_no_renaming_pushes_new_goods_off_the_home_page(app: Flask, browser: Browser) -> None:
    sun = browser.sign_in("sun")
    sun.post(GOODS, code="N01", name="茅台酒", spec="500毫升", points="0.01", stock="50")
    for number in "一二三四五六":
        sun.post(f"{GOODS}/soap/words", name=f"香皂{number}", spec="", category="")
    for number in range(30):
        sun.post(GOODS, code=f"X{number}", name="食盐", spec="", points="2", stock="0")

    zhao = Browser(app).sign_in("zhao")
    home, everything = words(zhao.get(HOME)), words(zhao.get(f"{HOME}/shelf-news"))
    assert "全部33种" in home and "新上架 X29 食盐 2分" in home
    assert "新上架 N01 茅台酒（500毫升） 0.01分（期初50件）" in everything
    assert everything.count("goods/soap") == 1 and "soap 香皂五改为香皂六，每件5分" in everything
    assert "另有5次变动，见日志" in everything
    assert "新上架 N01" not in words(sun.get(f"{HOME}/shelf-news"))
