"""Every page of the site as people of each role get it: followed by its links, and drawn by its forms."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape

from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from pointsbank import governing, publicity, score_sheets, scoring, titles
from pointsbank.database import Database
from tests.attachments.scene import jpeg
from tests.builders import NEIGHBOUR, NOW, VILLAGE, Chayuan
from tests.proof.month import live
from tests.scoring.counter import adopt
from tests.staff.people import HASHED, LONG_AGO, hire, settle_in
from tests.web import honour_pages, villagers
from tests.web.browser import Browser, hidden, words
from tests.web.test_second_factor import enrol, password_given

HOME = f"/v/{VILLAGE}"
_PART = re.compile(r'<[a-z]+|class="[^"]*"')
_LINK = re.compile(r'<a [^>]*?href="(/[^"#]*)')


@dataclass
class Pages:
    """The pages found, each with a name that says who got it where."""

    app: Flask
    found: dict[str, str] = field(default_factory=dict)
    headers: dict[str, Headers] = field(default_factory=dict)
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    _made: set[tuple[str, int, frozenset[str]]] = field(default_factory=set)

    def keep(self, who: str, answer: TestResponse) -> TestResponse:
        """Keep an answer if it is a page."""
        if answer.mimetype == "text/html" and answer.status_code != 303:
            if answer.status_code == 200:
                self.seen[who, self.rule(answer.request.path)] += 1
            # Of pages made of the same parts one is enough.
            parts = frozenset(_PART.findall(words(answer)))
            made = (self.rule(answer.request.path), answer.status_code, parts)
            if made in self._made:
                return answer
            self._made.add(made)
            name = f"{who} {answer.request.method} {answer.request.path} {answer.status_code}"
            self.found[name] = words(answer)
            self.headers[name] = answer.headers
        return answer

    def follow(self, who: str, browser: Browser, *first: str) -> None:
        """Open pages and whatever they lead to, one of each kind."""
        waiting = list(first)
        opened = set[str]()
        while waiting:
            path = waiting.pop(0)
            rule = self.rule(path)
            if path in opened or self.seen[who, rule] > 0 or not rule or "." in path.rpartition("/")[2]:
                continue
            opened.add(path)
            answer = self.keep(who, browser.get(path))
            if answer.status_code == 200 and answer.mimetype == "text/html":
                waiting += [unescape(link) for link in _LINK.findall(words(answer))]

    def rule(self, path: str) -> str:
        """Return the rule of an address, empty where no page of ours is."""
        try:
            rule, _ = self.app.url_map.bind("village.test").match(path.partition("?")[0], return_rule=True)
        except HTTPException:
            return ""
        return "" if rule.endpoint.endswith("static") else rule.rule

    def rules(self) -> set[str]:
        """Return the rules of which a page was found."""
        return {rule for _, rule in self.seen}


def every_page(app: Flask, village: Chayuan) -> Pages:
    """Live through a month and return every page that somebody gets."""
    pages = Pages(app)
    li, chen, zhao, sun = (Browser(app).sign_in(login) for login in ("li", "chen", "zhao", "sun"))
    village.give(village.wang, 60)
    card = village.card(village.wang).token
    nobody = Browser(app)
    for path in (
        "/sign-in",
        f"/c/{card}",
        f"/c/{'0' * 27}",
        f"/judge/{VILLAGE}",
        f"/judge/{VILLAGE}/123456789",
        "/nowhere",
        "/open",
    ):
        pages.keep("nobody", nobody.get(path))
    pages.follow("nobody", nobody, "/api/docs")
    pages.keep("nobody", nobody.post("/sign-in", login="li", password="wrong"))
    # Before anything has happened every list is empty.
    pages.follow("sun at first", sun, HOME)
    for who, answers in {"li": _meet(li), "chen": _sell(chen, card), "sun": _manage(sun, village)}.items():
        for answer in answers:
            pages.keep(who, answer)
    for answer in _on_paper(li, village):
        pages.keep("li", answer)
    [score] = set(re.findall(rf"{HOME}/scores/([^\"?]+)", words(_notice(li)))) - _objected(chen, li)
    pages.keep("wu", _of_two_villages(app, village).get("/"))
    pages.follow("zhao", zhao, HOME, f"{HOME}/scores/{score}")
    pages.follow(
        "li", li, HOME, f"{HOME}/scores/{score}/correction", "/look", "/refusals", "/wording", "/account"
    )
    pages.follow("chen", chen, HOME, f"/c/{card}", f"{HOME}/meetings")
    pages.follow("sun", sun, HOME, f"{HOME}/shelf-news", f"{HOME}/staff-events")
    he = _of_the_installation(app, village)
    pages.follow("he", he, "/", "/townships", "/jobs")
    for answer in _lose_a_telephone(app, sun):
        pages.keep("zhou", answer)
    for answer in (*_honour(li, village), *honour_pages.of_honour(li, village), *_at_counter(li, village)):
        pages.keep("li", answer)
    for answer in villagers.at_reception(chen, village):
        pages.keep("chen", answer)
    for notice in village.read(publicity.unhung):
        village.write(publicity.hang, notice=notice.id, place="村务公开栏")
    for visit in (villagers.without_pin, villagers.with_pin, villagers.locked):
        for answer in visit(app, village):
            pages.keep("villager", answer)
    pages.follow("passer-by", nobody, "/", f"/open/{VILLAGE}/months")
    return pages


def first_pages(pages: Pages, empty: Database) -> None:
    """Add what is shown where nobody can sign in yet."""
    first = Browser(pages.app)
    furnished = pages.app.extensions["pointsbank_database"]
    pages.app.extensions["pointsbank_database"] = empty
    pages.keep("nobody", first.get("/setup"))
    pages.keep("nobody", first.post("/setup", code="", login="", name="", password="short"))
    pages.app.extensions["pointsbank_database"] = furnished


def closed_month_pages(pages: Pages, untouched: Database) -> None:
    """Add what a passer-by, a household by its card and those who draw are shown of a closed month."""
    live(untouched)
    furnished = pages.app.extensions["pointsbank_database"]
    pages.app.extensions["pointsbank_database"] = untouched
    for who, answer in villagers.after_a_month(pages.app, untouched):
        pages.keep(who, answer)
    pages.app.extensions["pointsbank_database"] = furnished


def _of_the_installation(app: Flask, village: Chayuan) -> Browser:
    """Sign in who looks after all villages, by a telephone; there is a township."""
    hire(village.database, "he", "admin", village=None)
    with village.database.writing() as session:
        governing.make_township(session, name="河口镇")
    he = Browser(app).sign_in("he")
    enrol(he)
    return he


def _lose_a_telephone(app: Flask, sun: Browser) -> Iterator[TestResponse]:
    """Set up a telephone, be asked for its code, and say that it is lost."""
    zhou = Browser(app).sign_in("zhou")
    enrol(zhou)
    zhou.post("/sign-out")
    yield zhou.get(password_given(zhou, "zhou"))
    yield zhou.post("/sign-in/code", code="000")
    zhou.post("/sign-in/lost")
    yield sun.get(f"{HOME}/staff/zhou/lost-telephone")


def _of_two_villages(app: Flask, village: Chayuan) -> Browser:
    """Sign in somebody who keeps the shops of two villages."""
    village.found_neighbour()
    account = {"login": "wu", "password": HASHED, "name": "吴店员", "by": "operator", "at": LONG_AGO}
    with village.database.writing() as session:
        roles = [(place, "clerk") for place in (VILLAGE, NEIGHBOUR)]
        settle_in(session, governing.add_staff(session, roles=roles, **account))
    return Browser(app).sign_in("wu")


def _meet(li: Browser) -> Iterator[TestResponse]:
    """Hold two meetings, one of them closed; make mistakes in both."""
    meeting = {"title": "八月评议会", "held_on": "2026-08-31", "judges": "李会计、老支书"}
    yield li.post(f"{HOME}/meetings", **{**meeting, "held_on": "2026-02-30", "title": ""})
    opened = li.follow(li.post(f"{HOME}/meetings", **meeting))
    path = opened.request.path
    deed = {"item": "助邻", "occurred_on": "2026-08-20"}
    fields = {"request_id": hidden(opened, "request_id"), **deed}
    yield li.post(f"{path}/scores", **fields, codes="9999 0101")
    yield li.post(f"{path}/scores", **{**fields, "occurred_on": "昨天"}, codes="0101")
    yield li.follow(li.post(f"{path}/scores", **fields, codes="0101 0201"))
    grid = li.get(f"{path}/grid")
    yield grid
    ticked = f"c-{re.findall('c-([a-z2-7]{16})-', words(grid))[0]}-助邻"
    yield li.post(f"{path}/grid", request_id="b" * 32, **{ticked: "很多"})
    yield li.post(f"{path}/grid?day=2026-08-20", request_id="b" * 32, **{ticked: "√"})
    yield li.post(f"{HOME}/meetings/call", **{**meeting, "held_on": "2026-02-30"})
    planned = {"panel": _seat(li), "agenda": "评分\n红榜提名", "place": "村部"}
    called = {"title": "十月评议会", "held_on": "2026-10-09"}
    yield li.follow(li.post(f"{HOME}/meetings/call", **planned, **called))
    yield li.follow(li.post(f"{HOME}/meetings", **planned, **{**meeting, "title": "小组评议会"}))
    yield from _claim(li)
    yield from _announce(li)
    yield from _end_the_year(li)
    yield from _answer(li)
    yield from _inspect(li)
    yield li.post(f"{HOME}/imports/scores")
    table = "户号,户主,小组,人口\nA9,{},三组,1\n"
    for name in ("钱学勤", "", "欧阳犇"):
        file = (io.BytesIO(table.format(name).encode()), "花名册.csv")
        yield li.follow(li.post(f"{HOME}/imports/roster", file=file))
    yield li.get(f"{path}/close")
    yield li.follow(li.post(f"{path}/close"))
    yield li.follow(li.post(f"{HOME}/meetings", **{**meeting, "title": "又一次评议会"}))
    sat = {**meeting, "title": "打分的会", "judges": "李会计、老支书、周文书"}
    judged = li.post(f"{HOME}/meetings", **sat).headers["Location"]
    li.post(f"{judged}/marks", codes="0202", item="庭院", occurred_on="2026-09-01")
    for place in ("marks", "marks/judges/1", "projector"):
        yield li.get(f"{judged}/{place}")
    yield li.post(f"{judged}/marks/judges/1/code")
    yield li.follow(li.post(f"{HOME}/boards/2026-09/red"))
    yield li.follow(li.post(f"{HOME}/boards/2026-08/red/chosen", participants="0101 0102"))
    yield li.get(f"{HOME}/boards/2026-08/votes")
    yield li.get(f"{HOME}/oversight?first=2026-09&until=2026-08")
    yield li.post(f"{HOME}/boards/2026-08/votes", votes_for="很多", on="")
    yield li.get(f"{HOME}/boards/2026-08/close")
    yield li.post(
        f"{HOME}/boards/2026-09/resolution", resolution="2026年8月20日村民代表会议决议第3号", on="2026-08-20"
    )
    yield li.post(f"{HOME}/boards/2026-09/black", participant="", rule="", fact="")
    fact = "门前堆放建筑垃圾，经两次提醒未清理"
    yield li.post(f"{HOME}/boards/2026-09/black", participant="0302", rule="环境卫生公约第3条", fact=fact)


def _on_paper(li: Browser, village: Chayuan) -> Iterator[TestResponse]:
    """Print two score sheets, wrongly first; send what is no photo; enter one, leave the other in doubt."""
    [meeting] = [one.id for one in village.read(scoring.meetings) if one.title == "又一次评议会"]
    path = f"{HOME}/meetings/{meeting}/sheets"
    empty = li.get(path)
    yield empty
    yield li.post(f"{path}/print", group="nobody's")
    yield li.post(f"{path}/photos", photos=(io.BytesIO(b"%PDF-1.4"), "评分表.pdf"))
    for group in re.findall(r'<option value="([a-z2-7]{16})"', words(empty))[:2]:
        li.post(f"{path}/print", group=group, item="助邻")
    clear, doubtful = village.read(score_sheets.pages_of, meeting=meeting)
    yield li.get(f"{path}/{clear.number}")
    for page, first in ((clear, "x"), (doubtful, "?")):
        answers = first + "." * (len(page.people) - 1)
        found = {"number": page.number, "rows": len(page.people), "columns": 1, "answers": answers}
        village.write(score_sheets.take_in, meeting=meeting, photo=jpeg(), cutouts=jpeg(2), **found)
    yield li.get(f"{path}/{doubtful.number}")
    yield li.post(f"{path}/{doubtful.number}", request_id="d" * 32, reading="1", day="昨天")
    shown = li.get(f"{path}/{clear.number}")
    yield shown
    sent = {name: hidden(shown, name) for name in ("request_id", "reading", "day", "seen", "asked")}
    yield li.follow(li.post(f"{path}/{clear.number}/scores", **sent, **{"b-0": "1"}))
    yield li.get(f"{path}/{clear.number}")
    yield li.get(path)


def _seat(li: Browser) -> str:
    """Make a panel with one member who has a relative, each wrongly first; return its id."""
    li.post(f"{HOME}/panels", name="")
    made = li.follow(li.post(f"{HOME}/panels", name="村评议小组", kind="village", rule="mean"))
    path = made.request.path
    li.post(f"{path}/members", name="")
    seated = li.follow(li.post(f"{path}/members", name="龙凤泉", seat="worthy", household="0101"))
    li.post(f"{seated.request.path}/relatives", theirs="9999", relation="child")
    return path.rpartition("/")[2]


def _claim(li: Browser) -> Iterator[TestResponse]:
    """Report a deed, wrongly first, with a photo."""
    deed = {"participant": "0101", "item": "助邻", "occurred_on": "2026-08-30", "words": "帮邻居收稻子"}
    yield li.post(f"{HOME}/claims", **{**deed, "words": ""})
    yield li.follow(li.post(f"{HOME}/claims", **deed, photos=(io.BytesIO(jpeg()), "稻田.jpg")))


def _announce(li: Browser) -> Iterator[TestResponse]:
    """Adopt limits, wrongly first; announce a wedding that is over them; an elder saw it."""
    limits = {"tables": "10", "cars": "6", "from_date": "2026-01-01", "resolution": "2026年村民会议"}
    yield li.post(f"{HOME}/ceremonies/limits", **{**limits, "resolution": ""})
    yield li.follow(li.post(f"{HOME}/ceremonies/limits", **limits))
    plan = {"participant": "0101", "kind": "wedding", "held_on": "2026-09-01", "place": "自家院子"}
    plan |= {"tables": "12", "cars": "6"}
    yield li.post(f"{HOME}/ceremonies", **plan)
    made = li.follow(li.post(f"{HOME}/ceremonies", **plan, confirmed="1"))
    yield made
    seen = {"elder_kind": "worthy", "elder_name": "吴德贵", "tables": "12", "cars": "6", "days": "1"}
    yield li.post(f"{made.request.path}/report", **seen)
    photo = (io.BytesIO(jpeg()), "院子.jpg")
    yield li.follow(li.post(f"{made.request.path}/report", **seen, kept="kept", photos=photo))
    yield li.get(f"{HOME}/ceremonies")


def _honour(li: Browser, village: Chayuan) -> Iterator[TestResponse]:
    """Adopt a kind of title, wrongly first; nominate, check, vote, hang and object; write a letter."""
    kind = {
        "name": "清洁户",
        "holder": "household",
        "criteria": "院内干净\n门前干净",
        "benefits": "免费体检，12个月",
    }
    kind |= {
        "right_days": "30",
        "notice_days": "5",
        "from_date": "2026-01-01",
        "resolution": "2026年村民会议",
    }
    at = f"{HOME}/titles"
    yield li.get(f"{at}/kinds?begin=ten_stars")
    yield li.post(f"{at}/kinds", **{**kind, "resolution": ""})
    yield li.follow(li.post(f"{at}/kinds", **kind))
    named = {"kind": "清洁户", "participant": "0101", "nominated_by": "panel"}
    yield li.post(at, **{**named, "nominated_by": ""})
    made = li.follow(li.post(at, **named))
    yield made
    one = made.request.path
    day = NOW.date().isoformat()
    yield li.post(f"{one}/check", **{"met-1": "1", "on": day})
    yield li.follow(li.post(f"{one}/check", **{"met-1": "1", "met-2": "1", "on": day}))
    yield li.get(f"{at}/votes")
    title = one.rpartition("/")[2]
    yield li.post(f"{at}/votes", **{f"taken-{title}": "1", "votes_for": "许多", "on": day})
    yield li.follow(li.post(f"{at}/votes", **{f"taken-{title}": "1", "votes_for": "9", "on": day}))
    yield li.follow(li.post(f"{at}/notices", **{f"taken-{title}": "1", "place": "村务公开栏", "on": day}))
    yield li.post(f"{one}/objections", raised_by="匿名", reason="")
    yield li.follow(li.post(f"{one}/objections", raised_by="匿名", reason="门前没有扫"))
    yield li.get(one)
    given = {"kind": "清洁户", "participant": "0102", "nominated_by": "panel"}
    then = {"at": NOW - timedelta(days=9)}
    other = village.write(titles.nominate, **given, **then).id
    village.write(titles.check, title_id=other, met={1: True, 2: True}, **then)
    village.write(titles.vote, votes=[titles.Vote(other, 5, 0)], **then)
    village.write(titles.hang, title_ids=[other], place="村口", **then)
    village.write(titles.give, title_id=other)
    yield li.get(f"{at}/{other}")
    yield li.get(f"/open/{VILLAGE}/titles/{other}")
    letter = {"kind": "thanks", "participant": "0101", "deed": "修好村里的路灯"}
    yield li.post(f"{at}/letters", **{**letter, "deed": ""})
    yield li.follow(li.post(f"{at}/letters", **letter))
    yield li.get(at)


def _end_the_year(li: Browser) -> Iterator[TestResponse]:
    """Adopt a rule, wrongly first; look at what the year's end would do, ask for it too early."""
    rule = {"points": "clear", "honour": "kept", "month": "1", "day": "10", "from_date": "2026-09-01"}
    yield li.post(f"{HOME}/year-end", **rule)
    yield li.post(f"{HOME}/year-end", **rule, ceiling="5", resolution="2026年村民会议")
    yield li.follow(li.post(f"{HOME}/year-end", **rule, resolution="2026年村民会议"))
    yield li.get(f"{HOME}/year-end/2026")
    yield li.get(f"{HOME}/year-end/2026年")
    yield li.post(f"{HOME}/year-end/2026")
    yield li.post(f"{HOME}/year-end/2026/undoing", reason="决议的日期看错了")


def _at_counter(li: Browser, village: Chayuan) -> Iterator[TestResponse]:
    """Enter what a household brings, wrongly first; open what it leaves and the day's book."""
    adopt(village)
    path = f"{HOME}/counter"
    yield li.post(path, household="王建国")
    empty = li.get(f"{path}/0101")
    yield empty
    brought = {"request_id": hidden(empty, "request_id"), "item": "回收"}
    yield li.post(f"{path}/0101/entries", **brought, quantity="三斤")
    yield li.follow(li.post(f"{path}/0101/entries", **brought, quantity="20"))
    yield li.get(path)
    books = li.get(f"{HOME}/day-books")
    yield books
    [book] = set(re.findall(rf"{HOME}/day-books/[a-z2-7]{{16}}", words(books)))
    yield li.get(book)


def _answer(li: Browser) -> Iterator[TestResponse]:
    """Write a question down, wrongly first; see how the answer hangs, publish it; answer inside."""
    asked = {"kind": "doubt", "words": "王建国家门前为什么没人管", "participant": "0101", "role": "committee"}
    yield li.post(f"{HOME}/questions", **{**asked, "words": ""})
    made = li.follow(li.post(f"{HOME}/questions", **asked))
    yield made
    at = f"{made.request.path}/answer"
    yield li.post(f"{at}/look", question_words=asked["words"], words="已经清走")
    shown = {"question_words": "路口的垃圾为什么没人管", "words": "已经清走"}
    yield li.post(f"{at}/look", **shown)
    yield li.follow(li.post(at, **shown))
    yield li.follow(li.post(f"{at}/inside", reason="one_household", inside="当面说了"))
    yield li.get(f"{HOME}/questions")


def _inspect(li: Browser) -> Iterator[TestResponse]:
    """Walk to a door, where something is forgotten first, and go on; leave a heap till the second look."""
    listed = li.get(f"{HOME}/inspections")
    group = re.findall(r'<option value="([a-z2-7]{16})"', words(listed))[0]
    walked = li.follow(li.post(f"{HOME}/inspections/rounds", group=group))
    path = walked.request.path
    yield walked
    yield li.get(f"{path}/order")
    door = {"fault-乱堆": "1", "words": "院墙外", "due_on": "2026-10-20"}
    yield li.post(f"{path}/households/0101", **door, verdict="clean")
    photo = (io.BytesIO(jpeg()), "院墙.jpg")
    yield li.follow(li.post(f"{path}/households/0101", **door, verdict="dirty", photos=photo))
    found = re.search(rf"{HOME}/inspections/[a-z2-7]{{16}}", words(li.get(path)))
    assert found is not None
    yield li.get(found[0])
    yield li.post(f"{found[0]}/look")


def _notice(li: Browser) -> TestResponse:
    """Open the notice of the meeting that is closed."""
    found = re.search(rf"{HOME}/notices/[^\"?]+", words(li.get(f"{HOME}/notices")))
    assert found is not None
    return li.get(found[0])


def _objected(chen: Browser, li: Browser) -> set[str]:
    """Object to one of its entries; return that one."""
    found = re.search(rf"{HOME}/scores/([^\"?]+)", words(_notice(li)))
    assert found is not None
    chen.post(f"{HOME}/scores/{found[1]}/objections", raised_by="王家", reason="那天不在家")
    return {found[1]}


def _sell(chen: Browser, card: str) -> Iterator[TestResponse]:
    """Sell a bag of rice, refuse another, count the shelf, ask for a PIN."""
    till, basket = f"{HOME}/till", {"q-rice": "1", "p-rice": "20"}
    yield chen.post(till, text="9999")
    yield chen.post(till, text="王建国")
    shelf = chen.follow(chen.post(till, text=card))
    yield shelf
    held = {"ticket": hidden(shelf, "ticket"), "request_id": "a" * 32}
    query = {"ticket": held["ticket"], **basket}
    yield chen.get(f"{till}/goods", query_string={**query, "q-rice": "9", "tried": "1"})
    yield chen.get(f"{till}/confirm", query_string=query)
    yield chen.get(till, query_string={"back": "gone", "b-rice": "1", **query})
    yield chen.post(f"{till}/redeem", **held, **basket, confirmed="")
    sold = chen.follow(chen.post(f"{till}/redeem", **held, **basket, confirmed="1"))
    yield sold
    yield chen.post(f"{sold.request.path}/reversal", request_id="", reason="")
    yield chen.post(f"{sold.request.path}/returns", request_id="b" * 32, reason="多拿了", **{"b-rice": "9"})
    counted = chen.follow(chen.post(f"{HOME}/stocktakes", request_id="c" * 32, note="九月盘点"))
    yield counted
    sent = {name: hidden(counted, name) for name in ("request_id", "sign_id", "seen")}
    yield chen.post(f"{counted.request.path}/counts", **sent, **{"n-rice": "四"})
    asked = chen.follow(chen.post(f"{HOME}/pins", text=card))
    yield asked
    pin = {"ticket": hidden(asked, "ticket"), "pin": "274916"}
    yield chen.post(f"{HOME}/pins/request", **pin, again_pin="274917")
    yield chen.follow(chen.post(f"{HOME}/pins/request", **pin, again_pin="274916"))


def _manage(sun: Browser, village: Chayuan) -> Iterator[TestResponse]:
    """Fill in forms wrongly, issue a card, set up a telephone."""
    yield sun.post(f"{HOME}/roster", code="", name="")
    yield sun.post(f"{HOME}/goods", code="rice", name="大米", points="一百")
    yield sun.post(f"{HOME}/staff", name="", login="", password="short", role="clerk", group="")
    yield sun.post(f"{HOME}/settings/notice_days", value="很多")
    yield sun.post("/wording", text="低保户王建国", use="deed")
    yield sun.post(f"{HOME}/print/cards.pdf", participant="9999")
    sun.post(f"{HOME}/print/cards.pdf", participant="0102", counted="1")
    for batch in re.findall(rf"{HOME}/cards/([0-9]+)\"", words(sun.get(f"{HOME}/hand-out"))):
        yield sun.get(f"{HOME}/cards/{batch}")
        yield sun.get(f"{HOME}/cards/{batch}/void")
    yield sun.post("/account/password", old="x", new="short", again="other")
    made = sun.post("/account/tokens", name="收银软件", days="30")
    yield made
    yield sun.post(f"{HOME}/hand-out/scan", text=village.card(village.zeng).token)
    yield sun.follow(sun.post("/account/second-factor/begin", password="a long enough password"))
    yield sun.get(f"{HOME}/till", headers={"Accept": "text/html"})
