"""What holds of every sheet in the register, also of one that was added a minute ago."""

import io
import re
from collections.abc import Iterator
from dataclasses import is_dataclass, replace
from importlib import import_module
from typing import Any

import pytest

from pointsbank import sheets
from pointsbank.printing import Fonts, printed_fields
from pointsbank.proof import Anchor
from pointsbank.schemas.fields import Text
from pointsbank.schemas.options import Options
from pointsbank.sheets.base import Sheet, example_names
from pointsbank.sheets.cards import SHEET as CARDS
from pointsbank.sheets.poster.values import Poster
from pointsbank.text import Replaceable
from tests.printing.reading import codes_on, page_count, squeezed, text_of

every = pytest.mark.parametrize("sheet", sheets.every(), ids=lambda sheet: sheet.name)


def drawn(sheet: Sheet[Any], value: Any, fonts: Fonts) -> tuple[bytes, int]:
    out = io.BytesIO()
    pages = sheet.render(value, fonts=fonts, out=out)
    return out.getvalue(), pages


def contents(value: object) -> Iterator[str]:
    """The texts within a value that stand on paper as they are; facts about the value itself left out."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from contents(part)
    elif isinstance(value, Anchor):
        yield from (value.month, value.digits)
    elif is_dataclass(value):
        if isinstance(value, Poster):
            # The codes of earlier months are not printed again.
            yield value.anchor.code
        for name in printed_fields(value):
            # Which version an entry is stands there in words.
            if name != "version":
                yield from contents(getattr(value, name))


@every
def test_only_what_is_cut_or_rolled_asks_the_viewer_not_to_fit_it_to_the_paper(
    sheet: Sheet[Any], fonts: Fonts
) -> None:
    pdf, _ = drawn(sheet, sheet.example(2), fonts)

    assert bool(re.search(rb"/PrintScaling\s*/None", pdf)) == (
        sheet.name in {"cards", "receipt", "sheet", "slip"}
    )


@every
def test_a_sheet_reads_back_and_every_code_on_it_is_one_of_its_value(sheet: Sheet[Any], fonts: Fonts) -> None:
    value = sheet.example(12)
    pdf, pages = drawn(sheet, value, fonts)
    text = squeezed(text_of(pdf, as_drawn=True))
    codes = {code.text for code in codes_on(pdf)}
    # Words of several lines may go on overleaf.
    lines = (line for each in contents(value) for line in each.splitlines() if each not in codes)
    unread = [line for line in lines if squeezed(line) not in text]

    assert page_count(pdf) == pages
    # A month (2026-09) is written out in words.
    assert [each for each in unread if not re.fullmatch(r"20\d\d-\d\d", each)] == []
    assert codes <= set(contents(value))


@every
def test_a_sheet_says_what_it_is_and_its_file_names_nobody(sheet: Sheet[Any]) -> None:
    value = sheet.example(12)

    assert sheet.title and sheet.about.endswith("。") and value.description
    assert re.fullmatch(rf"{sheet.name}(-[0-9a-z-]+)?\.pdf", sheet.file_name(value))


def names_in(value: Any) -> Iterator[str]:
    """The names within a value, however deep."""
    return (part for part in contents(value) if isinstance(part, Replaceable))


@every
def test_a_sheet_knows_what_stands_for_each_name_on_it(sheet: Sheet[Any]) -> None:
    """A name that is plain text would be marked letter by letter and stand for nobody."""
    value = sheet.example(12)
    plain = {part for part in contents(value) if not isinstance(part, Replaceable)}

    assert all(name.instead for name in names_in(value))
    assert plain.isdisjoint(str(name) for name in example_names(12))


@every
def test_equal_values_are_equal_bytes(sheet: Sheet[Any], fonts: Fonts) -> None:
    assert drawn(sheet, sheet.example(3), fonts) == drawn(sheet, sheet.example(3), fonts)


def test_an_option_without_a_label_is_refused() -> None:
    class Unnamed(Options):
        month = Text(maximum=7)

    with pytest.raises(ValueError, match="give the option 'month' a label"):
        replace(CARDS, options=Unnamed)


@every
def test_a_sheet_is_named_as_its_module_and_labels_its_options(sheet: Sheet[Any]) -> None:
    assert import_module(f"pointsbank.sheets.{sheet.name}").SHEET is sheet
    assert re.fullmatch("[a-z_]+", sheet.name)
    assert all(field.metadata.get("title") for field in sheet.options().fields.values())


def test_a_label_that_could_be_a_name_is_no_file_name() -> None:
    class Named:
        file_label = "王建国"

    with pytest.raises(ValueError, match="王建国"):
        CARDS.file_name(Named())  # type: ignore[arg-type]


def test_an_unknown_sheet_is_refused_with_those_there_are() -> None:
    with pytest.raises(sheets.SheetUnknown) as refused:
        sheets.find("ledger")

    assert all(sheet.name in refused.value.detail for sheet in sheets.every())
