"""The practice village: marked everywhere, kept apart by its cards, thrown away with its database."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from flask import Flask

from pointsbank import jobs, practice, public_address, roster, staff
from pointsbank.cli import main
from pointsbank.duties import Site, every
from pointsbank.duties.running import Runner
from pointsbank.practising import PracticeDatabase
from pointsbank.staff import directory
from pointsbank.web import practice_site, seen
from tests.builders import NOW, VILLAGE, Chayuan, chayuan
from tests.missed_rules import TakenOut, check
from tests.printing.reading import codes_on
from tests.staff.people import HASHED, give_factor, hire
from tests.web.browser import Browser, hidden, words
from tests.web.conftest import settings

HOME = f"/v/{VILLAGE}"
THERE = f"/practice/v/{practice.CODE}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with a practice village in which nothing has happened yet: made once, in seconds."""
    folder = tmp_path_factory.mktemp("practising")
    practice.make(_settings(folder), lived=False)
    return folder


@pytest.fixture
def site(app: Flask, folder: Path) -> Iterator[Flask]:
    """The cast's site with the practice village beside it."""
    app.extensions["pointsbank_settings"] = _settings(folder)
    yield app


def _settings(folder: Path):
    return replace(settings(folder), database_url=f"sqlite:///{folder / 'pointsbank.sqlite3'}")


def play(site: Flask, login: str, *, as_whom: str) -> Browser:
    """Sign in at the real village and go into the practice one as somebody there."""
    browser = Browser(site).sign_in(login)
    page = words(browser.get(f"{HOME}/practice"))
    assert "扮演" in page
    entered = browser.post(f"{HOME}/practice/enter", login=as_whom)
    assert (entered.status_code, entered.headers["Location"]) == (303, THERE)
    browser.get(THERE)
    return browser


def card(database: PracticeDatabase, code: str) -> str:
    """A new card of a household of the practice village."""
    with database.writing() as session:
        who = roster.by_code(session, village=practice.CODE, code=code)
        [issued] = roster.issue(session, village=practice.CODE, participants=[who.id], by="operator", at=NOW)
        roster.hand_out(session, village=practice.CODE, cards=[issued.id], by="operator", at=NOW)
    return issued.token


def test_every_page_says_that_nothing_counts_and_leads_home(site: Flask) -> None:
    browser = play(site, "chen", as_whom="li")

    for path in (THERE, f"{THERE}/roster", f"{THERE}/print", f"{THERE}/nowhere", "/practice/sign-in"):
        page = words(browser.get(path))
        assert '<p class="practice">' in page and "<title>练习 · " in page, path
    assert "陈店员" not in words(browser.get(THERE)) and "李主任" in words(browser.get(THERE))
    # The real one's session stands beside it.
    real = words(browser.get(HOME))
    assert '<p class="practice">' not in real and "陈店员" in real


def test_nobody_gets_in_without_a_login_here(site: Flask) -> None:
    stranger = Browser(site)

    assert stranger.follow(stranger.get(THERE)).request.path.endswith("/sign-in")
    assert stranger.get(THERE).headers["Location"].startswith("/practice/sign-in?next=/practice/v/")
    stranger.token = ""
    assert stranger.follow(stranger.post(f"{HOME}/practice/enter", login="li")).request.path == "/sign-in"
    assert Browser(site).sign_in("li").post(f"{HOME}/practice/enter", login="sun").status_code == 409


def test_who_sees_only_totals_at_home_plays_anybody_and_gets_only_what_that_one_has(
    site: Flask, village: Chayuan, folder: Path
) -> None:
    xian = hire(village.database, "xian", "county", village=None)
    names = f"/v/{VILLAGE}/roster"

    browser = Browser(site).sign_in("xian")
    # Whoever sees all villages needs a telephone; here nobody asks for its codes.
    with village.database.writing() as session:
        give_factor(session, xian)
    assert "扮演" in words(browser.get(f"{HOME}/practice"))

    entered = browser.post(f"{HOME}/practice/enter", login="chen")

    assert (entered.status_code, entered.headers["Location"]) == (303, THERE)
    # A clerk there, whatever he is here; here still nobody who sees a name.
    assert browser.get(f"{THERE}/roster").status_code == 200
    assert browser.get(f"{THERE}/staff").status_code == 403
    assert browser.get("/practice/jobs").status_code == 403
    assert browser.get(names).status_code == 403
    assert browser.get("/jobs").status_code == 403
    # Whom somebody hires there is not played, nor is anybody of here.
    database = practice.open_database(_settings(folder))
    with database.writing() as session:
        roles = [(None, "admin")]
        hired = {"login": "boss", "password": HASHED, "name": "谁", "roles": roles, "by": "operator"}
        staff.add(session, **hired, at=NOW)
    database.dispose()
    for login in ("boss", "xian", "sun"):
        assert browser.post(f"{HOME}/practice/enter", login=login).status_code == 409


def test_who_plays_the_admin_does_not_look_after_the_machine(site: Flask, folder: Path) -> None:
    browser = play(site, "chen", as_whom="admin")

    paths = ("/jobs", "/installation", f"/v/{practice.CODE}/address")
    answers = [browser.get(f"/practice{path}") for path in paths]
    phrase = "四个不相干的词语"
    answers.append(browser.post("/practice/jobs/backup/download", passphrase=phrase, again=phrase))
    answers.append(browser.post("/practice/jobs/backup/passphrase"))

    assert [one.status_code for one in answers] == [403] * 5
    assert all("请回到本村再办" in words(one) and "staff add" not in words(one) for one in answers)
    assert browser.get(f"{THERE}/staff").status_code == 200
    database = practice.open_database(_settings(folder))
    with database.reading() as session:
        assert {one.only_village for one in staff.everyone(session)} == {None}
    database.dispose()


def test_without_its_rule_the_practice_village_s_admin_would(request: pytest.FixtureRequest) -> None:
    test = test_who_plays_the_admin_does_not_look_after_the_machine
    check(TakenOut(directory.unless_practice, "is_practice(session)", "False", test), request)


def test_no_real_roster_comes_in_where_everybody_looks(site: Flask) -> None:
    heading = "户号,户主,小组,人口"
    rows = [f"9900{number},田小{'一二三四五六'[number]},上湾组,3" for number in range(6)]

    def looked_at(count: int) -> str:
        file = "\n".join([heading, *rows[:count]]).encode()
        return words(browser.follow(browser.post(page, file=(io.BytesIO(file), "花名册.csv"))))

    browser = play(site, "li", as_whom="li")
    page = f"{THERE}/imports/roster"
    browser.get(page)

    assert "练习村里只有编出来的人" in looked_at(6)
    assert "练习村里只有编出来的人" not in looked_at(5)


def test_what_is_chosen_here_stands_on_the_cards_there_and_nothing_is_chosen_there(
    site: Flask, folder: Path
) -> None:
    public_address.keep(folder, public_url="http://other.test:8000")
    browser = play(site, "li", as_whom="li")

    cards = browser.post(f"{THERE}/print/cards.pdf", participant="01002")

    [code] = codes_on(cards.get_data())
    assert code.text.lower().startswith("http://other.test:8000/practice/c/")
    (folder / public_address.FILE).unlink()
    there = practice_site_of(site).extensions["pointsbank_settings"]
    assert there.address_set_in and not there.backup_to and not there.watermark


def practice_site_of(site: Flask) -> Flask:
    """The application behind the practice village."""
    with site.test_request_context():
        found = practice_site.current()
    assert found is not None
    return found


def test_cards_are_refused_by_name_at_the_other_till(site: Flask, village: Chayuan, folder: Path) -> None:
    database = practice.open_database(_settings(folder))
    of_practice, real = card(database, "01001"), village.card(village.wang).token
    database.dispose()
    browser = play(site, "chen", as_whom="chen")

    browser.get(f"{HOME}/till")
    at_real = browser.post(f"{HOME}/till", text=f"HTTP://JF.CN/PRACTICE/C/{of_practice}")
    browser.get(f"{THERE}/till")
    at_practice = browser.post(f"{THERE}/till", text=f"HTTP://JF.CN/C/{real}")

    assert (at_real.status_code, at_practice.status_code) == (409, 409)
    assert "这是练习村的卡" in words(at_real)
    assert "这是真的积分卡，练习村里不能用" in words(at_practice)
    assert "选商品" in words(browser.follow(browser.post(f"{THERE}/till", text=of_practice)))
    # The card says so itself: also when its village is gone, or somebody else's is there.
    assert "这是练习村的卡" in words(Browser(site).sign_in("li").post(f"{HOME}/hand-out", text=of_practice))


def test_every_printed_sheet_is_marked_and_its_codes_are_read(site: Flask) -> None:
    browser = play(site, "li", as_whom="li")

    cards = browser.post(f"{THERE}/print/cards.pdf", participant="01001")
    assert cards.mimetype == "application/pdf", words(cards)

    for page in pypdfium2.PdfDocument(cards.get_data()):
        assert page.get_textpage().get_text_bounded().count("练习") >= 4
    [code] = codes_on(cards.get_data())
    assert re.fullmatch(r"(?i)http://village\.test:8000/practice/c/[0-9a-z]{27}", code.text)


def test_it_is_made_when_somebody_asks_and_thrown_away_whole(app: Flask, tmp_path: Path) -> None:
    own = _settings(tmp_path)
    app.extensions["pointsbank_settings"] = own
    (tmp_path / "practice.sqlite3.new").write_bytes(b"half made")
    li = Browser(app).sign_in("li")
    assert "现在没有练习村" in words(li.get(f"{HOME}/practice"))
    assert li.get(THERE).status_code == 404

    assert "正在建立练习村" in words(li.follow(li.post(f"{HOME}/practice/make")))
    database = app.extensions["pointsbank_database"]
    with database.reading() as session:
        assert jobs.find(session, name="practice_village").asked_at is not None
    practice.make(own, lived=False)
    # Asked twice is made once.
    mine = [one for one in every() if one.name == "practice_village"]
    Runner(Site(database, own), now=lambda: NOW, duties=mine).run_due()
    entered = li.post(f"{HOME}/practice/enter", login="chen")
    assert li.follow(entered).status_code == 200
    li.get(HOME)
    # The button of a page that was opened before this one was made.
    assert li.post(f"{HOME}/practice/discard", seen=seen.seal((1, 2))).status_code == 409
    assert li.get(THERE).status_code == 200
    page = li.get(f"{HOME}/practice")
    assert "练习村已丢掉" in words(li.follow(li.post(f"{HOME}/practice/discard", seen=hidden(page, "seen"))))
    assert [one.name for one in tmp_path.iterdir() if "practice" in one.name] == []
    assert li.get(THERE).status_code == 404
    assert li.post(f"{HOME}/practice/discard").status_code == 409
    assert li.get(HOME).status_code == 200


def test_the_command_does_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    assert main(["practice", "show", "--data", str(folder)]) in (0, 1)
    assert main(["practice", "discard", "--data", str(tmp_path / "nowhere")]) == 1
    assert "没有数据目录" in capsys.readouterr().err


def test_on_a_server_it_is_offered_where_a_second_database_is_named(tmp_path: Path) -> None:
    server = replace(settings(tmp_path), database_url="postgresql+psycopg://village")

    assert not practice.is_offered(server)
    assert practice.is_offered(replace(server, practice_database_url="postgresql+psycopg://practice"))
    with pytest.raises(practice.problems.PracticeNotOffered):
        practice.make(server)


def test_a_real_database_makes_no_practice_card(sqlite_database) -> None:
    village = chayuan(sqlite_database)

    assert village.card(village.wang).token[0] in "01234567"
