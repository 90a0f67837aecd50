"""Every field and address of the API, given what is no number, no text, no id: refused, nothing written."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from pointsbank import (
    boards,
    helping,
    keepers,
    panels,
    proof,
    roster,
    scoring,
    staff,
    tables,
    titles,
    villages,
    year_end,
)
from pointsbank.grades.models import GradeRow
from pointsbank.points import whole
from tests.api import scene
from tests.api.scene import NOW, Village, enter, open_meeting, posted
from tests.builders import HANDED, VILLAGE
from tests.drawing import drawn
from tests.staff.test_second_factor import enrol
from tests.titles.scene import CLEAN

TEN_DAYS_INTO_2027 = 131
PERSONAL = {"name": "好媳妇", "holder": "person", "quota": None, "years": 1}
STANDING = ("met", "voted", "hung", "given")

NUMBERS = ["-1", "0", "1.5", "true", "null", "9223372036854775808", "1" + "0" * 30, "[1]", "{}"]
TEXTS = ['"１"', '"1"', '""', '"x"']
NOT_JSON = ["NaN", "-Infinity", "1e400", "1" * 5000]
SMUGGLED = ["price", "village_id", "balance", "role", "by", "id"]
# Refused scans and looks at files are written down on purpose; neither moves anything. What is written down
# waits to be told; of a token it is written when it was used.
WRITTEN_DOWN = {"attempt", "row_witness", "row_batch", "file_look", "throttle", "api_token"}


def everything(village: Village) -> dict[str, tuple[int, int]]:
    """Count and hash of every table in which a refusal may leave no trace, as the driver reads it.

    It is asked hundreds of times: fingerprints that are the same on every database took half of this file.
    """
    with village.database.reading() as session:
        driver = session.connection().connection.driver_connection
        assert driver is not None
        rows = {
            table.name: driver.execute(f'SELECT * FROM "{table.name}"').fetchall()
            for table in tables.metadata.sorted_tables
            if table.name not in WRITTEN_DOWN
        }
    return {name: (len(found), hash(tuple(found))) for name, found in rows.items()}


def _score(**given: Any) -> Callable[[Village], tuple[str, dict[str, Any], str]]:
    def prepare(village: Village) -> tuple[str, dict[str, Any], str]:
        body = {"request_id": village.request_id(), "participant": "0201", "occurred_on": "2026-09-01"}
        body |= {"note": "好事", "confirmed": True}
        return f"/meetings/{open_meeting(village)}/scores", {**body, **given}, "li"

    return prepare


def _scan(village: Village) -> tuple[str, dict[str, Any], str]:
    return "/card-scans", {"code": village.cards["0101"]}, "chen"


def _sale(village: Village) -> tuple[str, dict[str, Any], str]:
    return "/redemptions", village.sale(), "chen"


def _counter(village: Village) -> tuple[str, dict[str, Any], str]:
    body = {"request_id": village.request_id(), "participant": "0201", "item": "A3", "quantity": 2}
    return "/counter-entries", body, "chen"


def _quote(village: Village) -> tuple[str, dict[str, Any], str]:
    sale = village.sale()
    return "/redemptions/quote", {name: sale[name] for name in ("scan_ticket", "lines")}, "chen"


def _taking_back(village: Village) -> tuple[str, dict[str, Any], str]:
    sold = village.post("/redemptions", village.sale()).json["id"]
    return (
        f"/redemptions/{sold}/reversal",
        {"request_id": village.request_id(), "reason": "拿错了"},
        "chen",
    )


def _shelf(village: Village) -> tuple[str, dict[str, Any], str]:
    return "/redemptions/shelf", {"scan_ticket": village.sale()["scan_ticket"]}, "chen"


def _returning(village: Village) -> tuple[str, dict[str, Any], str]:
    path, body, clerk = _taking_back(village)
    pieces = [{"goods": "G01", "quantity": 1}]
    return path.replace("/reversal", "/returns"), {**body, "pieces": pieces}, clerk


def _exchange(village: Village) -> tuple[str, dict[str, Any], str]:
    path, body, clerk = _returning(village)
    body = {**village.sale(), "reason": "换一块", "pieces": body["pieces"]}
    return path.replace("/returns", "/exchange"), body, clerk


def _undoing(village: Village) -> tuple[str, dict[str, Any], str]:
    path, body, clerk = _stock(village)
    position = village.post(path, body).json["position"]
    return f"{path}/{position}/undoing", {"request_id": village.request_id(), "reason": "登记了两次"}, clerk


def _stock(village: Village) -> tuple[str, dict[str, Any], str]:
    body = {"request_id": village.request_id(), "kind": "received", "quantity": 3, "note": "进货"}
    return "/goods/G01/stock-moves", body, "chen"


def _begun(village: Village, counted: int | None = None, *signed: str) -> str:
    """The address of a stocktake in which soap was counted, perhaps signed; one before it is given up."""
    for one in village.get("/stocktakes").json["items"]:
        for step in {"signed": ("recount", "discard"), "open": ("discard",)}.get(one["status"], ()):
            village.post(f"/stocktakes/{one['id']}/{step}", {"request_id": village.request_id()})
    begun = village.post("/stocktakes", {"request_id": village.request_id()}).json["id"]
    if counted is not None:
        count = {"request_id": village.request_id(), "goods": "G01", "pieces": counted}
        village.post(f"/stocktakes/{begun}/counts", count)
    for by in signed:
        village.post(f"/stocktakes/{begun}/signatures", {"request_id": village.request_id()}, by=by)
    return f"/stocktakes/{begun}"


def _stocktake(village: Village) -> tuple[str, dict[str, Any], str]:
    return "/stocktakes", {"request_id": village.request_id(), "note": "九月盘点"}, "chen"


def _counting(village: Village) -> tuple[str, dict[str, Any], str]:
    body = {"request_id": village.request_id(), "goods": "G01", "pieces": 29}
    return f"{_begun(village)}/counts", body, "chen"


def _signing(village: Village) -> tuple[str, dict[str, Any], str]:
    place = _begun(village, 29, "chen")
    seen = village.get(place).json["mark"]
    return f"{place}/signatures", {"request_id": village.request_id(), "seen": seen}, "zhao"


def _sending_back(village: Village) -> tuple[str, dict[str, Any], str]:
    return f"{_begun(village, 29, 'chen')}/recount", {"request_id": village.request_id()}, "zhao"


def _discarding(village: Village) -> tuple[str, dict[str, Any], str]:
    return f"{_begun(village, 29)}/discard", {"request_id": village.request_id()}, "chen"


def _case(village: Village) -> str:
    """The address of a meeting of three, and a case of it."""
    body = {"held_on": "2026-09-01", "title": "评议会", "judges": ["周明", "吴芳", "石老三"]}
    meeting = village.post("/meetings", body, by="li").json["id"]
    put = {"participants": ["0101"], "item": "A2", "occurred_on": "2026-09-01"}
    case = village.post(f"/meetings/{meeting}/cases", put, by="li").json["items"][0]["id"]
    return f"/meetings/{meeting}/cases/{case}"


def _putting_up(village: Village) -> tuple[str, dict[str, Any], str]:
    put = {"participants": ["0102"], "item": "A2", "occurred_on": "2026-09-01"}
    return _case(village).rpartition("/")[0], put, "li"


def _marking(village: Village) -> tuple[str, dict[str, Any], str]:
    place, _, case = _case(village).rpartition("/cases/")
    return f"{place}/marks", {"judge": 1, "way": "screen", "marks": [{"case": case, "mark": 7}]}, "li"


def _drawing(village: Village) -> tuple[str, dict[str, Any], str]:
    place, _, case = _case(village).rpartition("/cases/")
    for judge in (1, 2, 3):
        marks = {"judge": judge, "way": "paper", "marks": [{"case": case, "mark": 7}]}
        village.post(f"{place}/marks", marks, by="li")
    return f"{place}/cases/{case}/draw", {"confirmed": True}, "li"


def _dropping(village: Village) -> tuple[str, dict[str, Any], str]:
    return f"{_case(village)}/drop", {}, "li"


def _claim(_village: Village) -> tuple[str, dict[str, Any], str]:
    body = {"participant": "0101", "item": "A3", "occurred_on": "2026-09-01", "quantity": 2}
    return "/claims", {**body, "words": "巡河两小时", "confirmed": True}, "chen"


def _ceremony(_village: Village) -> tuple[str, dict[str, Any], str]:
    body = {"participant": "0101", "kind": "wedding", "held_on": "2026-09-20", "place": "自家院子"}
    return "/ceremonies", {**body, "tables": 12, "cars": 6, "gift": 100}, "chen"


def _grades(_village: Village) -> tuple[str, dict[str, Any], str]:
    bands = [{"name": "好", "range": "0以上"}, {"name": "差", "range": "低于0", "measure": "谈话"}]
    how = {"kinds": ["household"], "period": "month", "measured_on": "honour_sum"}
    day = {"resolution": "村民会议", "from_date": "2026-09-01"}
    return "/grades", {"name": "两档", "bands": bands, **how, **day}, "li"


def _grade_done(village: Village) -> tuple[str, dict[str, Any], str]:
    path, body, by = _grades(village)
    village.post(path, body | {"from_date": "2026-07-01"}, by=by)
    with village.database.writing() as session:
        who = roster.by_code(session, village=VILLAGE, code="0101").id
        frozen = {"table_number": 1, "period": "2026-07", "month": "2026-07", "value": -100, "band": 1}
        session.add(GradeRow(village_id=VILLAGE, participant_id=who, **frozen))
    done = {"participants": ["0101"], "done_on": f"{NOW:%Y-%m-%d}", "done_by": "李卫东"}
    return "/grades/1/2026-07/measures", done, "li"


def _grade_end(village: Village) -> tuple[str, dict[str, Any], str]:
    path, body, by = _grades(village)
    village.post(path, body, by=by)
    return "/grades/1/ending", {"resolution": "村民会议", "from_date": "2026-10-01"}, by


def _keeper_list(_village: Village) -> tuple[str, dict[str, Any], str]:
    items = [{"title": "地面干净", "full_mark": 100, "per_fault": 10}]
    day = {"resolution": "村民会议", "from_date": f"{NOW:%Y-%m-%d}"}
    return "/keeper-lists", {"items": items, "pass_mark": 60, **day}, "li"


def _keeper(village: Village) -> None:
    with village.database.writing() as session:
        common = {"village": VILLAGE, "by": "setup", "at": NOW}
        if not any(one.code == "G01" for one in roster.everyone(session, village=VILLAGE)):
            roster.add(session, code="G01", name="周福生", kind="keeper", **common)
        item = keepers.CheckItem("地面干净", whole(100), whole(10))
        day = {"resolution": "村民会议", "from_date": NOW.date()}
        keepers.adopt_list(session, items=[item], **day, **common)


def _keeper_check(village: Village) -> tuple[str, dict[str, Any], str]:
    _keeper(village)
    check = {"keeper": "G01", "place": "村口", "checked_on": f"{NOW:%Y-%m-%d}", "checker": "李卫东"}
    return "/keeper-checks", {**check, "faults": [{"position": 1, "faults": 2}]}, "li"


def _keeper_look(village: Village) -> tuple[str, dict[str, Any], str]:
    path, body, by = _keeper_check(village)
    due = {"due_on": f"{NOW + timedelta(days=2):%Y-%m-%d}"}
    return f"{path}/{village.post(path, body | due, by=by).json['id']}/second-look", {"put_right": [1]}, by


def _keeper_striking(village: Village) -> tuple[str, dict[str, Any], str]:
    _keeper(village)
    given = {
        "keeper": "G01",
        "place": "村口",
        "checked_on": NOW.date(),
        "checker": "李卫东",
        "faults": {1: 2},
    }
    with village.database.writing() as session:
        # Who wrote it down does not strike it.
        check = keepers.record_check(session, village=VILLAGE, **given, by="setup", at=NOW)
    return f"/keeper-checks/{check}/striking", {"reason": "填错了人"}, "li"


def _keeper_decision(village: Village) -> tuple[str, dict[str, Any], str]:
    path, body, by = _keeper_check(village)
    for place in ("村口", "桥头", "广场"):
        village.post(path, body | {"place": place, "faults": [{"position": 1, "faults": 9}]}, by=by)
    decided = {"resolution": "村委会会议", "decided_on": f"{NOW:%Y-%m-%d}"}
    return "/keeper-decisions", {"keeper": "G01", "words": "再试用一个月", **decided}, by


def _keeper_patrol(village: Village) -> tuple[str, dict[str, Any], str]:
    _keeper(village)
    return "/keeper-patrols", {"keeper": "G01", "place": "村口", "patrolled_on": f"{NOW:%Y-%m-%d}"}, "li"


def _proposed(village: Village) -> str:
    """The address of a warning that waits for its letter."""
    with village.database.writing() as session:
        known = [one.id for one in boards.listings(session, village=VILLAGE) if one.status == "proposed"]
        if known:
            return f"/listings/{known[0]}"
        common: dict[str, Any] = {"village": VILLAGE, "by": "chen", "at": NOW}
        if boards.black_board_resolution(session, village=VILLAGE) is None:
            boards.resolve_black_board(session, resolution="决议", on=NOW.date(), **common)
        fact = {"month": "2026-09", "participant": "0101", "rule": "B1", "fact": "门前杂物堆放"}
        return f"/listings/{boards.propose_black(session, **fact, **common).id}"


def _letter(village: Village) -> tuple[str, dict[str, Any], str]:
    body = {"on": f"{NOW:%Y-%m-%d}", "handed_to": "adult", "brought_by": "李卫东", "receiver": "王建国"}
    return f"{_proposed(village)}/letters", {**body, "witness": ""}, "li"


def _shown(village: Village, month: str) -> str:
    """The address of a warning of a month that people put up, as if five working days had gone by."""
    with village.database.writing() as session:
        known = [
            one.id for one in boards.listings(session, village=VILLAGE, month=month) if one.status == "up"
        ]
        if known:
            return f"/listings/{known[0]}"
        common: dict[str, Any] = {"village": VILLAGE, "at": NOW}
        early = {"village": VILLAGE, "at": NOW - timedelta(days=9)}
        if boards.black_board_resolution(session, village=VILLAGE) is None:
            given = {"resolution": "决议", "on": early["at"].date(), "by": "chen"}
            boards.resolve_black_board(session, **given, **early)
        fact = {"month": month, "participant": "0102", "rule": "B1", "fact": "门前杂物堆放"}
        made = boards.propose_black(session, **fact, by="chen", **early).id
        boards.deliver(session, listing=made, on=early["at"].date(), **HANDED, by="chen", **early)
        supervisor = staff.by_login(session, login="zhao").id
        boards.countersign(session, listing=made, by=supervisor, **common)
        votes = {"votes_for": 5, "votes_against": 1, "on": NOW.date()}
        boards.decide(session, listing=made, **votes, by=supervisor, **common)
        return f"/listings/{made}"


def _carrying_over(village: Village) -> tuple[str, dict[str, Any], str]:
    return f"{_shown(village, '2026-09')}/carry-over", {"month": "2026-10"}, "li"


def _helper(village: Village) -> tuple[str, dict[str, Any], str]:
    one = _shown(village, "2026-09")
    with village.database.writing() as session:
        listing, common = one.rpartition("/")[2], {"village": VILLAGE, "by": "li", "at": NOW}
        with suppress(helping.problems.HelperAssigned):
            helping.assign_helper(session, listing=listing, name="龙凤泉", **common)
        helping.end_help(session, listing=listing, outcome="partly", words="再看", **common)
    return f"{one}/helpers", {"name": "龙凤泉"}, "li"


def _helped(village: Village) -> str:
    path, body, by = _helper(village)
    village.post(path, body, by=by)
    return path.rpartition("/")[0]


def _visit(village: Village) -> tuple[str, dict[str, Any], str]:
    return f"{_helped(village)}/visits", {"on": f"{NOW:%Y-%m-%d}", "form": "talk", "words": "答应清走"}, "li"


def _help_ended(village: Village) -> tuple[str, dict[str, Any], str]:
    return f"{_helped(village)}/outcome", {"outcome": "turned", "words": "清干净了"}, "li"


def _black_board_ended(village: Village) -> tuple[str, dict[str, Any], str]:
    _proposed(village)
    return "/black-board/end", {"resolution": "取消黑榜", "on": f"{NOW:%Y-%m-%d}"}, "li"


def _wall_listing(village: Village) -> tuple[str, dict[str, Any], str]:
    body = {"place": "村口", "size": "a4"}
    return f"{_shown(village, '2026-09')}/wall-copies", body, "li"


def _wall_poster(village: Village) -> tuple[str, dict[str, Any], str]:
    with village.database.writing() as session:
        if not villages.is_closed(session, village=VILLAGE, month="2026-08"):
            proof.close_month(session, village=VILLAGE, month="2026-08", by="li", at=NOW)
    return "/wall-copies/posters", {"month": "2026-08", "place": "村口", "size": "a3"}, "li"


def _wall_down(village: Village) -> tuple[str, dict[str, Any], str]:
    path, body, by = _wall_listing(village)
    village.post(path, body, by=by)
    copy = village.get("/wall-copies", by=by).json["items"][0]["id"]
    return f"/wall-copies/{copy}/taken-down", {}, by


def _wrong(village: Village) -> str:
    """The address of a warning that hung at the village's entrance and was wrong."""
    path, body, by = _wall_listing(village)
    if village.post(path, body, by=by).status_code == 201:
        listing = path.split("/")[2]
        said = {"raised_by": "本户", "reason": "不是我家的"}
        with village.database.writing() as session:
            common: dict[str, Any] = {"village": VILLAGE, "at": NOW}
            made = boards.object_to_listing(session, listing=listing, **said, by="chen", **common)
            who = staff.by_login(session, login="zhao").id
            answer = {"objection": made.id, "upheld": True, "reason": "看过了"}
            boards.decide_listing_objection(session, **answer, by=who, **common)
    return path.rpartition("/")[0]


def _listing_correction(village: Village) -> tuple[str, dict[str, Any], str]:
    return f"{_wrong(village)}/corrections", {"place": "村口"}, "li"


def _score_copy(village: Village) -> tuple[str, dict[str, Any], str]:
    path, body, by = _correction_hanging(village)
    return path.replace("hangings", "wall-copies"), body, by


def _listing_declined(village: Village) -> tuple[str, dict[str, Any], str]:
    return f"{_wrong(village)}/corrections/declined", {}, "li"


def _title(village: Village) -> tuple[str, dict[str, Any], str]:
    with village.database.writing() as session:
        titles.adopt_kind(session, village=VILLAGE, **CLEAN, by="li", at=NOW)
    body = {"kind": "清洁户", "participant": "0101", "nominated_by": "panel", "nominator": "村评议小组"}
    return "/titles", {**body, "person": "", "agreed_on": None, "reason": "门前屋后常年干净"}, "li"


def _title_at(village: Village, *steps: str) -> str:
    """The address of a title of a person after some steps of an earlier week; made once."""
    path = "/titles"
    with village.database.writing() as session:
        known = titles.titles(session, village=VILLAGE)
        if known:
            return f"{path}/{known[0].id}"
        titles.adopt_kind(session, village=VILLAGE, **CLEAN | PERSONAL, by="li", at=NOW)
        common: dict[str, Any] = {"village": VILLAGE, "by": "li", "at": NOW - timedelta(days=10)}
        named = {"kind": PERSONAL["name"], "person": "李梅花", "agreed_on": date(2026, 1, 2)}
        one = titles.nominate(session, participant="0101", nominated_by="panel", **named, **common).id
        acts: dict[str, Callable[[], object]] = {
            "met": lambda: titles.check(session, title_id=one, met={1: True, 2: True}, **common),
            "voted": lambda: titles.vote(session, votes=[titles.Vote(one, 9, 1)], **common),
            "hung": lambda: titles.hang(session, title_ids=[one], place="村口", **common),
            "hangs": lambda: titles.hang(session, title_ids=[one], place="村口", **common | {"at": NOW}),
            "given": lambda: titles.give(session, title_id=one, **common | {"at": NOW - timedelta(days=4)}),
            "failed": lambda: titles.check(session, title_id=one, met={1: True, 2: False}, **common | late),
            "off": lambda: titles.take_off(session, title_id=one, reason="门前没有扫", **common | late),
            "right": lambda: titles.check(session, title_id=one, met={1: True, 2: True}, **common | late),
        }
        late = {"at": NOW - timedelta(days=3)}
        for step in steps:
            acts[step]()
    return f"{path}/{one}"


def _title_step(
    door: str, *steps: str, by: str = "li", **body: Any
) -> Callable[[Village], tuple[str, dict[str, Any], str]]:
    """A door of a title that is as far as its steps."""
    return lambda village: (f"{_title_at(village, *steps)}/{door}", body, by)


def _title_notice(village: Village) -> tuple[str, dict[str, Any], str]:
    one = _title_at(village, "met", "voted").rpartition("/")[2]
    return "/title-notices", {"titles": [one], "place": "村务公开栏", "size": "a4"}, "li"


def _rule_of_the_year(_village: Village) -> tuple[str, dict[str, Any], str]:
    body = {"points": "ceiling", "ceiling": 50, "month": 1, "day": 10, "from_date": "2026-09-01"}
    return "/year-end-rules", {**body, "resolution": "2026年村民会议"}, "li"


def _year_end(village: Village) -> tuple[str, dict[str, Any], str]:
    path, body, by = _rule_of_the_year(village)
    village.post(path, body | {"points": "clear", "ceiling": None}, by=by)
    return "/year-ends/2026", {}, "li"


def _year_end_undoing(village: Village) -> tuple[str, dict[str, Any], str]:
    path, _, by = _year_end(village)
    return f"{path}/undoing", {"reason": "决议的日期看错了"}, by


def _question(_village: Village) -> tuple[str, dict[str, Any], str]:
    # A question may be nobody's: its participant is no field that must be one.
    return "/questions", {"kind": "question", "words": "卫生费用在哪里了"}, "chen"


def _asked(village: Village) -> str:
    path, body, by = _question(village)
    return f"{path}/{village.post(path, body, by=by).json['id']}"


def _answer(village: Village) -> tuple[str, dict[str, Any], str]:
    return f"{_asked(village)}/answers", {"words": "用在清运上", "published": True}, "li"


def _passing_on(village: Village) -> tuple[str, dict[str, Any], str]:
    return f"{_asked(village)}/pass-on", {"role": "supervisor"}, "li"


def _withdrawing(village: Village) -> tuple[str, dict[str, Any], str]:
    return f"{_asked(village)}/withdraw", {}, "chen"


def _closed(village: Village) -> None:
    """August is closed with a score that counts in it; at the second call it is."""
    with village.database.reading() as session:
        if villages.is_closed(session, village=VILLAGE, month="2026-08"):
            return
    posted(village)
    with village.database.writing() as session:
        at = NOW + timedelta(days=5)
        proof.close_month(session, village=VILLAGE, month="2026-08", by="li", at=at)


def _spot_check(village: Village) -> tuple[str, dict[str, Any], str]:
    _closed(village)
    return "/spot-checks", {"month": "2026-08", "size": 4}, "zhao"


def _dice(village: Village) -> tuple[str, dict[str, Any], str]:
    _closed(village)
    made = village.post("/spot-checks", {"month": "2026-08", "size": 10}, by="zhao")
    assert made.status_code in (201, 409), made.text
    body = {"dice": "3164522614", "thrower": "0101", "witness": "0303"}
    return "/spot-checks/2026-08/dice", body, "zhao"


def _answers(village: Village) -> tuple[str, dict[str, Any], str]:
    path, dice, _who = _dice(village)
    drawn = village.post(path, dice, by="zhao").json["drawn"]
    answers = [{"index": one["index"], "answer": "true"} for one in drawn]
    body = {"answers": answers, "first": "0102", "second": "0303"}
    return "/spot-checks/2026-08/answers", body, "zhao"


def _signature(village: Village) -> tuple[str, dict[str, Any], str]:
    path, answers, _who = _answers(village)
    seen = village.post(path, answers, by="zhao").json["mark"]
    return "/spot-checks/2026-08/signatures", {"seen": seen}, "zhao"


def _round(_village: Village) -> tuple[str, dict[str, Any], str]:
    return "/inspection-rounds", {"group": "一组"}, "li"


def _inspection(village: Village) -> tuple[str, dict[str, Any], str]:
    begun = village.post("/inspection-rounds", {"group": "一组"}, by="li").json["id"]
    body = {"participant": "0101", "verdict": "clean", "words": "扫得干净"}
    return f"/inspection-rounds/{begun}/inspections", body, "li"


def _meeting(_village: Village) -> tuple[str, dict[str, Any], str]:
    body = {"held_on": "2026-09-01", "title": "评议会", "judges": ["周明"], "absentees": ["郑强"]}
    return "/meetings", {**body, "minutes": "逐户评议"}, "li"


def _called(village: Village, day: str) -> str:
    """A meeting that was called for this day."""
    with village.database.writing() as session:
        common = {"village": "chayuan", "by": "li", "at": NOW}
        known = panels.panels(session, village="chayuan")
        made = {"kind": "village", "name": "村评议小组", "rule": "mean"}
        panel = known[0] if known else panels.make_panel(session, **made, **common)
        if not panel.members:
            panels.add_member(session, panel_id=panel.id, name="龙凤泉", seat="worthy", **common)
            panels.add_member(session, panel_id=panel.id, name="郝田发", seat="cadre", **common)
        facts = {"day": date.fromisoformat(day), "title": "九月评议会", "panel": panel.id}
        return scoring.call_meeting(session, **facts, **common).id


def _beginning(village: Village) -> tuple[str, dict[str, Any], str]:
    return f"/meetings/{_called(village, '2026-09-01')}/begin", {}, "li"


def _cancelling(village: Village) -> tuple[str, dict[str, Any], str]:
    return f"/meetings/{_called(village, '2026-09-02')}/cancel", {"reason": "大雨"}, "li"


def _attending(village: Village) -> tuple[str, dict[str, Any], str]:
    path, body, by = _beginning(village)
    begun = village.post(path, body, by=by).json["id"]
    return f"/meetings/{begun}/attendance", {"position": 1, "present": False}, "li"


def _closing(village: Village) -> tuple[str, dict[str, Any], str]:
    meeting = open_meeting(village)
    enter(village, meeting)
    return f"/meetings/{meeting}/close", {}, "li"


def _hanging(village: Village) -> tuple[str, dict[str, Any], str]:
    path, _, by = _closing(village)
    return f"/notices/{village.post(path, by=by).json['id']}/hangings", {"place": "村务公开栏"}, "li"


def _settling(village: Village) -> tuple[str, dict[str, Any], str]:
    path, body, by = _hanging(village)
    assert village.post(path, body, by=by).status_code == 201
    return path.replace("hangings", "settle"), {}, "li"


def _objection(village: Village) -> tuple[str, dict[str, Any], str]:
    meeting = open_meeting(village)
    score = enter(village, meeting)["id"]
    village.post(f"/meetings/{meeting}/close", by="li")
    return f"/scores/{score}/objections", {"raised_by": "本户", "reason": "不是我家"}, "chen"


def _decision(village: Village) -> tuple[str, dict[str, Any], str]:
    path, body, by = _objection(village)
    objection = village.post(path, body, by=by).json["id"]
    return f"/objections/{objection}/decision", {"upheld": True, "reason": "走访核实"}, "zhao"


def _correction(village: Village) -> tuple[str, dict[str, Any], str]:
    body = {"participant": "0102", "occurred_on": "2026-09-01", "quantity": 3, "reason": "数错了"}
    return f"/scores/{posted(village)}/corrections", {**body, "struck": False}, "li"


def _correction_hanging(village: Village) -> tuple[str, dict[str, Any], str]:
    path, _, by = _correction(village)
    asked = village.post(path, {"struck": True, "reason": "没有这回事"}, by=by).json["id"]
    village.confirm(asked)
    new = village.get(path, by=by).json["items"][0]["score"]
    return f"/scores/{new}/hangings", {"place": "村务公开栏"}, by


def _correction_settling(village: Village) -> tuple[str, dict[str, Any], str]:
    path, body, by = _correction_hanging(village)
    assert village.post(path, body, by=by).status_code == 201
    return path.replace("hangings", "settle"), {}, by


def _pin(village: Village) -> tuple[str, dict[str, Any], str]:
    for one in village.get("/approvals").json["items"]:
        village.post(f"/approvals/{one['id']}/withdrawal")
    return "/pins", {"scan_ticket": village.scan().json["scan_ticket"], "pin": "274913"}, "chen"


def _withdraw_all(village: Village) -> None:
    """Nothing waits for an answer."""
    for one in village.get("/approvals").json["items"]:
        for by in ("chen", "li", "admin"):
            village.post(f"/approvals/{one['id']}/withdrawal", by=by)


def _request(path: str, by: str, **body: Any) -> Callable[[Village], tuple[str, dict[str, Any], str]]:
    def prepare(village: Village) -> tuple[str, dict[str, Any], str]:
        _withdraw_all(village)
        return path, body, by

    return prepare


def _hand_out(village: Village) -> tuple[str, dict[str, Any], str]:
    _withdraw_all(village)
    with village.database.writing() as session:
        who = roster.by_code(session, village=VILLAGE, code="0102").id
        [card] = roster.issue(session, village=VILLAGE, participants=[who], by="li", at=NOW)
    return "/hand-outs", {"cards": [{"code": card.token}]}, "admin"


def _printed(village: Village) -> tuple[str, str]:
    """A new batch and the number of its only card."""
    _withdraw_all(village)
    with village.database.writing() as session:
        who = roster.by_code(session, village=VILLAGE, code="0102").id
        [card] = roster.issue(session, village=VILLAGE, participants=[who], by="li", at=NOW)
        [batch] = roster.batches(session, village=VILLAGE, limit=1)
    return f"/card-batches/{batch.number}", card.number


def _batch_hand_out(village: Village) -> tuple[str, dict[str, Any], str]:
    batch, number = _printed(village)
    return f"{batch}/hand-out", {"numbers": [number]}, "admin"


def _voiding(village: Village) -> tuple[str, dict[str, Any], str]:
    return f"{_printed(village)[0]}/void", {}, "admin"


def _loss(village: Village) -> tuple[str, dict[str, Any], str]:
    _, number = _printed(village)
    with village.database.writing() as session:
        card = roster.printed_cards(session, village=VILLAGE)
        roster.hand_out(session, village=VILLAGE, cards=card.values(), by="li", at=NOW)
    return "/participants/0102/card-loss", {"number": number}, "admin"


def _erasure(village: Village) -> tuple[str, dict[str, Any], str]:
    _withdraw_all(village)
    asked = village.post("/participants/0102/closing", {"decision": "全家迁出"}, by="li")
    # Once it is closed it stays so.
    if "id" in asked.json:
        village.confirm(asked.json["id"])
    return "/participants/0102/erasure", {"reason": "own_request"}, "li"


def _edit(village: Village) -> tuple[str, dict[str, Any], str]:
    people = village.get("/participants/0101").json["people"]
    return "/participants/0101/file", {"people": people + 1, "reason": "添丁"}, "li"


def _answering(step: str, by: str, **body: Any) -> Callable[[Village], tuple[str, dict[str, Any], str]]:
    def prepare(village: Village) -> tuple[str, dict[str, Any], str]:
        path, asked, clerk = _pin(village)
        one = village.post(path, asked, by=clerk).json["id"]
        return f"/approvals/{one}/{step}", body, by

    return prepare


def _code(village: Village) -> tuple[str, dict[str, Any], str]:
    path, _, _ = _answering("code", "chen")(village)
    with village.database.reading() as session:
        person = staff.by_login(session, login="li")
        there = staff.second_factor.has_second_factor(session, person=person.id)
    before = NOW - timedelta(hours=2)
    code = "123456" if there else enrol(village.database, person, at=before).at(NOW)
    return path, {"login": "li", "code": code}, "chen"


def _changed_pin(village: Village) -> tuple[str, dict[str, Any], str]:
    path, asked, clerk = _pin(village)
    village.confirm(village.post(path, asked, by=clerk).json["id"], by="li")
    ticket = village.scan().json["scan_ticket"]
    return "/pins/change", {"scan_ticket": ticket, "old": "274913", "new": "161803"}, "chen"


def _cards(_village: Village) -> tuple[str, dict[str, Any], str]:
    return "/sheets/cards.pdf", {"participant": ["0101"]}, "li"


def _slip(village: Village) -> tuple[str, dict[str, Any], str]:
    return "/sheets/slip.escpos", {"participant": ["0101"]}, "li"


def _print_run(_village: Village) -> tuple[str, dict[str, Any], str]:
    return "/print-runs/inspection", {"span": "2026-Q3"}, "li"


def _cancelled_run(village: Village) -> tuple[str, dict[str, Any], str]:
    path, body, by = _print_run(village)
    return f"{path}/{village.post(path, body, by=by).json['id']}/cancellation", {}, by


DOORS: dict[str, Callable[[Village], tuple[str, dict[str, Any], str]]] = {
    "card-scans": _scan,
    "redemptions": _sale,
    "redemptions/quote": _quote,
    "redemptions/shelf": _shelf,
    "redemptions/<key:redemption>/reversal": _taking_back,
    "redemptions/<key:redemption>/returns": _returning,
    "redemptions/<key:redemption>/exchange": _exchange,
    "goods/<key:goods>/stock-moves/<key:position>/undoing": _undoing,
    "pins": _pin,
    "pins/change": _changed_pin,
    "approvals/<key:approval>/confirmation": _answering("confirmation", "li"),
    "approvals/<key:approval>/code": _code,
    "approvals/<key:approval>/refusal": _answering("refusal", "li", reason="mistaken"),
    "approvals/<key:approval>/withdrawal": _answering("withdrawal", "chen"),
    "hand-outs": _hand_out,
    "card-batches/<key:batch>/hand-out": _batch_hand_out,
    "card-batches/<key:batch>/void": _voiding,
    "participants/<key:code>/card-loss": _loss,
    "participants/<key:code>/closing": _request("/participants/0102/closing", "li", decision="全家迁出"),
    "months/<key:month>/close": _request("/months/2026-08/close", "li", heeded=True),
    "participants/<key:code>/split": _request(
        "/participants/0101/split", "li", code="0199", name="王小军", people=1, decision="村民小组会议"
    ),
    "participants/<key:code>/move": _request(
        "/participants/0101/move", "li", group="二组", decision="村民小组会议"
    ),
    "participants/<key:code>/file": _edit,
    "participants/<key:code>/erasure": _erasure,
    "participants/<key:code>/gifts": _request("/participants/0101/gifts", "li", points=5, reason="春节赠送"),
    "goods/<key:goods>/price": _request("/goods/G01/price", "li", points=4),
    "goods/<key:goods>/words": _request("/goods/G01/words", "li", name="肥皂", spec="2块"),
    "goods/<key:goods>/limit": _request("/goods/G01/limit", "li", limit=3),
    "settings/<key:setting>": _request("/settings/notice_days", "li", value="2"),
    "goods/<key:goods>/stock-moves": _stock,
    "counter-entries": _counter,
    "stocktakes": _stocktake,
    "stocktakes/<key:stocktake>/counts": _counting,
    "stocktakes/<key:stocktake>/signatures": _signing,
    "stocktakes/<key:stocktake>/recount": _sending_back,
    "stocktakes/<key:stocktake>/discard": _discarding,
    "claims": _claim,
    "ceremonies": _ceremony,
    "grades": _grades,
    "grades/<key:table>/<key:period>/measures": _grade_done,
    "grades/<key:table>/ending": _grade_end,
    "keeper-lists": _keeper_list,
    "keeper-checks": _keeper_check,
    "keeper-checks/<key:check>/second-look": _keeper_look,
    "keeper-checks/<key:check>/striking": _keeper_striking,
    "keeper-decisions": _keeper_decision,
    "keeper-patrols": _keeper_patrol,
    "titles": _title,
    "titles/<key:title_id>/checks": _title_step("checks", met=[True, False], seen_by="周明"),
    "titles/<key:title_id>/votes": _title_step("votes", "met", by="zhao", votes_for=9, votes_against=1),
    "title-notices": _title_notice,
    "titles/<key:title_id>/wall-copies": _title_step(
        "wall-copies", "met", "voted", "hangs", place="一组路口", size="a4"
    ),
    "titles/<key:title_id>/giving": _title_step("giving", *STANDING[:3]),
    "titles/<key:title_id>/taking-off": _title_step("taking-off", *STANDING, "failed", reason="门前没有扫"),
    "titles/<key:title_id>/giving-back": _title_step("giving-back", *STANDING, "failed", "off", "right"),
    "titles/<key:title_id>/withdrawal": _title_step("withdrawal", *STANDING, reason="本人不想挂了"),
    "titles/<key:title_id>/recommendation": _title_step("recommendation", *STANDING, to="镇文明办"),
    "titles/<key:title_id>/name-agreement": _title_step("name-agreement", agreed=False),
    "titles/<key:title_id>/benefits": _title_step("benefits", *STANDING, benefit=1, given=True),
    "year-end-rules": _rule_of_the_year,
    "year-ends/<key:year>": _year_end,
    "year-ends/<key:year>/undoing": _year_end_undoing,
    "questions": _question,
    "questions/<key:question>/answers": _answer,
    "questions/<key:question>/pass-on": _passing_on,
    "questions/<key:question>/withdraw": _withdrawing,
    "spot-checks": _spot_check,
    "spot-checks/<key:month>/dice": _dice,
    "spot-checks/<key:month>/answers": _answers,
    "spot-checks/<key:month>/signatures": _signature,
    "inspection-rounds": _round,
    "inspection-rounds/<key:round>/inspections": _inspection,
    "meetings": _meeting,
    "meetings/<key:meeting>/scores": _score(item="A3", quantity=2),
    "meetings/<key:meeting>/scores?": _score(item="A2", points=7),
    "meetings/<key:meeting>/close": _closing,
    "meetings/<key:meeting>/begin": _beginning,
    "meetings/<key:meeting>/cancel": _cancelling,
    "meetings/<key:meeting>/attendance": _attending,
    "meetings/<key:meeting>/cases": _putting_up,
    "meetings/<key:meeting>/marks": _marking,
    "meetings/<key:meeting>/cases/<key:case>/draw": _drawing,
    "meetings/<key:meeting>/cases/<key:case>/drop": _dropping,
    "listings/<key:listing>/letters": _letter,
    "listings/<key:listing>/carry-over": _carrying_over,
    "listings/<key:listing>/helpers": _helper,
    "listings/<key:listing>/visits": _visit,
    "listings/<key:listing>/outcome": _help_ended,
    "listings/<key:listing>/wall-copies": _wall_listing,
    "listings/<key:listing>/corrections": _listing_correction,
    "listings/<key:listing>/corrections/declined": _listing_declined,
    "black-board/end": _black_board_ended,
    "wall-copies/posters": _wall_poster,
    "wall-copies/<key:copy>/taken-down": _wall_down,
    "scores/<key:score>/wall-copies": _score_copy,
    "notices/<key:notice>/hangings": _hanging,
    "notices/<key:notice>/settle": _settling,
    "scores/<key:score>/objections": _objection,
    "objections/<key:objection>/decision": _decision,
    "scores/<key:score>/corrections": _correction,
    "scores/<key:score>/hangings": _correction_hanging,
    "scores/<key:score>/settle": _correction_settling,
    "sheets/<key:sheet>.pdf": _cards,
    "sheets/<key:sheet>.escpos": _slip,
    "print-runs/<key:kind>": _print_run,
    "print-runs/<key:kind>/<key:run>/cancellation": _cancelled_run,
}


def rules(app: Flask, method: str) -> set[str]:
    """The addresses of the API below a village."""
    start = "/api/v1/villages/<key:village>/"
    found = [rule for rule in app.url_map.iter_rules() if method in (rule.methods or ())]
    return {rule.rule.removeprefix(start) for rule in found if rule.rule.startswith(start)}


def test_no_door_is_forgotten_here(founded: Village) -> None:
    assert rules(founded.app, "POST") == {door.rstrip("?") for door in DOORS}


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every value in a body, and the way to it."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in parts:
        yield (*path, name), inner
        yield from places(inner, (*path, name))


def spelt(body: dict[str, Any], path: tuple[Any, ...], literal: str) -> bytes:
    """The body with one value spelt literally, as no JSON library would write it."""
    copy = json.loads(json.dumps(body))
    target = copy
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = "@@"
    return json.dumps(copy).replace('"@@"', literal).encode()


def wrong_for(door: str, value: Any, name: Any) -> list[str]:
    """What may not stand where this value stands."""
    if isinstance(value, bool):
        return [*(n for n in NUMBERS if n != "true"), *TEXTS]
    if isinstance(value, int):
        allowed = {
            "quantity": ("1.5",),
            "points": ("0", "1.5"),
            "pieces": ("0",),
            "limit": ("null",),
            "mark": ("1.5",),
            "tables": ("0",),
            "votes_for": ("0",),
            "votes_against": ("0",),
            "cars": ("0",),
            "gift": ("0", "null"),
            "ceiling": ("1.5",),
            # Full marks of a list are points: what they cannot add up to is refused whole.
            "pass_mark": ("1.5",),
        }
        # Who reports a deed may not know how much it was: the meeting asks.
        allowed["quantity"] += ("null",) if door == "claims" else ()
        # How many live there may be unknown in a file; nobody leaves a household as nobody.
        allowed["people"] = ("0",) if door == "participants/<key:code>/file" else ()
        return [n for n in NUMBERS if n not in allowed.get(name, ())] + TEXTS
    if isinstance(value, list | dict):
        # No numbers of cards: all that are left.
        null = ("null",) if name == "numbers" else ()
        return [n for n in NUMBERS if n not in ("[1]", "{}", *null)] + TEXTS
    return NUMBERS


@pytest.mark.parametrize("door", DOORS)
def test_no_field_takes_what_it_is_not(door: str, village: Village, full: bool) -> None:
    path, body, by = DOORS[door](village)
    before, let_in = everything(village), []
    for place, value in list(places(body)):
        some, others = (None, None) if full else (5, 1)
        at = f"{door} {place}"
        wrong = [(one, (400, 404, 422)) for one in drawn(wrong_for(door, value, place[-1]), at, some)]
        for literal, statuses in wrong + [(one, (400,)) for one in drawn(NOT_JSON, at, others)]:
            told = village.call(
                "POST", path, by=by, data=spelt(body, place, literal), content_type="application/json"
            )
            if told.status_code not in statuses or "reason" not in (told.json or {}):
                let_in.append((place, literal[:40], told.status_code, told.text[:200]))

    assert let_in == []
    assert everything(village) == before


@pytest.mark.parametrize("door", DOORS)
def test_no_door_takes_what_nobody_asked_for(door: str, village: Village) -> None:
    path, body, by = DOORS[door](village)
    before = everything(village)
    statuses = {
        name: village.post(path, {**body, name: value}, by=by).status_code
        for name, value in ((name, 0) for name in SMUGGLED)
    }
    twice = json.dumps(body)[:-1] + (", " if body else "") + '"role": 1, "role": 1}'
    again = village.call("POST", path, by=by, data=twice.encode(), content_type="application/json")

    assert set(statuses.values()) == {422}
    assert again.status_code == 400
    assert everything(village) == before


@pytest.mark.parametrize("door", DOORS)
def test_the_door_opens_to_what_is_right(door: str, village: Village) -> None:
    path, body, by = DOORS[door](village)
    days = TEN_DAYS_INTO_2027 if door.startswith("year-ends/") else 4 if door.endswith("settle") else 0
    with scene.later(days):
        if door.endswith("<key:year>/undoing"):
            posted = {"village": VILLAGE, "year": 2026, "by": "li", "second": "zhao"}
            with village.database.writing() as session:
                year_end.post_run(session, **posted, at=NOW + timedelta(days=days))
        told = village.post(path, body, by=by)
    # No program confirms anything: that door says where to go.
    opened = (403,) if door.endswith("confirmation") else (200, 201)
    assert told.status_code in opened


ODD_IDS = [
    "-1",
    "0",
    "1.5",
    "%EF%BC%91",
    "null",
    "NaN",
    "9223372036854775808",
    "1" + "0" * 30,
    "a" * 10_240,
    "%00",
    "%ff%fe",
    "%F0%9F%92%A5",
    "..%2f..%2fetc",
    "'%20OR%201=1--",
    "2026-13",
    "2026-00",
    "%7B%7B7*7%7D%7D",
    "a%0d%0aX:%201",
]


def _addresses(app: Flask, method: str) -> list[str]:
    # A request id is the client's own: a number, however long, may be one.
    return sorted(rule for rule in rules(app, method) if "<" in rule and "requests/<" not in rule)


@pytest.mark.parametrize(
    "round_", [0, *(pytest.param(one, marks=pytest.mark.full) for one in range(1, len(ODD_IDS)))]
)
def test_no_address_takes_an_odd_id(village: Village, round_: int) -> None:
    """No address takes the id that it is given in this round, whoever asks, and nothing is changed.

    A round in a village of its own: what is prepared for an address may end a household that another needs.
    """
    before, odd = everything(village), []
    for method in ("GET", "POST"):
        assert everything(village) == before
        for rule in _addresses(village.app, method):
            given = drawn(ODD_IDS, rule, None)[round_]
            # The log is counted from 0: there it is the first entry's number.
            if given == "0" and rule.startswith(("ledger/entries/", "ledger/transactions/")):
                continue
            start, rest = rule.split("<", 1)
            path = f"/{start}{given}{rest.split('>', 1)[1]}"
            body = {"json": DOORS[rule](village)[1]} if method == "POST" else {}
            if method == "POST":
                # What was prepared may have been of a later day: that the clock goes back is seen first.
                village.get("/goods")
                before = everything(village)
            for who in ("li", "chen", "zhao"):
                told = village.call(method, path, by=who, **body)
                if told.status_code not in (400, 403, 404, 422):
                    odd.append((method, path[:80], who, told.status_code, told.text[:200]))

            # To ask is no deed that prepares the next one: all of them are compared at once.
            assert method == "GET" or everything(village) == before, path
    assert odd == []


@pytest.mark.parametrize("given", ODD_IDS)
def test_a_village_with_an_odd_name_is_not_there(given: str, served: Village) -> None:
    for path in ("/goods", "/participants", "/boards/2026-09", "/ledger/transactions"):
        assert served.get(path, village=given).status_code in (403, 404, 422)


@pytest.mark.parametrize(
    "limit", ["0", "-1", "201", "1.5", "%EF%BC%91", "true", "NaN", "1e400", "9" * 31, ""]
)
def test_no_list_takes_an_odd_limit(limit: str, served: Village) -> None:
    lists = [rule for rule in rules(served.app, "GET") if "<" not in rule]
    lists.append("participants/0101/statement")
    for path in lists:
        by = "li" if path != "goods" else "chen"
        assert served.get(f"/{path}?limit={limit}", by=by).status_code == 422, path


@pytest.mark.parametrize("cursor", ["0", "-1", "null", "a" * 5000, "%00", "WyJhIl0=", "{}", "1.5"])
def test_no_list_takes_a_cursor_it_has_not_given(cursor: str, served: Village) -> None:
    for path in rules(served.app, "GET"):
        if "<" not in path:
            by = "li" if path != "goods" else "chen"
            assert served.get(f"/{path}?cursor={cursor}", by=by).status_code in (400, 422), path
