"""A claim on its pages: written down at the counter with a photo, looked at, taken over with one click."""

import io
from datetime import date
from typing import Any

import pytest
from flask import Flask
from PIL import ExifTags, Image
from werkzeug.test import TestResponse

from pointsbank import attachments, claims, scoring, staff, villages
from pointsbank.claims import Claim
from tests.builders import NOW, VILLAGE, Chayuan
from tests.web.browser import Browser, words
from tests.web.test_group_leaders import lead

CLAIMS = f"/v/{VILLAGE}/claims"
DEED = {"participant": "0101", "item": "清扫", "occurred_on": "2026-08-20", "words": "扫了村口的路"}


def photo(wide: int = 3000) -> io.BytesIO:
    """What a telephone sends: large, lying, with its place and maker."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "Chayuan Telephones"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (25.0, 1.0, 2.0)
    stream = io.BytesIO()
    Image.new("RGB", (wide, 2000), (90, 160, 70)).save(stream, "JPEG", exif=exif)
    stream.seek(0)
    return stream


def file(by: Browser, *photos: Any, **more: Any) -> TestResponse:
    """Write a claim down."""
    return by.post(CLAIMS, **DEED | more, photos=[(one, "IMG_1.jpg") for one in photos])


@pytest.fixture
def chen(app: Flask) -> Browser:
    return Browser(app).sign_in("chen")


@pytest.fixture
def li(app: Flask) -> Browser:
    return Browser(app).sign_in("li")


@pytest.fixture
def meeting(village: Chayuan) -> str:
    """A meeting that is open."""
    held = {"held_on": date(2026, 9, 1), "title": "九月评议会", "judges": ["李会计"]}
    return str(village.write(scoring.open_meeting, **held).id)


def waiting(village: Chayuan) -> list[Claim]:
    return list(village.read(claims.waiting))


def photos_of(village: Chayuan, claim: str) -> list[attachments.Attachment]:
    found = village.read(attachments.of_owners, owner_kind=claims.OWNER_KIND, owners=[claim])
    return list(found.get(claim, []))


def test_from_the_counter_to_the_minutes_with_one_click(
    chen: Browser, li: Browser, village: Chayuan, meeting: str
) -> None:
    chen.follow(file(chen, photo()))
    [claim] = waiting(village)
    looked = li.post(f"{CLAIMS}/{claim.id}/opinion", supported="supported", words="巡查时看见")
    assert looked.status_code == 303

    agenda = words(li.get(f"/v/{VILLAGE}/meetings/{meeting}"))
    assert "申报待评" in agenda and f"{CLAIMS}/{claim.id}" in agenda
    done = li.follow(li.post(f"{CLAIMS}/{claim.id}/take-over", meeting=meeting))

    assert "已录入" in words(done)
    [score] = village.read(scoring.scores)
    assert (score.code, score.note) == ("0101", DEED["words"])
    assert f"{CLAIMS}/{claim.id}" in words(li.get(f"/v/{VILLAGE}/scores/{score.id}"))
    assert f"/scores/{score.id}" in words(li.get(f"{CLAIMS}/{claim.id}"))
    assert "已评分" in words(chen.get(f"/v/{VILLAGE}/roster/0101"))


def test_a_score_undone_in_the_minutes_puts_its_claim_back(
    chen: Browser, li: Browser, village: Chayuan, meeting: str
) -> None:
    file(chen)
    [claim] = waiting(village)
    li.post(f"{CLAIMS}/{claim.id}/take-over", meeting=meeting)

    li.post(f"/v/{VILLAGE}/meetings/{meeting}/scores/{village.read(scoring.scores)[0].id}/withdraw")

    assert [one.id for one in waiting(village)] == [claim.id]


def test_a_photo_is_kept_small_upright_and_bare_and_shown_to_nobody_else(
    chen: Browser, app: Flask, village: Chayuan
) -> None:
    file(chen, photo())
    [claim] = waiting(village)
    [kept] = photos_of(village, claim.id)

    shown = chen.get(f"{CLAIMS}/{claim.id}/photos/{kept.id}")

    picture = Image.open(io.BytesIO(shown.data))
    assert (picture.format, picture.size) == ("JPEG", (1067, 1600))
    assert b"Chayuan" not in shown.data and not picture.getexif()
    assert shown.mimetype == "image/jpeg"
    assert shown.headers["Cache-Control"] == "no-store"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert shown.headers["Content-Disposition"].startswith("inline")
    assert "default-src 'none'" in shown.headers["Content-Security-Policy"]
    assert Browser(app).get(f"{CLAIMS}/{claim.id}/photos/{kept.id}").status_code == 303
    assert chen.get(f"{CLAIMS}/{'a' * 16}/photos/{kept.id}").status_code == 404


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (lambda: io.BytesIO(b"no photo at all"), "不是照片"),
        (lambda: photo(13_300), "太大"),
        (lambda: io.BytesIO(photo().read(20_000)[:9_000]), "没有传完整"),
    ],
    ids=["no photo", "13,300 wide", "cut off"],
)
def test_a_bad_photo_is_refused_by_its_cause_and_what_was_typed_stays(
    chen: Browser, village: Chayuan, sent: Any, sentence: str
) -> None:
    refused = file(chen, sent())

    assert 400 <= refused.status_code < 500
    assert sentence in words(refused) and DEED["words"] in words(refused)
    assert waiting(village) == []


def test_more_than_three_photos_are_refused_here_and_on_the_claim(chen: Browser, village: Chayuan) -> None:
    assert "最多选3张" in words(file(chen, *(photo(100 + n) for n in range(4))))
    file(chen, photo(300), photo(400))
    [claim] = waiting(village)

    full = chen.post(f"{CLAIMS}/{claim.id}/photos", photos=[(photo(500), "a.jpg"), (photo(600), "b.jpg")])

    assert "最多放3份" in words(full)
    assert len(photos_of(village, claim.id)) == 2


def test_a_wrong_photo_is_deleted(chen: Browser, village: Chayuan) -> None:
    file(chen, photo())
    [claim] = waiting(village)
    [kept] = photos_of(village, claim.id)

    chen.post(f"{CLAIMS}/{claim.id}/photos/{kept.id}/withdraw")

    assert photos_of(village, claim.id)[0].removed_on is not None
    assert chen.get(f"{CLAIMS}/{claim.id}/photos/{kept.id}").status_code == 404


def test_the_same_deed_again_is_asked_about_and_may_be_meant(chen: Browser, village: Chayuan) -> None:
    file(chen)

    asked = file(chen)
    assert (asked.status_code, "确实又有一次" in words(asked)) == (409, True)
    assert file(chen, confirmed="1").status_code == 303
    assert len(waiting(village)) == 2


def test_home_says_what_waits_for_a_look(chen: Browser, li: Browser) -> None:
    file(chen)

    assert "1件申报等小组看" in words(li.get(f"/v/{VILLAGE}"))


def test_who_leads_a_group_looks_at_its_claims_alone(chen: Browser, app: Flask, village: Chayuan) -> None:
    lead(village, str(village.read(villages.group_by_name, name="一组").id))
    qian = Browser(app).sign_in("qian")
    file(chen)
    file(chen, participant="0201")
    mine, other = sorted(waiting(village), key=lambda one: one.code)

    assert "0201" not in words(qian.get(CLAIMS))
    assert qian.get(f"{CLAIMS}/{other.id}").status_code == 404
    assert qian.post(f"{CLAIMS}/{other.id}/opinion", supported="supported").status_code == 404
    assert qian.post(f"{CLAIMS}/{mine.id}/opinion", supported="supported").status_code == 303


def test_a_program_writes_a_claim_down_and_reads_it(app: Flask, village: Chayuan) -> None:
    with village.database.writing() as session:
        me = staff.by_login(session, login="chen").id
        token = staff.make_token(session, login="chen", by=me, at=NOW)
    client, head = app.test_client(), {"Authorization": f"Bearer {token}"}
    made = client.post(
        f"/api/v1/villages/{VILLAGE}/claims", json=DEED | {"item": _code(village)}, headers=head
    )

    assert made.status_code == 201, made.text
    assert client.get(f"/api/v1/villages/{VILLAGE}/claims", headers=head).json["items"] == [made.json]
    found = client.get(f"/api/v1/villages/{VILLAGE}/claims/{made.json['id']}", headers=head)
    assert found.json == made.json


def _code(village: Chayuan) -> str:
    return next(one.code for one in village.read(scoring.items, day=date(2026, 8, 20)) if "清扫" in one.title)
