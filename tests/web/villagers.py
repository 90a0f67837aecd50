"""What somebody without a sign-in gets: by a household's card, from the public board, at a draw's result."""

import re
from collections.abc import Iterator
from datetime import timedelta

from flask import Flask
from werkzeug.test import TestResponse

from pointsbank import market, proof, roster, spot_checks
from pointsbank.database import Database
from tests.builders import CLERK, COMMITTEE, NOW, VILLAGE, Chayuan
from tests.staff.people import hire
from tests.web.browser import Browser, words

HOME, OPEN, MONTH = f"/v/{VILLAGE}", f"/open/{VILLAGE}", "2026-09"
PIN, WRONG = "271828", "000001"
DEED = {"item": "清扫", "occurred_on": "2026-08-30", "words": "清了村口的沟"}
ASKED = {"kind": "question", "words": "修路用了多少钱"}
Visit = Iterator[TestResponse]


def scanned(app: Flask, card: str) -> Browser:
    """A telephone on which a card was scanned, and the button pressed."""
    phone = Browser(app)
    phone.get(f"/c/{card}")
    phone.post(f"/c/{card}")
    return phone


def without_pin(app: Flask, village: Chayuan) -> Visit:
    """A household that has nothing yet, and no PIN, looks round and loses its card."""
    phone = scanned(app, village.card(village.ouyang).token)
    for path in ("/mine", "/mine/statement", "/mine/statement?unit=honour", "/mine/claim", "/mine/ask"):
        yield phone.get(path)
    yield phone.get("/mine/entries/99999")
    yield phone.post("/mine/claim", pin=WRONG, **DEED)
    village.write(roster.lose, code=village.ouyang.code)
    yield phone.get("/mine")


def with_pin(app: Flask, village: Chayuan) -> Visit:
    """A household sets its PIN, looks and acts, each wrongly first, takes its question back, leaves."""
    village.give(village.maimaiti, 37)
    card = village.card(village.maimaiti)
    given = {"participant": village.maimaiti.id, "pin": market.digest_pin(PIN), "card": card.id}
    village.write(market.set_pin, **given, by=CLERK, second=COMMITTEE)
    phone = scanned(app, card.token)
    mine = phone.get("/mine")
    yield mine
    yield phone.get("/mine/statement")
    for unit in ("points", "honour"):
        yield phone.get(f"/mine/statement?month={MONTH}&unit={unit}")
    yield phone.get(re.findall(r'href="(/mine/entries/\d+)', words(phone.get("/mine/statement")))[0])
    objecting = re.findall(r'href="(/mine/object/[^"]+)', words(mine))[0]
    yield phone.get(objecting)
    yield phone.post(objecting, reason="", pin="")
    yield phone.post(objecting, reason="那天我家没有人", pin=WRONG)
    yield phone.follow(phone.post(objecting, reason="那天我家没有人", pin=PIN))
    for path, fields in (("/mine/claim", DEED), ("/mine/ask", ASKED)):
        yield phone.get(path)
        yield phone.post(path, **fields | {"words": ""}, pin=PIN)
        yield phone.post(path, **fields, pin=WRONG)
        yield phone.follow(phone.post(path, **fields, pin=PIN))
    asked = re.findall(r'href="(/mine/questions/[^"]+)', words(phone.get("/mine")))[0]
    yield phone.get(asked)
    yield phone.post(asked, pin=WRONG)
    yield phone.follow(phone.post(asked, pin=PIN))
    yield phone.get(asked)
    phone.post("/mine/leave")
    yield phone.get("/mine")


def locked(app: Flask, village: Chayuan) -> Visit:
    """Somebody with a found card tries numbers until none counts."""
    phone = scanned(app, village.card(village.maimaiti).token)
    for number in range(6):
        last = phone.post("/mine/claim", **DEED, pin=f"{number:06}")
    yield last
    yield phone.get("/mine/claim")
    yield phone.get("/mine")


def at_reception(chen: Browser, village: Chayuan) -> Visit:
    """A person comes: nobody is meant, several are, a card is scanned that counts, one that was lost."""
    place = f"{HOME}/reception"
    card = village.card(village.zeng).token
    for said in ("", "王建国", "没有这个人", "http://village.test/c/123"):
        yield chen.post(place, household=said)
    yield chen.follow(chen.post(place, household=card))
    yield chen.get(f"{place}/{village.zeng.code}/claim")
    yield chen.post(f"{place}/{village.zeng.code}/claim", **DEED | {"words": ""})
    yield chen.post(f"{place}/{village.zeng.code}/question", kind="doubt", words="", role="committee")
    yield chen.follow(chen.post(f"{place}/{village.zeng.code}/question", **ASKED, role="committee"))
    yield chen.get(f"{HOME}/roster/{village.zeng.code}/cards")
    village.write(roster.lose, code=village.zeng.code)
    yield chen.post(place, household=card)
    yield chen.get(f"{place}/{village.zeng.code}")


def after_a_month(app: Flask, database: Database) -> Iterator[tuple[str, TestResponse]]:
    """The month is closed: what a passer-by checks, a household of its own entries, and a draw from it."""
    passer_by = Browser(app)
    month = f"{OPEN}/months/{MONTH}"
    for path in ("/", f"{OPEN}/months", month, f"{month}/check", f"{OPEN}/openness", f"{OPEN}/prices"):
        yield "passer-by after a month", passer_by.get(path)
    with database.reading() as session:
        [anchor] = proof.anchors(session, village=VILLAGE)
    for typed in ("", anchor.digits[:-1], "1" * 30, anchor.digits):
        yield "passer-by after a month", passer_by.post(f"{month}/check", typed=typed)
    yield "passer-by before a draw", passer_by.get(f"{OPEN}/spot-checks/{MONTH}")
    for answer in _own_entries(app, database):
        yield "villager after a month", answer
    for who, answer in _draw(app, database):
        yield who, answer


def _own_entries(app: Flask, database: Database) -> Visit:
    """王建国 sees a month of his own that is closed, and an entry with what checks it."""
    common = {"village": VILLAGE, "by": COMMITTEE, "at": NOW + timedelta(days=60)}
    with database.writing() as session:
        person = roster.by_code(session, village=VILLAGE, code="0101")
        [card] = roster.issue(session, participants=[person.id], **common)
        roster.hand_out(session, cards=[card.id], **common)
    phone = scanned(app, card.token)
    yield phone.get("/mine")
    statement = phone.get(f"/mine/statement?month={MONTH}")
    yield statement
    yield phone.get(re.findall(r'href="(/mine/entries/\d+)', words(statement))[0])


def _draw(app: Flask, database: Database) -> Iterator[tuple[str, TestResponse]]:
    """Two draw from the month, wrongly first; one entry cannot be found; both sign."""
    for login, role in (("qin", "supervisor"), ("lin", "committee")):
        hire(database, login, role)
    qin, lin = (Browser(app).sign_in(login) for login in ("qin", "lin"))
    at = f"{HOME}/spot-checks/{MONTH}"

    def send(who: Browser, path: str, **fields: str) -> TestResponse:
        done = who.post(f"{at}/{path}", **fields)
        return who.follow(done) if done.status_code == 303 else done

    page = qin.get(at)
    yield "qin", page
    yield "qin", send(qin, "plan", size="0")
    # Fewer than ten are all looked at.
    yield "qin", send(qin, "plan", size=re.findall(r"有(\d+)条入账的评分", words(page))[0])
    threw = {"thrower": "0101", "witness": "0303"}
    yield "qin", send(qin, "dice", dice="12345", **threw)
    yield "qin", send(qin, "dice", dice="3164522614", **threw)
    yield "passer-by during a draw", Browser(app).get(f"{OPEN}/spot-checks/{MONTH}")
    yield "qin", send(qin, "dice-again", dice="3164522615", reason="第十个骰子看错了", **threw)
    yield "lin", lin.get(at)
    yield "lin", send(lin, "dice-again", dice="3164522615", reason="", **threw)
    yield "lin", send(lin, "dice-again", dice="3164522615", reason="第十个骰子看错了", **threw)
    with database.reading() as session:
        drawn = spot_checks.spot_check(session, village=VILLAGE, month=MONTH)
    assert drawn is not None
    found = {f"answer-{index}": "true" for index in drawn.drawn}
    found |= {f"answer-{drawn.drawn[0]}": "not_findable", f"note-{drawn.drawn[0]}": "没有人知道"}
    yield "qin", send(qin, "answers", first="0203", second="", **found)
    yield "qin", send(qin, "answers", first="0203", second="0303", **found)
    for who in (qin, lin):
        with database.reading() as session:
            drawn = spot_checks.spot_check(session, village=VILLAGE, month=MONTH)
        assert drawn is not None
        yield "qin", send(who, "signatures", seen=drawn.mark)
    yield "qin", qin.get(f"{HOME}/spot-checks")
    for path in (f"{OPEN}/spot-checks/{MONTH}", "/"):
        yield "passer-by after a draw", Browser(app).get(path)
