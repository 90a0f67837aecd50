"""A wedding on its pages: announced at the counter, seen by an elder, decided and scored at the meeting."""

import io
from datetime import date, timedelta

import pytest
from flask import Flask

from pointsbank import ceremonies, lists, roster, scoring, staff, villages
from pointsbank.ceremonies import Ceremony
from tests.attachments.scene import jpeg
from tests.builders import NOW, VILLAGE, Chayuan
from tests.web.browser import Browser, words
from tests.web.test_group_leaders import lead

PAGES = f"/v/{VILLAGE}/ceremonies"
TODAY = NOW.date()
WEDDING = {
    "participant": "0101",
    "kind": "wedding",
    "held_on": TODAY.isoformat(),
    "place": "自家院子",
    "tables": "12",
    "cars": "6",
}
SEEN = {
    "elder_kind": "worthy",
    "elder_name": "吴德贵",
    "tables": "12",
    "cars": "6",
    "days": "1",
    "kept": "kept",
    "words": "看见的就是十二桌",
}


@pytest.fixture
def chen(app: Flask) -> Browser:
    return Browser(app).sign_in("chen")


@pytest.fixture
def li(app: Flask) -> Browser:
    return Browser(app).sign_in("li")


def announced(village: Chayuan) -> list[Ceremony]:
    mine = village.read(roster.by_code, code="0101").id
    return list(village.read(ceremonies.of_participant, participant=mine))


def test_from_the_counter_to_a_score_that_leads_back(chen: Browser, li: Browser, village: Chayuan) -> None:
    chen.follow(chen.post(PAGES, **WEDDING))
    [one] = announced(village)
    at = f"{PAGES}/{one.id}"
    assert chen.get(f"{at}/pledge.pdf").data.startswith(b"%PDF")
    assert "2026年9月1日签" in words(chen.follow(chen.post(f"{at}/sign", signed_on=TODAY.isoformat())))
    li.follow(li.post(f"{at}/report", **SEEN, photos=(io.BytesIO(jpeg()), "a.jpg")))
    held = {"held_on": TODAY, "title": "九月评议会", "judges": ["李会计"]}
    meeting = village.write(scoring.open_meeting, **held).id
    assert at in words(li.get(f"/v/{VILLAGE}/meetings/{meeting}"))

    done = li.follow(li.post(f"{at}/decide", meeting=meeting, kept="kept", item="清扫"))

    assert "已决定，录入0101" in words(done)
    [score] = village.read(scoring.scores)
    assert at in words(li.get(f"/v/{VILLAGE}/scores/{score.id}"))
    assert f"/scores/{score.id}" in words(li.get(at))
    assert at in words(chen.get(f"/v/{VILLAGE}/roster/0101"))
    li.post(f"/v/{VILLAGE}/meetings/{meeting}/scores/{score.id}/withdraw")
    assert announced(village)[0].status == "reported"


def test_limits_are_adopted_shown_on_the_rules_and_asked_about(li: Browser, village: Chayuan) -> None:
    new = {"tables": "10", "cars": "0", "ahead_days": "7", "from_date": "2026-01-01"}
    li.follow(li.post(f"{PAGES}/limits", **new, resolution="2026年村民会议"))
    assert "酒席不超过10桌，提前7天报备，丧事不限" in words(li.get(f"/v/{VILLAGE}/scheme"))

    asked = li.post(PAGES, **WEDDING)
    assert (asked.status_code, "照样报备" in words(asked)) == (409, True)
    assert "报得晚" in words(li.follow(li.post(PAGES, **WEDDING, confirmed="1")))
    assert announced(village)[0].over == ("酒席12桌（限10桌）",)


@pytest.mark.parametrize(
    ("door", "sent"),
    [
        ("", {**WEDDING, "tables": "许多"}),
        ("", {**WEDDING, "kind": "feast"}),
        ("/{}/report", {**SEEN, "kept": ""}),
        ("/{}/report", {**SEEN, "elder_kind": "cadre"}),
        ("/{}/decide", {"meeting": "nowhere", "kept": "kept"}),
        ("/{}/postpone", {"held_on": "2040-01-01", "reason": "下雨"}),
        ("/{}/cancel", {"cancel_reason": " "}),
        ("/limits", {"tables": "-3", "from_date": "2026-01-01", "resolution": "会议"}),
    ],
)
def test_bad_input_is_refused_and_writes_nothing(
    li: Browser, village: Chayuan, door: str, sent: dict[str, str]
) -> None:
    li.post(PAGES, **WEDDING)
    [one] = announced(village)

    refused = li.post(PAGES + door.format(one.id), **sent)

    assert 400 <= refused.status_code < 500
    assert announced(village) == [one]


def test_who_leads_a_group_announces_and_reports_for_it_alone(
    chen: Browser, app: Flask, village: Chayuan
) -> None:
    lead(village, str(village.read(villages.group_by_name, name="一组").id))
    qian = Browser(app).sign_in("qian")
    chen.post(PAGES, **WEDDING | {"participant": "0201"})
    other = village.read(roster.by_code, code="0201").id
    [far] = village.read(ceremonies.of_participant, participant=other)

    assert qian.post(PAGES, **WEDDING).status_code == 303
    [mine] = announced(village)
    assert "0201" not in words(qian.get(PAGES))
    for door in ("", "/pledge.pdf"):
        assert qian.get(f"{PAGES}/{far.id}{door}").status_code == 404
        assert qian.get(f"{PAGES}/{mine.id}{door}").status_code == 200
    assert qian.post(f"{PAGES}/{far.id}/report", **SEEN).status_code == 404
    assert qian.post(f"{PAGES}/{mine.id}/report", **SEEN).status_code == 303


def test_paper_says_nothing_of_who_kept_to_it() -> None:
    on_paper = {one.key for one in lists.find("ceremonies").columns if one.paper is not None}

    assert on_paper.isdisjoint({"status", "late", "seen_tables", "seen_cars", "seen_days", "elder_kind"})


def test_a_program_announces_and_reads(app: Flask, village: Chayuan) -> None:
    with village.database.writing() as session:
        me = staff.by_login(session, login="chen").id
        token = staff.make_token(session, login="chen", by=me, at=NOW)
    client, head = app.test_client(), {"Authorization": f"Bearer {token}"}
    body = WEDDING | {"tables": 12, "cars": 6, "held_on": (date(2026, 9, 1) + timedelta(days=30)).isoformat()}
    made = client.post(f"/api/v1/villages/{VILLAGE}/ceremonies", json=body, headers=head)

    assert made.status_code == 201, made.text
    assert client.get(f"/api/v1/villages/{VILLAGE}/ceremonies", headers=head).json["items"] == [made.json]
    found = client.get(f"/api/v1/villages/{VILLAGE}/ceremonies/{made.json['id']}", headers=head)
    assert found.json == made.json
