"""What was taken out comes back equal: roster, scheme, goods, balances, as .xlsx and as CSV."""

import csv
import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook

from pointsbank import lists, market, roster, scoring
from pointsbank.database import Database
from pointsbank.lists import Asked
from pointsbank.lists.files import ExportTooLong, check_length
from pointsbank.points import Points, whole
from pointsbank.spreadsheets import Table, read_table
from pointsbank.spreadsheets.writing import CellNotWritten, write_xlsx
from tests.builders import COMMITTEE, NEIGHBOUR, NOW, VILLAGE, Chayuan, chayuan
from tests.scoring.panel import scheme_table

FORMULA = "=HYPERLINK(0)"


def taken_out(village: Chayuan, name: str, form: str, code: str = VILLAGE) -> bytes:
    """A list as a file."""
    out = io.BytesIO()
    lists.write_list(out, village.database, lists.find(name), Asked(code, NOW), form=form)
    return out.getvalue()


def cells(file: bytes) -> list[list[object]]:
    """All cells of a file."""
    if file.startswith(b"PK"):
        return CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0).to_python()
    return [list(row) for row in csv.reader(io.StringIO(file.decode("utf-8-sig")))]


def table(file: bytes) -> Table:
    """A file as an import reads it."""
    return read_table("清单", file)


@pytest.fixture
def village(sqlite_database: Database) -> Chayuan:
    """The cast with goods, a scheme and points; and a neighbour with nothing."""
    village = chayuan(sqlite_database)
    rice = {"name": "大米", "spec": "5公斤", "category": "粮油"}
    village.write(market.add_goods, code="M01", points=Points(1250), stock=3, limit_per_month=2, **rice)
    village.write(market.add_goods, code="M02", name=FORMULA, points=whole(5))
    village.write(market.add_goods, code="M03", name="-5度冰袋", spec="'+1", points=whole(5))
    adopted = {"resolution": "村民会议第1号决议", "from_date": date(2026, 1, 1)}
    village.write(scoring.import_scheme, table=scheme_table(), **adopted)
    for who, points in ((village.wang, 20), (village.zeng, 3), (village.maimaiti, 1)):
        village.give(who, points)
    village.found_neighbour()
    return village


def import_into(village: Chayuan, name: str, file: bytes, code: str) -> object:
    """Bring a list in again."""
    common = {"village": code, "by": COMMITTEE, "at": NOW, "table": table(file)}
    verbs = {
        "roster": roster.import_roster,
        "goods": market.import_goods,
        "scheme": scoring.import_scheme,
        "balances": roster.import_balances,
    }
    return village.write(verbs[name], **common)


FORMS = pytest.mark.parametrize("form", ["xlsx", "csv"])


@FORMS
def test_every_list_that_can_be_imported_comes_back_equal_in_another_village(village: Chayuan, form: str):
    imported = [one.name for one in lists.every() if one.imports]
    assert sorted(imported) == ["balances", "goods", "roster", "scheme"]

    for name in ("roster", "goods", "scheme", "balances"):
        file = taken_out(village, name, form)
        import_into(village, name, file, NEIGHBOUR)

    for name in imported:
        there, here = (cells(taken_out(village, name, form, code)) for code in (NEIGHBOUR, VILLAGE))
        assert len(here) > 2
        assert there == here


@FORMS
@pytest.mark.parametrize("name", ["roster", "goods", "scheme"])
def test_what_comes_back_into_its_own_village_changes_nothing(village: Chayuan, name: str, form: str):
    done = import_into(village, name, taken_out(village, name, form), VILLAGE)

    assert (done.added, done.changed) == (0, 0)  # type: ignore[attr-defined]


@FORMS
def test_no_cell_of_any_list_begins_as_a_formula_does(village: Chayuan, form: str):
    begun = [
        cell
        for one in lists.every()
        if not one.needs
        for row in cells(taken_out(village, one.name, form))
        for cell in row
        if isinstance(cell, str) and cell[:1] in set("=+-@")
    ]

    assert begun == []
    assert f"'{FORMULA}" in [row[1] for row in cells(taken_out(village, "goods", form))]


def test_points_and_days_are_numbers_and_days_in_excel(village: Chayuan):
    headings, first, *_ = cells(taken_out(village, "goods", "xlsx"))

    assert dict(zip(headings, first, strict=True))["积分"] == 12.5
    assert dict(zip(headings, first, strict=True))["编号"] == "M01"


def test_a_cell_that_excel_cannot_hold_is_refused_not_cut():
    with pytest.raises(CellNotWritten, match="第2行"):
        write_xlsx(io.BytesIO(), "清单", ["说明"], [["字" * 32_768]])


def test_a_list_that_would_keep_the_till_waiting_is_refused_by_the_page(
    village: Chayuan, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("pointsbank.lists.files.ON_THE_SITE", 3)

    with pytest.raises(ExportTooLong, match="pointsbank export roster"):
        check_length(village.database, lists.find("roster"), Asked(VILLAGE, NOW))
