"""A village in which every table holds rows: the month of `month.py`, and all else that its people do."""

from contextlib import suppress
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

import pyotp
from sqlmodel import Session

from pointsbank import (
    approvals,
    boards,
    card_visits,
    ceremonies,
    claims,
    governing,
    grades,
    helping,
    households,
    indices,
    inspections,
    jobs,
    keepers,
    market,
    panels,
    publicity,
    questions,
    roster,
    score_sheets,
    scoring,
    spot_checks,
    staff,
    titles,
    villages,
    walls,
    year_end,
)
from pointsbank.database import Database
from pointsbank.errors import Problem
from pointsbank.inspections import NewFault
from pointsbank.market.hours import Hours, set_opening_hours
from pointsbank.market.pins import PinDigest
from pointsbank.points import Points, whole
from pointsbank.scoring import AgendaLine, ScoreRow, base_granting
from pointsbank.staff import second_factor
from pointsbank.staff.access_log import log_access
from pointsbank.staff.passwords import PasswordHash
from tests.attachments.scene import jpeg
from tests.builders import CLERK, COMMITTEE, SUPERVISOR, VILLAGE
from tests.founding import founded_once
from tests.proof import month
from tests.proof.month import DEPUTY, on


@founded_once
def live(database: Database) -> None:
    """The whole month up to its close, then what follows it; each act in a write of its own."""
    hire(database)
    month.begin(database)
    place_in_township(database)
    adopt_colours(database)
    scores = month.meet(database)
    month.object_and_settle(database, scores)
    month.spend(database)
    month.think_again(database)
    month.take_stock(database)
    object_to_a_listing(database)
    month.warn(database)
    adopt_indices(database)
    month.close(database)
    follow_a_warning(database)
    put_right(database, scores)
    draw_entries(database)
    card = keep_shop(database)
    look_after_people(database)
    divide_the_village(database)
    come_in(database)
    ask_for_a_pin(database, card)
    begin_october(database)
    call_together(database)
    claim_deeds(database)
    look_after_places(database)
    remind(database)
    score_on_paper(database)
    inspect(database)
    announce(database)
    answer_questions(database)
    honour_households(database)
    veto(database)
    judge(database)
    give_base(database)
    serve_at_the_counter(database)
    leave_boards(database)
    print_a_month(database)
    praise_deeds(database)
    end_the_year(database)
    decline_a_correction(database)


def decline_a_correction(database: Database) -> None:
    """The warning was wrong after all; its household would rather that nothing hangs any more."""
    common = {"village": VILLAGE, "at": on(20, month=1).replace(year=2027)}
    with database.writing() as session:
        [one] = (
            each.id
            for each in boards.listings(session, village=VILLAGE)
            if each.board == "black" and each.status == "up"
        )
        said = {"listing": one, "raised_by": "本户", "reason": "认错了户", "by": CLERK}
        objection = boards.object_to_listing(session, **said, **common)
        answer = {"objection": objection.id, "upheld": True, "reason": "看过", "by": SUPERVISOR}
        boards.decide_listing_objection(session, **answer, **common)
        publicity.decline_listing_correction(session, listing=one, by=COMMITTEE, **common)


def end_the_year(database: Database) -> None:
    """What is left of the year's points is cleared in January, and undone: everybody has what was there."""
    common = {"village": VILLAGE, "by": COMMITTEE}
    rule = {"points": "clear", "resolution": "2026年村民会议", "from_date": date(2026, 10, 1)}
    due, later = (on(day, month=1).replace(year=2027) for day in (10, 12))
    run = {"year": 2026, "second": SUPERVISOR, **common}
    with database.writing() as session:
        year_end.adopt_rule(session, **rule, **common, at=on(30, 11))
    with database.writing() as session:
        base_granting.give_base(session, **common, at=due)
    with database.writing() as session:
        year_end.post_run(session, **run, at=due)
    with database.writing() as session:
        year_end.undo_run(session, **run, reason="决议的日期看错了", at=later)


def follow_a_warning(database: Database) -> None:
    """The household on the black board is helped, barred from titles, contests the fact, and is looked at."""
    at = {"village": VILLAGE, "at": on(2, 9, month=10)}
    with database.writing() as session:
        [one] = (
            each.id
            for each in boards.listings(session, village=VILLAGE)
            if each.board == "black" and each.status == "up"
        )
        common = {**at, "listing": one, "by": DEPUTY}
        who = boards.listing(session, village=VILLAGE, listing_id=one).participant.id
        helping.assign_helper(session, name="龙凤泉", **common)
        helping.record_visit(session, on=on(2, month=10).date(), form="talk", words="答应清走", **common)
        walls.put_up_listing(session, place="村口", size="a4", **common)
        until = {"ends_on": date(2026, 12, 31), "second": SUPERVISOR}
        roster.bar(session, participant=who, kinds=["titles"], why="拒不整改", **until, **common)
        boards.report_put_right(session, **common)
        boards.record_seen(session, is_put_right=False, words="还堆着一半", **common)
        contested = {"raised_by": "本户", "reason": "不是我家的", "listing": one, "by": CLERK}
        objection = boards.object_to_fact(session, **contested, **at)
        decided = {"objection": objection.id, "upheld": False, "reason": "看过", "by": SUPERVISOR}
        boards.decide_fact_objection(session, **decided, **at)


def leave_boards(database: Database) -> None:
    """A household signs to stand on no board, and to come back; it looks at its own page."""
    common = {"village": VILLAGE, "by": COMMITTEE, "at": on(30, 10)}
    signed = {"participant": "0202", "signed_on": on(30, 10).date()}
    with database.writing() as session:
        who = roster.by_code(session, village=VILLAGE, code="0202").id
        [card] = roster.issue(session, participants=[who], **common)
        roster.hand_out(session, cards=[card.id], **common)
        assert card_visits.begin(session, text=card.token, at=common["at"])
        boards.leave(session, **signed, **common)
    with database.writing() as session:
        boards.rejoin(session, **signed, **common)


def praise_deeds(database: Database) -> None:
    """Two kinds of praise are adopted, one ends; a household is praised for what it did."""
    common = {"village": VILLAGE, "by": COMMITTEE, "at": on(12, 12, month=10)}
    day = common["at"].date()
    kind = {"about": "院里院外干净整齐", "applies_to": "household", "places": 5, "span": "month"}
    with database.writing() as session:
        adopted = {"resolution": month.RESOLUTION, "on": day, **kind, **common}
        courtyard = boards.adopt_kind(session, name="美丽庭院", **adopted)
        over = boards.adopt_kind(session, name="清洁户", **adopted)
        boards.end_kind(session, kind=over.id, resolution=month.RESOLUTION, on=day, **common)
        [praised] = boards.propose_praise(
            session,
            month="2026-10",
            kind=courtyard.id,
            participants=["0102"],
            deed="院里种花，柴草堆放整齐",
            proposer=boards.Proposer("person", "0201"),
            **common,
        )
    with database.writing() as session:
        votes = {"votes_for": 9, "votes_against": 1, "on": day}
        boards.decide(session, listing=praised.id, **votes, **common)


def hire(database: Database) -> None:
    """Somebody with a role everywhere."""
    with database.writing() as session:
        governing.add_staff(
            session,
            login="township",
            password=PasswordHash("$argon2id$township"),
            name="镇里",
            roles=[(None, "admin")],
            by="operator",
            at=on(1, month=8),
        )


def place_in_township(database: Database) -> None:
    """The village lies in a township, of which somebody sees the totals."""
    common = {"by": "operator", "at": on(1, month=8)}
    with database.writing() as session:
        hekou = governing.make_township(session, name="河口镇").id
        governing.place_village(session, village=VILLAGE, township=hekou, **common)
        governing.add_staff(
            session,
            login="he",
            password=PasswordHash("$argon2id$he"),
            name="何干事",
            roles=[(staff.township_place(hekou), "county")],
            **common,
        )


def object_to_a_listing(database: Database) -> None:
    """A household is proposed for the black board, objects, and is right."""
    with database.writing() as session:
        listing = boards.propose_black(
            session,
            village=VILLAGE,
            month=month.MONTH,
            participant="0201",
            rule="HJ08",
            fact="门前垃圾未清理",
            by=DEPUTY,
            at=on(10),
        ).id
        objection = boards.object_to_listing(
            session, village=VILLAGE, listing=listing, raised_by="本户", reason="已清理", by=CLERK, at=on(11)
        )
    with database.writing() as session:
        boards.decide_listing_objection(
            session,
            village=VILLAGE,
            objection=objection.id,
            upheld=True,
            reason="现场已清理",
            by=SUPERVISOR,
            at=on(12),
        )


def adopt_indices(database: Database) -> None:
    """What counts into the index of the environment, from this month on."""
    rule = indices.NewRule("environment", ("环境卫生",))
    adopted = {"resolution": "村民会议", "from_month": month.MONTH, "by": COMMITTEE, "at": on(25)}
    with database.writing() as session:
        indices.adopt_rules(session, village=VILLAGE, rules=[rule], **adopted)


def print_a_month(database: Database) -> None:
    """A long print that waits."""
    asked = {"kind": "month", "title": "九月", "options": {"month": month.MONTH}}
    with database.writing() as session:
        jobs.request_run(session, village=VILLAGE, **asked, by=COMMITTEE, at=on(12, month=10))


def put_right(database: Database, scores: list[scoring.Score]) -> None:
    """One posted score counts more at once; one taken away hangs, and an objection finds a deed missing."""
    common = {"village": VILLAGE, "by": COMMITTEE, "at": on(30, 8)}
    volunteered, member = scores[1], scores[7]
    for score, changes in ((member, {"quantity": 300}), (volunteered, {"struck": True})):
        with database.writing() as session:
            asked = scoring.instead_of(session, village=VILLAGE, score=score.id, given=changes)
            made = publicity.correct_score(
                session, score=score.id, should_be=asked, reason="数错了", second=SUPERVISOR, **common
            )
    with database.writing() as session:
        raised = publicity.raise_objection(
            session,
            village=VILLAGE,
            score=made.score_id,
            raised_by="本户",
            reason="去过，另一天漏记了",
            by=CLERK,
            at=on(30, 8),
        ).id
    with database.writing() as session:
        publicity.decide_objection(
            session,
            village=VILLAGE,
            objection=raised,
            upheld=True,
            reason="另一天有签到",
            missing=scoring.ShouldBe("0101", "GY01", date(2026, 9, 12), 200),
            by=SUPERVISOR,
            at=on(30, 8),
        )


def keep_shop(database: Database) -> str:
    """Prices, hours, a delivery, a refused scan, a household's PIN; return what its card has in its code."""
    common = {"village": VILLAGE, "by": CLERK, "at": on(30, 9)}
    with database.writing() as session:
        market.set_price(session, goods="SP01", points=Points(450), **common)
        market.move_stock(
            session,
            goods="SP01",
            request_id="delivery-0001",
            kind="received",
            quantity=5,
            note="镇里送来",
            **common,
        )
        set_opening_hours(session, hours=[Hours(1, time(8), time(18)), Hours(5, time(8), time(12))], **common)
        wang = roster.by_code(session, village=VILLAGE, code="0101").id
        [card] = roster.issue(session, participants=[wang], **common)
        roster.hand_out(session, cards=[card.id], **common)
        pin = PinDigest("$argon2id$pin")
        market.set_pin(session, participant=wang, pin=pin, card=card.id, second=COMMITTEE, **common)
        log_access(session, participant=wang, **common)
        staff.record_export(session, list_name="roster", form="xlsx", rows=12, **common)
    with suppress(Problem):
        market.try_scan(database, text="0YMS", **common)
    return card.token


def draw_entries(database: Database) -> None:
    """Dice draw all entries, a slip of theirs is put right, two people look, two sign."""
    at = on(30, 9)
    for person, role in ((COMMITTEE, "committee"), (SUPERVISOR, "supervisor")):
        with database.writing() as session:
            governing.set_roles(session, person=person, roles=[(VILLAGE, role)], by=person, at=at)
    common = {"village": VILLAGE, "month": month.MONTH, "at": at}
    thrown = {"thrower": "0101", "witness": "0303"}
    with database.writing() as session:
        spot_checks.plan(session, by=SUPERVISOR, **common)
        spot_checks.throw(session, dice="3164522613", by=SUPERVISOR, **thrown, **common)
    with database.writing() as session:
        right = {"dice": "3164522614", "reason": "最后一个数看错了"}
        drawn = spot_checks.throw(session, **right, **thrown, by=COMMITTEE, **common).drawn
        found = {index: spot_checks.Found("true") for index in drawn}
        found[drawn[-1]] = spot_checks.Found("not_findable", "那天没有人在场")
        spot_checks.answer(session, answers=found, first="0302", second="0303", by=SUPERVISOR, **common)
        spot_checks.sign(session, by=SUPERVISOR, **common)
        spot_checks.sign(session, by=COMMITTEE, **common)


def look_after_people(database: Database) -> None:
    """Staff with roles here, consents, a name put right, one household closed."""
    common = {"village": VILLAGE, "by": COMMITTEE, "at": on(30, 10)}
    with database.reading() as session:
        group = villages.group_by_name(session, village=VILLAGE, name="一组").id
    corrected = month.table("roster", "户号,户主,小组,人口\n0303,李秀英,三组,4\n")
    with database.writing() as session:
        governing.add_staff(
            session,
            login="chen",
            password=PasswordHash("$argon2id$chen"),
            name="陈店员",
            roles=[(VILLAGE, "clerk"), (staff.group_place(VILLAGE, group), "leader")],
            by="operator",
            at=common["at"],
        )
        publicity.give_consent(session, participant="0101", **common)
        publicity.give_consent(session, participant="0202", **common)
        publicity.withdraw_consent(session, participant="0202", **common)
        roster.import_roster(session, table=corrected, **common)
        households.close(
            session, participant="0203", decision="全家迁往县城", request_id="closing-0001", **common
        )


def divide_the_village(database: Database) -> None:
    """So many groups at once that they are told in a batch; one gets another name."""
    common = {"village": VILLAGE, "by": COMMITTEE, "at": on(30, 10)}
    with database.writing() as session:
        new = villages.add_groups(
            session, village=VILLAGE, names=[f"{number}号院" for number in range(1, 31)]
        )
        roster.record_groups(session, new, **common)
    with database.writing() as session:
        governing.rename_group(session, group=new[4].id, name="桥头院", **common)


def come_in(database: Database) -> None:
    """A clerk with a telephone, recovery codes, a browser and a token; somebody guesses at the login."""
    at = on(30, 11)
    with database.writing() as session:
        chen = staff.by_login(session, login="chen").id
        second_factor.begin_enrolment(session, by=chen, at=at)
        begun = second_factor.enrolment(session, by=chen, at=at)
        assert begun is not None
        staff.make_recovery_codes(session, by=chen, at=at)
        staff.make_token(session, login="chen", name="收银程序", by=chen, at=at)
        staff.begin(session, staff=chen, at=at)
    code = pyotp.TOTP(begun.secret).at(at)
    counting = second_factor.counting_codes(database, person=chen, place=chen, at=at)
    with counting, database.writing() as session:
        second_factor.confirm_enrolment(session, code=code, by=chen, at=at)
    for _ in range(8):
        staff.count_tries(database, staff.Try("sign_in", "chen\naddress 10.0.0.9"), at=at)
    staff.count_tries(database, staff.Try("sign_in", "li\naddress 10.0.0.9"), at=at)


def ask_for_a_pin(database: Database, card: str) -> None:
    """A clerk asks for a new PIN, takes that back, and asks again; nobody has confirmed it yet."""
    with database.reading() as session:
        chen = staff.by_login(session, login="chen").id
    common = {"village": VILLAGE, "by": chen, "at": on(30, 11)}
    for withdrawn in (True, False):
        scan = market.try_scan(database, text=card, **common)
        with database.writing() as session:
            made = approvals.request_pin(
                session, scan_ticket=scan.scan_ticket, pin=PinDigest("$argon2id$new"), **common
            )
            if withdrawn:
                approvals.withdraw(session, approval=made.id, **common)


def begin_october(database: Database) -> None:
    """A note to old minutes, a new meeting under way, a draft of new rules, a count that is not finished."""
    common = {"village": VILLAGE, "by": COMMITTEE, "at": on(9, month=10)}
    with database.writing() as session:
        [old] = scoring.meetings(session, village=VILLAGE)
        scoring.add_note(session, meeting=old.id, text="更正：缺席一人。", **common)
        meeting = scoring.open_meeting(
            session, held_on=date(2026, 10, 9), title="十月评议会", judges=["李主任"], **common
        ).id
        rows = [
            ScoreRow("0101", "HJ01", date(2026, 10, 3), note="主动清扫"),
            ScoreRow("0102", "HJ01", date(2026, 10, 4)),
            # Enough to be told in a batch, which waits for the meeting's close.
            *(
                ScoreRow(code, "HJ08", date(2026, 10, day))
                for code in ("0101", "0102", "0201", "0202", "0301", "0302", "0303")
                for day in range(3, 8)
            ),
        ]
        entered = scoring.enter_scores(session, meeting=meeting, rows=rows, **common)
        scoring.withdraw_score(session, score=entered[1].id, reason="记错了户", **common)
        market.begin_stocktake(session, request_id="stocktake-again", note="十月盘点", **common)


def call_together(database: Database) -> None:
    """A group's panel with an elder whose relative lives there, its meeting under way, and one called."""
    common = {"village": VILLAGE, "by": COMMITTEE, "at": on(9, 12, month=10)}
    with database.writing() as session:
        group = villages.groups(session, village=VILLAGE)[0].id
        made = {"kind": "group", "name": "头组评议小组", "rule": "trimmed", "groups": [group]}
        panel = panels.make_panel(session, **made, **common).id
        mine = common | {"panel_id": panel}
        panels.add_member(session, name="龙凤泉", seat="village_elder", household="0101", **mine)
        panels.name_relative(session, number=1, household="0102", relation="sibling", **mine)
        scoring.convene(
            session,
            title="头组评议会",
            agenda=[AgendaLine("scores")],
            panel=panel,
            judges=["李主任"],
            **common,
        )
        ahead = {
            "day": date(2026, 10, 20),
            "title": "又一次评议会",
            "agenda": [AgendaLine("red_board")],
            "panel": panel,
        }
        scoring.call_meeting(session, **ahead, **common)


def claim_deeds(database: Database) -> None:
    """Deeds that people report: one looked at by its group, one with a photo that waits, one declined."""
    common = {"village": VILLAGE, "by": COMMITTEE, "at": on(9, 13, month=10)}
    clean, hours = {"item": "HJ01", "words": "扫了村口的路"}, {"item": "GY01", "words": "值了两小时班"}
    with database.writing() as session:
        first = claims.file(session, participant="0201", occurred_on=date(2026, 10, 8), **clean, **common)
        seen = common | {"by": SUPERVISOR}
        claims.give_opinion(session, claim=first.id, supported=True, words="看见了", **seen)
        second = claims.file(
            session,
            participant="0202",
            occurred_on=date(2026, 10, 7),
            quantity=Decimal(2),
            photos=[jpeg()],
            **hours,
            **common,
        )
        blurred = claims.add_photo(session, claim=second.id, photo=jpeg(7), **common)
        claims.withdraw_photo(session, claim=second.id, attachment=blurred.id, **common)
        last = claims.file(session, participant="0301", occurred_on=date(2026, 10, 6), **clean, **common)
        meeting = open_meeting(session)
        claims.decline(session, claim=last.id, meeting=meeting.id, reason="那天没有评这一条", **common)


def announce(database: Database) -> None:
    """Limits; a wedding that is moved, pledged, seen, decided with a score; a funeral that is cancelled."""
    common = {"village": VILLAGE, "by": COMMITTEE, "at": on(12, 9, month=10)}
    resolved = {"resolution": "2026年村民会议", "from_date": date(2026, 1, 1)}
    plan = {"place": "自家院子", "tables": 12, "cars": 6}
    with database.writing() as session:
        ceremonies.adopt_limits(session, **resolved, tables=15, ahead_days=7, **common)
        day = date(2026, 10, 13)
        wedding = ceremonies.announce(
            session, participant="0202", kind="wedding", held_on=day, **plan, words="只办一天", **common
        )
        moved = {"held_on": date(2026, 10, 12), "reason": "日子换了一天"}
        ceremonies.change(session, ceremony_id=wedding.id, **moved, **common)
        ceremonies.sign_pledge(session, ceremony_id=wedding.id, signed_on=date(2026, 10, 12), **common)
        other = ceremonies.announce(
            session, participant="0301", kind="funeral", held_on=date(2026, 10, 10), **plan, **common
        )
        ceremonies.change(session, ceremony_id=other.id, held_on=None, reason="不办酒席", **common)
    seen = {"elder_kind": "worthy", "elder_name": "吴德贵", "tables": 12, "cars": 6, "days": 1}
    with database.writing() as session:
        later = common | {"at": on(12, 10, month=10)}
        ceremonies.report(session, ceremony_id=wedding.id, **seen, kept=True, photos=[jpeg(9)], **later)
        meeting = open_meeting(session)
        outcome = {"ceremony_id": wedding.id, "meeting": meeting.id, "kept": True}
        ceremonies.decide(session, **outcome, **later)
        ceremonies.put_back(session, ceremony_id=wedding.id, **later)
        ceremonies.decide(session, **outcome, item="HJ01", reason="都照约定", **later)


def answer_questions(database: Database) -> None:
    """One asked by a household, passed on and answered twice; one without a name that is taken back."""
    common = {"village": VILLAGE, "at": on(12, 11, month=10)}
    with database.writing() as session:
        by_chen = common | {"by": CLERK}
        asked = questions.record(
            session, kind="doubt", words="扣分前提醒了没有？", participant="0202", **by_chen
        )
        other = questions.record(session, kind="suggestion", words="周末也开半天", **by_chen)
        questions.withdraw(session, question_id=other.id, **by_chen)
        here = {"question_id": asked.id, **common, "by": staff.by_login(session, login="township").id}
        questions.pass_on(session, role="admin", **here)
        questions.answer(session, words="提醒过一次。", **here)
        questions.answer(session, words="当面说清了。", published=False, reason="one_household", **here)


def look_after_places(database: Database) -> None:
    """A keeper walks, is checked three times badly, seen again, one check struck; people decide."""
    common = {"village": VILLAGE, "by": COMMITTEE, "at": on(9, 14, month=10)}
    resolved = {"resolution": "2026年村民会议", "from_date": date(2026, 9, 1)}
    check = {"keeper": "G01", "place": "村口公厕", "checker": "李卫东"}
    item = keepers.CheckItem("地面干净", whole(100), whole(10))
    with database.writing() as session:
        roster.add(session, code="G01", name="周福生", kind="keeper", **common)
        keepers.adopt_list(session, items=[item], **resolved, **common)
        keepers.record_patrol(
            session, keeper="G01", place="村口", patrolled_on=date(2026, 10, 8), words="清了垃圾", **common
        )
        bad = {"checked_on": date(2026, 10, 8), "faults": {1: 9}}
        made = [keepers.record_check(session, **check, **bad, words=str(one), **common) for one in range(4)]
        last = {"checked_on": date(2026, 10, 9), "faults": {1: 8}, "due_on": date(2026, 10, 10)}
        seen = keepers.record_check(session, **check, **last, photos=[jpeg(5)], **common)
        keepers.recheck(session, check=seen, put_right=[1], **common)
        keepers.strike_check(session, check=made[0], reason="登记了两次", **common | {"by": SUPERVISOR})
        keepers.decide_failing(
            session,
            keeper="G01",
            words="再试用一个月",
            resolution="村委会会议",
            decided_on=date(2026, 10, 9),
            **common,
        )


def adopt_colours(database: Database) -> None:
    """A table of three colours before the month ends, by which it is graded when it is closed."""
    common = {"village": VILLAGE, "by": COMMITTEE, "at": on(2)}
    resolved = {"resolution": "2026年村民会议", "from_date": date(2026, 9, 1)}
    how = {"kinds": ["household"], "period": "month", "measured_on": "honour_sum"}
    written = {"蓝": "10以上", "黄": "0不到10", "红": "低于0"}
    bands = [grades.Band(name, "", grades.read_range(marks), "表彰") for name, marks in written.items()]
    with database.writing() as session:
        grades.adopt_table(session, name="文明三色", bands=bands, **how, **resolved, **common)


def remind(database: Database) -> None:
    """What a band of the closed month asks for is done for one household."""
    common = {"village": VILLAGE, "by": COMMITTEE, "at": on(9, 14, month=10)}
    done = {"participants": ["0101"], "done_on": date(2026, 10, 9), "done_by": "李卫东"}
    with database.writing() as session:
        grades.mark_done(session, table=1, period=month.MONTH, **done, **common)


def honour_households(database: Database) -> None:
    """A title that is given, found wanting, put right, lost; one that is objected to; a letter."""
    at = on(12, 9, month=10)

    def here(days: int, by: str = COMMITTEE) -> dict[str, Any]:
        return {"village": VILLAGE, "by": by, "at": at + timedelta(days=days)}

    kind = {"holder": "household", "months": 6, "barred_months": 12, "years": 1, "notice_days": 1}
    rule = {"name": "清洁户", "criteria": ["院内干净"], "benefits": [("免费体检一次", 12)], **kind}
    with database.writing() as session:
        titles.adopt_kind(session, **rule, resolution="2026年村民会议", from_date=date(2026, 1, 1), **here(0))
        named = {"kind": "清洁户", "nominated_by": "panel", "reason": "门前常年干净"}
        one, other = (
            titles.nominate(session, participant=code, **named, **here(0)) for code in ("0202", "0302")
        )
        mine = {"title_id": one.id}
        for each in (one, other):
            titles.check(session, title_id=each.id, met={1: True}, **here(0))
        titles.vote(session, votes=[titles.Vote(one.id, 5, 1), titles.Vote(other.id, 4, 2)], **here(0))
        titles.hang(session, title_ids=[one.id, other.id], place="村务公开栏", **here(0))
        said = {"title_id": other.id, "raised_by": "匿名", "reason": "门前没有扫"}
        objection = titles.object_to_title(session, **said, **here(0, CLERK)).id
        titles.decide_title_objection(
            session, objection=objection, upheld=True, reason="属实", **here(1, SUPERVISOR)
        )
        titles.give(session, **mine, **here(2))
        titles.note_benefit(session, **mine, benefit=1, given=True, **here(2))
        titles.recommend(session, **mine, to="镇文明办", **here(3))
        for days in (4, 8):
            titles.check(session, **mine, met={1: False}, **here(days))
            titles.take_off(
                session,
                **mine,
                reason="门前堆放杂物",
                until=(at + timedelta(days=days + 1)).date(),
                **here(days),
            )
            titles.check(session, **mine, met={1: days == 4}, **here(days + 2))
            if days == 4:
                titles.give_back(session, **mine, **here(7))
        titles.lose(session, **mine, reason="到期没有清理", **here(11, SUPERVISOR))
        personal = rule | {"name": "好媳妇", "holder": "person"}
        titles.adopt_kind(
            session, **personal, resolution="2026年村民会议", from_date=date(2026, 1, 1), **here(0)
        )
        told = {"person": "李梅花", "agreed_on": at.date(), "nominated_by": "panel"}
        her = titles.nominate(session, kind="好媳妇", participant="0201", **told, **here(11)).id
        titles.withdraw_name(session, title_id=her, **here(11))
        titles.agree_to_name(session, title_id=her, **here(11))
        letter = titles.write_letter(
            session, kind="thanks", participant="0202", deed="修好村里的路灯", **here(11)
        )
        titles.bring_letter(session, letter_id=letter.id, **here(11))


def open_meeting(session: Session) -> scoring.Meeting:
    """One of a panel that judges every group: ids decide which of a day's meetings stands first."""
    known = [one for one in scoring.meetings(session, village=VILLAGE) if one.status == "open"]
    return next(one for one in known if not scoring.minutes_of(session, one, village=VILLAGE).area)


def score_on_paper(database: Database) -> None:
    """A page that is printed, read from two photos, and entered."""
    common = {"village": VILLAGE, "by": COMMITTEE, "at": on(9, 14, month=10)}
    with database.writing() as session:
        meeting = open_meeting(session)
        whose = roster.by_code(session, village=VILLAGE, code="0201")
        page = score_sheets.PagePrinted(
            "7K3M9QWXYZ", str(whose.group_id), "7K3M9QWXYZ", 1, 1, ("HJ01", "HJ08"), (whose.id,)
        )
        score_sheets.keep_printed(session, meeting=meeting.id, pages=[page], **common)
        found = {"meeting": meeting.id, "number": page.number, "rows": 1, "columns": 2, "answers": "x?"}
        score_sheets.take_in(session, photo=jpeg(3), cutouts=jpeg(4), **found, **common)
        score_sheets.take_in(session, photo=jpeg(5), cutouts=jpeg(6), **found, **common)
        score_sheets.enter(
            session, number=page.number, reading=2, ticks="x.", day=date(2026, 10, 9), **common
        )


def inspect(database: Database) -> None:
    """A walk through a group: one household mended, one left alone, scored and undone."""
    common = {"village": VILLAGE, "by": COMMITTEE, "at": on(9, 14, month=10)}
    again = common | {"at": on(10, 1, month=10)}
    seen = {"verdict": "dirty", "due_on": date(2026, 10, 10), "faults": [NewFault("HJ08")]}
    with database.writing() as session:
        group = roster.by_code(session, village=VILLAGE, code="0301").group_id
        walk = {"round_id": inspections.begin_round(session, group=group, **common).id}
        codes = [one.code for one in inspections.walking_order(session, village=VILLAGE, group=group)]
        inspections.set_walking_order(session, group=group, places={codes[-1]: 1}, **common)
        mended, left = (
            inspections.hand_over(session, participant=code, photos=[jpeg(9)], **walk, **seen, **common)
            for code in codes[:2]
        )
        inspections.recheck(session, inspection_id=mended.id, found={1: "put_right"}, **again)
        inspections.recheck(session, inspection_id=left.id, found={1: "left"}, **again)
        [meeting, *_] = (
            one
            for one in scoring.meetings(session, village=VILLAGE)
            if one.status == "open" and "头组" not in one.title
        )
        scored = {"faults": [(left.id, 1)], "meeting": meeting.id}
        [score] = inspections.take_over(session, **scored, **again)
        inspections.withdraw_score(session, score=score.id, **again)
        inspections.decline(
            session, inspection_id=left.id, fault=1, meeting=meeting.id, reason="路不通", **again
        )
        inspections.end_round(session, **walk, **again)


def veto(database: Database) -> None:
    """Two households are kept from the counter and the red board; one of them puts the matter right."""
    common = {"village": VILLAGE, "by": COMMITTEE, "at": on(9, 14, month=10)}
    rows = [ScoreRow(code, "HJ09", date(2026, 10, 8)) for code in ("0302", "0303")]
    with database.writing() as session:
        meeting = scoring.open_meeting(
            session, held_on=date(2026, 10, 9), title="临时评议会", judges=["李主任"], **common
        ).id
        scores = [one.id for one in scoring.enter_scores(session, meeting=meeting, rows=rows, **common)]
        scoring.close_meeting(session, meeting=meeting, **common)
        scoring.publish(session, village=VILLAGE, meeting=meeting)
        scoring.settle_scores(session, scores=scores, **common)
    with database.writing() as session:
        roster.lift(session, score=scores[0], reason="已清运", second=SUPERVISOR, **common)


def judge(database: Database) -> None:
    """Three judges mark what is before them: one household has its score, one waits, one was dropped."""
    common = {"village": VILLAGE, "by": COMMITTEE, "at": on(9, 14, month=10)}
    with database.writing() as session:
        meeting = scoring.convene(
            session, title="庭院评议会", place="祠堂", judges=["李主任", "石老三", "吴秀英"], **common
        ).id
        mine = common | {"meeting": meeting}
        day = date(2026, 10, 9)
        put = {"item": "HJ03", "occurred_on": day}
        drawn, waits, dropped = scoring.put_up(session, codes=["0101", "0102", "0201"], **put, **mine)
        for place, way in enumerate(("screen", "paper", "phone"), start=1):
            marks = {drawn.id: whole(place + 2), **({} if place == 3 else {waits.id: whole(3)})}
            scoring.give_marks(session, position=place, marks=marks, way=way, **mine)
        scoring.draw_result(session, case=drawn.id, **mine)
        scoring.drop_case(session, case=dropped.id, **mine)
        scoring.show_code(session, position=2, **mine)


def give_base(database: Database) -> None:
    """A version of the scheme that gives 12 points a year, taken back at its end; they are given."""
    common = {"village": VILLAGE, "by": COMMITTEE, "at": on(9, 14, month=10)}
    row = {"code": "JC01", "title": "文明驾照分", "direction": "加分", "points": "12", "cap_period": "年"}
    row |= {"shape": "基础分", "at_period_end": "清零", "consequence": "红榜"}
    with database.writing() as session:
        scheme = scoring.scheme_on(session, village=VILLAGE, day=date(2026, 10, 1)).id
        known = [scoring.item_cells(one) for one in scoring.items_of(session, village=VILLAGE, scheme=scheme)]
        scoring.import_scheme(
            session,
            table=scoring.scheme_table([*known, row]),
            resolution="村民代表会议第9号决议",
            from_date=date(2026, 10, 1),
            **common,
        )
        base_granting.give_base(session, **common)


def serve_at_the_counter(database: Database) -> None:
    """Somebody enters at the counter what two households did; the day is closed, and hangs with its week."""
    common = {"village": VILLAGE, "by": CLERK}
    with database.writing() as session:
        near = {"login": "township", "household": "0303", "relation": "own"}
        panels.note_kin(session, **near, village=VILLAGE, by=COMMITTEE, at=on(9, 15, month=10))
    for number, code in enumerate(("0101", "0102")):
        with database.writing() as session:
            deed = {"participant": code, "item": "GY01", "quantity": 1, "request_id": f"counter-{number}"}
            scoring.enter_at_counter(session, **deed, **common, at=on(9, 15, month=10))
    with database.writing() as session:
        book = scoring.day_book_on(session, village=VILLAGE, day=date(2026, 10, 9))
        today = {"today": date(2026, 10, 10), "at": on(10, month=10)}
        scoring.close_day_book(session, day_book=book.id, **today, **common)
    with database.writing() as session:
        publicity.gather_day_books(session, **common, at=on(12, month=10))
