"""A title on its pages: adopted, nominated, checked, voted, hung, given, lost; the plate's code; letters."""

from datetime import timedelta

import pypdfium2
import pytest
import time_machine
import zxingcpp
from flask import Flask

from pointsbank import lists, publicity, staff, titles
from pointsbank.titles import Title
from tests.builders import COMMITTEE, NOW, SUPERVISOR, VILLAGE, Chayuan
from tests.web.browser import Browser, words
from tests.web.test_card_visit import MINE, scan

PAGES = f"/v/{VILLAGE}/titles"
DAY = NOW.date().isoformat()
KIND = {
    "name": "清洁户",
    "holder": "household",
    "criteria": "院内干净\n门前干净",
    "benefits": "免费体检一次，12个月\n集市摊位优先",
    "quota": "1",
    "right_days": "30",
    "barred_months": "12",
    "notice_days": "5",
    "from_date": "2026-01-01",
    "resolution": "2026年村民会议",
}
NAMED = {"kind": "清洁户", "participant": "0101", "nominated_by": "panel", "reason": "门前屋后干净"}


@pytest.fixture
def li(app: Flask) -> Browser:
    return Browser(app).sign_in("li")


@pytest.fixture
def zhao(app: Flask) -> Browser:
    return Browser(app).sign_in("zhao")


def only(village: Chayuan) -> Title:
    [one] = village.read(titles.titles)
    assert isinstance(one, Title)
    return one


def hanging(li: Browser, zhao: Browser, village: Chayuan) -> str:
    """From the rule to the notice; the address of the title."""
    assert "清洁户" in words(li.follow(li.post(f"{PAGES}/kinds", **KIND)))
    at = li.follow(li.post(PAGES, **NAMED)).request.path
    li.post(f"{at}/check", **{"met-1": "1", "met-2": "1", "on": DAY})
    title = only(village).id
    zhao.post(f"{PAGES}/votes", **{f"taken-{title}": "1", "votes_for": "9", "votes_against": "1", "on": DAY})
    hung = {f"taken-{title}": "1", "place": "村务公开栏", "on": DAY}
    assert "公示到2026年9月6日" in words(li.follow(li.post(f"{PAGES}/notices", **hung)))
    return at


def test_from_the_rule_to_the_plate_and_its_loss(
    li: Browser,
    zhao: Browser,
    browser: Browser,
    app: Flask,
    village: Chayuan,
    clock: time_machine.Traveller,
) -> None:
    assert "还没有礼遇" in words(li.get(f"{PAGES}/benefits"))
    at = hanging(li, zhao, village)
    plate = f"/open/{VILLAGE}/titles/{only(village).id}"
    board = words(browser.get(f"/open/{VILLAGE}"))
    assert "王*国" in board and "王建国" not in board
    assert li.post(f"{at}/give", on=DAY).status_code == 409
    assert browser.get(plate).status_code == 404
    clock.shift(timedelta(days=6))
    li = Browser(app).sign_in("li")
    today = (NOW + timedelta(days=6)).date().isoformat()

    assert "已授牌" in words(li.follow(li.post(f"{at}/give", on=today)))

    shown = words(browser.get(plate))
    assert "这个称号现在有效" in shown and "王" not in shown.partition("<main")[2]
    assert at in words(li.get(f"/v/{VILLAGE}/roster/0101"))
    li.post(f"{at}/benefits/1", given="given", on=today)
    offered = words(li.get(f"{PAGES}/benefits"))
    assert "免费体检一次" in offered and "2027-09-07" in offered and "没有登记" in offered
    for sheet in ("title_certificate", "title_plate", "title_benefits", "title_recommendation"):
        answer = li.get(f"/v/{VILLAGE}/print/{sheet}.pdf?title={only(village).id}")
        assert answer.data.startswith(b"%PDF"), sheet
        pages = pypdfium2.PdfDocument(answer.data)
        text = "".join(page.get_textpage().get_text_bounded() for page in pages)
        assert ("王建国" in text) is (sheet != "title_plate"), sheet
        if sheet in ("title_certificate", "title_plate"):
            [code] = zxingcpp.read_barcodes(pages[0].render(scale=150 / 72).to_pil())
            assert code.text.endswith(plate)
    li.post(f"{at}/check", **{"met-1": "0", "met-2": "1", "on": today})
    li.post(f"{at}/take-off", reason="院内堆放杂物", until="2026-09-10", on=today)
    assert "现在已经摘下" in words(browser.get(plate))
    assert "王*国" not in words(browser.get(f"/open/{VILLAGE}"))
    mine = words(scan(app, village).get(MINE))
    assert "请在2026年9月10日前整改" in mine
    clock.shift(timedelta(days=4))
    # Nobody is asked to do by a day what that day is over for.
    mine = words(scan(app, village).get(MINE))
    assert "请在2026年9月10日前整改" not in mine and "整改好了马上告诉村委会" in mine
    li, zhao = Browser(app).sign_in("li"), Browser(app).sign_in("zhao")
    ended = {"reason": "到期没有清理", "on": "2026-09-11"}
    li.post(f"{at}/check", **{"met-1": "0", "met-2": "1", "on": "2026-09-11"})
    assert "不能再参评" in words(zhao.post(f"{at}/lose/outlook", **ended))
    assert only(village).state == "taken_off"
    assert "2027年9月11日起可以再参评" in words(zhao.follow(zhao.post(f"{at}/lose", **ended)))
    assert "已经没有这个称号" in words(browser.get(plate))
    assert "到2027年9月11日才能再参评" in words(li.post(PAGES, **NAMED))


def test_who_takes_back_to_be_named_is_masked_for_everybody_at_once(
    li: Browser, zhao: Browser, browser: Browser, app: Flask, village: Chayuan, clock: time_machine.Traveller
) -> None:
    li.post(f"{PAGES}/kinds", **KIND | {"name": "好媳妇", "holder": "person", "share": "60"})
    her = {"kind": "好媳妇", "person": "<b>李梅花</b>", "agreed_on": DAY}
    at = li.follow(li.post(PAGES, **NAMED | her)).request.path
    title = only(village).id
    li.post(f"{at}/check", **{"met-1": "1", "met-2": "1", "on": DAY})
    zhao.post(f"{PAGES}/votes", **{f"taken-{title}": "1", "votes_for": "9", "on": DAY})
    li.post(f"{PAGES}/notices", **{f"taken-{title}": "1", "place": "村口", "on": DAY})
    clock.shift(timedelta(days=6))
    li, today = Browser(app).sign_in("li"), (NOW + timedelta(days=6)).date().isoformat()
    li.post(f"{at}/give", on=today)
    sheets = [f"/v/{VILLAGE}/print/{name}.pdf" for name in ("title_certificate", "honour_roll")]

    def in_full() -> list[str]:
        printed = [pypdfium2.PdfDocument(li.get(one).data)[0].get_textpage() for one in sheets]
        shown = [words(browser.get(f"/open/{VILLAGE}")), *(one.get_text_bounded() for one in printed)]
        return ["梅" in one for one in shown]

    assert in_full() == [True, True, True]
    told = li.follow(li.post(f"{at}/name-withdrawn", on=today))

    assert "称号还在" not in words(told) and "本人2026年9月7日签字撤回" in words(told)
    assert in_full() == [False, False, False]
    assert only(village).state == "standing"
    assert "该撤下了" in words(li.get(f"/v/{VILLAGE}/walls")) + words(li.get(at))
    assert li.post(f"{at}/name-withdrawn", on=today).status_code == 409
    assert Browser(app).sign_in("chen").post(f"{at}/name-agreed", on=today).status_code == 403
    li.post(f"{at}/name-agreed", on=today)
    assert in_full() == [True, True, True]


def test_an_objection_is_answered_by_who_runs_nothing(
    li: Browser, zhao: Browser, browser: Browser, app: Flask, village: Chayuan
) -> None:
    at = hanging(li, zhao, village)
    chen = Browser(app).sign_in("chen")
    chen.post(f"{at}/objections", raised_by="匿名", reason="门前没有扫")
    objection = village.read(titles.title_objections)[0].id
    answer = {"verdict": "upheld", "reason": "去看过了"}

    assert "王*国" not in words(browser.get(f"/open/{VILLAGE}"))
    assert li.post(f"{at}/objections/{objection}/decision", **answer).status_code == 403
    assert "就此结束" in words(zhao.post(f"{at}/objections/{objection}/decision/outlook", **answer))
    zhao.post(f"{at}/objections/{objection}/decision", **answer)
    assert only(village).state == "withdrawn"


@pytest.mark.parametrize(
    ("door", "sent"),
    [
        ("/kinds", {**KIND, "name": "好人榜", "criteria": " \n "}),
        ("/kinds", {**KIND, "share": "101"}),
        ("", {**NAMED, "kind": "没有"}),
        ("", {**NAMED, "participant": "0102", "reason": "他家信教"}),
        ("/{}/check", {"met-1": "1", "on": DAY}),
        ("/{}/check", {"met-1": "1", "met-2": "x" * 99, "met-²": "1", "on": DAY}),
        ("/{}/check", {"met-1": "1", "met-2": "1", "on": "2030-01-01"}),
        ("/{}/give", {"on": DAY}),
        ("/{}/withdraw", {"reason": "", "on": DAY}),
        ("/{}/name-withdrawn", {"on": DAY}),
        ("/{}/papers", {"place": "村口", "size": "a9", "on": DAY}),
        ("/{}/papers", {"place": "村口", "size": "a4", "on": DAY}),
        ("/{}/benefits/²", {"given": "given", "on": DAY}),
        ("/votes", {"votes_for": "9", "on": DAY}),
        ("/votes", {"taken-x": "1", "for-x": "-1", "votes_for": "9", "on": DAY}),
        ("/notices", {"taken-\x00": "1", "place": "村口", "on": DAY}),
        ("/letters", {"kind": "thanks", "participant": "0101", "deed": " "}),
        ("/letters/x/brought", {"on": DAY}),
    ],
)
def test_bad_input_is_refused_and_writes_nothing(
    li: Browser, village: Chayuan, door: str, sent: dict[str, str]
) -> None:
    li.post(f"{PAGES}/kinds", **KIND)
    li.post(PAGES, **NAMED)
    before = only(village), village.read(titles.kinds)

    refused = li.post(PAGES + door.format(before[0].id), **sent)

    assert 400 <= refused.status_code < 500
    assert (only(village), village.read(titles.kinds)) == before


def test_a_letter_is_written_printed_and_brought(li: Browser, village: Chayuan) -> None:
    li.post(f"{PAGES}/letters", kind="congratulation", participant="0101", deed="下水救起落水的人")
    [one] = village.read(titles.letters)

    answer = li.get(f"/v/{VILLAGE}/print/praise_letter.pdf?letter={one.id}")
    text = "".join(pypdfium2.PdfDocument(answer.data)[0].get_textpage().get_text_bounded().split())
    assert "喜报" in text and "王建国户：" in text and "下水救起落水的人" in text
    assert "送到" in words(li.follow(li.post(f"{PAGES}/letters/{one.id}/brought", on=DAY)))


def test_notice_and_honour_roll_name_nobody_who_did_not_agree(village: Chayuan, li: Browser) -> None:
    village.write(
        titles.adopt_kind,
        name="清洁户",
        holder="household",
        criteria=["干净"],
        notice_days=1,
        resolution="会议",
        from_date=NOW.date() - timedelta(days=30),
        at=NOW - timedelta(days=30),
    )
    for code in ("0101", "0302"):
        then = {"at": NOW - timedelta(days=9)}
        named = {"kind": "清洁户", "participant": code, "nominated_by": "panel"}
        one = village.write(titles.nominate, **named, **then)
        village.write(titles.check, title_id=one.id, met={1: True}, **then)
        village.write(titles.vote, votes=[titles.Vote(one.id, 5, 0)], by=SUPERVISOR, **then)
    village.write(publicity.give_consent, participant="0302", by=COMMITTEE)

    def text_of(sheet: str) -> str:
        pages = pypdfium2.PdfDocument(li.get(f"/v/{VILLAGE}/print/{sheet}.pdf").data)
        return "".join(page.get_textpage().get_text_bounded() for page in pages)

    assert "王*国" in (text := text_of("title_notice")) and "欧阳犇" in text and "王建国" not in text
    for one in village.read(titles.titles):
        village.write(titles.hang, title_ids=[one.id], place="村口", at=NOW - timedelta(days=8))
        village.write(titles.give, title_id=one.id)
    assert "王*国" in (text := text_of("honour_roll")) and "欧阳犇" in text and "王建国" not in text


def test_paper_says_nothing_of_whose_plate_is_off() -> None:
    on_paper = {one.key for one in lists.find("titles").columns if one.paper is not None}

    assert on_paper.isdisjoint({"state", "since", "until_on", "person", "reason", "nominator"})


def test_a_program_nominates_and_reads(app: Flask, village: Chayuan, li: Browser) -> None:
    li.post(f"{PAGES}/kinds", **KIND)
    with village.database.writing() as session:
        me = staff.by_login(session, login="li").id
        token = staff.make_token(session, login="li", by=me, at=NOW)
    client, head = app.test_client(), {"Authorization": f"Bearer {token}"}
    here = f"/api/v1/villages/{VILLAGE}"
    made = client.post(f"{here}/titles", json=NAMED, headers=head)

    assert made.status_code == 201, made.text
    assert client.get(f"{here}/titles", headers=head).json["items"] == [made.json]
    assert client.get(f"{here}/titles/{made.json['id']}", headers=head).json == made.json
    assert client.get(f"{here}/title-kinds", headers=head).json["items"][0]["name"] == "清洁户"
