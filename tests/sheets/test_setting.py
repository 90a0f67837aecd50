"""How sheets are set: nothing cut that counts, no page of signatures alone, names as large as can be."""

import io
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest

from pointsbank import sheets
from pointsbank.printing import Fonts
from pointsbank.sheets.base import CommonWords, SheetValue
from pointsbank.sheets.notice.household_rows import household_rows
from pointsbank.sheets.poster.examples import example as poster
from pointsbank.sheets.poster.values import Words
from pointsbank.text import Replaceable
from tests.sheets.onpaper import LONG_NAME, Run, runs_on
from tests.sheets.retyping import retyped


def pages(name: str, value: SheetValue, fonts: Fonts) -> list[list[Run]]:
    """The letters on each page of a sheet."""
    out = io.BytesIO()
    sheets.find(name).render(value, fonts=fonts, out=out)
    return [list(runs_on(page)) for page in pypdfium2.PdfDocument(out.getvalue())]


def called(runs: list[Run], words: str) -> Run:
    """The first run with these words."""
    return next(run for run in runs if words in run.words)


def long_name(text: str) -> str:
    """A name of sixty characters for every name."""
    return LONG_NAME if isinstance(text, Replaceable) else text


@pytest.mark.parametrize("on_a4", [False, True])
@pytest.mark.parametrize("days", [1, 60])
def test_how_to_object_stands_whole_on_the_poster(fonts: Fonts, on_a4: bool, days: int) -> None:
    words = CommonWords.OBJECTION_CHANNEL.format(subject=Words.OBJECTION_SUBJECT, days=days)
    value = replace(poster(1), objection_channel=words, on_a4=on_a4)
    text = "".join(run.words for page in pages("poster", value, fonts) for run in page)

    assert words in text


@pytest.mark.parametrize(
    ("name", "sign", "counts"), [("minutes", "到场人签名", range(8, 24)), ("book", "签字", range(40, 90, 4))]
)
def test_who_signs_signs_below_words(fonts: Fonts, name: str, sign: str, counts: range) -> None:
    for count in counts:
        *_, last = pages(name, sheets.find(name).example(count), fonts)
        signs = called(last, sign)
        above = [run for run in last if run.box[1] > signs.box[3] and run.box[1] < 800]
        assert above, count


def test_words_behind_figures_stand_away_from_them(fonts: Fonts) -> None:
    [first, *_] = pages("indices", sheets.find("indices").example(12), fonts)
    row = [run for run in first if abs(run.box[1] - called(first, "已定").box[1]) < 3]
    figure, words = sorted(row, key=lambda run: run.box[0])[-2:]

    assert words.words == "已定" and words.box[0] - figure.box[2] > 12


def test_a_long_name_stands_above_its_words(fonts: Fonts) -> None:
    notice: Any = retyped(sheets.find("notice").example(1), long_name)
    year: Any = retyped(sheets.find("year_end").example(1), long_name)
    with fonts.opened([]) as case:
        [row] = household_rows(case, notice.entries, grouped=False).rows
    [page] = pages("year_end", year, fonts)
    code = called(page, year.lines[0].code)

    assert row.name is not None and len(row.name.lines) == 2 and row.height < 16
    assert len([run for run in page if run.words in LONG_NAME and run.box[1] > code.box[3]]) == 3


def test_few_names_stand_larger_on_the_roll(fonts: Fonts) -> None:
    few, many = (
        pages("honour_roll", sheets.find("honour_roll").example(count), fonts) for count in (100, 3000)
    )
    sizes = [called(one[0], "王建国").size for one in (few, many)]

    assert len(few) == 1 and sizes[0] > 1.5 * sizes[1] >= 20
    assert len(many) > 1
