"""Every setting changed in the browser shows where it says: card, notice, poster, till, board, balance."""

import re
from typing import Any

import pypdfium2
import pytest
from flask import Flask
from time_machine import Traveller

from pointsbank import choosing, pictures
from tests.builders import VILLAGE, Chayuan
from tests.drawing import drawn
from tests.printing.reading import squeezed
from tests.web.browser import Browser, hidden, words
from tests.web.test_month import close, enter, open_meeting

HOME = f"/v/{VILLAGE}"

CHANGES: dict[str, tuple[str, dict[str, str]]] = {
    "notice_days": ("10", {"notice": "2026年9月11日", "poster": "2026年9月11日"}),
    "objection_working_days": ("5", {"notice": "5个工作日内书面答复", "poster": "5个工作日内书面答复"}),
    "second_check_single": ("10", {"till": "一次兑换超过10积分"}),
    "second_check_day": ("15", {"till": "今天累计超过15积分"}),
    "daily_limit": ("10", {"till": "每户每天最多兑换10积分"}),
    "ticket_seconds": ("30", {"till": "这次扫卡已经过期"}),
    "opening_hours": ("周五 8点半到11:30", {"till": "开放时间：周五08:30-11:30"}),
    "names_on_cards": ("named", {"card": "王建国"}),
    "contact_phone": (
        "0596-1112222",
        {"card": "0596-1112222", "notice": "0596-1112222", "poster": "0596-1112222"},
    ),
    "hotline": ("0596-3334444", {"notice": "0596-3334444", "poster": "0596-3334444"}),
    "red_places": ("1", {"red_board": "已按荣誉积分提名1户"}),
    "settling": ("by_hand", {"notice_page": "第二天起在这里办理入账"}),
    "question_working_days": ("5", {"questions": "在5个工作日内答复"}),
    "question_role": ("supervisor", {"questions": "由村务监督在"}),
    "question_shown_days": ("30", {"questions": "公开30天"}),
    "card_heading": ("Mbanj Cazyenz", {"card": "MbanjCazyenz"}),
    "poster_heading": ("Zaol Cax Yuanf", {"masthead": "ZaolCaxYuanf"}),
    "period_measure": ("average", {"period_board": "各月平均"}),
    "deduction_floor": ("below_zero", {"balance": "可用积分−10"}),
}
"""By setting: a value as it is typed, and what each place says then that it did not say before."""


class Office:
    """The village's people at their browsers, and the places where settings are seen."""

    def __init__(self, app: Flask, village: Chayuan, clock: Traveller) -> None:
        self.app, self.village, self.clock = app, village, clock
        self.li = Browser(app).sign_in("li")

    def change(self, name: str, typed: str) -> None:
        """Change a setting on its page; where that loosens, another role confirms."""
        asked = self.li.post(f"{HOME}/settings/{name}", value=typed)
        assert asked.status_code == 303, words(asked)
        if "/approvals/" in asked.headers["Location"]:
            zhao = Browser(self.app).sign_in("zhao")
            assert zhao.post(f"{asked.headers['Location']}/confirmation").status_code == 303

    def look(self, place: str) -> str:
        """What a place says."""
        return str(getattr(self, place)())

    def poster(self) -> str:
        """The poster of a closed month."""
        asked = self.li.post(f"{HOME}/boards/2026-07/close", heeded="1")
        if asked.status_code == 303:
            Browser(self.app).sign_in("zhao").post(f"{asked.headers['Location']}/confirmation")
        return _text(self.li.get(f"{HOME}/print/poster.pdf?month=2026-07"))

    masthead = poster

    def questions(self) -> str:
        """What anybody reads of questions."""
        return words(self.li.get(f"/open/{VILLAGE}/questions"))

    def card(self) -> str:
        """A new card of the first household."""
        return _text(self.li.post(f"{HOME}/print/cards.pdf", participant="0101"))

    def notice(self) -> str:
        """The printed notice of a meeting that has just ended."""
        self.notice_page()
        return _text(self.li.get(f"{HOME}/print/notice.pdf"))

    def notice_page(self) -> str:
        """The page of the notice of a meeting that has just ended."""
        meeting = open_meeting(self.li)
        enter(self.li, meeting, "0101")
        return words(close(self.li, meeting))

    def till(self) -> str:
        """The till when a bag of rice of 20 points is sold 45 seconds after the scan."""
        self.village.give(self.village.wang, 200)
        token = self.village.card(self.village.wang).token
        chen = Browser(self.app).sign_in("chen")
        scanned = chen.follow(chen.post(f"{HOME}/till", text=f"http://village.test:8000/c/{token}"))
        self.clock.shift(45)
        basket = {"ticket": hidden(scanned, "ticket"), "q-rice": "1", "p-rice": "20"}
        page = chen.get(f"{HOME}/till/confirm", query_string=basket)
        # What cannot be sold leads back to the shelf, and a scan that is over to the next one.
        return words(chen.follow(page) if page.status_code == 303 else page)

    def red_board(self) -> str:
        """The board of a month in which two households won more than nothing, one of them more."""
        self._score({"0101": "2026-08-20", "0102": "2026-08-20"}, {"0101": "2026-08-21"})
        return words(self.li.follow(self.li.post(f"{HOME}/boards/2026-08/red")))

    def period_board(self) -> str:
        """The board of this quarter."""
        return words(self.li.get(f"{HOME}/boards/2026-Q3"))

    def balance(self) -> str:
        """The file of a household of which ten points were taken that it did not have."""
        self._score({"0101": "2026-08-20"}, item="乱堆")
        page = words(self.li.get(f"{HOME}/roster/0101"))
        return re.sub("<[^>]+>|\\s", "", page[page.index("可用积分") :])[:20]

    def _score(self, *entries: dict[str, str], **more: str) -> None:
        meeting = open_meeting(self.li)
        for entered in entries:
            for code, day in entered.items():
                meeting = self.li.get(meeting.request.path)
                assert enter(self.li, meeting, code, occurred_on=day, **more).status_code == 303
        notice = close(self.li, meeting)
        self.clock.shift(5 * 24 * 3600)
        self.li = Browser(self.app).sign_in("li")
        assert self.li.post(f"{notice.request.path}/settle").status_code == 303


def _text(answer: Any) -> str:
    assert answer.status_code == 200, words(answer)
    document = pypdfium2.PdfDocument(answer.data)
    return squeezed("".join(page.get_textpage().get_text_range() for page in document))


@pytest.fixture
def office(app: Flask, village: Chayuan, clock: Traveller) -> Office:
    return Office(app, village, clock)


def test_every_setting_says_where_it_is_seen_and_is_looked_for_there() -> None:
    assert {one.name: set(one.shows) for one in choosing.every()} == {
        name: set(places) for name, (_, places) in CHANGES.items()
    }
    assert all(one.source and one.subject for one in choosing.every())
    drawn = {one.name for one in choosing.every() if set(one.shows) & pictures.PRINTED.keys()}
    assert drawn | pictures.SCENES.keys() == set(CHANGES)


@pytest.mark.parametrize("name", CHANGES)
def test_a_setting_changed_in_the_browser_shows_where_it_is_for(
    office: Office, name: str, full: bool
) -> None:
    typed, seen = CHANGES[name]
    office.change(name, typed)

    for place in sorted(seen, reverse=True) if full else drawn(sorted(seen), name, 1):
        assert seen[place] in office.look(place), place


@pytest.mark.parametrize("place", sorted({place for _, seen in CHANGES.values() for place in seen}))
def test_without_the_change_none_of_it_is_seen(office: Office, place: str) -> None:
    said = office.look(place)

    assert said
    assert not [name for name, (_, seen) in CHANGES.items() if place in seen and seen[place] in said]


def test_the_page_of_a_subject_shows_its_pictures_and_who_changed_it_last(office: Office) -> None:
    office.change("hotline", "0596-3334444")
    page = words(office.li.get(f"{HOME}/settings/about/phones"))

    assert "改过，改前是（不印）。" in page
    assert "国办函〔2026〕12号" in page
    assert "谁能改：评议小组、管理员；放宽要另一位角色不同的工作人员确认。" in page
    assert page.count("<img") == 3
    drawn = office.li.get(f"{HOME}/settings/hotline/poster.png?value=12345")
    assert drawn.mimetype == "image/png" and drawn.data[:4] == b"\x89PNG"
    assert office.li.get(f"{HOME}/settings/hotline/card.png").status_code == 404
    assert office.li.get(f"{HOME}/settings/hotline/poster.png?value=mayor").status_code == 422


def test_looking_at_a_value_changes_nothing(office: Office) -> None:
    looked = office.li.post(f"{HOME}/settings/daily_limit", value="30", preview="1")
    page = words(office.li.follow(looked))

    assert "每户每天最多兑换30积分" in page and "改了以后的样子" in page
    assert office.village.read(choosing.values)["daily_limit"] is None
