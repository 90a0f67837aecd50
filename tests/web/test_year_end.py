"""A year's end on the pages: resolved, reminded of by its days, previewed, posted by two people, undone."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from time_machine import Traveller

from pointsbank import proof, year_end
from pointsbank.points import whole
from tests.builders import VILLAGE, Chayuan
from tests.printing.reading import text_of
from tests.web.browser import Browser, hidden, words
from tests.web.villagers import scanned
from tests.year_end.scene import AUTUMN, CLEARING, DUE, JANUARY, LATER, YEAR, move, points_of, resolved

HOME, OPEN = f"/v/{VILLAGE}", f"/open/{VILLAGE}"
RULES, PAGE = f"{HOME}/year-end", f"{HOME}/year-end/{YEAR}"
CHOSEN = {
    "points": "clear",
    "honour": "kept",
    "month": "1",
    "day": "10",
    "from_date": "2026-09-01",
    "resolution": CLEARING["resolution"],
}
OWN = "您家的120分"
HUNG = "2026年的年终结转2027年1月10日起办"


@pytest.fixture
def earned(village: Chayuan) -> Chayuan:
    """王建国 has 120 points of the old year, six others 10 each; 曾䶮 owes 5."""
    move(village, village.wang, 120, at=AUTUMN)
    for who in (village.namesake, village.shan, village.li, village.ouyang, village.maimaiti):
        move(village, who, 10, at=AUTUMN)
    move(village, village.zeng, -5, at=AUTUMN, kind="deduction")
    return village


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"points": "ceiling"}, "请填最多留多少分"),
        ({"points": "ceiling", "ceiling": "-30"}, "请填最多留多少分"),
        ({"rate": "0.5", "keeps_gifts": "1"}, "没有选折成荣誉的"),
        ({"points": "to_honour", "rate": "100.01"}, "大于0，最多100"),
        ({"month": "2", "day": "29"}, "2月最晚28日"),
        ({"from_date": "2029-01-01"}, "施行日期最晚到"),
        ({"resolution": "王建国提出的决议"}, "王建国"),
        ({"resolution": ""}, "决议"),
    ],
)
def test_a_resolution_that_does_not_fit_is_refused_and_stays_as_it_was_typed(
    app: Flask, village: Chayuan, wrong: dict[str, str], said: str
) -> None:
    typed = CHOSEN | wrong
    refused = Browser(app).sign_in("li").post(RULES, **typed)

    page = words(refused)
    assert refused.status_code in (409, 422) and said in page
    assert f'<option value="{typed["points"]}" selected>' in page
    assert not [one for name, one in typed.items() if name != "honour" and f'value="{one}"' not in page]
    assert village.read(year_end.rules) == []


def test_a_resolution_sent_twice_is_one_and_the_next_one_replaces_it(app: Flask, village: Chayuan) -> None:
    li = Browser(app).sign_in("li")
    for _ in range(2):
        assert "已登记，2026年9月1日起" in words(li.follow(li.post(RULES, **CHOSEN)))
    assert len(village.read(year_end.rules)) == 1

    for chosen in ({"points": "ceiling", "ceiling": "200.5"}, {"points": "to_honour", "rate": "0.5"}):
        assert "已登记" in words(li.follow(li.post(RULES, **CHOSEN | chosen)))
    known = [(one.ceiling, one.rate) for one in village.read(year_end.rules)]
    assert known == [(None, 50), (20050, None), (None, None)]
    assert 'value="0.5"' in words(li.get(RULES))
    early = li.post(RULES, **CHOSEN | {"points": "stay", "from_date": "2026-08-31"})
    assert early.status_code == 409 and "新的不能更早" in words(early)
    li.post(RULES, **CHOSEN | {"points": "stay"})
    assert village.read(year_end.rule_of, year=YEAR).points == "stay"
    assert Browser(app).sign_in("chen").post(RULES, **CHOSEN).status_code == 403


EDGES = [
    (datetime(2026, 12, 10, 15, 59, tzinfo=UTC), False),
    (datetime(2026, 12, 10, 16, 0, tzinfo=UTC), True),
    (datetime(2027, 3, 11, 15, 59, tzinfo=UTC), True),
    (datetime(2027, 3, 11, 16, 0, tzinfo=UTC), False),
]
"""Around the midnights of China before and after it, and whether everybody is reminded."""


def test_card_page_and_board_remind_from_a_month_before_until_its_time_is_over(
    app: Flask, earned: Chayuan, clock: Traveller
) -> None:
    resolved(earned)
    tokens = [earned.card(who).token for who in (earned.wang, earned.zeng)]
    seen = []
    for at, _ in EDGES:
        clock.move_to(at)
        phones = [scanned(app, token) for token in tokens]
        mine, of_who_owes = (words(phone.get("/mine")) for phone in phones)
        board = words(Browser(app).get(OPEN))
        assert "清零" not in of_who_owes and "欠着的积分不动" in board
        seen.append((OWN in mine, HUNG in board))

    assert seen == [(is_reminded, is_reminded) for _, is_reminded in EDGES]


def test_the_slip_that_is_printed_in_december_says_it(app: Flask, earned: Chayuan, clock: Traveller) -> None:
    resolved(earned)
    li, _ = sides(app, EDGES[1][0], clock)
    pdf = li.post(f"{HOME}/print/slip.pdf", participant=["0101", earned.zeng.code]).get_data()

    assert "".join(text_of(pdf).split()).count(f"{OWN}到2027年1月10日清零") == 1


def sides(app: Flask, at: datetime, clock: Traveller) -> tuple[Browser, Browser]:
    """Li and Zhao, signed in at a moment."""
    clock.move_to(at)
    return Browser(app).sign_in("li"), Browser(app).sign_in("zhao")


def agreed(first: Browser, second: Browser, address: str, **given: str) -> tuple[str, str]:
    """What the second person reads of a request, and what is said when it is confirmed."""
    asked = first.follow(first.post(address, **given))
    page = asked.request.path
    read = words(second.get(page))
    seen = hidden(second.get(page), "seen")
    return read, words(second.follow(second.post(f"{page}/confirmation", seen=seen)))


def test_it_is_previewed_requested_confirmed_and_undone(
    app: Flask, earned: Chayuan, clock: Traveller
) -> None:
    resolved(earned)
    li, zhao = sides(app, JANUARY, clock)
    early = li.get(PAGE)
    assert "还不能办" in words(early) and "6个积分主体的可用积分一共减少170分" in words(early)
    assert li.post(PAGE).status_code == 409

    li, zhao = sides(app, DUE, clock)
    assert "欠积分的1户照旧欠着" in words(li.get(PAGE))
    read, done = agreed(li, zhao, PAGE)
    assert "王建国（0101）：120分，减120分，还有0分可用" in read and "30天以内可以由两个人整个撤销" in read
    assert "不能撤回" not in read
    assert "2026年年终结转已入账：6个积分主体，可用积分减少170分。" in done
    again = li.post(PAGE)
    assert again.status_code == 409 and "已经入账" in words(again)
    assert "6个积分主体，可用积分一共减少170分" in words(Browser(app).get(OPEN))

    li, zhao = sides(app, LATER, clock)
    undoing = f"{PAGE}/undoing"
    for reason in ("王建国家的事", ""):
        refused = li.post(undoing, reason=reason)
        assert refused.status_code in (409, 422) and f'value="{reason}"' in words(refused)
    read, done = agreed(li, zhao, undoing, reason="决议的日期看错了")
    assert "原因：决议的日期看错了" in read and "不能撤回" in read
    assert "2026年年终结转已撤销：6个积分主体已补回。" in done
    assert points_of(earned, earned.wang) == whole(120) and points_of(earned, earned.zeng) == -whole(5)
    assert "办过一次" in words(li.get(PAGE)) and "申请年终结转" in words(li.get(PAGE))
    assert proof.verify(earned.database, village=VILLAGE).holds
