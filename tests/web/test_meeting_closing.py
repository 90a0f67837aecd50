"""The end of a meeting on its page: nothing typed is lost, and nobody seals what he did not see."""

import pytest

from pointsbank import scoring
from tests.builders import Chayuan
from tests.web.browser import Browser, hidden, words
from tests.web.test_month import enter, open_meeting


@pytest.fixture
def li(browser: Browser) -> Browser:
    return browser.sign_in("li")


def test_minutes_that_were_typed_and_not_saved_are_sealed_with_the_meeting(
    li: Browser, village: Chayuan
) -> None:
    meeting = open_meeting(li).request.path

    look = li.follow(li.post(f"{meeting}/review", minutes="到场12人，一致通过。"))
    assert "到场12人，一致通过。" in words(look)
    li.post(f"{meeting}/close", seen=hidden(look, "seen"), minutes="到场13人，一致通过。")

    [held] = village.read(scoring.meetings)
    assert (held.status, held.minutes) == ("closed", "到场13人，一致通过。")


def test_the_page_says_what_will_be_sealed(li: Browser, village: Chayuan) -> None:
    meeting = open_meeting(li)
    enter(li, meeting, "0101 0102 0201")
    li.post(f"{meeting.request.path}/scores/{village.read(scoring.scores)[0].id}/withdraw")

    shown = words(li.get(f"{meeting.request.path}/close"))

    assert "2条，2户" in shown
    assert "结果公示3天" in shown


def test_what_was_entered_since_the_look_sends_one_back_with_the_minutes_kept(
    li: Browser, village: Chayuan
) -> None:
    meeting = open_meeting(li)
    seen = hidden(li.get(f"{meeting.request.path}/close"), "seen")
    enter(li, meeting, "0101")

    refused = li.post(f"{meeting.request.path}/close", seen=seen, minutes="到场12人")

    assert (refused.status_code, "到场12人" in words(refused)) == (409, True)
    assert "现在是1条、1户" in words(refused)
    assert village.read(scoring.meetings)[0].status == "open"
    again = li.post(f"{meeting.request.path}/close", seen=hidden(refused, "seen"), minutes="到场12人")
    assert again.status_code == 303


def test_a_meeting_that_has_ended_is_not_looked_at_again(li: Browser, village: Chayuan) -> None:
    meeting = open_meeting(li).request.path
    li.post(f"{meeting}/close")

    assert li.get(f"{meeting}/close").status_code == 409
    assert li.post(f"{meeting}/close", minutes="换一份记录").status_code == 409
    assert village.read(scoring.meetings)[0].minutes == ""
