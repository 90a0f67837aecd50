"""What a card alone does not do: after loss it opens no address, and without the PIN it writes nothing."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask, g
from sqlalchemy import text
from sqlmodel import Session
from time_machine import Traveller

from pointsbank import boards, card_visits, claims, ledger, questions, roster, staff
from pointsbank.card_visits import CardVisit
from pointsbank.web import access, forms, own_acts
from tests.builders import HANDED, NOW, SUPERVISOR, VILLAGE, Chayuan
from tests.web.browser import Browser, hidden, words
from tests.web.test_card_visit import MINE, PIN, give_pin, notice, scan

LEAVE = "/mine/leave"
SENT = {
    "item": "清扫",
    "occurred_on": "2026-08-20",
    "words": "扫了村口的路",
    "kind": "question",
    "reason": "那天我去了",
}
FACT = "门前杂物堆放，三次提醒未清理"


def addresses(app: Flask, village: Chayuan) -> list[tuple[str, str]]:
    """Method and address of every route under /mine, each about something that is 王建国's own."""
    village.give(village.wang, 37)
    [score] = notice(village, village.wang)
    asked = village.write(
        questions.record, participant=village.wang.code, way="counter", kind="question", words="水价怎么定？"
    )
    [line] = village.read(ledger.statement, participant=village.wang.id, unit="points", limit=1).lines
    own = {"score": score.id, "question": asked.id, "index": str(line.index)}
    found = []
    for rule in app.url_map.iter_rules():
        if rule.rule == MINE or rule.rule.startswith(f"{MINE}/"):
            address = rule.rule
            for name in rule.arguments:
                address = address.replace(f"<{name}>", own[name])
            found += [(method, address) for method in ("GET", "POST") if method in (rule.methods or ())]
    assert len(found) > 10
    return found


def contents(village: Chayuan) -> dict[str, Any]:
    """How many rows every table has, but for the tries of a PIN and what witnesses them."""
    with village.database.reading() as session:
        tables = session.execute(text("select name from sqlite_master where type = 'table'")).scalars().all()
        return {
            name: session.execute(text(f'select count(*) from "{name}"')).scalar_one()
            for name in tables
            if name not in ("attempt", "row_witness")
        }


def close_household(village: Chayuan) -> None:
    """Nobody of the household is there any more."""
    with village.database.writing() as session:
        session.execute(
            text("update participant set status = 'closed' where id = :id"), {"id": village.wang.id}
        )


def lose(village: Chayuan) -> None:
    """The household says that its card is lost."""
    village.write(roster.lose, code=village.wang.code)


def reissue(village: Chayuan) -> None:
    """The household gets a new card for the old one."""
    village.card(village.wang)


@pytest.mark.parametrize("ended", [lose, reissue, close_household])
def test_after_its_loss_a_card_opens_no_address_of_its_household(
    app: Flask, village: Chayuan, ended: Callable[[Chayuan], None]
) -> None:
    every = addresses(app, village)
    phone = scan(app, village)
    before = [phone.get(one) for method, one in every if method == "GET"]
    assert {one.status_code for one in before} == {200} and village.wang.name in words(before[0])
    ended(village)
    counted = contents(village)

    after = [
        phone.get(one) if method == "GET" else phone.post(one, pin="271828", **SENT)
        for method, one in every
        if one != LEAVE
    ]

    assert {one.status_code for one in after} == {403}
    assert not any(
        one in words(page) for page in after for one in (village.wang.name, village.wang.code, ">37")
    )
    assert contents(village) == counted


@pytest.mark.parametrize("pin", [{}, {"pin": "000000"}, {"pin": "x" * 300}])
def test_without_the_pin_no_post_under_mine_writes_anything(
    app: Flask, village: Chayuan, pin: dict[str, str]
) -> None:
    posts = [one for method, one in addresses(app, village) if method == "POST" and one != LEAVE]
    phone = scan(app, village)
    give_pin(village)
    before = contents(village)

    refused = [phone.post(one, **SENT, **pin) for one in posts]

    assert len(posts) == 4 and {one.status_code for one in refused} == {422}
    assert contents(village) == before


def test_no_photo_is_looked_at_before_the_pin_was_right(app: Flask, village: Chayuan) -> None:
    phone = scan(app, village)
    large = {**SENT, "photos": (BytesIO(b"no photo" * 20_000), "a.jpg")}
    assert phone.post(f"{MINE}/claim", pin="271828", **large).status_code == 413
    give_pin(village)

    wrong = phone.post(f"{MINE}/claim", **{**large, "photos": (BytesIO(b"none"), "a.jpg")}, pin="000000")
    right = phone.post(f"{MINE}/claim", **{**large, "photos": (BytesIO(b"none"), "a.jpg")}, pin="271828")

    assert "还可以试4次" in words(wrong) and 'id="photos-wrong"' not in words(wrong)
    assert right.status_code == 422 and "还可以试" not in words(right) and "不能识别" in words(right)
    assert "扫了村口的路" in words(wrong) and "照片没有留下，请重新选" in words(wrong)
    assert not village.read(claims.waiting)


def test_a_card_lost_while_the_pin_is_checked_writes_nothing(app: Flask, village: Chayuan) -> None:
    scan(app, village)
    give_pin(village)
    [card] = village.read(roster.known_cards, participant=village.wang.code, limit=5)
    written: list[str] = []
    with app.test_request_context():
        g.card_visit = CardVisit(VILLAGE, village.wang.id, card.id, NOW)

        def act(prepare: Callable[[], None]) -> None:
            form = forms.unbound()
            form.data = {"pin": PIN}
            own_acts.carry_out(form, lambda _session, who: written.append(who["by"]), prepare=prepare)

        act(lambda: None)
        with pytest.raises(access.CardVisitOver):
            act(lambda: lose(village))
    assert written == [staff.by_card(village.wang.id)]


def test_a_form_of_one_household_is_never_sent_as_another_s(app: Flask, village: Chayuan) -> None:
    """Two cards are scanned one after the other on one telephone; the first one's form still stands open."""
    phone = scan(app, village)
    give_pin(village)
    whose = hidden(phone.get(f"{MINE}/claim"), "whose")
    [score] = notice(village, village.wang)
    neighbour = scan(app, village, village.li)
    before, tries = contents(village), village.read(tries_of_pins)

    for address in ("claim", "ask", f"object/{score.id}"):
        answer = neighbour.post(f"{MINE}/{address}", pin=PIN, whose=whose, **SENT)
        assert answer.status_code == 403 and "另一户的卡" in words(answer)
        typed = SENT["reason" if address.startswith("object") else "words"]
        assert typed in words(answer) and PIN not in words(answer)

    assert (contents(village), village.read(tries_of_pins)) == (before, tries)
    # The household's own form, by a second telephone or a new card of its own, is taken.
    assert phone.post(f"{MINE}/claim", pin=PIN, whose=whose, **SENT).status_code == 303


def tries_of_pins(session: Session, village: str) -> int:
    """How many rows tell of a PIN that was tried."""
    return session.execute(text("select count(*) from attempt")).scalar_one()


def test_a_warning_is_seen_from_the_day_of_its_notification_to_its_last(
    app: Flask, village: Chayuan, clock: Traveller
) -> None:
    phone = scan(app, village)
    resolved = {"resolution": "第3号决议", "on": date(2026, 8, 20)}
    village.write(boards.resolve_black_board, **resolved)
    proposed = {"month": "2026-09", "participant": village.wang.code, "rule": "乱倒", "fact": FACT}
    listing = village.write(boards.propose_black, **proposed).id
    unknown = phone.get(MINE)
    assert unknown.status_code == 200 and FACT not in words(unknown)

    village.write(boards.deliver, listing=listing, on=NOW.date(), **HANDED)
    notified = words(phone.get(MINE))
    assert FACT in notified and "2026年9月1日告知了您家，还没有上榜，2026年9月8日以前不表决" in notified
    assert (
        "书面答复以前不能上榜" in notified
        and FACT not in notified.partition("data-words")[2].partition(">")[0]
    )
    assert FACT not in words(scan(app, village, village.li).get(MINE))

    up = NOW + timedelta(days=7)
    village.write(boards.countersign, listing=listing, by=SUPERVISOR, at=up)
    village.write(
        boards.decide, listing=listing, votes_for=5, votes_against=1, on=up.date(), by=SUPERVISOR, at=up
    )
    clock.move_to(up)
    phone = scan(app, village)
    assert "最后一天在榜：2026年10月7日" in words(phone.get(MINE))
    said = {"raised_by": "王建国", "reason": "已清理"}
    village.write(boards.object_to_listing, listing=listing, **said, at=up)
    assert "已提异议，应在2026年9月" in words(phone.get(MINE)) and "已清理" not in words(phone.get(MINE))
    clock.move_to(up + timedelta(days=30))
    assert FACT not in words(scan(app, village).get(MINE))


def test_the_page_says_why_a_household_may_not_spend_or_has_no_place(app: Flask, village: Chayuan) -> None:
    new = words(scan(app, village, village.zeng).get(MINE))
    assert "您家还没有积分变动" in new and f"/open/{VILLAGE}/rules" in new

    for status, said in (("suspended", "您家的积分暂停使用"), ("away", "不排名次")):
        assert said not in new
        with village.database.writing() as session:
            changed = {"status": status, "id": village.zeng.id}
            session.execute(text("update participant set status = :status where id = :id"), changed)
        assert said in words(scan(app, village, village.zeng).get(MINE))


def test_a_button_pressed_for_ever_writes_no_more_visits(
    app: Flask, village: Chayuan, clock: Traveller
) -> None:
    phone, address = Browser(app), f"/c/{village.card(village.wang).token}"
    phone.get(address)
    answers = [phone.post(address).status_code for _ in range(card_visits.MAXIMUM + 2)]

    assert answers == [303] * card_visits.MAXIMUM + [429, 429]
    assert contents(village)["card_visit"] == card_visits.MAXIMUM
    assert "15分钟后再扫" in words(phone.post(address)) and phone.get(MINE).status_code == 200
    clock.move_to(NOW + card_visits.LASTS)
    assert phone.post(address).status_code == 303


def test_what_was_typed_comes_back_when_the_visit_is_over(
    app: Flask, village: Chayuan, clock: Traveller
) -> None:
    phone = scan(app, village)
    give_pin(village)
    assert "这一页到10:15关上" in words(phone.get(f"{MINE}/claim"))
    clock.move_to(NOW + card_visits.LASTS)

    late = phone.post(f"{MINE}/claim", **SENT, pin=PIN, photos=(BytesIO(b"none"), "a.jpg"))

    assert late.status_code == 403 and "请重新扫卡" in words(late)
    assert SENT["words"] in words(late) and PIN not in words(late)
