"""A question on its pages: recorded at the counter, seen before it hangs, read by anybody, asked by card."""

import pytest
from flask import Flask
from time_machine import Traveller

from pointsbank import lists, market, questions, staff
from pointsbank.questions import Question
from tests.builders import CLERK, COMMITTEE, NOW, VILLAGE, Chayuan
from tests.questions.scene import ANSWER, ASKED, NAMING, NEUTRAL
from tests.web.browser import Browser, words
from tests.web.test_card_visit import scan

PAGES = f"/v/{VILLAGE}/questions"
OPEN = f"/open/{VILLAGE}/questions"
NEW = {"kind": "doubt", "words": NAMING, "participant": "0101", "role": "committee"}
PIN = "271828"
SHOWN = {"question_words": NEUTRAL, "words": ANSWER}


@pytest.fixture
def chen(app: Flask) -> Browser:
    return Browser(app).sign_in("chen")


@pytest.fixture
def li(app: Flask) -> Browser:
    return Browser(app).sign_in("li")


def every(village: Chayuan) -> list[Question]:
    mine = village.read(questions.of_participant, participant=village.wang.id)
    return [one for one, _ in mine]


def recorded(chen: Browser, village: Chayuan, **more: str) -> Question:
    chen.follow(chen.post(PAGES, **{**NEW, **more}))
    return every(village)[0]


def set_pin(village: Chayuan) -> None:
    card, digest = village.card(village.wang), market.digest_pin(PIN)
    two = {"by": CLERK, "second": COMMITTEE}
    village.write(market.set_pin, participant=village.wang.id, pin=digest, card=card.id, **two)


def test_from_the_counter_to_the_public_board(
    chen: Browser, li: Browser, app: Flask, village: Chayuan
) -> None:
    one = recorded(chen, village)
    at, passer_by = f"{PAGES}/{one.id}", Browser(app)
    assert "1条待答复，最早应于2026年9月10日前答复" in words(passer_by.get(OPEN))
    assert NAMING in words(li.get(PAGES)) and NAMING in words(li.get(f"/v/{VILLAGE}/roster/0101"))

    refused = li.post(f"{at}/answer/look", question_words=NAMING, words=ANSWER)
    assert refused.status_code == 422 and "王建国" in words(refused) and ANSWER in words(refused)
    seen = words(li.post(f"{at}/answer/look", **SHOWN))
    assert "公开栏上这样写" in seen and "公开90天" in seen and every(village)[0].status == "open"
    assert "到2026年11月30日自动撤下" in words(li.follow(li.post(f"{at}/answer", **SHOWN)))

    for page in (OPEN, f"/open/{VILLAGE}"):
        shown = words(passer_by.get(page))
        assert NEUTRAL in shown and ANSWER in shown and "村委会2026年9月1日答复" in shown
        assert not any(hidden in shown for hidden in ("王建国", "王*国", "0101", one.id))


def test_what_is_over_or_taken_back_is_gone_from_every_page(
    chen: Browser, li: Browser, app: Flask, village: Chayuan, clock: Traveller
) -> None:
    one, passer_by = recorded(chen, village), Browser(app)
    li.post(f"{PAGES}/{one.id}/answer", **SHOWN)
    other = recorded(chen, village, words=ASKED)
    li.post(f"{PAGES}/{other.id}/answer", question_words=ASKED, words=ANSWER)
    assert passer_by.get(OPEN).headers["Cache-Control"] == "no-store"

    chen.follow(chen.post(f"{PAGES}/{other.id}/withdraw"))
    assert ASKED not in words(passer_by.get(OPEN)) and NEUTRAL in words(passer_by.get(OPEN))
    clock.move_to(NOW.replace(month=12))
    assert NEUTRAL not in words(passer_by.get(OPEN))


def test_what_may_not_hang_is_counted_and_home_tells_only_who_answers(
    chen: Browser, li: Browser, app: Flask, village: Chayuan
) -> None:
    one = recorded(chen, village, role="supervisor")
    zhao = Browser(app).sign_in("zhao")
    home = f"/v/{VILLAGE}"
    assert "1条提问等您答复" in words(zhao.get(home))
    assert "1条提问等您答复" not in words(li.get(home))
    assert li.post(f"{PAGES}/{one.id}/answer", **SHOWN).status_code == 403

    inside = {"reason": "one_household", "inside": "和王建国当面说了"}
    done = zhao.follow(zhao.post(f"{PAGES}/{one.id}/answer/inside", **inside))

    assert "只关一户一人" in words(done)
    shown = words(Browser(app).get(OPEN))
    assert "另有1条不宜公开，已当面答复" in shown and "王建国" not in shown


@pytest.mark.parametrize(
    ("door", "sent"),
    [
        ("", {**NEW, "words": " "}),
        ("", {**NEW, "kind": "petition"}),
        ("", {**NEW, "role": "clerk"}),
        ("", {**NEW, "participant": "9999"}),
        ("/{}/answer", {**SHOWN, "words": ""}),
        ("/{}/answer", {**SHOWN, "question_words": NAMING}),
        ("/{}/answer/inside", {"reason": "", "inside": "说了"}),
        ("/{}/pass-on", {"role": "clerk"}),
    ],
)
def test_bad_input_is_refused_and_writes_nothing(
    li: Browser, village: Chayuan, door: str, sent: dict[str, str]
) -> None:
    one = recorded(li, village)

    refused = li.post(PAGES + door.format(one.id), **sent)

    assert 400 <= refused.status_code < 500
    assert every(village) == [one]


def test_a_household_asks_by_card_and_pin_and_takes_it_back(
    app: Flask, li: Browser, village: Chayuan
) -> None:
    set_pin(village)
    phone = scan(app, village)
    sent = {"kind": "suggestion", "words": ASKED}
    wrong = phone.post("/mine/ask", **sent, pin="000000")
    assert wrong.status_code in (409, 422) and ASKED in words(wrong) and every(village) == []

    done = phone.follow(phone.post("/mine/ask", **sent, pin=PIN))

    [one] = every(village)
    assert (one.way, one.recorded_by) == ("card", staff.by_card(village.wang.id))
    assert "村委会在2026年9月10日以前答复" in words(done) and ASKED in words(done)
    li.post(f"{PAGES}/{one.id}/answer", question_words=ASKED, words=ANSWER)
    assert ANSWER in words(phone.get("/mine"))
    stranger = scan(app, village, village.li)
    for address in (f"/mine/questions/{one.id}", "/mine/questions/none"):
        assert stranger.get(address).status_code == 404
    assert stranger.post(f"/mine/questions/{one.id}", pin=PIN).status_code in (404, 409, 422)
    assert every(village)[0].status == "published"
    assert "已撤回" in words(phone.follow(phone.post(f"/mine/questions/{one.id}", pin=PIN)))
    assert ASKED not in words(Browser(app).get(OPEN))


def test_paper_says_nothing_of_who_asked_nor_in_which_words() -> None:
    on_paper = {one.key for one in lists.find("questions").columns if one.paper is not None}

    assert on_paper.isdisjoint({"code", "name", "group", "words", "answer", "by", "reason"})


def test_a_program_records_and_answers(app: Flask, village: Chayuan) -> None:
    client = app.test_client()
    with village.database.writing() as session:
        li = staff.by_login(session, login="li").id
        head = {"Authorization": f"Bearer {staff.make_token(session, login='li', by=li, at=NOW)}"}
    here = f"/api/v1/villages/{VILLAGE}/questions"
    made = client.post(here, json={"kind": "question", "words": ASKED}, headers=head)
    assert made.status_code == 201, made.text
    assert client.get(here, headers=head).json["items"] == [made.json]

    at = f"{here}/{made.json['id']}"
    named = client.post(f"{at}/answers", json={"words": "问李秀英"}, headers=head)
    done = client.post(f"{at}/answers", json={"words": ANSWER}, headers=head)

    assert named.status_code == 422 and "wording_names_somebody" in named.text
    assert (done.status_code, done.json["status"]) == (201, "published")
    assert client.get(f"{at}/answers", headers=head).json["items"][0]["words"] == ANSWER
