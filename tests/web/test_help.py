"""Help is open to everybody, linked from every page, and each topic shows its pictures."""

import re

import pytest
from flask import Flask

from pointsbank.web.help_topics import TOPICS
from tests.web.browser import Browser


@pytest.mark.parametrize("name", [topic.name for topic in TOPICS])
def test_each_topic_is_open_to_who_cannot_sign_in_and_leads_to_the_others(app: Flask, name: str) -> None:
    stranger = Browser(app)
    page = stranger.get(f"/help/{name}")
    drawn = set(re.findall(r'<img src="([^"]+)"', page.text))

    assert page.status_code == 200
    assert set(re.findall(r'href="/help/(\w+)"', page.text)) == {topic.name for topic in TOPICS} - {name}
    assert [address for address in drawn if stranger.get(address).status_code != 200] == []


def test_every_page_links_the_help(app: Flask) -> None:
    assert 'href="/help"' in Browser(app).get("/sign-in").text
    assert 'href="/help"' in Browser(app).sign_in("chen").get("/account").text


def test_a_topic_that_is_not_there_is_told_so(app: Flask) -> None:
    assert Browser(app).get("/help/nothing").status_code == 404
