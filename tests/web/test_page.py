"""How a module of pages declares itself: its routes, its tab, and what an action does."""

from pathlib import Path

import pytest
from flask import Flask
from sqlmodel import Session

from pointsbank.schemas.fields import Text
from pointsbank.staff import Permission
from pointsbank.web import access, forms, pages
from pointsbank.web.app import create_app
from pointsbank.web.forms import BoundForm
from pointsbank.web.page import Page, SeeOther, Tab, in_order
from pointsbank.web.pages.stocktakes import CountsUnsaved
from tests.builders import VILLAGE, Chayuan
from tests.web.browser import Browser, words
from tests.web.conftest import settings

HERE = f"/v/{VILLAGE}/notes"

page = Page()


class Note(forms.Form):
    """One line."""

    text = Text(maximum=20, required=True)


@page.form("/v/<village>/notes", Permission.HOME, tab=Tab("留言", "写一句话", after="sales"))
def notes(form: BoundForm, village: str) -> str:
    """Show what was typed and what is wrong with it."""
    return f"{village}|{form.values.get('text', '')}|{form.sentence()}|{form.errors.get('text', '')}"


@page.action("/v/<village>/notes", Permission.STAFF_MANAGE, form=Note, on=notes)
def write_note(session: Session, form: BoundForm, village: str) -> str:
    """Refuse one text and take all others."""
    if form.data["text"] == "坏话":
        raise CountsUnsaved()
    return f"已写下{form.data['text']}。"


@page.action("/v/<village>/notes/<note>/move", Permission.STAFF_MANAGE, on=notes)
def move_note(session: Session, form: BoundForm, village: str, note: str) -> str | SeeOther:
    """Lead elsewhere, or back."""
    return "已留在原处。" if note == "stay" else SeeOther("goods", "已移走。", village=village)


@pytest.fixture
def app(village: Chayuan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The site with this page beside its own."""
    own = pages.declared()
    monkeypatch.setattr(pages, "declared", lambda: [*own, page])
    return create_app(settings(tmp_path), village.database)


def test_a_refused_action_shows_the_page_with_what_was_typed(browser: Browser) -> None:
    answer = browser.sign_in("sun").post(HERE, text="坏话")

    assert answer.status_code == 409
    assert words(answer) == f"{VILLAGE}|坏话|{CountsUnsaved.sentence}|"


def test_a_wrong_field_is_said_beside_it_and_nothing_is_done(browser: Browser) -> None:
    answer = browser.sign_in("sun").post(HERE, text=" ")

    assert answer.status_code == 422
    assert words(answer) == f"{VILLAGE}| |有几处需要改正，请看标出的地方。|请填写这一项。"


def test_an_action_leads_back_to_its_page_with_a_sentence(browser: Browser) -> None:
    answer = browser.sign_in("sun").post(HERE, text="好话")

    assert (answer.status_code, answer.headers["Location"]) == (303, HERE)
    with browser.client.session_transaction() as kept:
        assert [sentence for _, sentence in kept["_flashes"]] == ["已写下好话。"]


def test_an_action_leads_elsewhere_where_it_says_so(browser: Browser) -> None:
    browser.sign_in("sun")

    assert browser.post(f"{HERE}/1/move").headers["Location"] == f"/v/{VILLAGE}/goods"
    assert browser.post(f"{HERE}/stay/move").headers["Location"] == HERE


def test_the_page_and_its_actions_have_a_permission_each(app: Flask, browser: Browser) -> None:
    browser.sign_in("chen")

    assert browser.get(HERE).status_code == 200
    assert browser.post(HERE, text="好话").status_code == 403
    assert {needed for _, rule, needed in access.routes(app) if "/notes" in rule} == {"home", "staff.manage"}


def test_a_tab_stands_where_it_says_and_only_for_those_who_may(browser: Browser) -> None:
    home = words(browser.sign_in("sun").get(f"/v/{VILLAGE}"))
    order = [home.index(label) for label in (">细则<", ">兑换记录<", ">留言<")]

    assert order == sorted(order)
    assert "写一句话" in home


def test_a_tab_behind_no_tab_is_found_at_the_start() -> None:
    with pytest.raises(ValueError, match="goods"):
        in_order([Tab("首", "起点", endpoint="first"), Tab("末", "终点", after="goods", endpoint="last")])
