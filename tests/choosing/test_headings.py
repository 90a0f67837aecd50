"""A heading in a second language is printed as it is written, or refused with what is missing; never half."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from pointsbank import choosing, law, sheets, villages
from pointsbank.database import Database
from pointsbank.errors import Problem
from pointsbank.printing import Fonts
from pointsbank.sheets.cards import face
from tests.builders import COMMITTEE, NOW, VILLAGE
from tests.printing.fontfile import YI, made_font
from tests.printing.reading import squeezed, text_of
from tests.questions.scene import founded
from tests.sheets.prints import cards_of, printed

ZHUANG, MIAO, KOREAN = "Mbanj Cazyenz", "Raol Chaf Yenx", "차원마을"
TIBETAN, UYGHUR, POLLARD, MONGOLIAN = "གྲོང་ཚོ", "كەنت", "𖼀𖽘", "ᠠᠶᠢᠯ"


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Fonts:
    return Fonts(tmp_path_factory.mktemp("cut"))


@pytest.fixture(scope="module")
def with_yi(tmp_path_factory: pytest.TempPathFactory) -> Fonts:
    folder = tmp_path_factory.mktemp("yi")
    return Fonts(folder, (made_font(folder / "yi.ttf"),))


def change(database: Database, words: str, lacking: Callable[[str], str], name: str = "card_heading") -> Any:
    """Set a heading as Li does on its page."""
    with database.writing() as session:
        given = {"name": name, "value": choosing.find(name).read(words), "lacking": lacking}
        return choosing.change(session, village=VILLAGE, by=COMMITTEE, at=NOW, **given)


def stands(database: Database) -> str:
    with database.reading() as session:
        return villages.settings(session, village=VILLAGE).card_heading


@pytest.mark.parametrize("words", [ZHUANG, f"{MIAO} · {ZHUANG}", KOREAN])
def test_a_script_that_our_fonts_draw_stands_on_card_and_poster(
    sqlite_database: Database, ours: Fonts, words: str
):
    founded(sqlite_database)

    assert change(sqlite_database, f" {words} ", ours.lacking)

    assert stands(sqlite_database) == words
    second = law.clear(words, law.Use.HEADING)
    card = replace(face(1), second=second)
    assert squeezed(words) in squeezed(text_of(cards_of(card, fonts=ours)))
    poster = replace(sheets.find("poster").example(1), second=second)
    assert squeezed(words) in squeezed(text_of(printed(poster, ours)))


@pytest.mark.parametrize(
    ("words", "script"),
    [
        (TIBETAN, "藏文"),
        (UYGHUR, "阿拉伯字母"),
        (POLLARD, "柏格理苗文"),
        (MONGOLIAN, "蒙古文"),
        (f"Raol m{chr(0x30D)}", "附加符号"),
    ],
)
@pytest.mark.parametrize("name", ["card_heading", "poster_heading"])
def test_a_script_whose_letters_join_is_refused_whatever_font_there_is(
    sqlite_database: Database, words: str, script: str, name: str
):
    founded(sqlite_database)

    with pytest.raises(Problem, match=f"{script}.*要连写或叠写") as refused:
        change(sqlite_database, words, lambda text: "", name)

    assert refused.value.code == "heading_unjoined"
    assert stands(sqlite_database) == ""


def test_a_script_without_a_font_is_refused_with_what_to_put_where(
    sqlite_database: Database, ours: Fonts, with_yi: Fonts
):
    founded(sqlite_database)
    with pytest.raises(Problem, match=rf"彝文（{YI}）.*pointsbank fonts try.*pointsbank\.toml 的 fonts"):
        change(sqlite_database, YI, ours.lacking)

    assert change(sqlite_database, YI, with_yi.lacking)

    card = replace(face(1), second=law.clear(YI, law.Use.HEADING))
    assert YI in text_of(cards_of(card, fonts=with_yi))
    # The font was taken away since: no half of it, and no box.
    without = text_of(cards_of(card, fonts=ours))
    assert "〓" not in without and YI[0] not in without and "积分卡" in without


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        ("Mbanj " * 11, "village_setting_invalid"),
        ("Mbanj\nCazyenz", "village_setting_invalid"),
        ("dengva 13800001234", "wording_unlawful"),
        ("李秀英", "wording_names_somebody"),
        ("低保户", "wording_unlawful"),
    ],
)
def test_what_may_not_hang_is_no_heading(sqlite_database: Database, ours: Fonts, words: str, refused: str):
    founded(sqlite_database)

    with pytest.raises(Problem) as caught:
        change(sqlite_database, words, ours.lacking)

    assert (caught.value.code, stands(sqlite_database)) == (refused, "")


def test_an_empty_heading_changes_nothing_on_paper(ours: Fonts):
    bare, empty = face(1), replace(face(1), second=law.NOTHING)

    assert text_of(cards_of(bare, fonts=ours)) == text_of(cards_of(empty, fonts=ours))
