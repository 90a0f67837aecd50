"""The till, step by step, without JavaScript."""

import html
import io
import re
from datetime import timedelta

import pytest
import qrcode
from PIL import Image
from time_machine import Traveller
from werkzeug.test import TestResponse

from pointsbank import market
from pointsbank.market.attempts import attempts_made
from pointsbank.points import whole
from tests.builders import CLERK, NOW, VILLAGE, Chayuan
from tests.printing.escpos import printed
from tests.staff.people import PASSWORD
from tests.web.browser import Browser, hidden, words

TILL = f"/v/{VILLAGE}/till"
BASKET = {"q-rice": "1", "p-rice": "20"}


@pytest.fixture
def clerk(browser: Browser, village: Chayuan) -> Browser:
    village.give(village.wang, 60)
    return browser.sign_in("chen")


def scan(clerk: Browser, village: Chayuan) -> TestResponse:
    return typed(clerk, f"http://somewhere.else/c/{village.card(village.wang).token}")


def typed(clerk: Browser, text: str) -> TestResponse:
    return clerk.follow(clerk.post(TILL, text=text))


def chosen(clerk: Browser, shelf: TestResponse, **more: str) -> TestResponse:
    """The page to which a basket leads: its confirmation, or the shelf with the reason."""
    page = clerk.follow(clerk.post(f"{TILL}/goods", ticket=hidden(shelf, "ticket"), **{**BASKET, **more}))
    return clerk.follow(page) if page.status_code == 303 else page


def redeem(clerk: Browser, shelf: TestResponse, **more: str) -> TestResponse:
    held = {"ticket": hidden(shelf, "ticket"), "request_id": "a" * 32}
    return clerk.post(f"{TILL}/redeem", **held, **{**BASKET, "confirmed": "1", **more})


def test_a_scanned_card_buys_goods_and_gives_a_receipt(clerk: Browser, village: Chayuan) -> None:
    shelf = scan(clerk, village)
    asked = chosen(clerk, shelf)
    assert "已核对" in words(asked)

    receipt = clerk.follow(redeem(clerk, shelf))

    assert "兑换完成" in words(receipt)
    assert village.balance(village.wang).points == whole(40)


@pytest.mark.parametrize("width", [58, 80])
def test_a_receipt_goes_to_a_receipt_printer_from_its_page(
    clerk: Browser, village: Chayuan, width: int
) -> None:
    shown = clerk.follow(redeem(clerk, scan(clerk, village)))
    link = re.search(rf'href="([^"]+\.escpos[^"]+)">{width}毫米</a>', words(shown))
    assert link is not None
    file = clerk.get(html.unescape(link[1]))

    assert re.search(r"receipt-\d+\.bin$", file.headers["Content-Disposition"])
    lines = [line.text for line in printed(file.data, width=width).lines]
    assert any("王建国（0101）" in line for line in lines)


def test_the_same_form_sent_twice_sells_once(clerk: Browser, village: Chayuan) -> None:
    shelf = scan(clerk, village)

    first, second = redeem(clerk, shelf), redeem(clerk, shelf)

    led = [one.headers["Location"].partition("?")[0] for one in (first, second)]
    assert led[0] == led[1]
    assert village.balance(village.wang).points == whole(40)


def test_without_the_tick_nothing_is_sold_and_the_basket_stays(clerk: Browser, village: Chayuan) -> None:
    refused = redeem(clerk, scan(clerk, village), confirmed="")

    assert refused.status_code == 409
    assert "请核对来人" in words(refused)
    assert hidden(refused, "q-rice") == "1"
    assert village.balance(village.wang).points == whole(60)


def test_a_typed_number_needs_a_second_member_of_staff(clerk: Browser, village: Chayuan) -> None:
    shelf = typed(clerk, village.wang.code)
    refused = redeem(clerk, shelf)
    assert "第二位工作人员" in words(refused)

    done = redeem(clerk, shelf, approver="sun", approver_password=PASSWORD)

    assert done.status_code == 303


def test_a_typed_number_is_asked_for_a_second_person_before_the_sale(
    clerk: Browser, village: Chayuan
) -> None:
    asked = chosen(clerk, typed(clerk, village.wang.code))

    assert asked.status_code == 200
    assert "本次没有扫卡" in words(asked)
    assert "这一户还没有设密码，请扫积分卡，或请第二位工作人员登录确认" in words(asked)
    assert "请村民输入" not in words(asked)
    assert hidden(asked, "approver") == ""
    assert village.read(attempts_made, kind="sale") == []


def test_the_confirmation_shows_what_is_left(clerk: Browser, village: Chayuan) -> None:
    asked = chosen(clerk, scan(clerk, village))

    assert '兑换后剩余</span><span class="num">40<' in words(asked)


def test_a_basket_too_dear_goes_back_to_the_shelf_with_the_reason(clerk: Browser, village: Chayuan) -> None:
    shelf = scan(clerk, village)
    refused = chosen(clerk, shelf, **{"q-rice": "4"})

    assert refused.status_code == 409
    assert "请减少数量" in words(refused)
    assert hidden(refused, "q-rice") == "4"


def test_a_name_in_initials_offers_the_households_it_may_mean(clerk: Browser) -> None:
    offered = words(clerk.post(TILL, text="wjg"))

    assert offered.count("选这一户") == 3
    assert "0101" in offered


def test_a_changed_price_is_said_and_the_basket_stays(clerk: Browser, village: Chayuan) -> None:
    shelf = scan(clerk, village)
    village.write(market.set_price, goods="rice", points=whole(25))

    refused = redeem(clerk, shelf)

    assert refused.status_code == 409
    assert "积分价已改为25" in words(refused)


def test_an_expired_scan_asks_for_another(clerk: Browser, village: Chayuan, clock: Traveller) -> None:
    shelf = scan(clerk, village)
    clock.shift(121)

    refused = redeem(clerk, shelf)

    assert refused.status_code == 409
    assert "请重新扫卡" in words(refused)


@pytest.mark.parametrize("quantity", ["-1", "1.5", "9" * 20, "x"])
def test_a_strange_quantity_is_a_sentence(clerk: Browser, village: Chayuan, quantity: str) -> None:
    shelf = scan(clerk, village)

    refused = chosen(clerk, shelf, **{"q-rice": quantity})

    assert refused.status_code == 422
    assert "件数应为" in words(refused)
    assert f'value="{quantity}"' in words(refused)


def test_a_sale_is_taken_back_once(clerk: Browser, village: Chayuan) -> None:
    receipt = clerk.follow(redeem(clerk, scan(clerk, village)))
    path = f"{receipt.request.path}/reversal"

    done = clerk.post(path, request_id=hidden(receipt, "request_id"), reason="拿错商品")
    again = clerk.post(path, request_id="another-request", reason="拿错商品")

    assert "已撤销" in words(clerk.follow(done))
    assert again.status_code == 409
    assert village.balance(village.wang).points == whole(60)


def test_a_photographed_card_is_read_on_the_server(clerk: Browser, village: Chayuan) -> None:
    picture = io.BytesIO()
    token = village.card(village.wang).token
    qrcode.make(f"http://village.test/c/{token}").save(picture)
    picture.seek(0)

    page = clerk.follow(clerk.post(TILL, text="", photo=(picture, "card.png")))

    assert hidden(page, "ticket")
    assert village.wang.name in words(page)


def pictured(*tokens: str) -> io.BytesIO:
    """A photo of cards side by side."""
    codes = [qrcode.make(f"http://village.test/c/{token}").get_image().convert("L") for token in tokens]
    picture, left = Image.new("L", (sum(code.width for code in codes), codes[0].height), 255), 0
    for code in codes:
        picture.paste(code, (left, 0))
        left += code.width
    file = io.BytesIO()
    picture.save(file, "PNG")
    file.seek(0)
    return file


def test_of_several_cards_on_a_photo_none_is_chosen(clerk: Browser, village: Chayuan) -> None:
    wang, zeng = village.card(village.wang).token, village.card(village.zeng).token

    several = clerk.post(TILL, text="", photo=(pictured(wang, zeng), "card.png"))
    twice = clerk.follow(clerk.post(TILL, text="", photo=(pictured(wang, wang), "card.png")))

    assert several.status_code == 422 and "照片里有2张积分卡，请只拍一张" in words(several)
    assert 'name="ticket"' not in words(several)
    assert village.wang.name in words(twice)


@pytest.mark.parametrize(
    ("photo", "named"),
    [
        (b"", "没有传完整"),
        (b"GIF89a", "GIF 动图"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 50, "太大"),
        (b"\xff\xd8\xff\xd9", "没有传完整"),
        (b"<svg/>", "不是照片"),
    ],
)
def test_what_is_no_photo_is_a_sentence(clerk: Browser, photo: bytes, named: str) -> None:
    page = clerk.post(TILL, text="", photo=(io.BytesIO(photo), "card.png"))

    assert page.status_code == 422
    assert named in words(page)


def test_a_lost_card_is_refused_at_the_next_scan(clerk: Browser, village: Chayuan) -> None:
    token = village.card(village.wang).token
    clerk.post(f"/v/{VILLAGE}/roster/{village.wang.code}/lost")

    refused = clerk.post(TILL, text=token)

    assert refused.status_code == 409
    assert "已经挂失" in words(refused)


def test_a_password_set_the_day_before_confirms_a_typed_sale(clerk: Browser, village: Chayuan) -> None:
    given = {"participant": village.wang.id, "card": village.card(village.wang).id, "second": CLERK}
    village.write(market.set_pin, pin=market.digest_pin("274916"), **given, at=NOW - timedelta(hours=24))

    shelf = typed(clerk, village.wang.code)

    assert redeem(clerk, shelf, pin="000001").status_code == 409
    assert redeem(clerk, shelf, pin="274916").status_code == 303
