"""The book sent up says what the pages say, of each span, and nothing of who objected."""

import io

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import text

from pointsbank import boards, disclosure, indices, reports
from pointsbank.database import Database, execute
from pointsbank.disclosure.openness import month_figures
from pointsbank.labels.objection_status import OBJECTION_STATUS
from pointsbank.labels.transaction_kind import TRANSACTION_KIND
from pointsbank.points import Points
from pointsbank.reports import Book
from pointsbank.reports.problems import SpanInvalid
from tests.builders import HOUSEHOLDS, VILLAGE
from tests.proof import month
from tests.proof.month import MONTH, on

AT = on(8, month=10)


def book(database: Database, span: str) -> Book:
    """The book of a span, a week after September."""
    with database.reading() as session:
        return reports.book(session, village=VILLAGE, span=span, at=AT)


def test_its_numbers_are_those_of_the_public_board_and_of_the_ranking(database: Database):
    month.live(database)
    points = book(database, "2026-Q3").table("points")
    with database.reading() as session:
        [public] = month_figures(session, village=VILLAGE, months=[MONTH])
        lines = boards.standing(session, village=VILLAGE, month=MONTH)

    [*_, september] = points.rows
    assert september[1:4] == (public.issued, sum(one.minus for one in lines), public.redeemed)
    assert september[5] == public.pieces
    assert points.totals[1] == public.issued


def test_every_kind_of_movement_stands_in_it_as_the_ledger_has_it(database: Database):
    month.live(database)
    with database.reading() as session:
        sums = text(
            'SELECT t.kind, p.unit, count(*), sum(p.amount) FROM "transaction" t JOIN posting p ON'
            " p.village_id = t.village_id AND p.log_index = t.log_index"
            " WHERE t.occurred_on BETWEEN '2026-09-01' AND '2026-09-30' GROUP BY t.kind, p.unit"
        )
        kept = {(kind, unit): amount for kind, unit, _, amount in execute(session, sums)}
    rows = book(database, MONTH).table("moved").rows

    assert rows and {one[1] for one in rows} == {TRANSACTION_KIND.name(kind) for kind, _ in kept}
    for _, kind, entries, points, honour in rows:
        code = next(one for one in TRANSACTION_KIND.codes if TRANSACTION_KIND.name(one) == kind)
        assert entries
        assert (points, honour) == (kept.get((code, "points"), 0), kept.get((code, "honour"), 0))


def test_it_says_who_sat_what_hung_what_was_answered_and_the_code_of_the_poster(sqlite_database: Database):
    lived = month.live(sqlite_database)
    found = book(sqlite_database, MONTH)

    [meeting] = found.table("meetings").rows
    [notice] = found.table("notices").rows
    [sealed] = found.table("months").rows
    assert (meeting[0], meeting[3], meeting[4]) == ("九月评议会", "李主任、王建国", "周文书")
    assert notice[2] is not None
    objections = found.table("objections").rows
    assert objections and {one[4] for one in objections} <= set(OBJECTION_STATUS.names.values())
    assert sealed[2] == lived.anchor.digits
    assert found.is_whole


def test_nobody_who_objected_or_was_listed_stands_in_it(sqlite_database: Database):
    month.live(sqlite_database)
    said = str([one.words for one in book(sqlite_database, "2026").tables if one.part.name != "meetings"])

    assert not [name for _, name, _, _ in HOUSEHOLDS.values() if name in said]


def test_the_quarter_is_its_months_and_a_month_to_come_is_not_in_it(sqlite_database: Database):
    month.live(sqlite_database)
    half, quarter = book(sqlite_database, "2026-H2"), book(sqlite_database, "2026-Q3")

    assert [row[0] for row in half.table("points").rows][-1] == "2026年10月"
    assert quarter.table("points").totals[1] == half.table("points").totals[1]
    assert not half.is_whole


def test_a_village_with_nothing_yet_has_a_book_with_every_part(sqlite_database: Database):
    month.begin(sqlite_database)
    out = io.BytesIO()
    found = book(sqlite_database, "2026-09")
    reports.write_book(out, found)

    out.seek(0)
    assert CalamineWorkbook.from_filelike(out).sheet_names == [one.title for one in reports.every_part()]
    assert all(one.about for one in found.tables)


def test_excel_has_the_numbers_as_numbers(sqlite_database: Database):
    month.live(sqlite_database)
    found, out = book(sqlite_database, MONTH), io.BytesIO()
    reports.write_book(out, found)

    out.seek(0)
    [_, row] = CalamineWorkbook.from_filelike(out).get_sheet_by_name("积分发放和兑换").to_python()
    issued = found.table("points").rows[0][1]
    assert isinstance(issued, int) and row[1] == Points(issued) / 100


@pytest.mark.parametrize("given", ["", "2026-13", "2026-Q5", "2026-H3", "1999", "2026-9", "2026-Q3 x"])
def test_what_is_no_span_is_refused(sqlite_database: Database, given: str):
    month.begin(sqlite_database)
    with pytest.raises(SpanInvalid):
        book(sqlite_database, given)


def test_the_indices_stand_in_it_as_on_their_page(sqlite_database: Database):
    month.begin(sqlite_database)
    with sqlite_database.writing() as session:
        rule = indices.NewRule("environment", ("环境卫生",))
        adopted = {"resolution": "村民会议", "from_month": "2026-09", "by": "li", "at": on(2)}
        indices.adopt_rules(session, village=VILLAGE, rules=[rule], **adopted)
    with sqlite_database.reading() as session:
        [figure, _] = indices.figures(session, village=VILLAGE, months=[MONTH, "2026-10"])

    assert book(sqlite_database, MONTH).table("indices").rows[0][2] == figure.value


def test_the_public_board_shows_no_book(sqlite_database: Database):
    """Who sat stands in it: it is for those who may read the ledger."""
    assert "book" not in {one.name for one in disclosure.every()}
