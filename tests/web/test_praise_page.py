"""Boards by deed on their pages: adopted, proposed, voted on in one go, as a file; boards of periods."""

import pytest

from pointsbank import boards, scoring
from tests.builders import VILLAGE, Chayuan
from tests.web.browser import Browser, words
from tests.web.test_month import close, enter, open_meeting

BOARDS = f"/v/{VILLAGE}/boards"
KIND = {"name": "美丽庭院", "about": "院里院外干净整齐", "applies_to": "household", "places": "10"}
KIND |= {"span": "month", "resolution": "2026年村民会议", "on": "2026-09-01"}
DEED = {
    "participants": "0101、0102",
    "deed": "院里种花，柴草堆放整齐",
    "proposer": "person",
    "person": "0303",
}


@pytest.fixture
def li(browser: Browser) -> Browser:
    return browser.sign_in("li")


def test_a_kind_is_adopted_names_are_proposed_and_one_vote_decides_them(
    li: Browser, village: Chayuan
) -> None:
    assert "按事迹提名" not in words(li.get(f"{BOARDS}/2026-09"))
    adopted = li.follow(li.post(f"{BOARDS}/kinds", **KIND))
    assert "已设立“美丽庭院”：户 · 每月最多10个" in words(adopted)
    [kind] = village.read(boards.praise_kinds)

    named = li.follow(li.post(f"{BOARDS}/2026-09/praise", kind=kind.id, **DEED))
    assert "已提名2户“美丽庭院”" in words(named)
    ballot = words(li.get(f"{BOARDS}/2026-09/votes"))
    assert "美丽庭院（2户，最多10个）" in ballot and ballot.count("院里种花，柴草堆放整齐") == 2
    waiting = village.read(boards.undecided_red, month="2026-09")
    ticked = {f"taken-{one.id}": "1" for one in waiting} | {f"for-{waiting[1].id}": "2", "votes_for": "9"}
    done = li.post(f"{BOARDS}/2026-09/votes", **ticked, votes_against="3", on="2026-09-01")

    assert "1户上红榜，1户没有通过" in words(li.follow(done))
    page = words(li.get(f"{BOARDS}/kinds/{kind.id}"))
    assert "0101" in page and "0102" not in page
    assert li.get(f"{BOARDS}/kinds/{kind.id}?format=xlsx").data[:2] == b"PK"
    assert "村民：李秀英（0303）" in words(li.get(f"/v/{VILLAGE}/listings/{waiting[0].id}"))


def test_a_wrong_deed_comes_back_with_what_was_typed(li: Browser, village: Chayuan) -> None:
    li.post(f"{BOARDS}/kinds", **KIND)
    [kind] = village.read(boards.praise_kinds)

    for proposer, sentence in (("person", "哪一户提名的"), ("panel", "哪个评议小组提名的")):
        nobody = li.post(
            f"{BOARDS}/2026-09/praise", kind=kind.id, **DEED | {"proposer": proposer, "person": ""}
        )
        assert nobody.status_code == 422 and sentence in words(nobody) and DEED["deed"] in nobody.text
    refused = li.post(f"{BOARDS}/2026-09/praise", kind=kind.id, **DEED | {"deed": "带头发言表态"})

    assert refused.status_code == 422 and "不评意见、言论、表态和贫富" in words(refused)
    assert "带头发言表态" in words(refused) and village.read(boards.listings) == []


def test_a_score_leads_to_the_praise_that_rests_on_it(li: Browser, village: Chayuan) -> None:
    li.post(f"{BOARDS}/kinds", **KIND)
    enter(li, open_meeting(li), "0101")
    meeting = village.read(scoring.meetings)[0]
    close(li, li.get(f"/v/{VILLAGE}/meetings/{meeting.id}"))
    [score] = village.read(scoring.scores)

    page = words(li.get(f"{BOARDS}/2026-09/praise?score={score.id}"))
    assert score.id in page and "依据：这一户的一条评分" in page and "0101" in page


def test_quarters_and_kinds_of_participant_have_boards_of_their_own(li: Browser) -> None:
    quarter = words(li.get(f"{BOARDS}/2026-Q3"))
    members = words(li.get(f"{BOARDS}/2026-09/ranks/party_member"))

    assert "2026年第三季度榜" in quarter and "未定榜" in quarter and "还没有月结的月份" in quarter
    assert "还没有评分，党员都没有名次" in members
    assert li.get(f"{BOARDS}/2026-09/ranks/party_member?format=xlsx").data[:2] == b"PK"
    assert li.get(f"{BOARDS}/2026-H1").status_code == li.get(f"{BOARDS}/2026").status_code == 200
    assert li.get(f"{BOARDS}/2026-Q5").status_code == 422
    assert li.get(f"{BOARDS}/2026-Q3/picture.png").status_code == 409
    assert li.get(f"{BOARDS}/2026-Q5/picture.png").status_code == 422
    assert li.get(f"{BOARDS}/2026-09/ranks/dragon").status_code == 404
