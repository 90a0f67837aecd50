"""A village as it stands after years: meetings, notices, sales, and the ledger of all of it.

Sixteen meetings a month apart: fourteen notices are settled, one is over and nobody settled it, the last one
hangs. Of a hundred scores one was put right, of a hundred sales one came back; one statement has 1,000 lines.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from sqlmodel import Session, SQLModel

from benching.scene import CLERK, COMMITTEE, PRICE, START, Shop
from pointsbank import boards, grades, inspections, ledger, proof, roster, scoring, spot_checks
from pointsbank.database import execute, new_id, new_ids
from pointsbank.ledger import HONOUR, POINTS
from pointsbank.points import Points
from pointsbank.spreadsheets import Table

MEETINGS = 16
NOW = START + timedelta(days=40)
"""The moment at which pages are asked for."""
THICK = 500
"""Number of the household with the thick file."""
MONTH = "2026-07"
"""A month that is not closed, with a meeting's scores in it."""
_ITEMS = [["W01", "卫生", "门前整洁", "加分", "2"], ["W02", "卫生", "乱倒垃圾", "扣分", "1"]]
_OPENED = {"minutes": "", "status": "open", "scores": 0, "opened_by": COMMITTEE, "opened_at": START}


def fill(shop: Shop, rows: int) -> dict[str, str]:
    """Write so many scores, sales, stock moves, entries, refusals and looks; return what addresses need."""
    named: dict[str, Any] = {"village": shop.village, "by": COMMITTEE, "at": START}
    each = rows // MEETINGS
    with shop.database.writing() as session:
        heads = ["编号", "类别", "条目", "方向", "分值"]
        adopted = {"resolution": "村民会议第1号决议", "from_date": date(2025, 1, 1)}
        scoring.import_scheme(session, table=Table.of(heads, _ITEMS), **adopted, **named)
        items = {one.code: one for one in scoring.items(session, village=shop.village, day=START.date())}
        meetings = [_meeting(session, shop, number) for number in range(MEETINGS)]
        ids = list(new_ids(session, each * MEETINGS))
        for number, meeting in enumerate(meetings):
            own = ids[number * each : (number + 1) * each]
            _insert(session, "score", _scores(shop, meeting, items, number, own))
            if number == 0:
                versions = _versions(session, shop, ids)
            _close(session, shop, meeting, number, each)
        _insert_together(session, ("scan_ticket", "redemption", "stock_move"), _sales(shop, rows))
        _put_right(session, shop, ids, versions)
        _insert(session, "attempt", _refusals(shop, rows))
        _insert(session, "file_look", _looks(shop, rows))
    _post(shop, ids[: each * (MEETINGS - 2)])
    with shop.database.writing() as session:
        boards.propose_red(session, month=MONTH, participants=[one.code for one in shop.people[:30]], **named)
        batch = str(roster.batches(session, village=shop.village)[0].number)
        walked = str(roster.by_id(session, village=shop.village, id=shop.people[THICK].id).group_id)
        walk = inspections.begin_round(session, group=walked, **named).id
        _grade(session, **named)
        _insert_together(session, ("question", "question_answer"), _questions(shop, rows // 50))
        execute(session, SQLModel.metadata.tables["question"].update().values(status="published"))
    return {
        "meeting": meetings[-1],
        "notice": _notice(meetings[-1]),
        "code": shop.people[THICK].code,
        "batch": batch,
        "walk": walk,
        "table": "1",
        "period": MONTH,
        "month": MONTH,
        "year": MONTH[:4],
        "drawn": _draw(shop),
    }


def _grade(session: Session, **named: Any) -> None:
    """Put a table of two bands into force, by which every household has a grade in each month."""
    written = {"好": "0以上", "差": "低于0"}
    bands = [grades.Band(name, "", grades.read_range(marks)) for name, marks in written.items()]
    resolved = {"resolution": "村民会议", "from_date": date(2020, 1, 1)}
    how = {"kinds": ["household"], "period": "month", "measured_on": "honour_sum"}
    grades.adopt_table(session, name="两档", bands=bands, **how, **resolved, **named)


def _draw(shop: Shop) -> str:
    """Close the first month, with all that was posted in it, and draw twenty; return the month."""
    named: dict[str, Any] = {"village": shop.village, "by": COMMITTEE, "at": NOW}
    thrown = {"dice": "3164522614", "thrower": shop.people[0].code, "witness": shop.people[1].code}
    with shop.database.writing() as session:
        month = proof.close_month(session, month=f"{_day(0):%Y-%m}", **named).month
        spot_checks.plan(session, month=month, **named)
        spot_checks.throw(session, month=month, **thrown, **named)
    return month


def _questions(shop: Shop, rows: int) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield questions that were answered, one a day; the last ninety hang."""
    for place in range(rows):
        at = NOW - timedelta(days=rows - place)
        own = {"village_id": shop.village, "id": f"q{place:015d}", "number": place + 1, "kind": "question"}
        asked = {"participant_id": _scored(shop, place).id, "words": "卫生费用在哪里", "way": "counter"}
        asked |= {"role": "committee", "status": "open", "due_on": at.date() + timedelta(days=7)}
        asked |= {"asked_on": at.date(), "asked_at": at, "recorded_by": CLERK}
        reply = {"village_id": shop.village, "question_id": own["id"], "number": 1, "published": True}
        reply |= {"question_words": "卫生费用在哪里？", "words": "用在垃圾清运上，账目贴在公开栏。"}
        reply |= {"role": "committee", "answered_on": at.date(), "answered_at": at, "answered_by": COMMITTEE}
        yield own | asked, reply | {"shown_until": at.date() + timedelta(days=90)}


def _notice(meeting: str) -> str:
    """The id of a meeting's notice."""
    return f"n{meeting[1:]}"


def _together(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield them by thousands."""
    left = iter(rows)
    while some := list(islice(left, 5000)):
        yield some


def _insert(session: Session, table: str, rows: Iterable[dict[str, Any]]) -> None:
    """Write rows of a table as they are."""
    for some in _together(rows):
        execute(session, SQLModel.metadata.tables[table].insert(), some)


def _insert_together(
    session: Session, tables: tuple[str, ...], rows: Iterable[tuple[dict[str, Any], ...]]
) -> None:
    """Write rows of several tables that belong together."""
    for some in _together(rows):
        for place, table in enumerate(tables):
            _insert(session, table, [one[place] for one in some])


def _day(number: int) -> date:
    """The day of a meeting; the last one was held five days ago."""
    return NOW.date() - timedelta(days=5 + 30 * (MEETINGS - 1 - number))


def _meeting(session: Session, shop: Shop, number: int) -> str:
    """Write a meeting that is still open; return its id."""
    meeting, held = new_id(session), _day(number)
    row = {"village_id": shop.village, "id": meeting, "held_on": held, "title": f"{held:%Y年%m月}评议会"}
    _insert(session, "meeting", [row | _OPENED])
    return meeting


def _close(session: Session, shop: Shop, meeting: str, number: int, each: int) -> None:
    """Close a meeting and settle its notice; the last but one is over, the last one still hangs."""
    table, day = SQLModel.metadata.tables["meeting"], _day(number)
    closed = {"status": "closed", "scores": each, "closed_by": COMMITTEE, "closed_at": START}
    where = (table.c.village_id == shop.village, table.c.id == meeting)
    execute(session, table.update().where(*where).values(**closed, log_index=number + 1))
    row = {"village_id": shop.village, "id": _notice(meeting), "meeting_id": meeting, "title": "公示"}
    row |= {"published_on": day, "published_at": _at(day), "published_by": COMMITTEE, "days": 7}
    row |= {"hung_on": day, "ends_on": day + timedelta(days=7)}
    over = _at(day + timedelta(days=8))
    settled = {"status": "settled", "settled_on": over.date(), "settled_at": over, "settled_by": COMMITTEE}
    _insert(session, "notice", [row | (settled if _is_settled(number) else {"status": "open"})])


def _is_settled(number: int) -> bool:
    return number < MEETINGS - 2


def _at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 2, tzinfo=UTC)


def _scores(
    shop: Shop, meeting: str, items: dict[str, scoring.Item], number: int, ids: list[str]
) -> Iterator[dict[str, Any]]:
    """Yield the scores of one meeting: nine in ten plus."""
    day, each, settled = _day(number), len(ids), _is_settled(number)
    for place in range(each):
        item = items["W02" if place % 10 == 9 else "W01"]
        at = _at(day) + timedelta(seconds=place)
        yield {
            "village_id": shop.village,
            "id": ids[place],
            "meeting_id": meeting,
            "number": place + 1,
            "participant_id": _scored(shop, place * 7 + number, settled=settled).id,
            "item_id": item.id,
            "item_code": item.code,
            "occurred_on": day,
            "quantity": None,
            "points": -100 if place % 10 == 9 else 200,
            "counted_points": -100 if place % 10 == 9 else 200,
            "counted_in": f"{day:%Y-%m}",
            "late": False,
            "note": "",
            "remark": "",
            "recused": "",
            "status": "posted" if settled else "published",
            "entered_by": COMMITTEE,
            "entered_at": at,
            "posted_at": at if settled else None,
            "log_index": 1_000_000 + number * each + place if settled else None,
        }


def _scored(shop: Shop, place: int, *, settled: bool = True) -> Any:
    """Whose deed it was: of what is over, every ninetieth is of the one household."""
    return shop.people[THICK if settled and place % 90 == 0 else place % len(shop.people)]


def _sales(shop: Shop, rows: int) -> Iterator[tuple[dict[str, Any], ...]]:
    """Yield sales of one piece each, up to this moment, with their tickets and stock moves."""
    for place in range(rows):
        at = NOW - timedelta(minutes=8 * (rows - place))
        own = {
            "village_id": shop.village,
            "id": f"r{place:015d}",
            "participant_id": _scored(shop, place * 11).id,
        }
        ticket = own | {"id": f"t{place:015d}", "card_id": None, "typed": True, "scanned_by": CLERK}
        sale = {
            "ticket_id": ticket["id"],
            "total": PRICE,
            "balance_after": PRICE,
            "log_index": 10_000 + place,
        }
        sale |= {"sold_on": at.date(), "sold_by": CLERK, "sold_at": at, "second_check": "none"}
        move = {"village_id": shop.village, "goods_id": shop.goods_id, "position": place + 2}
        move |= {"kind": "redeemed", "quantity": -1, "stock_after": 999_999 - place, "note": ""}
        move |= {"redemption_id": own["id"], "price": PRICE, "moved_by": CLERK, "moved_at": at}
        yield ticket | {"scanned_at": at, "expires_at": at}, own | sale, move


def _versions(session: Session, shop: Shop, ids: list[str]) -> list[str]:
    """Write the versions that say of one score in a hundred that there should be none; return their ids."""
    table = SQLModel.metadata.tables["score"]
    first = dict(execute(session, table.select().where(table.c.id == ids[0])).one()._mapping)
    nothing = first | {"points": 0, "counted_points": 0, "log_index": None}
    versions = new_ids(session, len(_wrong(ids)))
    _insert(
        session,
        "score",
        (nothing | {"id": id, "number": 1_000_000 + place} for place, id in enumerate(versions)),
    )
    return versions


def _wrong(ids: list[str]) -> list[str]:
    """One score in a hundred, of those that were posted."""
    return ids[: len(ids) // MEETINGS * (MEETINGS - 2) : 100]


def _put_right(session: Session, shop: Shop, ids: list[str], versions: list[str]) -> None:
    """One score in a hundred was posted back, one sale in a hundred was taken back."""
    own, at = {"village_id": shop.village}, NOW - timedelta(days=60)
    both = {"version": 2, "struck": True, "reverses": True, "reason": "记错了户", "corrected_at": at}
    both |= {"requested_by": COMMITTEE, "confirmed_by": "zhou"}
    both |= {"posted_at": at, "taken_back_in": f"{at:%Y-%m}"}
    pairs = zip(versions, _wrong(ids), strict=True)
    _insert(
        session, "score_correction", (own | both | {"score_id": one, "corrects": old} for one, old in pairs)
    )
    back = ({"redemption_id": f"r{place:015d}", "log_index": place} for place in range(0, len(ids), 100))
    moments = {"reversed_by": COMMITTEE, "reversed_at": START}
    _insert(session, "redemption_reversal", (own | one | moments for one in back))


def _refusals(shop: Shop, rows: int) -> Iterator[dict[str, Any]]:
    """Yield what was refused at the counter."""
    for place in range(rows):
        own = {"village_id": shop.village, "id": f"a{place:015d}", "kind": "sale", "made_by": CLERK}
        own |= {"reason": "insufficient_points", "participant_id": _scored(shop, place).id}
        yield own | {"made_at": NOW - timedelta(minutes=9 * (rows - place))}


def _looks(shop: Shop, rows: int) -> Iterator[dict[str, Any]]:
    """Yield looks at files."""
    for place in range(rows):
        own = {"village_id": shop.village, "id": f"l{place:015d}", "staff_id": COMMITTEE}
        own |= {"participant_id": _scored(shop, place).id}
        yield own | {"looked_at": NOW - timedelta(minutes=7 * (rows - place))}


def _post(shop: Shop, ids: list[str]) -> None:
    """Post what was settled: each award with its score, in points and in honour."""
    for some in _together(enumerate(ids)):
        with shop.database.writing() as session:
            awards = [award(shop, place, id) for place, id in some]
            ledger.post(session, awards, village=shop.village, by=COMMITTEE, at=START)


def award(shop: Shop, place: int, score: str) -> ledger.NewTransaction:
    """What a score (id) brings the household at this place."""
    person = _scored(shop, place * 7).id
    lines = tuple(
        ledger.Posting(
            ledger.village_account("issuance", unit), ledger.account_of(person, unit), unit, Points(200)
        )
        for unit in (POINTS, HONOUR)
    )
    return ledger.NewTransaction("award", START.date(), lines, {"participant": person}, ("score", score))
