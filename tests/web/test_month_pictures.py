"""A month as one picture for the group chat, and its text: doors, bounds, nobody's name."""

import io
from contextlib import ExitStack
from ctypes import c_float
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from flask import Flask
from PIL import Image

from pointsbank import law, pictures, proof, publicity, sheets
from pointsbank.database import Database
from pointsbank.pictures import month as drawing
from pointsbank.sheets.poster.picture import SMALLEST, WIDTH
from tests.builders import COMMITTEE, VILLAGE, Chayuan
from tests.proof import month
from tests.proof.month import on
from tests.sheets.months import black, poster, red
from tests.web.browser import Browser, words
from tests.web.conftest import settings

CLOSED = "2026-08"
OPEN = f"/open/{VILLAGE}/months/{CLOSED}/picture.png"
STAFF = f"/v/{VILLAGE}/boards/{CLOSED}/picture.png"
TEXT = f"/v/{VILLAGE}/boards/{CLOSED}/loudspeaker"
LONG = law.clear("参加集体劳动和志愿服务" * 6, law.Use.FACT)
CROWDED = poster(red=tuple(replace(one, reason=LONG) for one in red(60)), black=black(2))


def taken(database: Database, folder: Path, at: datetime) -> bytes:
    """The picture of September at a moment."""
    given = {"village": VILLAGE, "month": month.MONTH, "by": "", "at": at}
    return pictures.month_picture(database, **given, settings=settings(folder))


def drawn_for(value: Any, folder: Path) -> bytes:
    """The page of which a picture is made."""
    out, fonts = io.BytesIO(), sheets.fonts_of(settings(folder))
    sheets.find("poster").render(value, fonts=fonts, out=out, as_picture=True)
    return out.getvalue()


def text_of(content: bytes) -> str:
    """What stands on a drawn page."""
    return str(pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range())


def sizes(content: bytes) -> list[float]:
    """The size of every piece of text on a page, in points."""
    page = pypdfium2.PdfDocument(content)[0]
    found = []
    for each in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
        size = c_float()
        pdfium.FPDFTextObj_GetFontSize(each.raw, size)
        found.append(size.value)
    return found


@pytest.mark.parametrize("value", [poster(red=()), CROWDED], ids=["nobody", "sixty"])
def test_no_letter_is_smaller_than_28_px_on_a_picture_1080_px_wide(value: Any, tmp_path: Path) -> None:
    drawn = drawn_for(value, tmp_path)

    points_wide = pypdfium2.PdfDocument(drawn)[0].get_width()
    assert abs(points_wide - WIDTH * 72 / 25.4) < 0.1
    assert sizes(drawn)
    assert min(sizes(drawn)) >= SMALLEST
    assert SMALLEST * 1080 / points_wide >= 28


@pytest.mark.parametrize(
    ("second", "stands"), [("Mbanj Cazyenz", True), ("W" * 60, False), ("Mbanj\U00051234", False)]
)
def test_a_second_heading_is_on_the_picture_whole_or_not_at_all(
    tmp_path: Path, second: str, stands: bool
) -> None:
    heading = law.clear(second, law.Use.HEADING)
    drawn = drawn_for(replace(poster(), second=heading), tmp_path)

    assert (second[:5] in text_of(drawn)) is stands
    assert min(sizes(drawn)) >= SMALLEST


def test_a_long_board_is_cut_short_and_the_black_one_left_out(tmp_path: Path) -> None:
    text = text_of(drawn_for(CROWDED, tmp_path))

    assert "还有40户，请看墙上的红榜" in text
    assert "黑榜" not in text
    assert "赵*" not in text


def test_the_picture_is_small_bare_and_as_the_wall_has_it(sqlite_database: Database, tmp_path: Path) -> None:
    month.live(sqlite_database)
    at = on(2, month=10)

    content = taken(sqlite_database, tmp_path, at)

    picture = Image.open(io.BytesIO(content))
    assert (picture.format, picture.width, picture.info) == ("PNG", 1080, {})
    assert len(content) <= 500_000
    value = sheets.find("poster").gather_from(
        sqlite_database, village=VILLAGE, by="", at=at, public_url="", month=month.MONTH
    )
    text = text_of(drawn_for(value, tmp_path))
    assert "王*国" in text
    assert not [name for name in ("王建国", "买买提·艾力", "欧阳犇") if name in text]


def test_a_quarter_has_a_picture_that_says_it_is_not_settled(tmp_path: Path) -> None:
    drawn = drawn_for(replace(poster(), period="2026年第三季度", note="还没有定榜，名次还会变。"), tmp_path)
    text = text_of(drawn)

    assert (
        "2026年第三季度" in text
        and "还没有定榜，名次还会变。" in text
        and "到2026年9月为止账本的指纹" in text
    )
    assert min(sizes(drawn)) >= SMALLEST


def test_a_name_goes_from_the_picture_with_its_consent(sqlite_database: Database, tmp_path: Path) -> None:
    month.live(sqlite_database)
    masked = taken(sqlite_database, tmp_path, on(2, month=10))
    common = {"village": VILLAGE, "participant": "0101", "by": COMMITTEE}
    with sqlite_database.writing() as session:
        publicity.give_consent(session, **common, at=on(2, 3, month=10))
    named = taken(sqlite_database, tmp_path, on(2, 4, month=10))
    with sqlite_database.writing() as session:
        publicity.withdraw_consent(session, **common, at=on(2, 5, month=10))

    assert named != masked
    assert taken(sqlite_database, tmp_path, on(2, 6, month=10)) == masked


def test_everybody_sees_a_closed_month_s_picture_and_nobody_keeps_it(app: Flask, village: Chayuan) -> None:
    everybody = Browser(app)
    assert everybody.get(OPEN).status_code == 404
    village.write(proof.close_month, month=CLOSED)

    shown = everybody.get(OPEN)
    assert (shown.status_code, shown.mimetype) == (200, "image/png")
    assert shown.headers["Cache-Control"] == "no-store"
    assert everybody.get(STAFF).status_code in (302, 303)
    sent = Browser(app).sign_in("chen").get(STAFF)
    assert sent.data == shown.data
    assert sent.headers["Content-Disposition"] == f'attachment; filename="month-{CLOSED}.png"'


def test_strangers_who_wait_for_pictures_do_not_take_every_thread(app: Flask, village: Chayuan) -> None:
    village.write(proof.close_month, month=CLOSED)
    everybody, places = Browser(app), 2
    with ExitStack() as waiting:
        for _ in range(places):
            assert drawing._STRANGERS.acquire(blocking=False)
            waiting.callback(drawing._STRANGERS.release)

        assert everybody.get(OPEN).status_code == 503
        assert Browser(app).sign_in("chen").get(STAFF).status_code == 200
        # It is drawn now, and nobody waits for it.
        assert everybody.get(OPEN).status_code == 200


def test_the_text_is_read_copied_and_taken_along_as_a_file(app: Flask, village: Chayuan) -> None:
    village.write(proof.close_month, month=CLOSED)
    li = Browser(app).sign_in("li")

    page, file = words(li.get(TEXT)), li.get(f"{TEXT}.txt")

    assert "茶源村的乡亲们，大家好。" in page
    assert file.data.decode("utf-8-sig").splitlines()[0] == "茶源村的乡亲们，大家好。"
    assert f'filename="loudspeaker-{CLOSED}.txt"' in file.headers["Content-Disposition"]
    board = words(li.get(f"/v/{VILLAGE}/boards/{CLOSED}"))
    assert TEXT in board
    assert STAFF in board
