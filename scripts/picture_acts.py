"""What is done in the sample village before some pages are drawn: a meeting, a wedding, the counter."""

import re
from pathlib import Path

import pypdfium2
import zxingcpp
from playwright.sync_api import Page

JUDGES = "龙凤泉\n田大满\n石老三\n吴世昌"


def scan_a_card(page: Page, home: str, cards: Path) -> None:
    """Open the page of the first household on a sheet of cards, as its telephone does."""
    sheet = pypdfium2.PdfDocument(cards)[0].render(scale=4).to_pil()
    address = min(found.text for found in zxingcpp.read_barcodes(sheet))
    page.goto(f"{home}/c/{address.rpartition('/')[2]}")
    page.click("main button")
    page.wait_for_url("**/mine")


def hold_an_evening(page: Page, home: str) -> str:
    """Open a meeting, enter three lines, give a courtyard to the judges; return the meeting's id."""
    page.goto(f"{home}/meetings")
    page.fill("#judges", JUDGES)
    page.click("button:text-is('开始评议')")
    page.wait_for_url("**/meetings/*")
    meeting = page.url.rpartition("/")[2]
    for code in ("01001", "01002", "01003"):
        page.goto(f"{home}/meetings/{meeting}")
        page.click("#entry summary")
        page.fill("#codes", code)
        page.fill("#item", "HJ01")
        page.click("#entry button:text-is('录入')")
        page.wait_for_selector(".alert-success")
    page.goto(f"{home}/meetings/{meeting}/marks")
    page.fill("#codes", "01005 01006")
    page.select_option("#item", "HJ03")
    page.click("button:text-is('提交打分')")
    page.wait_for_selector(".alert-success")
    return meeting


def announce_a_wedding(page: Page, home: str) -> str:
    """Announce a wedding a month ahead; return its id."""
    page.goto(f"{home}/ceremonies")
    page.fill("#participant", "01007")
    page.select_option("#kind", "wedding")
    filled = {"held_on": "2026-12-06", "tables": "12", "cars": "6", "gift": "100", "place": "自家院子"}
    for field, words in filled.items():
        page.fill(f"#{field}", words)
    page.click("main form button[type=submit]")
    page.wait_for_url(re.compile(r"/ceremonies/\w{10,}"))
    return page.url.rpartition("/")[2]


def serve_at_the_counter(page: Page, home: str) -> None:
    """Enter what two households brought to the counter."""
    for code, kilograms in (("01008", "4"), ("01009", "6.5")):
        page.goto(f"{home}/counter/{code}")
        page.fill("input[name=quantity]", kilograms)
        page.click("main form button[type=submit]")
        page.wait_for_load_state()
