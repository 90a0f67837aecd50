"""From outside nobody gets a full name, a reason, or a warning that does not stand, in any form."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from time_machine import Traveller

from pointsbank import boards, households, proof, publicity, questions, roster, scoring
from pointsbank.database import Database
from pointsbank.dates import start_of_day
from tests.boards import test_black_board as black
from tests.builders import HOUSEHOLDS, NEIGHBOUR, NOW, VILLAGE, hang_out
from tests.proof.month import live, on
from tests.publicity.scene import LI, after, found_village, hung, meeting_with, scores_of, settle
from tests.staff.people import hire
from tests.web.browser import Browser
from tests.web.outside import Outside, insides

NAMES = tuple(name for _, name, _, _ in HOUSEHOLDS.values())
LATER = on(2, month=10)
SAID = ("张三的孩子看见", "不是我家堆放的", "已经清理", "现场查看", "逐户评议")
"""Notes, reasons of objections and of answers, minutes."""


@pytest.fixture
def outside(app: Flask, sqlite_database: Database) -> Outside:
    """Somebody at the site of whatever village the test lives through."""
    app.extensions["pointsbank_database"] = sqlite_database
    return Outside(app, sqlite_database)


def write(outside: Outside, verb: Callable[..., Any], **arguments: Any) -> Any:
    """Call a verb that changes something, after the month."""
    with outside.database.writing() as session:
        return verb(session, **({"village": VILLAGE, "by": LI, "at": LATER} | arguments))


def said(found: dict[str, str], *words: str) -> set[tuple[str, str]]:
    """Which of these words can be got, each with an address."""
    return {(word, path) for path, text in found.items() for word in words if word in text}


def names_in(found: dict[str, str]) -> set[tuple[str, str]]:
    return said(found, *NAMES)


def test_a_whole_month_is_read_without_a_full_name_or_a_reason(outside: Outside, clock: Traveller) -> None:
    live(outside.database)
    clock.move_to(on(2, month=10))

    found = outside.read()

    assert not said(found, *NAMES, *SAID)
    # It was read: the month is there, with its code and its picture.
    assert {"/open/chayuan/months/2026-09", "/open/chayuan/months/2026-09/picture.png"} <= found.keys()
    assert len([text for text in found.values() if "200 OK" in text or "Content-Type" in text]) > 20
    assert said(found, "王*国") or said(found, "第1户") or said(found, "曾*")


def test_what_becomes_of_households_is_told_to_nobody_outside(outside: Outside, clock: Traveller) -> None:
    """After the close one changes its name, one splits, one joins another, one is forgotten, one asks."""
    live(outside.database)
    clock.move_to(LATER)
    before = outside.read()
    boss = hire(outside.database, "boss", "committee").id

    write(outside, roster.edit, code="0101", facts=roster.NewFacts(name="王卫民"), reason="王建国改名王卫民")
    share = households.Share(code="0109", name="王小军", people=1)
    why = "王小军分家"
    write(outside, households.split, participant="0102", share=share, decision=why, request_id="split-0109")
    why = "欧阳犇并入"
    write(
        outside,
        households.close,
        participant="0302",
        heir="0303",
        decision=why,
        request_id="close-0302",
    )
    write(outside, households.close, participant="0201", decision="外迁", request_id="close-0201")
    write(outside, households.erase, participant="0201", reason="本人申请")
    asked = write(outside, questions.record, participant="0101", kind="question", words="修路用了多少钱？").id
    write(outside, questions.record, participant="0102", kind="suggestion", words="再装几盏灯")
    write(outside, questions.answer, question_id=asked, words="见公开栏", by=boss)
    found = outside.read()

    told = ("王卫民", "王小军", "改名", "分家", "并入", "外迁", "本人申请", "再装几盏灯")
    assert not said(found, *NAMES, *SAID, *told)
    assert found.keys() == before.keys()
    # The control: what may be shown of it is found.
    assert {path for _, path in said(found, "修路用了多少钱")} >= {"/", f"/open/{VILLAGE}/questions"}


def test_another_village_s_things_are_no_things_of_this_one(outside: Outside) -> None:
    with outside.database.writing() as session:
        own = hung(session, ("0101", "A1"), ("0301", "B1"))
        found_village(session, code=NEIGHBOUR)
        meeting = meeting_with(session, ("0303", "A1"), village=NEIGHBOUR)
        hang_out(session, village=NEIGHBOUR, meeting=meeting, by=LI, at=NOW)
    somebody = Browser(outside.app)

    def answered(village: str, kind: str, thing: str) -> tuple[int, str]:
        answer = somebody.client.get(f"/open/{village}/{kind}/{thing}")
        return answer.status_code, answer.get_data(as_text=True).replace(thing, "")

    for kind in ("notices", "corrections"):
        missing = answered(NEIGHBOUR, kind, "aaaaaaaaaaaaaaaa")
        assert answered(NEIGHBOUR, kind, own.id) == missing and missing[0] == 404
    assert answered(VILLAGE, "notices", own.id)[0] == 200
    found = outside.read(page=f"/open/{NEIGHBOUR}")
    assert not said(found, *NAMES, *SAID)
    assert not said({path: found[path] for path in found if NEIGHBOUR in path}, "王*国")


def test_an_objection_takes_a_warning_off_pages_that_are_kept(outside: Outside, clock: Traveller) -> None:
    listing = black.hang(outside.database)
    clock.move_to(NOW + timedelta(days=8))
    shown = said(outside.read(), black.FACT)
    black.object_(outside.database, listing)

    assert shown
    assert not said(outside.read(), black.FACT)


def test_what_ends_at_midnight_is_gone_a_second_later(outside: Outside, clock: Traveller) -> None:
    """The last day of a notice and of a warning, by the village's clock, asked for just before and after."""
    black.hang(outside.database)
    with outside.database.writing() as session:
        meeting = meeting_with(session, ("0101", "A1"))
        notice = hang_out(session, village=VILLAGE, meeting=meeting, by=LI, at=NOW)
    somebody = Browser(outside.app)
    ends = {
        f"/open/{VILLAGE}/notices/{notice.id}": (start_of_day(notice.ends_on + timedelta(days=1)), "王*国"),
        "/": (start_of_day(date(2026, 10, 8)), black.FACT),
    }
    for path, (midnight, shown) in ends.items():
        clock.move_to(midnight - timedelta(seconds=1))
        assert shown in insides(somebody.client.get(path))
        clock.move_to(midnight)
        assert shown not in insides(somebody.client.get(path))


def test_nobody_is_named_before_the_notice_hangs(outside: Outside) -> None:
    with outside.database.writing() as session:
        from_hung = hung(session, ("0101", "A1"))
        meeting_with(session, ("0202", "A2"), ("0301", "B1"))

    found = outside.read()

    assert not said(found, *NAMES, *SAID)
    assert said(found, "王*国")
    # Who was scored at a meeting that goes on is on no page, masked or not.
    assert not said(found, "0202", "0301")
    assert from_hung.id in str(found.keys())


def test_consent_to_be_named_is_what_names(outside: Outside, clock: Traveller) -> None:
    with outside.database.writing() as session:
        settle(session, hung(session, ("0101", "A1"), ("0202", "A2")))
        publicity.give_consent(session, village=VILLAGE, participant="0101", by=LI, at=NOW)
        [one, *_] = boards.propose_red(session, village=VILLAGE, month="2026-09", by=LI, at=after(4))
    clock.move_to(on(2, month=10))

    before = outside.read()
    with outside.database.writing() as session:
        decided: dict[str, Any] = {"votes_for": 5, "votes_against": 0, "on": after(5).date(), "by": LI}
        boards.decide(session, village=VILLAGE, listing=one.id, at=after(5), **decided)
        proof.close_month(session, village=VILLAGE, month="2026-09", by=LI, at=on(1, month=10))
    named = outside.read()
    with outside.database.writing() as session:
        publicity.withdraw_consent(session, village=VILLAGE, participant="0101", by=LI, at=on(2, month=10))
    masked = outside.read()

    assert one.participant.name == "王建国"
    # A proposal is no praise yet.
    assert not names_in(before)
    # The control of this search: what may be shown is found by it.
    assert {name for name, _ in names_in(named)} == {"王建国"}
    assert not names_in(masked)


def up(database: Database) -> None:
    black.hang(database)


def proposed(database: Database) -> None:
    black.resolved(database)
    black.propose(database)


def informed(database: Database) -> None:
    black.resolved(database)
    black.tell(database, black.propose(database))


def objected(database: Database) -> None:
    black.object_(database, black.hang(database))


def granted(database: Database) -> None:
    listing = black.hang(database)
    black.answer(database, black.object_(database, listing), upheld=True)


def put_right(database: Database) -> None:
    listing = black.hang(database)
    with database.writing() as session:
        boards.take_down(session, village=VILLAGE, listing=listing.id, reason="已经清理", by=LI, at=after(8))


@pytest.mark.parametrize(
    ("lived", "day", "stands"),
    [
        (proposed, 8, False),
        (informed, 8, False),
        (up, 8, True),
        (up, 36, True),
        (up, 37, False),
        (up, 400, False),
        (objected, 8, False),
        (granted, 8, False),
        (put_right, 8, False),
    ],
)
def test_a_warning_is_got_while_it_stands_and_never_by_name(
    outside: Outside, clock: Traveller, lived: Callable[[Database], None], day: int, stands: bool
) -> None:
    lived(outside.database)
    clock.move_to(NOW + timedelta(days=day))

    found = outside.read()

    assert bool(said(found, black.FACT)) == stands
    assert not said(found, *NAMES, *SAID)


def test_a_copy_kept_on_a_telephone_is_no_answer(outside: Outside, clock: Traveller) -> None:
    """Whatever a browser or somebody between kept and asks about, the page comes anew or is gone."""
    up(outside.database)
    clock.move_to(NOW + timedelta(days=8))
    somebody = Browser(outside.app)
    kept = {path: somebody.client.get(path) for path in outside.read() if path.startswith("/open")}
    with_fact = [path for path, answer in kept.items() if black.FACT in insides(answer)]
    clock.move_to(NOW + timedelta(days=37))

    assert with_fact
    for path in with_fact:
        assert kept[path].headers["Cache-Control"] == "no-store"
        tag = kept[path].headers.get("ETag", "*")
        asked = {"If-None-Match": tag, "If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
        again = somebody.client.get(path, headers=asked)
        assert again.status_code in (200, 404)
        assert black.FACT not in insides(again)


@pytest.mark.parametrize("name", ["王爱国", "王二国"])
def test_no_pixel_of_the_month_s_picture_depends_on_a_name_that_is_masked(
    outside: Outside, clock: Traveller, name: str
) -> None:
    live(outside.database)
    clock.move_to(on(2, month=10))
    address = "/open/chayuan/months/2026-09/picture.png"
    before = Browser(outside.app).get(address)
    with outside.database.writing() as session:
        roster.edit(
            session,
            village=VILLAGE,
            code="0101",
            facts=roster.NewFacts(name=name),
            reason="登记有误",
            by=LI,
            at=on(2, month=10),
        )

    after_it = Browser(outside.app).get(address)

    assert before.status_code == 200
    assert before.data == after_it.data


def test_what_staff_wrote_of_a_score_is_for_nobody_outside(outside: Outside, clock: Traveller) -> None:
    with outside.database.writing() as session:
        notice = hung(session, ("0101", "A1"), ("0301", "B1"))
        [_, minus] = scores_of(session, notice)
        publicity.raise_objection(
            session,
            village=VILLAGE,
            score=minus.id,
            raised_by="单雪梅",
            reason="不是我家堆放的",
            by=LI,
            at=NOW,
        )
    clock.move_to(after(1))

    found = outside.read()

    assert not said(found, *NAMES, *SAID)
    assert minus.direction == scoring.MINUS
