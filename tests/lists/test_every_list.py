"""Every list, over a village in which every table holds rows: to its last row, in every order, narrowed."""

import json
from dataclasses import replace

import pytest
from sqlmodel import Session

from pointsbank import inspections, lists, publicity, roster, scoring, staff
from pointsbank.database import Database
from pointsbank.errors import Invalid
from pointsbank.ledger.problems import CursorInvalid
from pointsbank.lists import Asked, List, Row
from pointsbank.lists.files import cells_of
from pointsbank.lists.filters import FilterInvalid, Search
from pointsbank.lists.paging import ListPage, read_totals
from tests.builders import VILLAGE
from tests.proof import whole_village
from tests.proof.month import on

EVERY = lists.every()
OF_A_MONTH = {"standings", "item_effects", "household_effects"}
"""Those of one month, of which this is not the usual one."""


def of_what(session: Session) -> dict[str, str]:
    """What those lists are of that are of one thing: a household, a meeting, a notice, a batch, a round."""
    notice = publicity.notices(session, village=VILLAGE)[-1]
    [batch] = roster.batches(session, village=VILLAGE, limit=1)
    walk = session.exec(inspections.rounds_query(village=VILLAGE)).first()
    of_one = {"code": "0101", "meeting": notice.meeting, "notice": notice.id, "batch": str(batch.number)}
    return of_one | {"walk": walk.id, "table": "1", "period": "2026-09", "year": "2026"}


def whole(session: Session, wanted: List) -> Asked:
    """The whole list: of one household and of September where it is of one."""
    usual = {"month": "2026-09", "number": "1"} if wanted.name in OF_A_MONTH else {}
    of_one = of_what(session)
    if wanted.name == "meeting_marks":
        # Of one meeting alone marks were read out.
        of_one["meeting"] = next(
            one.id for one in scoring.meetings(session, village=VILLAGE) if one.title == "庭院评议会"
        )
    return Asked(
        VILLAGE,
        # The goods came in August, and news are of thirty days.
        on(20, month=8) if wanted.name == "shelf" else on(28),
        # It was held in October.
        filters={"until": "2026-10"} if wanted.name in ("mark_spread", "counter_acts") else usual,
        named={name: of_one[name] for name in wanted.needs},
        on_paper=True,
    )


def narrowed(session: Session, wanted: List, **filters: str) -> Asked:
    """The list narrowed by these filters."""
    return replace(whole(session, wanted), filters=filters)


def pages(session: Session, wanted: List, asked: Asked, limit: int) -> list[Row]:
    """All rows, so many at a time."""
    rows: list[Row] = []
    after = None
    while True:
        page = lists.read_page(session, wanted, asked, after=after, limit=limit)
        assert len(page.rows) <= limit
        rows += page.rows
        if page.next is None:
            if page.previous is not None:
                assert back(session, wanted, asked, page, limit) == rows
            return rows
        # As it comes back from an address.
        after = json.loads(json.dumps(page.next))


def back(session: Session, wanted: List, asked: Asked, page: ListPage, limit: int) -> list[Row]:
    """All rows again, from the last page to the first."""
    rows = page.rows
    while page.previous is not None:
        before = json.loads(json.dumps(page.previous))
        page = lists.read_page(session, wanted, asked, before=before, limit=limit)
        assert page.next is not None and len(page.rows) == limit
        rows = page.rows + rows
    return rows


def shown(wanted: List, rows: list[Row]) -> list[str]:
    """The rows as cells, in no order."""
    return sorted(repr(cells_of(wanted, row)) for row in rows)


@pytest.fixture
def village(database: Database) -> Database:
    """A village in which every table holds rows."""
    whole_village.live(database)
    return database


def test_every_list_is_read_to_its_last_row_in_every_order(village: Database):
    empty = set()
    with village.reading() as session:
        for wanted in EVERY:
            asked = whole(session, wanted)
            together = pages(session, wanted, asked, 1000)
            if not together:
                empty.add(wanted.name)
            counted = read_totals(session, wanted, asked)
            assert counted.count == len(together), wanted.name
            for key, amount in counted.sums.items():
                [void] = [one.void for one in wanted.columns if one.key == key]
                # What is struck through is listed, and not added up.
                standing = [row for row in together if not void or row["status"] not in void]
                assert amount == sum(row[key] or 0 for row in standing), (wanted.name, key)
            sorts = [one.key for one in wanted.columns if one.sort]
            for sort in ["", *sorts, *(f"-{key}" for key in sorts)]:
                rows = pages(session, wanted, replace(asked, sort=sort), 3)
                assert shown(wanted, rows) == shown(wanted, together), (wanted.name, sort)

    assert empty == set()


def test_a_sorted_list_is_in_order(village: Database):
    roster, goods = lists.find("roster"), lists.find("goods")
    with village.reading() as session:
        points = [
            row["points"]
            for row in pages(session, roster, replace(whole(session, roster), sort="-points"), 2)
        ]
        prices = [
            row["points"] for row in pages(session, goods, replace(whole(session, goods), sort="points"), 2)
        ]

    assert points == sorted(points, reverse=True)
    assert len(set(points)) > 2
    assert prices == sorted(prices)


def test_every_filter_narrows_or_finds_nothing_and_never_fails(village: Database):
    typed = {"search": "王", "date": "2026-09-15", "month": "2026-09", "number": "1"}
    with village.reading() as session:
        for wanted in EVERY:
            everything = len(pages(session, wanted, whole(session, wanted), 1000))
            for one in wanted.filters:
                choices = one.choices(session, VILLAGE)
                values = [typed[one.typed]] if choices is None else [value for value, _ in choices]
                strange = ["%_'", "a\0b", "\ud800", "没有"] if one.typed == "search" else []
                for value in [*values, *strange]:
                    asked = narrowed(session, wanted, **{one.name: value})
                    rows = pages(session, wanted, asked, 1000)
                    assert read_totals(session, wanted, asked).count == len(rows)
                    assert wanted.name in OF_A_MONTH or len(rows) <= everything


def test_a_household_is_found_by_name_and_pinyin_in_every_list_that_has_it(village: Database):
    sales = lists.find("sales")
    with village.reading() as session:
        found = {
            word: [row["code"] for row in pages(session, sales, narrowed(session, sales, household=word), 5)]
            for word in ("0101", "wangjianguo", "没有这个人")
        }

    assert set(found["0101"]) == {"0101"}
    assert "0101" in found["wangjianguo"]
    assert found["没有这个人"] == []


@pytest.mark.parametrize("after", ["x", [], [1, 2, 3, 4], [{}, {}], [None, None], ["\ud800", 1]])
def test_a_place_that_nobody_gave_out_is_refused(sqlite_database: Database, after: object):
    whole_village.live(sqlite_database)
    with sqlite_database.reading() as session:
        for name in ("stock", "exports", "notices"):
            wanted = lists.find(name)
            if name != "exports" and read_totals(session, wanted, whole(session, wanted)).count:
                with pytest.raises(CursorInvalid):
                    lists.read_page(session, wanted, whole(session, wanted), after=after)  # type: ignore[arg-type]


def test_what_is_no_day_is_refused_with_a_sentence(sqlite_database: Database):
    whole_village.live(sqlite_database)
    sales = lists.find("sales")
    with sqlite_database.reading() as session, pytest.raises(FilterInvalid, match="2026-09-01"):
        lists.read_page(session, sales, narrowed(session, sales, first="昨天"))


def test_on_paper_no_list_has_a_full_name(village: Database):
    with village.reading() as session:
        for wanted in EVERY:
            for row in pages(session, wanted, whole(session, wanted), 1000):
                paper = [row[one.paper or one.key] for one in wanted.columns if one.paper is not None]
                assert "王建国" not in "".join(map(str, paper)), (wanted.name, row)


def test_who_leads_a_group_gets_no_other_household(sqlite_database: Database):
    whole_village.live(sqlite_database)
    with sqlite_database.reading() as session:
        for wanted in (one for one in EVERY if one.by_group):
            group = pages(session, wanted, whole(session, wanted), 100)[0]["group_id"]
            rows = pages(session, wanted, replace(whole(session, wanted), groups=[group]), 100)

            assert {row["group_id"] for row in rows} == {group}


def test_a_filter_by_what_is_not_there_refuses_and_names_itself(village: Database) -> None:
    refused = set()
    with village.reading() as session:
        for wanted in EVERY:
            for one in wanted.filters:
                asked = narrowed(session, wanted, **{one.name: "没有的"})
                # A search may find nothing; the list of households is itself searched by its own finder.
                if isinstance(one, Search) or one.column == "id":
                    lists.check_asked(session, wanted, asked)
                    continue
                with pytest.raises(Invalid) as problem:
                    lists.check_asked(session, wanted, asked)
                assert problem.value.fields["errors"][0]["field"] == one.name
                refused.add(type(one).__name__)
    assert {"OfGroup", "Household", "OfGoods", "Clerk", "OneOf", "Days", "Month", "OfVersion"} <= refused


def test_what_a_filter_names_may_be_named_as_people_do(village: Database) -> None:
    with village.reading() as session:
        clerk = next(
            one.staff for one in staff.everyone(session, village=VILLAGE) if one.staff.login == "chen"
        )
    called = ({"clerk": one} for one in (clerk.id, clerk.login, clerk.name))
    named = [
        ("roster", {"group": "一组"}),
        ("scores", {"household": "wjg"}),
        *(("sales", one) for one in called),
    ]
    for name, given in named:
        with village.reading() as session:
            lists.check_asked(session, lists.find(name), narrowed(session, lists.find(name), **given))
