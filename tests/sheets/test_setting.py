"""How sheets are set: nothing cut that counts, no page of signatures alone, names as large as can be."""

import io
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest

from pointsbank import law, sheets
from pointsbank.law import Use
from pointsbank.points import whole
from pointsbank.printing import Fonts
from pointsbank.publicity import PublicName
from pointsbank.sheets.base import CommonWords, SheetValue, place_name
from pointsbank.sheets.notice.household_rows import household_rows
from pointsbank.sheets.poster.examples import example as poster
from pointsbank.sheets.poster.flow import Line, Section, placed
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


@pytest.mark.parametrize(("together", "ends"), [(True, 60.0), (False, 35.0)])
def test_a_first_page_is_full_where_what_follows_begins_another(together: bool, ends: float) -> None:
    def draw(_: float, __: float) -> None:
        """Draw nothing."""

    board = Section(5.0, draw, [Line(10.0, draw)] * 3, stretches=True)
    groups = Section(5.0, draw, [Line(10.0, draw)] * 8, together=together)
    first, *_ = placed([board, groups], first=(0.0, 60.0), other=(0.0, 200.0), added_at_most=16.0)

    assert first[3].top + first[3].height == pytest.approx(ends)
    assert len(first) == (4 if together else 6)


def test_reasons_stand_beside_names_though_one_name_is_long(fonts: Fonts) -> None:
    reason = law.clear("公益事业17分、环境卫生16分、乡村振兴12分", Use.FACT)
    names = ["李秀英", "王建国", "买买提·艾力", *["李秀英"] * 7]
    red = tuple(
        replace(
            entry,
            name=PublicName(name, "户号0001"),
            group=place_name("一组"),
            reason=reason,
            points=whole(57),
        )
        for entry, name in zip(poster(1).red, names, strict=True)
    )
    [page] = pages("poster", replace(poster(1), red=red), fonts)

    assert len([run for run in page if run.words == "".join(reason.split())]) == len(names)
