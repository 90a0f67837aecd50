"""What is shown in public takes free text as `Cleared` and names as `PublicName`, never as plain text."""

import ast
import re
import typing
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from types import UnionType
from typing import Any

import mypy.api
import pytest

from pointsbank import disclosure, publicity, sheets
from pointsbank.law import Cleared
from pointsbank.publicity import PublicName
from pointsbank.sheets.loudspeaker.values import Facts
from tests.house.source import ROOT, modules

WRITTEN_BY_THE_PROGRAM = {
    "TitleNotice.printed": "of a calendar",
    "TitleNotice.channel": "fixed words and a number of days",
    "TitleNotice.hotline": "numbers alone, which the setting sees to",
    "OnePlate.number": "fixed words and a number",
    "OnePlate.content": "text of a code",
    "PublicKind.rule": "fixed words and numbers",
    "PublicKind.share": "fixed words and numbers",
    "BandCount.sign": "a word of a closed list",
    **{f"{name}.period": "of a calendar" for name in ("Poster", "PeriodPoster")},
    **{f"{name}.note": "fixed words, a month and a number" for name in ("Poster", "PeriodPoster")},
    "PeriodPoster.code": "of a calendar",
    "PeriodPoster.month": "of a calendar",
    "PeriodPoster.figures": "numbers, and words of a closed list",
    "PeriodPoster.objection_channel": "fixed words and a number of days",
    "PeriodPoster.hotline": "numbers alone, which the setting sees to",
    "PeriodPoster.key": "the public half of the signing key",
    "Poster.key": "the public half of the signing key",
    "CardBack.lines": "fixed words, days and opening hours",
    "Asked.role": "a word of a closed list",
    "GradesShown.period": "of a calendar",
    "BandShown.sign": "a word of a closed list",
    "Figure.kind": "a word of a closed list",
    "Figure.month": "of a calendar",
    "Indices.months": "of a calendar",
    "Resolution.dated": "of a calendar",
    "Resolution.label": "a kind and a number",
    "Resolution.title": "fixed words and a number",
    "Resolution.year": "of a calendar",
    "Drawn.month": "of a calendar",
    "Drawn.status": "a word of a closed list",
    "Drawn.result": "fixed words and numbers",
    "PublicBoard.month": "of a calendar",
    "PeriodPlaces.period": "of a calendar",
    "PeriodPlaces.title": "of a calendar",
    "PeriodPlaces.measure": "a word of a closed list",
    "BlackPlace.first_month": "of a calendar",
    "PublicEntry.version": "a word of a closed list",
    "PublicEntry.code": "the 户号, which the roster takes as digits and letters",
    "Household.code": "the 户号, which the roster takes as digits and letters",
    "Household.plus": "cleared titles with days, amounts and words of closed lists",
    "Household.minus": "cleared titles with days, amounts and words of closed lists",
    "HowToObject.phone": "numbers alone, which the setting sees to",
    "MonthInFull.before": "of a calendar",
    "MonthInFull.after": "of a calendar",
    "Moved.kind": "a word of a closed list",
    "Offer.coming": "a day and a number of points",
    "WallPrices.day": "of a calendar",
    "WallPrices.hours": "days of the week and times of day, or fixed words",
    "WallPrices.code": "text of a code",
    "WallOffer.price": "a number of points",
    "WallOffer.limit": "fixed words and a number",
    "WallOffer.coming": "a day and a number of points",
    "Offer.code": "not shown on the page; digits and letters",
    "OpenMonth.month": "of a calendar",
    "Paper.id": "an id, in an address alone",
    "Praise.month": "of a calendar",
    "PriceList.hours": "days of the week and times",
    "PriceList.now": "a day of the week and a time",
    "Rules.ceremony_limits": "fixed words and numbers",
    "Rules.earn": "fixed words and a number of days",
    "Rules.spend": "fixed words",
    "YearsEnd.rule": "fixed words, days and amounts",
    "YearsEnd.coming": "fixed words, days and amounts",
    "LeftOver.kind": "a word of a closed list",
    "SealedMonth.code": "digits, and the code of the village",
    "SealedMonth.digits": "digits",
    "Sealed.damaged": "a refusal of ours, with the month",
    "SealedMonth.month": "of a calendar",
    "Shelf.hours": "days of the week and times",
    "Shelf.now": "a day of the week and a time",
    "Poster.month": "of a calendar",
    "Poster.figures": "numbers, and words of a closed list",
    "Poster.objection_channel": "fixed words and a number of days",
    "Poster.hotline": "numbers alone, which the setting sees to",
    "Anchor.month": "of a calendar",
    "Notice.id": "an id, not printed",
    "CorrectionNotice.id": "an id, not printed",
    "CorrectionNotice.objection_channel": "fixed words and a number of days",
    "CorrectionNotice.hotline": "numbers alone, which the setting sees to",
    "Notice.objection_channel": "fixed words and a number of days",
    "Notice.hotline": "numbers alone, which the setting sees to",
    "RulesSheet.since": "of a calendar",
    "RulesSheet.standing": "fixed words",
    "RulesSheet.earn": "fixed words and a number of days",
    "RulesSheet.objection_channel": "fixed words and a number of days",
    "RulesSheet.hotline": "numbers alone, which the setting sees to",
    "Loudspeaker.month": "of a calendar",
    "Loudspeaker.sentences": "fixed words, and `Facts`, whose own words are cleared",
    "Facts.month": "of a calendar",
    "Facts.phone": "numbers alone, which the setting sees to",
    "Praised.surname": "what three households of a group share",
    "ListingCorrection.month": "of a calendar",
    "CardFace.content": "text of a code",
    "CardFace.number": "digits of a card",
    "CardFace.code": "the 户号 on the household's own card",
    "CardFace.phone": "numbers alone, which the setting sees to",
}
"""Fields of plain text, each with where its text comes from: nobody types it."""
HANDED_OVER = {
    "answers": "answers without names for who checks, which is sent up and hangs nowhere",
    "book": "the book sent up, which says that it must not hang",
    "indices": "numbers of the village for the township",
    "spot_check": "a sheet for the two who look, which says that it must not hang",
    "mark_sheet": "a sheet for the judges' hands, which says that it must not hang",
    "minutes": "minutes to be signed and kept, which say that they must not hang",
    "objection_slip": "a slip goes into the hand of who objected",
    "oversight": "tables for who checks the scoring, which say that they must not hang",
    "keeper_pay": "a sheet that keepers sign, which says that it must not hang",
    "count_sheet": "a sheet for who counts and who signs, which says that it must not hang",
    "keeper_marks": "an empty sheet to carry, which says that it must not hang",
    "help_letter": "a letter goes into the household's hand, and says that it must not hang",
    "passbook": "a statement goes into the hand of the household it names",
    "listing_letter": "a letter goes into the household's hand, and says that it must not hang",
    "pledge": "a pledge goes into the hand of the household that signs it, which says that it must not hang",
    "praise_letter": "a letter goes into the hand of who it is for, which says so",
    "title_benefits": "a letter goes into the hand of who has the title, which says that it must not hang",
    "title_certificate": "a certificate goes into the hand of who has the title",
    "title_recommendation": "a form for the township, which says that it must not hang",
    "receipt": "a slip goes into the hand of the household it names",
    "slip": "a slip goes into the hand of the household it names",
    "year_end": "a sheet to be signed at a meeting and kept, which says that it must not hang",
    "sheet": "a score sheet for the panel's hands, which says that it must not hang",
    "cardlist": "a list for the staff who hand cards over, which says that it must not hang",
}
"""Sheets that hang nowhere."""


def public_values() -> list[type]:
    """The values of which pages, answers and sheets for everybody are made."""
    drawn = [
        typing.get_type_hints(sheet.gather)["return"]
        for sheet in sheets.every()
        if sheet.name not in HANDED_OVER
    ]
    shown = [
        typing.get_type_hints(verb)["return"] for verb in (publicity.public_board, publicity.public_notice)
    ]
    board = [typing.get_type_hints(section.gather)["return"] for section in disclosure.every()]
    pages = [
        typing.get_type_hints(verb)["return"]
        for verb in (
            disclosure.notice_in_full,
            disclosure.correction_in_full,
            disclosure.price_list,
            disclosure.rules,
            disclosure.openness,
            disclosure.month_in_full,
        )
    ]
    told = [one for value in (*board, *pages) for one in parts(value) if one is not type(None)]
    return [*shown, *drawn, *told, Facts]


def plain_texts(value: Any, seen: set[Any]) -> Iterator[str]:
    """Yield the fields of a value, however deep, that take any text."""
    if value in seen or not is_dataclass(value) or not isinstance(value, type):
        return
    seen.add(value)
    hints = typing.get_type_hints(value)
    for field in fields(value):
        for part in parts(hints[field.name]):
            if part is str or part is Any:
                yield f"{value.__name__}.{field.name}"
            yield from plain_texts(part, seen)


def parts(hint: Any) -> Iterator[Any]:
    """Yield the types that an annotation is made of; `PublicName` counts as one of its own."""
    if typing.get_origin(hint) in (typing.Union, UnionType, tuple, list, dict):
        for inner in typing.get_args(hint):
            yield from parts(inner)
    else:
        yield hint


def test_no_public_value_takes_plain_text():
    seen: set[Any] = set()
    found = {name for value in public_values() for name in plain_texts(value, seen)}

    assert found - WRITTEN_BY_THE_PROGRAM.keys() == set()
    assert WRITTEN_BY_THE_PROGRAM.keys() - found == set()
    assert len(seen) >= 12


@dataclass(frozen=True)
class _Loose:
    reason: str
    rule: Cleared
    name: PublicName


def test_a_field_of_plain_text_is_found():
    assert set(plain_texts(_Loose, set())) == {"_Loose.reason"}


def test_a_cleared_text_is_made_in_one_place():
    assert sorted(_calls("Cleared")) == ["pointsbank/law/clearing.py"]


def test_a_public_name_is_made_by_masking_or_for_examples():
    assert sorted(set(_calls("PublicName"))) == [
        "pointsbank/publicity/masking.py",
        "pointsbank/sheets/base.py",
        "pointsbank/sheets/cards/values.py",
        "pointsbank/sheets/poster/examples.py",
    ]


def test_nobody_tells_mypy_that_a_text_is_cleared():
    silenced = [
        f"{module.place}:{node.lineno}"
        for module in modules("pointsbank", "scripts")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).rpartition(".")[2] in ("cast", "construct", "__new__")
        and any(name in ast.unparse(node) for name in ("Cleared", "PublicName"))
        and module.place != "pointsbank/law/clearing.py"
    ]

    assert not silenced


PROGRAM = """
from datetime import date
from pointsbank import law
from pointsbank.points import whole
from pointsbank.publicity import PublicEntry, PublicName

DAY = date(2026, 9, 1)


def lines(name: PublicName, item: str) -> None:
    title = law.clear(item, law.Use.DEED)
    PublicEntry(1, name, law.NOTHING, title, DAY, whole(5), late=False, contested=False)
    PublicEntry(1, name, law.NOTHING, item, DAY, whole(5), late=False, contested=False)
    PublicEntry(1, name, law.NOTHING, title + "低保户", DAY, whole(5), late=False, contested=False)
    PublicEntry(1, item, law.NOTHING, title, DAY, whole(5), late=False, contested=False)
"""


def test_mypy_takes_no_text_that_was_not_cleared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "wall.py"
    program.write_text(PROGRAM, "utf-8")
    monkeypatch.chdir(ROOT)

    answer, trouble, _ = mypy.api.run([str(program)])

    complaints = [line.split(": error: ")[1] for line in answer.splitlines() if ": error: " in line]
    assert [re.sub(r"  \[.*", "", complaint) for complaint in complaints] == [
        'Argument 4 to "PublicEntry" has incompatible type "str"; expected "Cleared"',
        'Argument 4 to "PublicEntry" has incompatible type "str"; expected "Cleared"',
        'Argument 2 to "PublicEntry" has incompatible type "str"; expected "PublicName"',
    ], trouble


ASKS_ABOUT_NOBODY = {
    "pointsbank/pictures/drawing.py": "the name of the village itself",
    "pointsbank/boards/red_numbers.py": "a category, which its scheme's adoption read with names",
    "pointsbank/publicity/names_of_groups.py": "a number instead of a name",
    "pointsbank/publicity/public_correction.py": "a fixed heading",
    "pointsbank/sheets/answers.py": "fixed words, and an example",
    "pointsbank/sheets/correction.py": "an example",
    "pointsbank/sheets/resolution.py": "an example",
    "pointsbank/publicity/notice_entries.py": "an item's title, left out where it names somebody",
    "pointsbank/publicity/notices.py": "fixed words",
    "pointsbank/sheets/base.py": "the name of the village itself",
    "pointsbank/sheets/loudspeaker/examples.py": "examples",
    "pointsbank/sheets/notice/examples.py": "examples",
    "pointsbank/sheets/poster/examples.py": "examples",
    "pointsbank/sheets/rules/examples.py": "examples",
    "pointsbank/sheets/honour_roll.py": "an example",
    "pointsbank/sheets/period_poster.py": "an example",
    "pointsbank/sheets/price_list/__init__.py": "a fixed word, and an example",
    "pointsbank/sheets/title_notice.py": "an example",
    "pointsbank/sheets/title_plate.py": "an example",
}
"""Where a text is cleared without the names of a village's people, and why none can stand in it."""


def test_every_text_that_hangs_is_read_with_the_names_of_the_village():
    asked = set(_asks_about_nobody())

    assert asked - ASKS_ABOUT_NOBODY.keys() == set()
    assert ASKS_ABOUT_NOBODY.keys() - asked == set()


def _asks_about_nobody() -> Iterator[str]:
    """The modules with a call of `law.check`, `clear` or `replace_unlawful` that is handed no people."""
    doors = ("law.check", "law.clear", "law.replace_unlawful")
    for module in modules("pointsbank"):
        for node in ast.walk(module.tree):
            if not isinstance(node, ast.Call) or ast.unparse(node.func) not in doors:
                continue
            if "people" not in [word.arg for word in node.keywords]:
                yield module.place


def _calls(name: str) -> list[str]:
    """The modules that call a class or type of this name."""
    return [
        module.place
        for module in modules("pointsbank", "scripts")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == name
    ]
