"""An admin alone, with every login he may make and every role he may give, over HTTP: no second person."""

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from time_machine import Traveller
from werkzeug.test import TestResponse

from pointsbank import approvals, boards, market, publicity, roster, scoring
from pointsbank.points import whole
from pointsbank.text import TextInvalid
from tests.builders import HANDED, NOW, VILLAGE, Chayuan
from tests.staff.people import PASSWORD, hire
from tests.web.browser import Browser, hidden, words

STAFF, TILL, STOCKTAKES = (f"/v/{VILLAGE}/{page}" for page in ("staff", "till", "stocktakes"))
PINS, APPROVALS = f"/v/{VILLAGE}/pins", f"/v/{VILLAGE}/approvals"
OIL = {"q-oil": "1", "p-oil": "60"}
HIS_OWN = "another long password"
THEIRS = "brass kettle lamp 71 q"
NOT_A_SECOND = "改一次密码"
FIRST_OWN_PASSWORD = "改成只有自己知道的密码"
NOT_YET = "满24小时"


class Admin:
    """孙管理员, who has the whole machine room to himself."""

    def __init__(self, app: Flask, village: Chayuan) -> None:
        """Sit down."""
        self.app, self.village = app, village
        self.passwords = {"sun": PASSWORD}

    def browser(self, login: str = "sun") -> Browser:
        """A browser in which he is signed in under one of his logins."""
        found = Browser(self.app)
        done = found.post("/sign-in", login=login, password=self.passwords[login])
        assert done.status_code == 303, words(done)
        return found

    def makes(self, login: str, role: str) -> None:
        """Make a login whose password he knows."""
        done = self.browser().post(STAFF, login=login, name=login, role=role, password=PASSWORD)
        assert done.status_code == 303, words(done)
        self.passwords[login] = PASSWORD

    def changes(self, login: str) -> None:
        """Change its password on its own page, as its owner would."""
        fields = {"old": self.passwords[login], "new": HIS_OWN, "again": HIS_OWN}
        done = self.browser(login).post("/account", **fields)
        assert done.status_code == 303, words(done)
        self.passwords[login] = HIS_OWN

    def sells(self, seller: str, approver: str) -> TestResponse:
        """Sell for 60 points as one of his logins, approved by another; 50 is what a clerk may alone."""
        till = self.browser(seller)
        scanned = till.post(TILL, text=self.village.card(self.village.wang).token)
        if scanned.headers.get("Location", "").startswith("/account"):
            return scanned
        basket = {"ticket": hidden(till.follow(scanned), "ticket"), **OIL}
        confirmed = till.follow(till.post(f"{TILL}/goods", **basket))
        chosen = {name: hidden(confirmed, name) for name in ("ticket", "request_id")}
        second = {"approver": approver, "approver_password": self.passwords[approver]}
        return till.post(f"{TILL}/redeem", **chosen, **OIL, confirmed="1", **second)

    def requests_pin(self, login: str, token: str) -> TestResponse:
        """Scan a card that he found, as one of his logins, and request a PIN for its household."""
        till = self.browser(login)
        ticket = hidden(till.follow(till.post(PINS, text=token)), "ticket")
        return till.post(f"{PINS}/request", ticket=ticket, pin="274916", again_pin="274916")

    def prints(self, login: str) -> TestResponse:
        """Print a household's new card and sign that it was handed out, as one of his logins."""
        [card] = self.village.write(roster.issue, participants=[self.village.wang.id])
        return self.browser(login).post(
            f"/v/{VILLAGE}/hand-out/request", text=card.token, pin="274916", again_pin="274916"
        )

    def confirms(self, login: str, request: str) -> TestResponse:
        """Confirm a request as another of his logins."""
        return self.browser(login).post(f"{request}/confirmation")

    def counts(self, login: str) -> str:
        """Count the shelf and sign first as one of his logins; return the stocktake's address."""
        shop = self.browser(login)
        begun = shop.get(STOCKTAKES)
        page = shop.follow(shop.post(STOCKTAKES, request_id=hidden(begun, "request_id"), note="盘点"))
        page = shop.follow(self._step(shop, page, "counts", **{"n-oil": "1"}))
        return shop.follow(self._step(shop, page, "signatures")).request.path

    def signs(self, login: str, stocktake: str) -> TestResponse:
        """Sign second as one of his logins."""
        other = self.browser(login)
        return self._step(other, other.get(stocktake), "signatures")

    def _step(self, who: Browser, page: TestResponse, step: str, **typed: str) -> TestResponse:
        """Send the page's form to one of its steps."""
        fields = {
            name: hidden(page, name) for name in ("request_id", "sign_id", "seen") if name in words(page)
        }
        return who.post(f"{page.request.path}/{step}", **fields, **typed)


@pytest.fixture
def admin(app: Flask, village: Chayuan) -> Admin:
    """He, over the village with something to sell for more than the limit, and a rich household."""
    village.write(market.add_goods, code="oil", name="食用油", points=whole(60), stock=9)
    village.give(village.wang, 600)
    return Admin(app, village)


def refused(response: TestResponse, why: str, *, status: int = 409) -> bool:
    """Whether it was refused for this reason."""
    return (response.status_code, why in words(response)) == (status, True)


def shut_out(response: TestResponse) -> bool:
    """Whether it was no second, or not even let in before its owner has a password of his own."""
    sent_away = response.headers.get("Location", "").startswith("/account")
    # Where words were typed they are shown beside the way there.
    return sent_away or refused(response, NOT_A_SECOND) or refused(response, FIRST_OWN_PASSWORD, status=403)


def test_he_sells_nothing_above_the_limit(admin: Admin, village: Chayuan, clock: Traveller) -> None:
    for login in ("one", "two"):
        admin.makes(login, "clerk")
    pairs = [("sun", "one"), ("one", "sun"), ("one", "two")]

    assert all(shut_out(admin.sells(*pair)) for pair in pairs)
    clock.shift(timedelta(days=30))
    assert all(shut_out(admin.sells(*pair)) for pair in pairs)
    admin.changes("one")
    admin.changes("two")
    clock.shift(timedelta(hours=23, minutes=59))
    assert all(refused(admin.sells(*pair), NOT_YET) for pair in pairs)
    assert village.balance(village.wang).points == whole(600)

    admin.passwords["li"] = PASSWORD
    assert admin.sells("sun", "li").status_code == 303


def test_a_password_that_he_chose_confirms_nobody_s_sale(admin: Admin) -> None:
    admin.makes("one", "clerk")
    admin.passwords["chen"] = PASSWORD

    assert "密码是别人设的" in words(admin.sells("chen", "one"))
    admin.changes("one")
    assert admin.sells("chen", "one").status_code == 303


def test_he_sets_no_pin_and_brings_no_card_into_use(admin: Admin, village: Chayuan, clock: Traveller) -> None:
    for login, role in (("one", "clerk"), ("two", "committee")):
        admin.makes(login, role)
    # A login that he disabled and enabled again is his like those that he made.
    for step in ("disable", "enable"):
        assert admin.browser().post(f"{STAFF}/li/{step}").status_code == 303
    admin.passwords["li"] = PASSWORD
    token = village.card(village.wang).token
    pin = admin.requests_pin("sun", token).headers["Location"]
    assert admin.prints("sun").status_code == 303
    [card] = [one for one in waiting(village) if one.kind == "hand_out"]
    both = [pin, f"{APPROVALS}/{card.id}"]

    seconds = ("one", "two", "li")
    assert all(shut_out(admin.confirms(login, one)) for login in seconds for one in both)
    for login in seconds:
        admin.changes(login)
    clock.shift(timedelta(hours=23, minutes=59))
    assert all(refused(admin.confirms(login, one), NOT_YET) for login in seconds for one in both)
    assert refused(admin.confirms("sun", pin), "不能确认", status=403)
    assert not village.read(market.has_pin, participant=village.wang.id)

    admin.passwords["zhao"] = PASSWORD
    assert admin.confirms("zhao", pin).status_code == 303
    assert village.read(market.has_pin, participant=village.wang.id)


def test_two_logins_of_his_are_no_two_people_either(admin: Admin, village: Chayuan) -> None:
    for login, role in (("one", "clerk"), ("two", "committee")):
        admin.makes(login, role)
        admin.changes(login)
    pin = admin.requests_pin("one", village.card(village.wang).token).headers["Location"]

    assert refused(admin.confirms("two", pin), NOT_YET)
    assert refused(admin.confirms("sun", pin), NOT_YET)


def waiting(village: Chayuan) -> list[approvals.Approval]:
    """Every request that waits."""
    return [one.approval for one in village.read(approvals.waiting, by="", at=NOW)]


def test_everybody_sees_which_logins_he_has_in_hand(admin: Admin, clock: Traveller) -> None:
    admin.passwords |= {"li": PASSWORD, "zhao": PASSWORD}
    admin.makes("one", "clerk")
    homes = [words(admin.browser(login).get(f"/v/{VILLAGE}")) for login in ("li", "zhao", "sun")]
    assert all("one的账号2026年9月1日10:00由孙管理员新建账号" in home for home in homes)

    admin.changes("one")
    clock.shift(timedelta(hours=24))
    assert "one的账号" not in words(admin.browser("zhao").get(f"/v/{VILLAGE}"))


def test_he_signs_no_stocktake_twice(admin: Admin, clock: Traveller) -> None:
    admin.makes("one", "clerk")
    stocktake = admin.counts("sun")

    assert shut_out(admin.signs("one", stocktake))
    admin.changes("one")
    clock.shift(timedelta(hours=23))
    assert refused(admin.signs("one", stocktake), NOT_YET)

    admin.passwords["zhao"] = PASSWORD
    assert admin.signs("zhao", stocktake).status_code == 303


def test_he_answers_no_objection_through_a_supervisor_of_his(admin: Admin, village: Chayuan) -> None:
    score = _objected(village)
    admin.makes("judge", "supervisor")
    path = f"/v/{VILLAGE}/scores/{score.subject}/objections/{score.id}/decision"
    answer = {"verdict": "rejected", "reason": "看过"}

    assert shut_out(admin.browser("judge").post(path, **answer))
    admin.changes("judge")
    assert refused(admin.browser("judge").post(path, **answer), NOT_YET)

    admin.passwords["zhao"] = PASSWORD
    assert admin.browser("zhao").post(path, **answer).status_code == 303


def test_who_wrote_an_objection_down_does_not_answer_it(admin: Admin, village: Chayuan) -> None:
    score = _objected(village)
    path = f"/v/{VILLAGE}/scores/{score.subject}/objections"
    admin.passwords |= {"zhao": PASSWORD, "chen": PASSWORD}
    verdict = {"verdict": "upheld", "reason": "看过"}
    zhao = admin.browser("zhao")
    assert zhao.post(f"{path}/{score.id}/decision", verdict="rejected", reason="看过").status_code == 303
    said = {"raised_by": "匿名", "reason": "那天不在家"}

    assert refused(zhao.post(path, **said), "只有您一位能答复异议")
    hire(village.database, "wei", "supervisor")
    assert zhao.post(path, **said).status_code == 303
    [own] = [one for one in village.read(publicity.objections) if one.status == "open"]
    assert refused(zhao.post(f"{path}/{own.id}/decision", **verdict), "登记这条异议的人", status=403)
    admin.passwords["wei"] = PASSWORD
    assert admin.browser("wei").post(f"{path}/{own.id}/decision", **verdict).status_code == 303


def test_three_people_write_down_and_answer_an_objection_that_names_who_objects(
    admin: Admin, village: Chayuan
) -> None:
    score = _objected(village)
    path = f"/v/{VILLAGE}/scores/{score.subject}/objections"
    admin.passwords |= {"zhao": PASSWORD, "chen": PASSWORD}
    zhao, chen = (admin.browser(login) for login in ("zhao", "chen"))
    zhao.post(f"{path}/{score.id}/decision", verdict="rejected", reason="看过")

    with pytest.raises(TextInvalid):
        village.write(publicity.raise_objection, score=score.subject, raised_by=" ", reason="那天不在家")
    assert chen.post(path, raised_by="口头", reason="那天不在家").status_code == 303
    [raised] = [one for one in village.read(publicity.objections) if one.status == "open"]
    answer = zhao.post(f"{path}/{raised.id}/decision", verdict="upheld", reason="看过")
    assert answer.status_code == 303


def test_what_he_takes_off_the_board_is_read_by_the_others(
    admin: Admin, village: Chayuan, clock: Traveller
) -> None:
    listing = _notified(village, admin)
    admin.passwords |= {"zhao": PASSWORD, "li": PASSWORD, "chen": PASSWORD}
    clock.shift(timedelta(days=9))
    vote = {"votes_for": "5", "votes_against": "0", "on": "2026-09-10"}
    path = f"/v/{VILLAGE}/listings/{listing}"
    assert admin.browser("zhao").post(f"{path}/visa").status_code == 303
    assert admin.browser("zhao").post(f"{path}/vote", **vote).status_code == 303
    told = f"{village.wang.name}：2026-09黑榜，已清理"
    assert admin.browser().post(f"{path}/down", reason="已清理").status_code == 303

    home = {login: words(admin.browser(login).get(f"/v/{VILLAGE}")) for login in admin.passwords}
    assert [login for login in home if told in home[login]] == ["zhao", "li"]
    clock.shift(timedelta(days=31))
    assert told not in words(admin.browser("zhao").get(f"/v/{VILLAGE}"))


def test_he_brings_nobody_onto_the_black_board(admin: Admin, village: Chayuan, clock: Traveller) -> None:
    listing = _notified(village, admin)
    admin.makes("judge", "supervisor")
    clock.shift(timedelta(days=9))
    vote = {"votes_for": "5", "votes_against": "0", "on": "2026-09-10"}
    path = f"/v/{VILLAGE}/listings/{listing}/vote"
    visa = path.replace("/vote", "/visa")

    assert shut_out(admin.browser("judge").post(visa))
    assert admin.browser().post(visa).status_code == 403
    admin.passwords["zhao"] = PASSWORD
    assert admin.browser("zhao").post(visa).status_code == 303
    assert refused(admin.browser().post(path, **vote), "没有登记告知", status=403)
    assert shut_out(admin.browser("judge").post(path, **vote))
    assert admin.browser("zhao").post(path, **vote).status_code == 303


def test_who_supervises_has_no_other_role_here(admin: Admin) -> None:
    admin.makes("judge", "supervisor")

    again = admin.browser().post(STAFF, login="judge", name="x", role="admin", password=PASSWORD)
    assert again.status_code == 409


def _objected(village: Chayuan) -> publicity.Objection:
    """A score that li entered, with an objection to it."""
    meeting = village.write(scoring.open_meeting, held_on=NOW.date(), title="评议会", judges=["周明"])
    rows = [scoring.ScoreRow(village.wang.code, "助邻", NOW.date())]
    village.write(scoring.enter_scores, meeting=meeting.id, rows=rows)
    village.write(publicity.close_and_publish, meeting=meeting.id)
    [score] = village.read(scoring.scores, meeting=meeting.id)
    found = village.write(publicity.raise_objection, score=score.id, raised_by="李四", reason="那天不在家")
    assert isinstance(found, publicity.Objection)
    return found


def _notified(village: Chayuan, admin: Admin) -> str:
    """A household that he proposed and notified, on a board that li's resolution allows."""
    village.write(boards.resolve_black_board, resolution="第3号决议", on=date(2026, 8, 20))
    browser = admin.browser()
    black = {"participant": village.wang.code, "rule": "乱堆", "fact": "门前杂物堆放，三次提醒未清理"}
    page = browser.follow(browser.post(f"/v/{VILLAGE}/boards/2026-09/black", **black))
    letter = browser.post(f"{page.request.path}/letter", on="2026-09-01", **HANDED)
    assert letter.status_code == 303
    return page.request.path.rpartition("/")[2]


def test_he_keeps_no_token_of_a_login_that_he_gave_away(admin: Admin, clock: Traveller) -> None:
    admin.makes("one", "clerk")
    admin.changes("one")
    made = admin.browser("one").post("/account/tokens", name="报表", days="180")
    [token] = set(re.findall(r"pb_[\w-]+", words(made)))
    ask = {"headers": {"Authorization": f"Bearer {token}"}}
    assert Browser(admin.app).get("/api/v1/villages", **ask).status_code == 200

    clock.shift(timedelta(days=3))
    owner = admin.browser("one")
    told = owner.follow(owner.post("/account", old=HIS_OWN, new=THEIRS, again=THEIRS))

    assert "1个访问令牌已作废" in words(told)
    assert 'href="/account/tokens">查看访问令牌' in told.text
    assert Browser(admin.app).get("/api/v1/villages", **ask).status_code == 401
