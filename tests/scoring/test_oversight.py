"""Oversight: what judges' relatives got, which items are used, how long it takes till deeds are posted."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from pointsbank import scoring
from pointsbank.scoring import Period
from pointsbank.scoring.oversight.item_use import Use, put_together
from pointsbank.scoring.oversight.kin_scores import OWN, KinScore, gather_kin
from pointsbank.scoring.oversight.pace import MonthPace, within
from pointsbank.scoring.oversight.period import PeriodInvalid
from tests.builders import NOW
from tests.publicity.desk import Desk, august, desk
from tests.scoring.calling import LONG, Kept, keep
from tests.scoring.judging import judge
from tests.scoring.panel import AUGUST

YEAR = Period("2025-10", "2026-09")
TODAY = NOW.date()


@pytest.fixture
def kept(database) -> Kept:
    return keep(database)


def kin(kept: Kept, period: Period = YEAR) -> set[tuple[object, ...]]:
    """What judges' households got: whose, how related, how many, plus, minus, not recused."""
    found = kept.read(scoring.kin_scores, period=period)
    return {(one.judge, one.relation, one.entries, one.plus, one.minus, one.open) for one in found}


def use(kept: Kept, period: Period = YEAR) -> dict[str, tuple[int, int, int, int, str]]:
    """What items came to: entries, households, counted, made smaller, and the state."""
    found = kept.read(scoring.item_use, period=period, today=TODAY)
    return {
        one.code: (one.entries, one.households, one.counted, one.capped, one.state)
        for one in found
        if one.entries
    }


def test_own_and_relatives_households_are_listed_with_who_was_recused(kept: Kept) -> None:
    meeting = kept.convene()
    rows = [scoring.ScoreRow(code, "助邻", AUGUST) for code in ("0101", "0201", "0302")]
    meeting.enter(*rows, scoring.ScoreRow("0101", "乱堆", AUGUST))

    assert kin(kept) == {
        ("龙凤泉", OWN, 2, 1000, -1000, 0),
        ("龙凤泉", "child", 1, 1000, 0, 0),
    }
    assert kin(kept, Period("2026-10", "2026-12")) == set()


def test_what_was_entered_before_the_relation_was_known_is_open(kept: Kept) -> None:
    meeting = kept.convene()
    kept.write(scoring.set_presence, meeting=meeting.meeting, position=LONG, present=False)
    meeting.enter(scoring.ScoreRow("0201", "助邻", AUGUST))
    kept.write(scoring.set_presence, meeting=meeting.meeting, position=LONG, present=True)

    assert kin(kept) == {("龙凤泉", "child", 1, 1000, 0, 1)}


def test_relatives_of_who_was_not_there_are_not_listed(kept: Kept) -> None:
    meeting = kept.convene()
    kept.write(scoring.set_presence, meeting=meeting.meeting, position=LONG, present=False)
    meeting.enter(scoring.ScoreRow("0201", "助邻", AUGUST))

    assert kin(kept) == set()


def test_what_was_withdrawn_is_not_counted(kept: Kept) -> None:
    meeting = kept.convene()
    [score, _] = meeting.enter(*(scoring.ScoreRow(code, "助邻", AUGUST) for code in ("0101", "0302")))
    kept.write(scoring.withdraw_score, score=score.id)

    assert kin(kept) == set()
    assert use(kept) == {"助邻": (1, 1, 1000, 0, "usual")}


def stands(at: Desk) -> list[tuple[str, int, int]]:
    """What items count of a desk's scores: code, entries, counted."""
    found = at.panel.read(scoring.item_use, period=YEAR, today=TODAY)
    return [(one.code, one.entries, one.counted) for one in found if one.entries]


def test_while_a_correction_hangs_the_old_score_counts(database) -> None:
    at = desk(database, august("0101", "志愿", quantity=Decimal(3)))
    made = at.correct(at.scores[0], quantity=100)

    assert stands(at) == [("志愿", 1, 600)]
    at.settle(made)
    assert stands(at) == [("志愿", 1, 200)]


def test_of_a_score_that_is_put_right_what_stands_is_counted(database) -> None:
    at = desk(database, august("0101", "志愿", quantity=Decimal(3)))
    taken = at.correct(at.scores[0], struck=True)

    assert stands(at) == [("志愿", 1, 600)]
    at.settle(taken)
    assert stands(at) == []


def test_a_correction_that_gives_more_is_counted_in_place_of_the_old_score(database) -> None:
    at = desk(database, august("0101", "志愿", quantity=Decimal(1)))
    at.correct(at.scores[0], quantity=300)

    [found] = [one for one in at.panel.read(scoring.item_use, period=YEAR, today=TODAY) if one.entries]
    assert (found.entries, found.counted) == (1, 600)
    [pace] = at.panel.read(scoring.month_paces, period=YEAR)
    assert pace.entries == 1


def test_an_item_that_meets_its_cap_is_named_and_one_never_used_too(kept: Kept) -> None:
    meeting = kept.convene()
    for day in (18, 19, 20):
        meeting.enter(scoring.ScoreRow("0302", "清扫", date(2026, 8, day)))

    assert use(kept) == {"清扫": (3, 1, 1200, 1, "capped")}
    found = kept.read(scoring.item_use, period=YEAR, today=TODAY)
    assert [one.code for one in found if one.state == "unused" and one.in_force] == [
        *("庭院", "志愿", "助邻", "乱堆", "宅旁", "时长", "捐助", "搬迁", "孝老", "否决", "拒清")
    ]


def test_days_run_from_the_deed_to_its_posting(kept: Kept) -> None:
    meeting = kept.convene()
    rows = [scoring.ScoreRow(code, "助邻", AUGUST) for code in ("0101", "0201", "0302")]
    scores = meeting.enter(*rows, scoring.ScoreRow("0302", "清扫", date(2026, 8, 1)))
    meeting.publish()
    assert kept.read(scoring.month_paces, period=YEAR) == []
    meeting.settle(*scores)

    [found] = kept.read(scoring.month_paces, period=YEAR)
    first, longest = (TODAY - AUGUST).days, (TODAY - date(2026, 8, 1)).days
    assert found == MonthPace("2026-08", 4, 0, first, longest, longest)
    assert kept.read(scoring.month_paces, period=Period("2026-09", "2026-09")) == []


@pytest.mark.parametrize(
    ("names", "open"), [("龙凤泉", 0), ("郝田发、龙凤泉", 0), ("龙凤泉泉", 1), ("郝田发", 1), ("", 1)]
)
def test_a_name_within_a_longer_one_is_another_s(names: str, open: int) -> None:
    one = KinScore("m", "九月评议会", TODAY, 1, "龙凤泉", "k3", OWN, "s1", 200, names)

    [found] = gather_kin([one])

    assert found.open == open


def test_two_who_enter_for_one_household_are_two_rows() -> None:
    one = KinScore("m", "九月评议会", TODAY, 1, "龙凤泉", "k3", OWN, "s1", 200, "龙凤泉")
    found = gather_kin([one, one, one._replace(entered_by="s2", counted_points=-300)])

    assert [(one.entered_by, one.entries, one.plus, one.minus) for one in found] == [
        ("s1", 2, 400, 0),
        ("s2", 1, 0, -300),
    ]


def test_versions_of_one_item_are_one_row_and_gone_items_come_last(kept: Kept) -> None:
    items = {one.code: one for one in kept.read(scoring.items, day=TODAY)}
    new, old = items["助邻"], items["清扫"]
    used = [Use("new", 3, 2, 300, 1, 0), Use("before", 4, 4, 400, 0, 0), Use("old", 1, 1, 100, 0, 0)]
    found = put_together([new], {"new": new, "before": new, "old": old}, used)

    assert [(one.code, one.in_force, one.entries, one.households, one.counted) for one in found] == [
        ("助邻", True, 7, 4, 700),
        ("清扫", False, 1, 1, 100),
    ]


@pytest.mark.parametrize(
    ("days", "half", "nine_of_ten"),
    [
        ({5: 1}, 5, 5),
        ({1: 9, 40: 1}, 1, 1),
        ({1: 89, 40: 11}, 1, 40),
        ({1: 1, 2: 1}, 1, 2),
        ({-1: 1, 3: 2}, 3, 3),
    ],
)
def test_so_many_of_a_hundred_were_posted_within(days: dict[int, int], half: int, nine_of_ten: int) -> None:
    assert (within(Counter(days), 50), within(Counter(days), 90)) == (half, nine_of_ten)


@pytest.mark.parametrize(
    ("entries", "late", "share"), [(0, 0, 0), (3, 1, 33), (3, 2, 67), (200, 1, 1), (201, 1, 0), (7, 7, 100)]
)
def test_the_share_of_late_entries_is_rounded_half_up(entries: int, late: int, share: int) -> None:
    assert MonthPace("2026-08", entries, late, 1, 1, 1).percent == share


@pytest.mark.parametrize(
    ("asked", "period"),
    [
        ({}, ("2025-10", "2026-09")),
        ({"first": "2026-01"}, ("2026-01", "2026-09")),
        ({"until": "2026-01"}, ("2025-02", "2026-01")),
        ({"first": "2027-01"}, ("2027-01", "2027-01")),
        ({"first": "2026-03", "until": "2026-03"}, ("2026-03", "2026-03")),
    ],
)
def test_what_is_left_open_is_the_last_twelve_months(asked: dict[str, str], period: tuple[str, str]) -> None:
    assert tuple(scoring.usual_period(date(2026, 9, 3), **asked)) == period


def test_months_the_wrong_way_round_are_refused_by_name() -> None:
    with pytest.raises(PeriodInvalid, match="2026年9月至2026年8月前后颠倒了"):
        scoring.usual_period(TODAY, first="2026-09", until="2026-08")


def test_judges_marks_are_counted_by_how_far_they_lie_apart(database) -> None:
    judging = judge(database)
    first, second, third = judging.put("0202", "0302", "0102")
    judging.mark_all(first, "5", "7", "7.5", "8", "10")
    judging.mark_all(second, "6", "6", "6", "6", "6")
    judging.draw(first)
    judging.draw(second)
    judging.mark_all(third, "5", "5", "5", "5", "9")

    [found] = judging.stage.read(scoring.mark_spreads, period=YEAR)
    # What has no result yet is not counted.
    assert (found.cases, found.half, found.widest, found.agreed) == (2, 0, 500, 1)
    assert judging.stage.read(scoring.mark_spreads, period=Period("2025-01", "2025-12")) == []
