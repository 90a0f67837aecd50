"""What governs a village is there only as entries of its log say: whoever goes around them is found."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlmodel import Session, col

from pointsbank import (
    boards,
    governing,
    households,
    ledger,
    market,
    proof,
    publicity,
    roster,
    staff,
    villages,
)
from pointsbank.boards.models import BlackBoardResolutionRow
from pointsbank.database import Database, execute
from pointsbank.market.models import GoodsRow
from pointsbank.market.prices import add_prices
from pointsbank.points import whole
from pointsbank.publicity.models import ConsentRow, HangingRow, NoticeRow, ScoreObjectionAnswerRow
from pointsbank.scoring import MINUS
from tests.builders import COMMITTEE, NEIGHBOUR, SUPERVISOR, VILLAGE
from tests.founding import founded_once
from tests.proof import month
from tests.proof.month import on
from tests.staff.people import HASHED

HERE: dict[str, Any] = {"village": VILLAGE, "by": COMMITTEE, "at": on(22)}
OBJECTOR = "0201"


@dataclass(frozen=True)
class Governed:
    """A village from before founding was told, where much was decided since; ids of what is in it."""

    database: Database
    zhou: str
    wu: str
    salt: str
    group: str
    township: str
    objection: str
    notice: str
    resolution: str


@founded_once
def governed(database: Database) -> Governed:
    """Found it beside a neighbour: two people, a township, a notice that hangs, an objection to it."""
    month.begin(database)
    scores = month.meet(database)
    with database.writing() as session:
        governing.found_village(session, code=NEIGHBOUR, name="竹源村", by=COMMITTEE, at=on(20))
        zhou = hired(session, "zhou", (VILLAGE, "committee"), (NEIGHBOUR, "clerk"))
        wu = hired(session, "wu", (VILLAGE, "clerk"))
        governing.change_settings(session, **HERE, red_places=3)
        township = governing.make_township(session, name="河口镇").id
        contested = next(one.id for one in scores if one.direction == MINUS)
        said = {"score": contested, "raised_by": "本户", "reason": "不是我家堆放的"}
        objection = publicity.raise_objection(session, **HERE, **said).id
    with database.reading() as session:
        [notice] = publicity.notices(session, village=VILLAGE)
        salt = market.goods_by_code(session, village=VILLAGE, code="SP01", at=on(22)).id
        group = villages.group_by_name(session, village=VILLAGE, name="一组").id
        resolution = execute(session, select(col(BlackBoardResolutionRow.id))).scalar_one()
    return Governed(database, zhou, wu, salt, group, township, objection, notice.id, resolution)


def hired(session: Session, login: str, *roles: tuple[str | None, str]) -> str:
    """Somebody with these roles, of whom the log is told."""
    account: dict[str, Any] = {"login": login, "password": HASHED, "name": login, "roles": roles}
    return governing.add_staff(session, **account, by="sun", at=on(21)).id


def found(database: Database) -> list[tuple[str, str, tuple[str, ...]]]:
    """The tables, rows and columns that verifying names."""
    return [(one.table, one.row, one.columns) for one in proof.verify(database, village=VILLAGE).findings]


def add_supervisor(session: Session, _: Governed) -> None:
    """Add somebody who was here before the month, as the books would have it."""
    account: dict[str, Any] = {"login": "zhao", "password": HASHED, "name": "赵监督"}
    staff.add(session, **account, roles=[(VILLAGE, "supervisor")], by="sun", at=on(1, month=8))


def give_another_role(session: Session, here: Governed) -> None:
    """Let a committee member, of whom an entry of the same second says so, supervise."""
    staff.set_roles(session, staff=here.zhou, roles=[(VILLAGE, "supervisor")], by="sun", at=on(21))


def take_role(session: Session, here: Governed) -> None:
    """Take the clerk's only role."""
    staff.set_roles(session, staff=here.wu, roles=[], by="sun", at=on(21))


def change_setting(session: Session, _: Governed) -> None:
    """Loosen a limit, then change another setting as one should, whose entry has all settings."""
    villages.change_settings(session, village=VILLAGE, changes={"second_check_day": 10**6})
    governing.change_settings(session, **HERE, notice_days=5)


def change_setting_later(session: Session, here: Governed) -> None:
    """Change a setting as one should, then loosen a limit under the entry of the same second."""
    governing.change_settings(session, **HERE, notice_days=5)
    change_setting_alone(session, here)


def change_setting_alone(session: Session, _: Governed) -> None:
    """Loosen a limit."""
    villages.change_settings(session, village=VILLAGE, changes={"second_check_day": 10**6})


def set_price(session: Session, here: Governed) -> None:
    """Sell salt for a point."""
    add_prices(session, {here.salt: ("SP01", whole(1))}, **HERE, valid_from=on(1, month=8))


def set_price_otherwise(session: Session, here: Governed) -> None:
    """Sell salt for a point and tell the log that it costs nine."""
    [told] = add_prices(session, {here.salt: ("SP01", whole(1))}, **HERE, valid_from=on(22))
    words = told.words | {"prices": [[here.salt, "SP01", 2, whole(9)]]}
    ledger.record(session, **HERE, kind="price_set", words=words)


def rename_goods(session: Session, _: Governed) -> None:
    """Let salt be rice."""
    execute(session, update(GoodsRow).where(col(GoodsRow.code) == "SP01").values(name="大米"))


def answer(session: Session, here: Governed) -> None:
    """Answer an objection."""
    said = {"made_by": COMMITTEE, "upheld": True, "decision": "属实"}
    by = {"decided_by": SUPERVISOR, "decided_at": on(22)}
    session.add(ScoreObjectionAnswerRow(village_id=VILLAGE, objection_id=here.objection, **said, **by))


def resolve(session: Session, _: Governed) -> None:
    """Have had a black board before there was one."""
    said = {"id": "first", "resolution": "第1号决议", "recorded_by": COMMITTEE}
    days = {"adopted_on": date(2026, 7, 1), "recorded_at": on(1, month=8), "ended_on": date(2026, 7, 2)}
    session.add(BlackBoardResolutionRow(village_id=VILLAGE, **said, **days))


def end_resolution(session: Session, _: Governed) -> None:
    """End the black board."""
    ended = {"ended_on": date(2026, 9, 2), "ended_resolution": "第9号决议", "ended_by": COMMITTEE}
    execute(session, update(BlackBoardResolutionRow).values(ended))


def shorten_notice(session: Session, here: Governed) -> None:
    """Take a notice down a day early."""
    ends = {"ends_on": date(2026, 9, 21)}
    execute(session, update(NoticeRow).where(col(NoticeRow.id) == here.notice).values(ends))


def hang_quietly(session: Session, here: Governed) -> None:
    """Have a notice hang in a place of which the log was not told."""
    when = {"hung_on": date(2026, 9, 20), "recorded_on": date(2026, 9, 20), "recorded_at": on(20)}
    session.add(
        HangingRow(
            village_id=VILLAGE, notice_id=here.notice, number=2, place="路口", recorded_by=COMMITTEE, **when
        )
    )


def rename_group(session: Session, here: Governed) -> None:
    """Give a group another name."""
    villages.rename_group(session, village=VILLAGE, group_id=here.group, name="河东组")


def place_village(session: Session, here: Governed) -> None:
    """Let the township's people see the village."""
    villages.place_village(session, village=VILLAGE, township_id=here.township)


def close_month(session: Session, _: Governed) -> None:
    """Close a month."""
    villages.mark_closed(session, village=VILLAGE, month="2026-08", at=on(22))


ALONE: dict[Callable[[Session, Governed], None], tuple[str, str, tuple[str, ...]]] = {
    add_supervisor: ("staff_role", "{zhao}/chayuan/judgement", ()),
    give_another_role: ("staff_role", "{zhou}/chayuan/judgement", ("role",)),
    take_role: ("staff_role", "{wu}/chayuan/clerk", ()),
    change_setting: ("village_settings", "", ("second_check_day",)),
    change_setting_later: ("village_settings", "", ("second_check_day",)),
    change_setting_alone: ("village_settings", "", ("second_check_day",)),
    set_price: ("goods_price", "{salt}/2", ()),
    set_price_otherwise: ("goods_price", "{salt}/2", ("points",)),
    rename_goods: ("goods", "{salt}", ("name",)),
    answer: ("score_objection_answer", "{objection}", ()),
    resolve: ("black_board_resolution", "first", ()),
    end_resolution: ("black_board_resolution", "{resolution}", ("ended_on",)),
    shorten_notice: ("notice", "{notice}", ("ends_on",)),
    hang_quietly: ("hanging", "{notice}/2", ()),
    rename_group: ("village_group", "{group}", ()),
    place_village: ("village_township", "{township}", ()),
    close_month: ("closed_month", "2026-08", ()),
}


@pytest.mark.parametrize("by_hand", ALONE, ids=lambda one: one.__name__)
def test_what_no_entry_says_is_named(database: Database, by_hand: Callable[[Session, Governed], None]):
    here = governed(database)
    assert found(database) == []
    with database.writing() as session:
        by_hand(session, here)

    table, row, columns = ALONE[by_hand]
    assert (table, row.format(**names(here)), columns) in found(database)


def names(here: Governed) -> dict[str, str]:
    """The ids in the village, also of whoever was added by hand."""
    with here.database.reading() as session:
        people = {one.staff.login: one.staff.id for one in staff.everyone(session)}
    return vars(here) | {"zhao": people.get("zhao", "")}


def test_what_the_log_says_holds_also_where_rows_are_told_anew_unchanged(database: Database):
    here = governed(database)
    with database.writing() as session:
        # Her role here is written anew, and is not what this village hears of.
        seats = [(VILLAGE, "committee"), (NEIGHBOUR, "supervisor")]
        governing.set_roles(session, person=here.zhou, roles=seats, by="sun", at=on(22))
        governing.place_village(session, township=here.township, **HERE)
        governing.rename_township(session, township=here.township, name="河口街道", by="sun", at=on(22))
        governing.change_settings(session, **HERE, second_check_day=9000)
        governing.rename_group(session, group=here.group, name="河东组", **HERE)
        market.set_price(session, goods="SP01", points=whole(5), **HERE)
        boards.end_black_board(session, resolution="第9号决议", on=date(2026, 9, 2), **HERE)
    with database.writing() as session:
        governing.place_village(session, township=None, **HERE)
        governing.set_roles(session, person=here.wu, roles=[], by="sun", at=on(22))
        by_another = HERE | {"by": SUPERVISOR}
        decided = {"objection": here.objection, "upheld": False, "reason": "走访核实"}
        publicity.decide_objection(session, **by_another, **decided)

    assert found(database) == []


def test_a_village_that_is_founded_today_is_told_whole(database: Database):
    with database.writing() as session:
        hired(session, "sun", (None, "admin"))
        governing.found_village(session, code=VILLAGE, name="茶源村", by="sun", at=on(1))
    assert found(database) == []

    with database.writing() as session:
        villages.change_settings(session, village=VILLAGE, changes={"notice_days": 1})

    assert found(database) == [("village_settings", "", ("notice_days",))]


def test_a_village_from_before_all_that_was_told_holds(database: Database):
    account: dict[str, Any] = {"login": "zhou", "password": HASHED, "name": "周文书"}
    with database.writing() as session:
        ledger.found_village(session, code=VILLAGE, name="茶源村", by=COMMITTEE, at=on(1))
        villages.change_settings(session, village=VILLAGE, changes={"notice_days": 5})
        zhou = staff.add(session, **account, roles=[(VILLAGE, "committee")], by="sun", at=on(1)).id
        wang = roster.add(session, code="0101", name="王建国", people=4, **HERE)
        shown = {"participant_id": wang.id, "shown_as": "named", "given_by": zhou, "given_at": on(2)}
        session.add(ConsentRow(village_id=VILLAGE, id="old", **shown))
    assert found(database) == []

    with database.writing() as session:
        governing.make_group(session, name="一组", **HERE)
    with database.writing() as session:
        governing.found_village(session, code=NEIGHBOUR, name="竹源村", by=COMMITTEE, at=on(3))
        seats = [(VILLAGE, "committee"), (NEIGHBOUR, "clerk")]
        governing.set_roles(session, person=zhou, roles=seats, by="sun", at=on(4))
    with database.writing() as session:
        governing.change_settings(session, **HERE, notice_days=3)
    erase(database, "0101")

    assert found(database) == []


def erase(database: Database, code: str) -> None:
    """Close a household, and take all words about it a day later."""
    closing = {"decision": "全家迁往县城", "request_id": "closing-0001"}
    with database.writing() as session:
        households.close(session, participant=code, **closing, **HERE | {"at": on(24)})
    with database.writing() as session:
        households.erase(session, participant=code, reason="本人要求", **HERE | {"at": on(25)})


def test_what_was_erased_is_not_missed(database: Database):
    here = governed(database)
    with database.writing() as session:
        by_another = HERE | {"by": SUPERVISOR}
        decided = {"objection": here.objection, "upheld": True, "reason": "走访核实"}
        publicity.decide_objection(session, **by_another, **decided)
        publicity.give_consent(session, participant=OBJECTOR, **HERE)
    with database.writing() as session:
        publicity.settle(session, notice=here.notice, **HERE | {"at": on(24)})
    erase(database, OBJECTOR)

    assert found(database) == []
