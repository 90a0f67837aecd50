"""What stands on the public board, section by section: as on the wall, and gone when that is."""

from datetime import date, datetime
from typing import Any

import pytest

from pointsbank import boards, disclosure, governing, ledger, market, publicity, scoring
from pointsbank.database import Database
from pointsbank.disclosure.hanging import PaperInFull
from pointsbank.disclosure.openness import Openness
from pointsbank.points import show, whole
from pointsbank.publicity.problems import NoticeUnknown
from pointsbank.sheets.poster import gathering as poster
from tests.boards import test_black_board as black
from tests.builders import NEIGHBOUR
from tests.proof.month import live, on
from tests.proof.month import table as table_of
from tests.publicity.desk import LATER, august, desk
from tests.publicity.scene import CODE, LI, NOW, after, found_village, hung, meeting_with, scores_of
from tests.publicity.test_contested_listings import object_to


def shown(database: Database, at: datetime = NOW, village: str = CODE) -> dict[str, Any]:
    """What stands in each section."""
    with database.reading() as session:
        found = disclosure.of_village(session, village=village, at=at)
    return {one.section.name: one.found for one in found}


def paper(database: Database, notice: str, at: datetime) -> PaperInFull:
    """What a notice says on the board."""
    with database.reading() as session:
        return disclosure.notice_in_full(session, village=CODE, notice=notice, at=at)


def hanging(database: Database) -> publicity.Notice:
    """A notice that hangs from 1 to 4 September: two namesakes gained, 曾䶮 lost."""
    with database.writing() as session:
        return hung(session, ("0101", "A1"), ("0101", "A2"), ("0102", "A1"), ("0202", "B1"))


def test_the_sections_stand_in_their_order():
    assert [one.name for one in disclosure.every()] == [
        "notices",
        "objecting",
        "red_board",
        "praise",
        "grades",
        "period_boards",
        "titles",
        "black_board",
        "prices",
        "rules",
        "openness",
        "indices",
        "year_end",
        "questions",
        "next_meeting",
        "months",
        "spot_checks",
    ]


def test_a_village_with_nothing_yet_shows_every_section_but_the_black_board(
    sqlite_database: Database,
) -> None:
    with sqlite_database.writing() as session:
        ledger.found_village(session, code=CODE, name="茶源村", by=LI, at=NOW)

    found = shown(sqlite_database)

    assert found.keys() == {one.name for one in disclosure.every()} - {
        *("black_board", "grades", "spot_checks", "titles", "year_end", "praise", "period_boards", "indices")
    }
    assert found["notices"].papers == ()
    assert (found["red_board"].month, found["rules"].rules, found["months"].months) == ("", None, ())


@pytest.mark.both
def test_a_notice_stands_there_as_long_as_its_paper_hangs(database: Database) -> None:
    with database.writing() as session:
        found_village(session)
        meeting = meeting_with(session, ("0101", "A1"))
        unhung = publicity.close_and_publish(session, village=CODE, meeting=meeting, by=LI, at=NOW)
    before = shown(database)["notices"].papers
    with database.writing() as session:
        publicity.hang(session, village=CODE, notice=unhung.id, place="公开栏", by=LI, at=NOW)

    days = [[one.last for one in shown(database, after(day))["notices"].papers] for day in (0, 3, 4)]

    assert before == ()
    assert days == [[date(2026, 9, 4)], [date(2026, 9, 4)], []]


def test_a_notice_that_does_not_hang_is_answered_as_one_that_never_was(sqlite_database: Database) -> None:
    notice = hanging(sqlite_database)

    for id, moment in ((notice.id, after(4)), ("a" * 16, NOW), ("", NOW)):
        with pytest.raises(NoticeUnknown):
            paper(sqlite_database, id, moment)


def test_a_notice_says_what_its_sheet_says_by_group(sqlite_database: Database) -> None:
    found = paper(sqlite_database, hanging(sqlite_database).id, NOW)

    lines = [(one.group, [(h.name, h.code, h.total) for h in one.households]) for one in found.chapters]
    assert lines == [
        ("一组", [("王*国", "0101", 750), ("王*国", "0102", 500)]),
        ("二组", [("曾*", "0202", -300)]),
    ]
    assert found.chapters[1].households[0].minus == ["门前乱堆杂物 1日 -3"]
    assert (found.entries, found.households, found.objecting.working_days) == (4, 3, 7)


@pytest.mark.both
def test_what_is_kept_of_a_notice_follows_objections_consent_and_erasure(database: Database) -> None:
    notice = hanging(database)
    plain = paper(database, notice.id, NOW)
    assert paper(database, notice.id, NOW).chapters is plain.chapters

    with database.reading() as session:
        score = scores_of(session, notice)[0].id
    object_to(database, score, days=1)
    contested = paper(database, notice.id, after(1)).chapters[0].households[0]
    seen = [contested.name]
    for wish in ("named", "numbered"):
        with database.writing() as session:
            publicity.give_consent(session, village=CODE, participant="0101", shown_as=wish, by=LI, at=NOW)
        seen.append(paper(database, notice.id, after(1)).chapters[0].households[0].name)
    with database.reading() as session:
        on_the_wall = publicity.public_notice(session, village=CODE, notice_id=notice.id)

    assert contested.plus[0] == "门前整洁 1日 +5（有异议）"
    # Who agreed to be praised by name is not named while the notice runs, to whoever is outside.
    assert seen == ["王*国", "王*国", "第1户"]
    assert on_the_wall.entries[0].name == "第1户"


def test_a_sale_leaves_what_is_kept_of_a_notice_alone(sqlite_database: Database) -> None:
    notice = hanging(sqlite_database)
    before = paper(sqlite_database, notice.id, NOW)
    with sqlite_database.writing() as session:
        market.add_goods(
            session, village=CODE, code="M01", name="大米", points=whole(2), stock=5, by=LI, at=NOW
        )

    assert paper(sqlite_database, notice.id, NOW).chapters is before.chapters


def test_a_correction_stands_there_while_it_hangs(sqlite_database: Database) -> None:
    done = desk(sqlite_database, august("0101", "清扫"))
    made = done.correct(done.scores[0], struck=True)
    assert not [one for one in shown(sqlite_database, LATER)["notices"].papers if one.is_correction]
    done.hang(made)

    [one] = [one for one in shown(sqlite_database, LATER)["notices"].papers if one.is_correction]
    with sqlite_database.reading() as session:
        found = disclosure.correction_in_full(session, village=CODE, score=made.score_id, at=LATER)

    assert one.id == made.score_id
    assert [
        "撤销" in words
        for words in found.chapters[0].households[0].minus + found.chapters[0].households[0].plus
    ]


def test_the_red_board_is_that_of_the_last_closed_month(sqlite_database: Database) -> None:
    lived = live(sqlite_database)

    found = shown(sqlite_database, on(2, month=10))["red_board"]

    with sqlite_database.reading() as session:
        whole_board = publicity.public_board(
            session, village=CODE, month=lived.anchor.month, at=on(2, month=10)
        )
    assert found.month == lived.anchor.month
    assert found.places == whole_board.red != ()


def test_who_left_all_boards_is_gone_from_the_red_one(sqlite_database: Database) -> None:
    live(sqlite_database)
    moment = on(2, month=10)
    before = shown(sqlite_database, moment)["red_board"].places
    with sqlite_database.writing() as session:
        boards.leave(session, village=CODE, participant="0102", signed_on=moment.date(), by=LI, at=moment)

    after_it = shown(sqlite_database, moment)["red_board"].places

    assert len(after_it) == len(before) - 1


def test_the_black_board_shows_what_is_up_and_nothing_else(sqlite_database: Database) -> None:
    listing = black.hang(sqlite_database)

    assert [one.name for one in shown(sqlite_database, after(7))["black_board"].places] == ["王*国"]
    assert "black_board" not in shown(sqlite_database, after(7 + 30))
    black.object_(sqlite_database, listing)
    assert "black_board" not in shown(sqlite_database, after(7))


def test_a_warning_that_was_put_right_leaves_the_black_board(sqlite_database: Database) -> None:
    listing = black.hang(sqlite_database)
    with sqlite_database.writing() as session:
        boards.take_down(session, village=CODE, listing=listing.id, reason="已整改", by=LI, at=after(8))

    assert "black_board" not in shown(sqlite_database, after(8))


def test_the_black_board_goes_with_its_resolution(sqlite_database: Database) -> None:
    black.hang(sqlite_database)
    with sqlite_database.writing() as session:
        boards.end_black_board(
            session, village=CODE, resolution="第4号决议", on=after(8).date(), by=LI, at=after(8)
        )

    assert "black_board" not in shown(sqlite_database, after(8))


def test_a_warning_whose_score_is_contested_is_not_shown(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        notice = hung(session, ("0101", "B1"))
        boards.resolve_black_board(session, village=CODE, resolution="决议", on=black.RESOLVED, by=LI, at=NOW)
        score = scores_of(session, notice)[0].id
    listing = black.propose(sqlite_database)
    black.tell(sqlite_database, listing)
    black.vote(sqlite_database, listing)
    assert shown(sqlite_database, after(7))["black_board"].places

    object_to(sqlite_database, score)

    assert "black_board" not in shown(sqlite_database, after(7))


def test_the_figures_of_a_closed_month_are_those_of_its_poster(sqlite_database: Database) -> None:
    live(sqlite_database)

    with sqlite_database.reading() as session:
        found: Openness = disclosure.openness(session, village=CODE, at=on(2, month=10))
        hung = poster.gather(session, village=CODE, by=LI, at=on(2, month=10), public_url="")

    [month] = found.months
    said = [figure for figure, _, _ in hung.figures]
    assert [show(month.issued), show(month.redeemed), str(month.pieces)] == said[1:4] == ["29", "12.5", "1"]


@pytest.mark.both
def test_what_comes_back_of_a_closed_month_is_taken_off_its_figures(database: Database) -> None:
    live(database)
    moment = on(5, month=10)
    with database.reading() as session:
        before = disclosure.openness(session, village=CODE, at=moment).months[0]
        sold = market.redemptions(session, village=CODE).items[0].id
    market.take_back(
        database,
        village=CODE,
        redemption=sold,
        request_id="back-later",
        reason="坏的",
        by="chen",
        at=moment,
    )

    with database.reading() as session:
        then = disclosure.openness(session, village=CODE, at=moment).months[0]

    assert (before.redeemed, then.redeemed) == (1250, 0)


def test_a_closed_month_says_its_code_and_what_was_moved(sqlite_database: Database) -> None:
    lived = live(sqlite_database)

    with sqlite_database.reading() as session:
        found = disclosure.month_in_full(session, village=CODE, month="2026-09")

    assert found.sealed.digits == lived.anchor.digits
    assert ("兑换", 1650) in [(one.kind, one.points) for one in found.moved]


def test_the_next_meeting_says_day_and_place_and_nobody(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        found_village(session)
        called = {"village": CODE, "by": LI, "at": NOW}
        scoring.call_meeting(session, day=date(2026, 9, 20), title="九月评议会", place="李秀英家", **called)
        scoring.call_meeting(session, day=date(2026, 9, 8), title="中旬评议会", place="村委会二楼", **called)

    first, second = (shown(sqlite_database, after(day))["next_meeting"].meeting for day in (0, 10))
    assert (first.day, first.title, first.place) == (date(2026, 9, 8), "中旬评议会", "村委会二楼")
    assert (second.day, second.place) == (date(2026, 9, 20), "")
    assert shown(sqlite_database, after(30))["next_meeting"].meeting is None


def test_goods_say_in_words_whether_they_can_be_had(sqlite_database: Database) -> None:
    with sqlite_database.writing() as session:
        found_village(session)
        for number, stock in enumerate((0, 3, 400), start=1):
            market.add_goods(
                session,
                village=CODE,
                code=f"M{number}",
                name="李秀英的米" if number == 1 else "大米",
                points=whole(number),
                stock=stock,
                by=LI,
                at=NOW,
            )

    with sqlite_database.reading() as session:
        found = disclosure.price_list(session, village=CODE, at=NOW)

    assert [(one.name, one.left) for one in found.offers] == [
        ("商品M1", "已兑完"),
        ("大米", "还有3件"),
        ("大米", "有货"),
    ]


def test_rules_are_the_version_in_force_and_those_to_come(sqlite_database: Database) -> None:
    table = table_of("scheme", "编号,类别,条目,方向,分值\nA1,环境卫生,门前整洁,加分,8\n")
    with sqlite_database.writing() as session:
        found_village(session)
        scoring.import_scheme(
            session,
            village=CODE,
            table=table,
            resolution="第2号决议",
            from_date=date(2026, 10, 1),
            by=LI,
            at=NOW,
        )

    with sqlite_database.reading() as session:
        found = disclosure.rules(session, village=CODE, at=NOW)

    assert found is not None
    assert (found.version.number, found.is_current) == (1, True)
    assert [one.number for one in found.coming] == [2]
    assert [part.heading for part in found.parts] == ["环境卫生", "公益事业", "扣分", "一票否决"]
    assert found.parts[0].lines[0].label == "+5"


def test_one_village_shows_nothing_of_another(sqlite_database: Database) -> None:
    notice = hanging(sqlite_database)
    with sqlite_database.writing() as session:
        governing.found_village(session, code=NEIGHBOUR, name="竹源村", by=LI, at=NOW)

    assert shown(sqlite_database, village=NEIGHBOUR)["notices"].papers == ()
    with sqlite_database.reading() as session, pytest.raises(NoticeUnknown):
        disclosure.notice_in_full(session, village=NEIGHBOUR, notice=notice.id, at=NOW)
